package invitation_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"atrium/shared/apitest"
	"atrium/shared/consequence"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// agency is a world with an organization, and a clock of its own.
type agency struct {
	*apitest.World
	org string
	now time.Time
}

func newAgency(t *testing.T) *agency { return newAgencyIn(t, apitest.New(t)) }

func newAgencyIn(t *testing.T, w *apitest.World) *agency {
	t.Helper()
	a := &agency{World: w, now: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)}
	a.Now = func() time.Time { return a.now }
	a.Workspace = a.Nobody().Post("/workspaces", `{"name":"Agency Ltd","owner":{"name":"Olga","email":"olga@agency.example"}}`).Want(http.StatusCreated).ID()
	a.org = a.Owner().Post("/organizations", `{"name":"Café Río","language":"es","ceiling":{"prompt":"none"}}`).Want(http.StatusCreated).ID()
	return a
}

func (a *agency) invitations() string         { return "/organizations/" + a.org + "/invitations" }
func (a *agency) invitation(id string) string { return a.invitations() + "/" + id }

// invite is a pending invitation, and what its link carries.
func (a *agency) invite(body string) (id, token string) {
	a.T.Helper()
	made := a.Owner().Post(a.invitations(), body).Want(http.StatusCreated)
	return made.ID(), tokenOf(a.T, made.At("acceptUrl"))
}

// tokenOf is what a link carries.
func tokenOf(t testing.TB, link any) string {
	t.Helper()
	_, token, ok := strings.Cut(fmt.Sprint(link), "#")
	if !ok {
		t.Fatalf("no token in %v", link)
	}
	return token
}

const ann = `{"email":"Ann@Example.COM","name":"Ann Lee","sections":{"home":"edit"},"sendEmail":false}`

func TestAnInvitationIsStoredAndShown(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	made := a.Owner().Post(a.invitations(), `{"email":"Ann@Example.COM","note":"Hi!\nWelcome."}`).Want(http.StatusCreated)
	for path, want := range map[string]any{
		"email": "ann@example.com", "role": "user", "state": "pending", "agents": "all", "sentCount": 1.0, "expiresAt": "2026-12-03T09:00:00Z",
		"sections.home": "view", "sections.prompt": "none", "delivery.state": "queued", "invitedBy.name": "Sam owner", "acceptUrl": nil, "note": "Hi!\nWelcome.",
	} {
		if got := made.At(path); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
	if got := a.Owner().Get(a.invitation(made.ID())).Want(http.StatusOK); string(got.Body) != string(made.Body) {
		t.Errorf("shown\n%s\nmade\n%s", got.Body, made.Body)
	}
	if got := a.Owner().Get("/organizations/" + a.org).At("counts.pendingInvitations"); got != 1.0 {
		t.Errorf("%v pending", got)
	}
	second := a.Owner().Post(a.invitations(), `{"email":"ann@example.com"}`).Refused(http.StatusConflict, problem.AlreadyPending, "body.email")
	if second.At("id") != made.ID() {
		t.Errorf("the first is %v, want %s", second.At("id"), made.ID())
	}
}

func TestALinkShowsWhoInvites(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	id, token := a.invite(ann)
	before := a.Owner().Get(a.invitation(id)).Body
	for range 10 {
		seen := a.Nobody().Get("/invitations/" + token).Want(http.StatusOK)
		if seen.At("organization.name") != "Café Río" || seen.At("email") != "ann@example.com" || seen.At("invitedBy.name") != "Sam owner" || seen.At("language") != "es" || seen.At("workspace") != nil {
			t.Fatalf("%s", seen.Body)
		}
	}
	if after := a.Owner().Get(a.invitation(id)).Body; string(after) != string(before) {
		t.Errorf("looking at it changed it to %s", after)
	}
	a.Nobody().Get("/invitations/"+token[:len(token)-2]+"AA").Refused(http.StatusNotFound, problem.NotFound)
}

func TestALinkDies(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		kill func(a *agency, id, token string)
		code problem.Code
	}{
		"by expiry": {func(a *agency, _, _ string) { a.now = a.now.AddDate(0, 0, 7) }, problem.LinkExpired},
		"by being sent again": {func(a *agency, id, _ string) {
			a.Owner().Post(a.invitation(id)+"/resend", nil).Want(http.StatusOK)
		}, problem.LinkReplaced},
		"by being revoked": {func(a *agency, id, _ string) {
			a.Owner().Post(a.invitation(id)+"/revoke", nil).Want(http.StatusOK)
		}, problem.LinkRevoked},
		"by being declined": {func(a *agency, _, token string) {
			a.Nobody().Post("/invitations/"+token+"/decline", nil).Want(http.StatusNoContent)
		}, problem.LinkDeclined},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAgency(t)
			id, token := a.invite(ann)
			tc.kill(a, id, token)
			a.Nobody().Get("/invitations/"+token).Refused(http.StatusGone, tc.code)
			a.Nobody().Post("/invitations/"+token+"/decline", nil).Refused(http.StatusGone, tc.code)
			if tc.code == problem.LinkReplaced {
				return
			}
			if got := a.Owner().Get(a.invitation(id)).At("state"); got != string(tc.code) {
				t.Errorf("state %v, want %s", got, tc.code)
			}
			// None of these keeps the address from being invited again.
			a.invite(ann)
			if got := a.Owner().Get("/organizations/" + a.org).At("counts.pendingInvitations"); got != 1.0 {
				t.Errorf("%v pending", got)
			}
		})
	}
}

