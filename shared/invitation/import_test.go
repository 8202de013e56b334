package invitation_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/consequence"
	"atrium/shared/lambdastream"
	"atrium/shared/outbox"
	"atrium/shared/problem"
	"atrium/shared/table"
)

func (a *agency) imports(body string) *apitest.Answer {
	a.T.Helper()
	return a.Owner().Post("/organizations/"+a.org+"/users/import", body).Want(http.StatusOK)
}

// person is the user with an address.
func (a *agency) person(email string) *apitest.Answer {
	a.T.Helper()
	ids := a.Owner().Get("/organizations/" + a.org + "/users?q=" + email).Want(http.StatusOK).Each("id")
	if len(ids) != 1 {
		a.T.Fatalf("%d users have the address %s", len(ids), email)
	}
	return a.Owner().Get("/organizations/" + a.org + "/users/" + ids[0]).Want(http.StatusOK)
}

// only is the one invitation to an address.
func (a *agency) only(email string) (id string) {
	a.T.Helper()
	ids := a.Owner().Get(a.invitations() + "?email=" + email).Want(http.StatusOK).Each("id")
	if len(ids) != 1 {
		a.T.Fatalf("%d invitations to %s", len(ids), email)
	}
	return ids[0]
}

func (a *agency) counts(users, pending float64) {
	a.T.Helper()
	o := a.Owner().Get("/organizations/" + a.org).Want(http.StatusOK)
	if o.At("counts.users") != users || o.At("counts.pendingInvitations") != pending {
		a.T.Errorf("it counts %v users and %v pending invitations, want %v and %v", o.At("counts.users"), o.At("counts.pendingInvitations"), users, pending)
	}
}

