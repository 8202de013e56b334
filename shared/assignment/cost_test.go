package assignment_test

import (
	"net/http"
	"testing"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/assignment"
)

// TestOperationsCostTheLeast holds round trips and units. A consistent read is
// 1; an item in a transaction 2, in an index 1 more, and 2 more where it moves
// within one. So the organization and the activity (three indexes) are 5, the
// assignment (one) 3, an agent 5, or 7 when it moves between assigned and free.
func TestOperationsCostTheLeast(t *testing.T) {
	a := newAgency(t)
	org, other, agent := a.open("Acme"), a.open("Other"), a.register("Bot")
	owner, user := a.Owner(), a.Client(access.User, org, "usr_x")
	trips := 0
	a.Fault = func(*http.Request) (*http.Response, error) {
		trips++
		return nil, nil //nolint:nilnil // counted, not broken
	}
	ok := &apitest.Answer{Status: http.StatusOK}
	for _, tc := range []struct {
		name  string
		do    func() *apitest.Answer
		trips int
		units float64
	}{
		{"list of nothing", func() *apitest.Answer { return owner.Get(agents(org)) }, 2, 2},
		{"assign a free agent", func() *apitest.Answer { return owner.Put(place(org, agent), nil) }, 2, 23},
		{"assign to a second", func() *apitest.Answer { return owner.Put(place(other, agent), nil) }, 2, 21},
		{"assign again", func() *apitest.Answer { return owner.Put(place(org, agent), nil) }, 1, 3},
		{"change", func() *apitest.Answer { return owner.Put(place(org, agent), `{"sections":{"home":"view"}}`) }, 2, 11},
		{"list", func() *apitest.Answer { return owner.Get(agents(org)) }, 2, 2},
		{"list as a user", func() *apitest.Answer { return user.Get(agents(org)) }, 3, 4},
		{"unassign", func() *apitest.Answer { return owner.Delete(place(org, agent)) }, 2, 21},
		{"unassign the last", func() *apitest.Answer { return owner.Delete(place(other, agent)) }, 2, 23},
		{"take nothing", func() *apitest.Answer {
			if err := assignment.Take(t.Context(), a.at(), org, agent, "Bot"); err != nil {
				t.Error(err)
			}
			return ok
		}, 1, 3},
	} {
		trips = 0
		a.Meter.Take()
		if got := tc.do(); got.Status >= http.StatusMultipleChoices {
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