func TestSeveralAreInvitedAtOnce(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	a.invite(ann)
	got := a.Owner().Post(a.invitations(), `{"role":"org_admin","sendEmail":false,"sections":{"home":"edit"},"invitations":[
		{"email":"bob@example.com","sections":{"analytics":"view"},"role":"user"},{"email":"cem@example.com"},{"email":"BOB@example.com"},
		{"email":"ann@example.com"},{"email":"nobody"},{"email":"dan@example.com","sections":{"prompt":"view"}}]}`,
		apitest.Headers{"Idempotency-Key": "k"}).Want(http.StatusOK)
	for path, want := range map[string]any{
		"items.0.status": 201.0, "items.0.invitation.role": "user", "items.0.invitation.sections.analytics": "view", "items.0.invitation.sections.home": "none",
		"items.1.status": 201.0, "items.1.invitation.role": "org_admin", "items.1.invitation.sections.home": "edit", "items.1.invitation.sections.analytics": "none",
		"items.2.status": 409.0, "items.2.problem.errors.0.location": "body.invitations[2].email",
		"items.3.status": 409.0, "items.3.problem.code": "already_pending",
		"items.4.status": 422.0, "items.4.email": "nobody", "items.4.problem.errors.0.location": "body.invitations[4].email",
		"items.5.status": 422.0, "items.5.problem.errors.0.location": "body.invitations[5].sections.prompt",
	} {
		if got.At(path) != want {
			t.Errorf("%s: %v, want %v", path, got.At(path), want)
		}
	}
	if got := a.Owner().Get("/organizations/" + a.org).At("counts.pendingInvitations"); got != 3.0 {
		t.Errorf("%v pending", got)
	}
	if emails := a.Owner().All(a.invitations()+"?state=pending&limit=1", "email"); len(emails) != 3 {
		t.Errorf("pending: %v", emails)
	}
}

func TestStaffAreInvited(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	const max = `{"email":"max@agency.example","name":"Max","role":"admin"}`
	made := a.Owner().Post("/staff", max).Want(http.StatusCreated)
	if made.At("status") != "invited" {
		t.Errorf("%s", made.Body)
	}
	again := a.Owner().Post("/staff", max).Refused(http.StatusConflict, problem.AlreadyPending, "body.email")
	if again.At("id") != made.ID() {
		t.Errorf("%s", again.Body)
	}
	a.now = a.now.AddDate(0, 0, 8)
	if renewed := a.Owner().Post("/staff", max).Want(http.StatusCreated); renewed.ID() != made.ID() {
		t.Errorf("invited anew as %s", renewed.Body)
	}
	a.Owner().Post("/staff", `{"email":"olga@agency.example","name":"O","role":"admin"}`).Refused(http.StatusConflict, problem.EmailTaken, "body.email")
	a.Admin().Post("/staff", `{"email":"o@agency.example","name":"O","role":"owner"}`).Refused(http.StatusForbidden, problem.Forbidden)
}

