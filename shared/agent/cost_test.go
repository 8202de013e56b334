package agent_test

import (
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
	a.Cost("create", 1, 11, func() *apitest.Answer { return owner.Post("/agents", `{"name":"Voice"}`) })
	a.Cost("create with an external id", 1, 13, func() *apitest.Answer { return owner.Post("/agents", `{"name":"Voice","externalId":"y"}`) })
	a.Cost("get", 1, 1, func() *apitest.Answer { return owner.Get(one) })
	a.Cost("list", 1, 0.5, func() *apitest.Answer { return owner.Get("/agents") })
	a.Cost("list the newest", 1, 1, func() *apitest.Answer { return owner.Get("/agents?sort=-createdAt") })
	a.Cost("list of a state", 1, 0.5, func() *apitest.Answer { return owner.Get("/agents?status=active&assigned=false") })
	a.Cost("list of two states", 2, 1, func() *apitest.Answer { return owner.Get("/agents?status=active") })
	a.Cost("search", 2, 2, func() *apitest.Answer { return owner.Get("/agents?q=night") })
	a.Cost("by external id", 2, 2, func() *apitest.Answer { return owner.Get("/agents?externalId=x") })
	a.Cost("update", 2, 10, func() *apitest.Answer { return owner.Patch(one, `{"provider":"vapi"}`) })
	a.Cost("update of nothing", 1, 1, func() *apitest.Answer { return owner.Patch(one, `{"provider":"vapi"}`) })
	a.Cost("rename", 2, 16, func() *apitest.Answer { return owner.Patch(one, `{"name":"Robot"}`) })
	a.Cost("delete", 2, 14, func() *apitest.Answer { return owner.Delete(one) })
}
