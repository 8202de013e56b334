package organization_test

import (
	"testing"

	"atrium/shared/apitest"
)

// TestOperationsCostTheLeast holds round trips and units: an organization
// (three indexes) is 5, its activity (three) too, its name and each further
// word 2. The caller is another 2, where they are looked up again.
func TestOperationsCostTheLeast(t *testing.T) {
	w := apitest.New(t)
	one := "/organizations/" + w.Owner().Post("/organizations", `{"name":"Acme","externalId":"x"}`).ID()
	open(w, "Acme Motors")
	owner := w.Owner()
	w.Cost("create", 1, 12, func() *apitest.Answer { return owner.Post("/organizations", `{"name":"Zebra"}`) })
	w.Cost("create of three words", 1, 16, func() *apitest.Answer { return owner.Post("/organizations", `{"name":"Café del Mar"}`) })
	w.Cost("create with an external id", 1, 14, func() *apitest.Answer { return owner.Post("/organizations", `{"name":"Yak","externalId":"y"}`) })
	w.Cost("create under a key", 1, 14, func() *apitest.Answer {
		return owner.Post("/organizations", `{"name":"Xerus"}`, apitest.Headers{"Idempotency-Key": "k"})
	})
	w.Cost("get", 1, 1, func() *apitest.Answer { return owner.Get(one) })
	w.Cost("list", 1, 0.5, func() *apitest.Answer { return owner.Get("/organizations") })
	w.Cost("list the newest", 1, 1, func() *apitest.Answer { return owner.Get("/organizations?sort=-createdAt") })
	w.Cost("list of a status", 1, 0.5, func() *apitest.Answer { return owner.Get("/organizations?status=active") })
	w.Cost("newest of a status", 1, 0.5, func() *apitest.Answer { return owner.Get("/organizations?status=active&sort=-createdAt") })
	w.Cost("search", 2, 2, func() *apitest.Answer { return owner.Get("/organizations?q=mot") })
	w.Cost("by external id", 2, 2, func() *apitest.Answer { return owner.Get("/organizations?externalId=x") })
	w.Cost("update", 2, 13, func() *apitest.Answer { return owner.Patch(one, `{"layout":"horizontal"}`) })
	w.Cost("update of nothing", 1, 1, func() *apitest.Answer { return owner.Patch(one, `{"layout":"horizontal"}`) })
	w.Cost("rename", 2, 19, func() *apitest.Answer { return owner.Patch(one, `{"name":"Ajax"}`) })
	w.Cost("delete", 2, 15, func() *apitest.Answer { return owner.Delete(one) })
}