func TestWhoeverAcceptsIsInside(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	id, token := a.invite(ann)
	accepted := a.Nobody().Post("/invitations/"+token+"/accept", `{"name":"Ann L."}`).Want(http.StatusOK)
	if accepted.At("principal.email") != "ann@example.com" || accepted.At("principal.name") != "Ann L." || accepted.At("principal.organization") != a.org || accepted.At("accessToken") == nil {
		t.Errorf("%s", accepted.Body)
	}
	a.Nobody().Post("/invitations/"+token+"/accept", `{}`).Refused(http.StatusGone, problem.LinkAccepted)
	if got := a.Owner().Get(a.invitation(id)).At("state"); got != "accepted" {
		t.Errorf("state %v", got)
	}
	org := a.Owner().Get("/organizations/" + a.org)
	if org.At("counts.users") != 1.0 || org.At("counts.pendingInvitations") != 0.0 {
		t.Errorf("%s", org.Body)
	}
	user := a.Owner().Get("/organizations/" + a.org + "/users/" + fmt.Sprint(accepted.At("principal.id"))).Want(http.StatusOK)
	if user.At("sections.home") != "edit" || user.At("sections.analytics") != "none" || user.At("status") != "active" {
		t.Errorf("%s", user.Body)
	}
	refreshed := a.Nobody().Put("/session", map[string]any{"refreshToken": accepted.At("refreshToken")}).Want(http.StatusOK)
	if refreshed.At("refreshToken") == accepted.At("refreshToken") || refreshed.At("principal.id") != accepted.At("principal.id") {
		t.Errorf("%s", refreshed.Body)
	}
	a.Nobody().Do(http.MethodDelete, "/session", map[string]any{"refreshToken": refreshed.At("refreshToken")}).Want(http.StatusNoContent)
	a.Nobody().Put("/session", map[string]any{"refreshToken": refreshed.At("refreshToken")}).Refused(http.StatusUnauthorized, problem.SessionEnded)
}

// A claim that the sweeper takes counts its invitation out, once; one that was
// given free otherwise counts nothing.
func TestWhatExpiresIsCountedOut(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	id, _ := a.invite(ann)
	bob, _ := a.invite(`{"email":"bob@example.com","expiresInDays":30,"sendEmail":false}`)
	gone := func(email, id string, at time.Time) table.Transition {
		claim, err := table.Encode(map[string]any{"id": id, "expiresAt": at})
		if err != nil {
			t.Fatal(err)
		}
		return table.Transition{Key: table.PendingKey(a.Workspace, a.org, email), Before: claim}
	}
	follow := func(change table.Transition) {
		t.Helper()
		if err := consequence.Follow(t.Context(), a.Table, change); err != nil {
			t.Fatal(err)
		}
	}
	count := func(want float64) {
		t.Helper()
		if got := a.Owner().Get("/organizations/" + a.org).At("counts.pendingInvitations"); got != want {
			t.Errorf("%v pending, want %v", got, want)
		}
	}
	// Consequences tell the time by the machine's clock: this one is over by it.
	a.set(id, "expiresAt", "2026-01-01T00:00:00Z")
	a.set(bob, "expiresAt", time.Now().AddDate(1, 0, 0).UTC().Format(time.RFC3339))
	count(2)
	for range 2 {
		follow(gone("ann@example.com", id, a.now))
		follow(gone("bob@example.com", bob, a.now))
		count(1)
	}
	if got := a.Owner().Get(a.invitation(id)).At("state"); got != "expired" {
		t.Errorf("state %v", got)
	}
}

// set gives an invitation an attribute, beside all rules.
func (a *agency) set(id, name string, value any) {
	a.T.Helper()
	key := table.InvitationKey(a.Workspace, a.org, id)
	if err := a.Table.Commit(a.T.Context(), table.Update(key, table.Set(name, value))); err != nil {
		a.T.Fatal(err)
	}
}