func TestAnImportInvitesWhomItAdds(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	a.Owner().Post("/organizations/"+a.org+"/teams", `{"key":"support","label":"Support"}`).Want(http.StatusCreated)
	body := `{"invite":true,"users":[
		{"name":"Ann Lee","email":"ann@example.com","role":"org_admin","language":"fr","teams":["support"],"sections":{"home":"edit"}},
		{"name":"Bob","email":"bob@example.com"}]}`
	a.imports(strings.Replace(body, `"invite":true`, `"invite":true,"dryRun":true`, 1))
	a.counts(0, 0)
	if got := a.imports(body); got.At("created") != 2.0 {
		t.Fatalf("%s", got.Body)
	}
	a.counts(2, 2)
	inv := a.Owner().Get(a.invitation(a.only("ann@example.com"))).Want(http.StatusOK)
	for path, want := range map[string]any{
		"name": "Ann Lee", "role": "org_admin", "language": "fr", "teams.0": "support", "sections.home": "edit", "state": "pending", "delivery.state": "queued", "sentCount": 1.0,
	} {
		if got := inv.At(path); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
	if status := a.person("ann@example.com").At("status"); status != "invited" {
		t.Errorf("she is %v before she accepts", status)
	}
	before := a.person("ann@example.com").ID()
	in := a.Nobody().Post("/invitations/"+a.link(inv.ID())+"/accept", `{"name":"Ann Mary Lee"}`).Want(http.StatusOK)
	after := a.person("ann@example.com")
	if after.At("status") != "active" || after.ID() != before || in.At("principal.id") != before || after.At("name") != "Ann Mary Lee" || after.At("role") != "org_admin" || after.At("teams.0") != "support" {
		t.Errorf("she is %s", after.Body)
	}
	a.counts(2, 1)
	// Who keeps their name says nothing of it.
	a.Nobody().Post("/invitations/"+a.link(a.only("bob@example.com"))+"/accept", `{}`).Want(http.StatusOK)
	if name := a.person("bob@example.com").At("name"); name != "Bob" {
		t.Errorf("he is called %v", name)
	}
	a.counts(2, 0)
}

// Whoever was invited before they are imported is let in by that invitation, as
// the user that they have become.
func TestAnImportKeepsAPendingInvitation(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	id, token := a.invite(ann)
	a.imports(`{"invite":true,"users":[{"name":"Ann","email":"ann@example.com","role":"org_admin"}]}`)
	if a.only("ann@example.com") != id {
		t.Error("the invitation is another one")
	}
	a.counts(1, 1)
	in := a.Nobody().Post("/invitations/"+token+"/accept", `{}`).Want(http.StatusOK)
	if u := a.person("ann@example.com"); u.At("status") != "active" || u.At("role") != "org_admin" || u.ID() != in.At("principal.id") {
		t.Errorf("she is %s", u.Body)
	}
	a.counts(1, 0)
}

func TestAnImportTakesThePlaceOfAnExpiredInvitation(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	a.invite(ann)
	a.now = a.now.AddDate(0, 0, 8)
	a.imports(`{"invite":true,"users":[{"name":"Ann","email":"ann@example.com"}]}`)
	states := a.Owner().Get(a.invitations() + "?email=ann@example.com").Each("state")
	if len(states) != 2 || states[0] == states[1] {
		t.Errorf("the invitations are %v", states)
	}
	a.counts(1, 1)
}

func TestAnImportTellsOfAnAddressThatTakesNoMail(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	suppressed := outbox.Suppression{
		Key: table.SuppressedKey(a.Workspace, "ann@example.com"), Reason: "There is no such address. Check its spelling.", Expires: a.now.Unix() + 60,
	}
	if err := a.Table.Commit(t.Context(), table.Put(suppressed)); err != nil {
		t.Fatal(err)
	}
	body := `{"invite":true,"users":[{"name":"Ann","email":"ann@example.com"},{"name":"Bob","email":"bob@example.com"}]}`
	got := a.imports(body)
	if got.At("created") != 1.0 || got.At("rows.0.problem.code") != string(problem.Suppressed) || got.At("rows.0.problem.errors.0.location") != "body.users[0].email" {
		t.Errorf("%s", got.Body)
	}
	a.counts(1, 1)
	a.now = a.now.Add(time.Minute) // what a bounce said is over, though nobody has swept it
	if got := a.imports(body); got.At("created") != 1.0 || got.At("updated") != 1.0 {
		t.Errorf("%s", got.Body)
	}
}

func TestAKeyThatImportsNeedsAnotherScopeToInvite(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	path, body := "/organizations/"+a.org+"/users/import", `{"invite":true,"users":[{"name":"Ann","email":"ann@example.com"}]}`
	a.Key("", access.UsersWrite).Post(path, body).Refused(http.StatusForbidden, problem.Forbidden)
	a.counts(0, 0)
	a.Key("", access.UsersWrite, access.InvitationsWrite).Post(path, body).Want(http.StatusOK)
	a.counts(1, 1)
}

// leaves are the ways of a user to give up an address.
var leaves = map[string]func(a *agency, user string){
	"removed": func(a *agency, user string) { a.Owner().Delete(user).Want(http.StatusNoContent) },
	"readdressed": func(a *agency, user string) {
		a.Owner().Patch(user, `{"email":"new@example.com"}`).Want(http.StatusOK)
	},
}

// A user who is gone before coming in, or has another address by then, is not
// let in by the invitation that was sent; and it is taken back.
func TestAnInvitationGoesWithTheUserItWasFor(t *testing.T) {
	t.Parallel()
	for name, leave := range leaves {
		for _, invited := range []string{"by the import", "before the import"} {
			t.Run(name+", invited "+invited, func(t *testing.T) {
				t.Parallel()
				a := newAgencyIn(t, apitest.NewStreamed(t))
				a.now = time.Now().Add(time.Hour) // what was done cannot be told from what is done later by the time alone
				if invited == "before the import" {
					a.invite(ann)
				}
				a.imports(`{"invite":true,"users":[{"name":"Ann","email":"ann@example.com"}]}`)
				id := a.only("ann@example.com")
				link := a.link(id)
				leave(a, "/organizations/"+a.org+"/users/"+a.person("ann@example.com").ID())
				a.Nobody().Post("/invitations/"+link+"/accept", `{}`).Refused(http.StatusGone, problem.LinkRevoked)
				a.revoked(id)
				a.invite(ann)
			})
		}
	}
}

// revoked holds that the stream's consumer, which is told at least once, has
// taken an invitation back, the one that was pending.
func (a *agency) revoked(id string) {
	a.T.Helper()
	for range 2 {
		a.Follow(lambdastream.Handler(a.Table, consequence.At(a.Now)))
	}
	if got := a.Owner().Get(a.invitation(id)).Want(http.StatusOK); got.At("state") != "revoked" {
		a.T.Errorf("it is %s", got.Body)
	}
	if pending := a.Owner().Get("/organizations/" + a.org).At("counts.pendingInvitations"); pending != 0.0 {
		a.T.Errorf("%v are pending", pending)
	}
}

func (a *agency) adds(email, more string) (path string) {
	a.T.Helper()
	return "/organizations/" + a.org + "/users/" + a.Owner().Post("/organizations/"+a.org+"/users", `{"name":"Ann","email":"`+email+`"`+more+`}`).Want(http.StatusCreated).ID()
}

// Whoever is added while an invitation is pending, and removed again, does not
// come back by it.
func TestAnInvitationGoesWithAUserWhoWasAddedMeanwhile(t *testing.T) {
	t.Parallel()
	for name, leave := range leaves {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAgencyIn(t, apitest.NewStreamed(t))
			a.now = time.Now().Add(-time.Hour)
			id, token := a.invite(ann)
			leave(a, a.adds("ann@example.com", ""))
			a.revoked(id)
			a.Nobody().Post("/invitations/"+token+"/accept", `{}`).Refused(http.StatusGone, problem.LinkRevoked)
		})
	}
}

