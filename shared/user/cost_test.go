package user_test

import (
	"testing"

	"atrium/shared/apitest"
)

// TestOperationsCostTheLeast holds round trips, refused ones included, and
// units: a consistent read is 1, one of an index half, an item in a
// transaction 2, in an index 1 more. So activity (three indexes) is 5, the
// organization 5, a user 4, an address, a word, a team, an assignment 2 each; and
// so is the caller, who is looked up again.
func TestOperationsCostTheLeast(t *testing.T) {
	a := newAgency(t)
	a.teams("one", "two")
	agent := a.agent("Bot", nil)
	user := a.add("Ann Lee", "ann@example.com")
	admin := a.Admin()
	a.Cost("add", 1, 2+5+4+2+2*2+5, func() *apitest.Answer { return admin.Post(a.users(), `{"name":"Bob Ray","email":"bob@example.com"}`) })
	a.Cost("add with all", 1, 2+5+4+2+2+5+2+2+2, func() *apitest.Answer {
		return admin.Post(a.users(), map[string]any{"name": "Cem", "email": "cem@example.com", "teams": []string{"one"}, "agents": []string{agent}, "externalId": "x",
			"sections": map[string]string{"prompt": "edit"}})
	})
	a.Cost("get", 1, 1, func() *apitest.Answer { return admin.Get(a.user(user)) })
	a.Cost("list", 1, 0.5, func() *apitest.Answer { return admin.Get(a.users()) })
	a.Cost("filtered", 1, 0.5, func() *apitest.Answer { return admin.Get(a.users() + "?role=user") })
	a.Cost("newest first", 1, 1, func() *apitest.Answer { return admin.Get(a.users() + "?sort=-createdAt") })
	a.Cost("search", 2, 2, func() *apitest.Answer { return admin.Get(a.users() + "?q=lee") })
	a.Cost("by external id", 2, 2, func() *apitest.Answer { return admin.Get(a.users() + "?externalId=x") })
	a.Cost("access", 1, 4, func() *apitest.Answer { return admin.Get(a.user(user) + "/access?agent=" + agent) })
	a.Cost("access on the only agent", 2, 4, func() *apitest.Answer { return admin.Get(a.user(user) + "/access") })
	a.Cost("status", 2, 2+2+4+5, func() *apitest.Answer { return admin.Patch(a.user(user), `{"status":"suspended"}`) })
	a.Cost("name", 2, 2+2+5+2+3*2+5, func() *apitest.Answer { return admin.Patch(a.user(user), `{"name":"Ann Li"}`) })
	a.Cost("team", 2, 2+2+4+2+5, func() *apitest.Answer { return admin.Patch(a.user(user), `{"teams":["two"]}`) })
	a.Cost("nothing", 1, 2, func() *apitest.Answer { return admin.Patch(a.user(user), `{"name":"Ann Li"}`) })
	a.Cost("remove", 2, 1+2+5+4+2+2+2*2+5, func() *apitest.Answer { return admin.Delete(a.user(user)) })
	a.Cost("import", 2, 3+2+5+2*(4+2+2+5), func() *apitest.Answer {
		return admin.Post(a.users()+"/import", `{"users":[{"name":"Dan","email":"dan@example.com"},{"name":"Eve","email":"eve@example.com"}]}`)
	})
}
