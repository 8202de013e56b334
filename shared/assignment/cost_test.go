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
// assignment (two) 4, an agent 5, or 7 when it moves between assigned and free, and the caller 2.
func TestOperationsCostTheLeast(t *testing.T) {
	a := newAgency(t)
	org, other, agent := a.open("Acme"), a.open("Other"), a.register("Bot")
	owner, user := a.Owner(), a.Client(access.User, org, "usr_x")
	ok := &apitest.Answer{Status: http.StatusOK}
	a.Cost("list of nothing", 2, 2, func() *apitest.Answer { return owner.Get(agents(org)) })
	a.Cost("assign a free agent", 2, 26, func() *apitest.Answer { return owner.Put(place(org, agent), nil) })
	a.Cost("assign to a second", 2, 24, func() *apitest.Answer { return owner.Put(place(other, agent), nil) })
	a.Cost("assign again", 1, 3, func() *apitest.Answer { return owner.Put(place(org, agent), nil) })
	a.Cost("change", 2, 14, func() *apitest.Answer { return owner.Put(place(org, agent), `{"sections":{"home":"view"}}`) })
	a.Cost("list", 2, 2, func() *apitest.Answer { return owner.Get(agents(org)) })
	a.Cost("list as a user", 3, 4, func() *apitest.Answer { return user.Get(agents(org)) })
	a.Cost("unassign", 2, 24, func() *apitest.Answer { return owner.Delete(place(org, agent)) })
	a.Cost("unassign the last", 2, 26, func() *apitest.Answer { return owner.Delete(place(other, agent)) })
	a.Cost("take nothing", 1, 3, func() *apitest.Answer {
		if err := assignment.Take(t.Context(), a.at(), org, agent, "Bot"); err != nil {
			t.Error(err)
		}
		return ok
	})
}
