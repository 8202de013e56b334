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
	a.Cost("create", 1, 12, func() *apitest.Answer { return admin.Post(a.teams(), `{"key":"bare"}`) })
	a.Cost("create of two", 2, 18, func() *apitest.Answer {
		return admin.Post(a.teams(), map[string]any{"key": "two", "members": users[:2]})
	})
	a.Cost("create under a key", 1, 14, func() *apitest.Answer { return admin.Post(a.teams(), `{"key":"keyed"}`, once) })
	a.Cost("list", 1, 1, func() *apitest.Answer { return admin.Get(a.teams()) })
	a.Cost("search", 1, 1, func() *apitest.Answer { return admin.Get(a.teams() + "?q=sup") })
	a.Cost("get", 1, 1, func() *apitest.Answer { return admin.Get(a.team("support")) })
	a.Cost("update", 2, 9, func() *apitest.Answer { return admin.Patch(a.team("support"), `{"label":"Help"}`) })
	a.Cost("add", 2, 12, func() *apitest.Answer { return admin.Put(a.member("other", users[2]), nil) })
	a.Cost("add a member", 1, 3, func() *apitest.Answer { return admin.Put(a.member("other", users[2]), nil) })
	a.Cost("remove", 2, 12, func() *apitest.Answer { return admin.Delete(a.member("other", users[2])) })
	a.Cost("route", 1, 1, func() *apitest.Answer { return admin.Post(a.handoffs("support"), nil) })
	a.Cost("route to who has waited", 2, 2, func() *apitest.Answer { return admin.Post(a.handoffs("other"), nil) })
	a.Cost("route to nobody", 2, 1, func() *apitest.Answer { return admin.Post(a.handoffs("bare"), nil) })
	a.Cost("route under a key", 2, 5, func() *apitest.Answer { return admin.Post(a.handoffs("support"), nil, once) })
	a.Cost("delete", 2, 14, func() *apitest.Answer { return admin.Delete(a.team("bare")) })
}