// The consumer may hear of a removal when somebody else has been invited to the
// address already.
func TestAnInvitationAfterARemovalStays(t *testing.T) {
	t.Parallel()
	a := newAgencyIn(t, apitest.NewStreamed(t))
	a.now = time.Now().Add(time.Hour)
	a.Owner().Delete(a.adds("ann@example.com", "")).Want(http.StatusNoContent)
	_, token := a.invite(ann)
	a.Follow(lambdastream.Handler(a.Table, consequence.At(a.Now)))
	a.Nobody().Post("/invitations/"+token+"/accept", `{}`).Want(http.StatusOK)
	a.counts(1, 0)
}

// Whoever is added while an invitation is pending stays what they are.
func TestAnInvitationOfWhoWasAddedMeanwhile(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	_, token := a.invite(ann)
	user := a.adds("ann@example.com", `,"role":"org_admin","sections":{"analytics":"view"}`)
	before := a.Owner().Get(user).Want(http.StatusOK)
	in := a.Nobody().Post("/invitations/"+token+"/accept", `{"name":"Anna"}`).Want(http.StatusOK)
	if after := a.Owner().Get(user).Want(http.StatusOK); string(after.Body) != string(before.Body) || in.At("principal.id") != before.ID() {
		t.Errorf("she is %s, and comes in as %v", after.Body, in.At("principal"))
	}
	a.counts(1, 0)
}

