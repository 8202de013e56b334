package invitation_test

import (
	"net/http"
	"strings"
	"testing"

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
	suppressed := struct {
		table.Key
		Reason  string `json:"reason"`
		Expires int64  `json:"ttl"`
	}{table.SuppressedKey(a.Workspace, "ann@example.com"), "There is no such address. Check its spelling.", a.now.Unix() + 60}
	if err := a.Table.Commit(t.Context(), table.Put(suppressed)); err != nil {
		t.Fatal(err)
	}
	body := `{"invite":true,"users":[{"name":"Ann","email":"ann@example.com"},{"name":"Bob","email":"bob@example.com"}]}`
	got := a.imports(body)
	if got.At("created") != 1.0 || got.At("rows.0.problem.code") != string(problem.Suppressed) || got.At("rows.0.problem.errors.0.location") != "body.users[0].email" {
		t.Errorf("%s", got.Body)
	}
	a.counts(1, 1)
	a.now = a.now.Add(2 * 60e9) // what a bounce said is over, though nobody has swept it
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

// A user who is gone before coming in, or has another address by then, is not
// let in by the invitation that was sent; and it is taken back.
func TestAnInvitationGoesWithTheUserItWasFor(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(a *agency, user string){
		"removed": func(a *agency, user string) { a.Owner().Delete(user).Want(http.StatusNoContent) },
		"readdressed": func(a *agency, user string) {
			a.Owner().Patch(user, `{"email":"new@example.com"}`).Want(http.StatusOK)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAgencyIn(t, apitest.NewStreamed(t))
			a.imports(`{"invite":true,"users":[{"name":"Ann","email":"ann@example.com"}]}`)
			id := a.only("ann@example.com")
			link := a.link(id)
			leave(a, "/organizations/"+a.org+"/users/"+a.person("ann@example.com").ID())
			a.Nobody().Post("/invitations/"+link+"/accept", `{}`).Refused(http.StatusGone, problem.LinkRevoked)
			for range 2 { // the stream tells at least once
				a.Follow(lambdastream.Handler(a.Table, consequence.Follow))
			}
			got := a.Owner().Get(a.invitation(id)).Want(http.StatusOK)
			if got.At("state") != "revoked" {
				t.Errorf("it is %s", got.Body)
			}
			if pending := a.Owner().Get("/organizations/" + a.org).At("counts.pendingInvitations"); pending != 0.0 {
				t.Errorf("%v are pending", pending)
			}
			a.invite(ann)
		})
	}
}

// Through the outbox, to the mail: what an import invites is sent like any other.
func TestWhatAnImportInvitesIsMailed(t *testing.T) {
	t.Parallel()
	a := newAgencyIn(t, apitest.NewStreamed(t))
	post := &apitest.Postbox{}
	a.imports(`{"invite":true,"users":[{"name":"Ann","email":"ann@example.com"},{"name":"Bob","email":"bob@example.com"}]}`)
	a.Follow(lambdastream.Handler(a.Table, a.Courier(post).Follow))
	for _, email := range []string{"ann@example.com", "bob@example.com"} {
		if state := a.Owner().Get(a.invitation(a.only(email))).At("delivery.state"); state != string(outbox.Sent) {
			t.Errorf("to %s: %v", email, state)
		}
	}
	if n := len(post.Mails()); n != 3 { // and the owner's link
		t.Errorf("%d mails", n)
	}
}
