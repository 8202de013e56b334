package invitation_test

import (
	"testing"

	"atrium/shared/apitest"
)

// TestOperationsCostTheLeast holds round trips and capacity units: of each item
// that a transaction writes or checks two, and one more for each index it is in.
func TestOperationsCostTheLeast(t *testing.T) {
	a := newAgency(t)
	owner := a.Owner()
	id, token := a.invite(ann)
	_, other := a.invite(`{"email":"cem@example.com","sendEmail":false}`)
	get := func(path string) func() *apitest.Answer {
		return func() *apitest.Answer { return owner.Get(path) }
	}
	post := func(c apitest.Caller, path, body string) func() *apitest.Answer {
		return func() *apitest.Answer { return c.Post(path, body) }
	}
	a.Cost("get", 1, 1, get(a.invitation(id)))
	a.Cost("list", 1, 1, get(a.invitations()))
	a.Cost("view", 1, 3, get("/invitations/"+token))
	a.Cost("preview", 1, 2, post(owner, a.invitations()+"/preview", `{"email":"x@example.com"}`))
	a.Cost("send", 1, 20, post(owner, a.invitations(), `{"email":"bob@example.com"}`))
	a.Cost("resend", 2, 1+15, post(owner, a.invitation(id)+"/resend", ``))
	a.Cost("revoke", 2, 1+16, post(owner, a.invitation(id)+"/revoke", ``))
	a.Cost("accept", 3, 3+0.5+29, post(a.Nobody(), "/invitations/"+other+"/accept", `{}`))
}