func TestAnInvitationLetsNobodyInWhoIsSuspended(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	_, token := a.invite(ann)
	user := a.adds("ann@example.com", "")
	a.Owner().Patch(user, `{"status":"suspended"}`).Want(http.StatusOK)
	a.Nobody().Post("/invitations/"+token+"/accept", `{}`).Refused(http.StatusConflict, problem.NotPending)

	// Nor does one that made them a user, nor an older one that is sent again.
	a.imports(`{"invite":true,"users":[{"name":"Bob","email":"bob@example.com"}]}`)
	first := a.only("bob@example.com")
	a.now = a.now.AddDate(0, 0, 8)
	second, token := a.invite(`{"email":"bob@example.com","sendEmail":false}`)
	bob := "/organizations/" + a.org + "/users/" + a.person("bob@example.com").ID()
	a.Nobody().Post("/invitations/"+token+"/accept", `{}`).Want(http.StatusOK)
	a.Owner().Patch(bob, `{"status":"suspended"}`).Want(http.StatusOK)
	a.Owner().Post(a.invitation(first)+"/resend", nil).Refused(http.StatusConflict, problem.NotPending)
	a.set(second, "state", "pending")
	a.Nobody().Post("/invitations/"+a.link(second)+"/accept", `{}`).Refused(http.StatusConflict, problem.NotPending)
	if status := a.Owner().Get(bob).At("status"); status != "suspended" {
		t.Errorf("he is %v", status)
	}
}

func TestAnExpiredInvitationOfWhoIsGoneIsNotSentAgain(t *testing.T) {
	t.Parallel()
	for name, leave := range leaves {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAgency(t)
			a.imports(`{"invite":true,"users":[{"name":"Ann","email":"ann@example.com"}]}`)
			id := a.only("ann@example.com")
			a.now = a.now.AddDate(0, 0, 6)
			a.Owner().Post(a.invitation(id)+"/resend", nil).Want(http.StatusOK)
			a.now = a.now.AddDate(0, 0, 8)
			leave(a, "/organizations/"+a.org+"/users/"+a.person("ann@example.com").ID())
			a.Owner().Post(a.invitation(id)+"/resend", nil).Refused(http.StatusConflict, problem.NotPending)
		})
	}
}

// What a bounce said is over at its time, whenever the sweeper comes.
func TestAnAddressIsWrittenToAgain(t *testing.T) {
	t.Parallel()
	a := newAgencyIn(t, apitest.NewStreamed(t))
	s := outbox.Suppression{Key: table.SuppressedKey(a.Workspace, "ann@example.com"), Reason: "There is no such address.", Expires: a.now.Unix() + 60}
	if err := a.Table.Commit(t.Context(), table.Put(s)); err != nil {
		t.Fatal(err)
	}
	withheld := a.Owner().Post(a.invitations(), `{"email":"ann@example.com"}`).Want(http.StatusCreated)
	if withheld.At("delivery.state") != "suppressed" {
		t.Errorf("%s", withheld.Body)
	}
	a.Owner().Post(a.invitation(withheld.ID())+"/revoke", nil).Want(http.StatusOK)
	a.now = a.now.Add(time.Minute)
	id := a.Owner().Post(a.invitations(), `{"email":"ann@example.com"}`).Want(http.StatusCreated).ID()
	a.Deliver(a.Courier(&apitest.Postbox{}))
	if state := a.Owner().Get(a.invitation(id)).At("delivery.state"); state != "sent" {
		t.Errorf("it is %v", state)
	}
}

// Through the outbox, to the mail: what an import invites is sent like any other.
func TestWhatAnImportInvitesIsMailed(t *testing.T) {
	t.Parallel()
	a := newAgencyIn(t, apitest.NewStreamed(t))
	post := &apitest.Postbox{}
	a.imports(`{"invite":true,"users":[{"name":"Ann","email":"ann@example.com"},{"name":"Bob","email":"bob@example.com"}]}`)
	a.Deliver(a.Courier(post))
	for _, email := range []string{"ann@example.com", "bob@example.com"} {
		if state := a.Owner().Get(a.invitation(a.only(email))).At("delivery.state"); state != string(outbox.Sent) {
			t.Errorf("to %s: %v", email, state)
		}
	}
	if n := len(post.Mails()); n != 3 { // and the owner's link
		t.Errorf("%d mails", n)
	}
}
