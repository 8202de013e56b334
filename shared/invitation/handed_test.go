package invitation_test

import (
	"net/http"
	"testing"

	"atrium/shared/apitest"
	"atrium/shared/invitation"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// A link that was handed over proves nothing about the address. Whoever invites
// by one, and keeps it, must not become everybody else with that address.
func TestALinkThatWasHandedOverSpeaksForNobodyElse(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	owner := a.Hire("Olga Two", "owner", "active").Principal
	_, token := a.invite(`{"email":"` + owner.Email + `","name":"Not Olga","sendEmail":false}`)
	in := a.Nobody().Post("/invitations/"+token+"/accept", `{}`).Want(http.StatusOK)
	speaksForOne(t, a, in)
	again := a.refresh(in.At("refreshToken"), "").Want(http.StatusOK)
	speaksForOne(t, a, again)
	if a.Bearing(again.At("accessToken")).Get("/organizations").Want(http.StatusForbidden); again.At("principal.role") != "user" {
		t.Errorf("it speaks for %v", again.At("principal"))
	}
	a.refresh(again.At("refreshToken"), owner.ID).Refused(http.StatusNotFound, problem.NotFound)

	// Who reads the mail has the address.
	a.Owner().Delete("/organizations/" + a.org + "/users/" + in.At("principal.id").(string)).Want(http.StatusNoContent)
	id, _ := a.invite(`{"email":"` + owner.Email + `","sendEmail":false}`)
	a.Owner().Post(a.invitation(id)+"/resend", nil).Want(http.StatusOK)
	mailed := a.Nobody().Post("/invitations/"+a.link(id)+"/accept", `{}`).Want(http.StatusOK)
	if principals := list(mailed, "principals"); len(principals) != 2 {
		t.Errorf("they can be %v", principals)
	}
	a.refresh(mailed.At("refreshToken"), owner.ID).Want(http.StatusOK)
}

func speaksForOne(t *testing.T, a *agency, in *apitest.Answer) {
	t.Helper()
	memberships := list(a.Bearing(in.At("accessToken")).Get("/me").Want(http.StatusOK), "memberships")
	if principals := list(in, "principals"); len(principals) != 1 || len(memberships) != 1 {
		t.Errorf("they can be %v, and are told of %v", principals, memberships)
	}
}

func list(a *apitest.Answer, member string) []any {
	all, _ := a.At(member).([]any)
	return all
}

// link is what the link in an invitation's mail carries.
func (a *agency) link(id string) string {
	a.T.Helper()
	r, err := table.Get[invitation.Record](a.T.Context(), a.Table, table.InvitationKey(a.Workspace, a.org, id))
	if err != nil {
		a.T.Fatal(err)
	}
	token, err := r.Token(a.Config.Keys)
	if err != nil {
		a.T.Fatal(err)
	}
	return token
}

func (a *agency) refresh(token any, principal string) *apitest.Answer {
	a.T.Helper()
	return a.Nobody().Put("/session", map[string]any{"refreshToken": token, "principal": principal})
}

// A replay shows the link again, as it can be derived; but not one that has been
// mailed since, which is for who reads that mail.
func TestAReplayShowsNoLinkThatWasMailed(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	key := apitest.Headers{"Idempotency-Key": "once"}
	made := a.Owner().Post(a.invitations(), ann, key).Want(http.StatusCreated)
	if again := a.Owner().Post(a.invitations(), ann, key).Want(http.StatusCreated); again.At("acceptUrl") != made.At("acceptUrl") || made.At("acceptUrl") == nil {
		t.Errorf("replayed: %v, made: %v", again.At("acceptUrl"), made.At("acceptUrl"))
	}
	a.Owner().Post(a.invitation(made.ID())+"/resend", nil).Want(http.StatusOK)
	if again := a.Owner().Post(a.invitations(), ann, key).Want(http.StatusCreated); again.At("acceptUrl") != nil {
		t.Errorf("the link in the mail is told: %v", again.At("acceptUrl"))
	}
}

// A mail that nobody has begun to send is not on its way any more once the
// invitation is over.
func TestAMailThatIsRecalledIsNotQueued(t *testing.T) {
	t.Parallel()
	a := newAgencyIn(t, apitest.NewStreamed(t))
	id := a.Owner().Post(a.invitations(), `{"email":"ann@example.com"}`).Want(http.StatusCreated).ID()
	revoked := a.Owner().Post(a.invitation(id)+"/revoke", nil).Want(http.StatusOK)
	if revoked.At("delivery.state") != "" || revoked.At("delivery.at") != nil {
		t.Errorf("its delivery is %v", revoked.At("delivery"))
	}
	post := &apitest.Postbox{}
	a.Deliver(a.Courier(post))
	for _, mail := range post.Mails() {
		if mail.Get("Destination.ToAddresses.member.1") == "ann@example.com" {
			t.Error("it was sent")
		}
	}
}
