package agent_test

import (
	"net/http"
	"sync/atomic"
	"testing"

	"atrium/shared/apitest"
)

// TestOperationsCostTheLeast holds round trips and units. A consistent read is
// 1, of an index 0.5; an item in a transaction 2, in an index 1 more. So an
// agent (three indexes) is 5, its activity (two of them) 4, each word of its name 2.
func TestOperationsCostTheLeast(t *testing.T) {
	a := newAgency(t)
	one := "/agents/" + a.register("Bot", map[string]any{"externalId": "x"})
	a.register("Night Bot")
	owner := a.Owner()
	var trips atomic.Int64 // some ask for several things at once
	a.Fault = func(*http.Request) (*http.Response, error) {
		trips.Add(1)
		return nil, nil //nolint:nilnil // counted, not broken
	}
	for _, tc := range []struct {
		name  string
		do    func() *apitest.Answer
		trips int
		units float64
	}{
		{"create", func() *apitest.Answer { return owner.Post("/agents", `{"name":"Voice"}`) }, 1, 11},
		{"create with an external id", func() *apitest.Answer { return owner.Post("/agents", `{"name":"Voice","externalId":"y"}`) }, 1, 13},
		{"get", func() *apitest.Answer { return owner.Get(one) }, 1, 1},
		{"list", func() *apitest.Answer { return owner.Get("/agents") }, 1, 0.5},
		{"list the newest", func() *apitest.Answer { return owner.Get("/agents?sort=-createdAt") }, 1, 1},
		{"list of a state", func() *apitest.Answer { return owner.Get("/agents?status=active&assigned=false") }, 1, 0.5},
		{"list of two states", func() *apitest.Answer { return owner.Get("/agents?status=active") }, 2, 1},
		{"search", func() *apitest.Answer { return owner.Get("/agents?q=night") }, 2, 2},
		{"by external id", func() *apitest.Answer { return owner.Get("/agents?externalId=x") }, 2, 2},
		{"update", func() *apitest.Answer { return owner.Patch(one, `{"provider":"vapi"}`) }, 2, 10},
		{"update of nothing", func() *apitest.Answer { return owner.Patch(one, `{"provider":"vapi"}`) }, 1, 1},
		{"rename", func() *apitest.Answer { return owner.Patch(one, `{"name":"Robot"}`) }, 2, 16},
		{"delete", func() *apitest.Answer { return owner.Delete(one) }, 2, 14},
	} {
		trips.Store(0)
		a.Meter.Take()
		if got := tc.do(); got.Status >= http.StatusMultipleChoices {
			t.Fatalf("%s: %d %s", tc.name, got.Status, got.Body)
		}
		units := 0.0
		for _, call := range a.Meter.Take() {
			units += call.Units
		}
		if int(trips.Load()) != tc.trips || apitest.Exact() && units != tc.units {
			t.Errorf("%s: %d round trips and %v units, want %d and %v", tc.name, trips.Load(), units, tc.trips, tc.units)
		}
	}
}
