package team_test

import (
	"net/http"
	"testing"

	"atrium/shared/apitest"
)

// TestOperationsCostTheLeast holds round trips, refused ones included, and
// units: a consistent read is 1, an item in a transaction 2, in an index 1
// more. So activity (three indexes) is 5, the organization 5, a team or user
// of this test 2.
func TestOperationsCostTheLeast(t *testing.T) {
	a := newAgency(t)
	users := a.hire(3, true)
	a.create("support", users[:2]...)
	a.create("other", users[0])
	a.Admin().Patch(a.team("other"), `{"routing":"least_recent"}`).Want(http.StatusOK)
	admin, once := a.Admin(), apitest.Headers{"Idempotency-Key": "k"}
	trips := 0
	a.Fault = func(*http.Request) (*http.Response, error) {
		trips++
		return nil, nil //nolint:nilnil // counted, not broken
	}
	for _, tc := range []struct {
		name  string
		do    func() *apitest.Answer
		trips int
		units float64
	}{
		{"create", func() *apitest.Answer { return admin.Post(a.teams(), `{"key":"bare"}`) }, 1, 12},
		{"create of two", func() *apitest.Answer {
			return admin.Post(a.teams(), map[string]any{"key": "two", "members": users[:2]})
		}, 2, 18},
		{"list", func() *apitest.Answer { return admin.Get(a.teams()) }, 1, 1},
		{"search", func() *apitest.Answer { return admin.Get(a.teams() + "?q=sup") }, 1, 1},
		{"get", func() *apitest.Answer { return admin.Get(a.team("support")) }, 1, 1},
		{"update", func() *apitest.Answer { return admin.Patch(a.team("support"), `{"label":"Help"}`) }, 2, 9},
		{"add", func() *apitest.Answer { return admin.Put(a.member("other", users[2]), nil) }, 2, 12},
		{"add a member", func() *apitest.Answer { return admin.Put(a.member("other", users[2]), nil) }, 1, 3},
		{"remove", func() *apitest.Answer { return admin.Delete(a.member("other", users[2])) }, 2, 12},
		{"route", func() *apitest.Answer { return admin.Post(a.handoffs("support"), nil) }, 1, 1},
		{"route to who has waited", func() *apitest.Answer { return admin.Post(a.handoffs("other"), nil) }, 2, 2},
		{"route to nobody", func() *apitest.Answer { return admin.Post(a.handoffs("bare"), nil) }, 2, 1},
		{"route under a key", func() *apitest.Answer { return admin.Post(a.handoffs("support"), nil, once) }, 2, 5},
		{"delete", func() *apitest.Answer { return admin.Delete(a.team("bare")) }, 2, 14},
	} {
		trips = 0
		a.Meter.Take()
		if got := tc.do(); got.Status >= 300 {
			t.Fatalf("%s: %d %s", tc.name, got.Status, got.Body)
		}
		units := 0.0
		for _, call := range a.Meter.Take() {
			units += call.Units
		}
		if trips != tc.trips || apitest.Exact() && units != tc.units {
			t.Errorf("%s: %d round trips and %v units, want %d and %v", tc.name, trips, units, tc.trips, tc.units)
		}
	}
}
