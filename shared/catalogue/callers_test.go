package catalogue_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/courier"
	"atrium/shared/invitation"
	"atrium/shared/lambdastream"
	"atrium/shared/session"
	"atrium/shared/staff"
	"atrium/shared/table"
)

// caller is somebody with a credential that the API itself gave out, as the
// authorizer takes it.
type caller struct {
	name string
	apitest.Caller
}

// width is that of a caller's column.
func (c caller) width() int { return max(len(c.name), len("yes")) }

// people are all kinds of callers: those who are let in, each by the way that
// such a person takes, those who are not any more, and API keys.
func (f *fixture) people() []caller {
	org := "/organizations/" + f.things[own]["o"]
	ann, admin := f.joined(org, "ann.admin", access.OrgAdmin)
	bob, _ := f.joined(org, "bob.user", access.User)
	return []caller{
		{"owner", f.bearing(f.signedIn("olga@example.com"))},
		{"admin", f.bearing(f.hired("admin", access.Admin))},
		{"member", f.bearing(f.hired("member", access.Member))},
		{"org_admin", f.bearing(ann)},
		{"user", f.bearing(bob)},
		{"looking-in", f.bearing(f.impersonating(org, admin, false))},
		{"acting", f.bearing(f.impersonating(org, admin, true))},
		{"unchosen", f.bearing(f.unchosen(org))},
		{"suspended", f.bearing(f.suspended(org))},
		{"of-suspended", f.bearing(f.ofSuspended())},
		{"removed", f.bearing(f.removed())},
		{"ended", f.bearing(f.ended(org))},
		{"expired", f.bearing(f.expired(org))},
		{"key", f.bearing(f.keyWith("", everything...))},
		{"key-of-org", f.bearing(f.keyWith(f.things[own]["o"], everything...))},
		{"key-revoked", f.bearing(f.keyRevoked())},
		{"key-expired", f.bearing(f.keyExpired())},
		{"forged", f.bearing("eyJhbGciOiJub25lIn0.e30.")},
		{"nobody", f.w.Nobody()},
	}
}

// everything is every scope there is.
var everything = []access.Scope{
	access.OrganizationsWrite, access.AgentsWrite, access.UsersWrite, access.TeamsWrite,
	access.InvitationsWrite, access.ActivityRead, access.HandoffsWrite,
}

// keys are an API key of each scope alone, workspace-wide and of one organization.
func (f *fixture) keys() (all []caller) {
	scopes := []access.Scope{
		access.OrganizationsRead, access.OrganizationsWrite, access.AgentsRead, access.AgentsWrite, access.UsersRead, access.UsersWrite,
		access.TeamsRead, access.TeamsWrite, access.InvitationsRead, access.InvitationsWrite, access.ActivityRead, access.HandoffsWrite,
	}
	short := strings.NewReplacer("organizations", "orgs", "invitations", "invites", ":read", ":r", ":write", ":w")
	for _, of := range []string{"", f.things[own]["o"]} {
		for _, scope := range scopes {
			name := short.Replace(string(scope))
			if of != "" {
				name = "org's " + name
			}
			all = append(all, caller{name, f.bearing(f.keyWith(of, scope))})
		}
	}
	return all
}

func (f *fixture) bearing(credential any) apitest.Caller { return f.w.Bearing(credential) }

// signedIn is the access token of who asks for a sign-in link and follows it.
func (f *fixture) signedIn(email string) any {
	f.w.T.Helper()
	f.w.Nobody().Post("/sign-in", map[string]string{"email": email}).Want(http.StatusAccepted)
	f.w.Follow(lambdastream.Handler(f.w.Table, func(ctx context.Context, _ *table.Table, change table.Transition) error {
		if !strings.HasPrefix(change.Key.PK, session.Requests) {
			return nil // nothing is mailed here
		}
		c := courier.Courier{Table: f.w.Function("deliver-mail"), Config: f.w.Config, Now: time.Now}
		return c.Follow(ctx, c.Table, change)
	}))
	return f.w.Nobody().Post("/session", map[string]string{"code": f.code(email)}).Want(http.StatusOK).At("accessToken")
}

// joined is the access token, and the id, of who accepts an invitation.
func (f *fixture) joined(org, name string, role access.Role) (token any, id string) {
	f.w.T.Helper()
	invited := f.w.Owner().Post(org+"/invitations", map[string]any{"email": name + "@example.com", "role": role, "sendEmail": false}).Want(http.StatusCreated)
	_, link, _ := strings.Cut(fmt.Sprint(invited.At("acceptUrl")), "#")
	in := f.w.Nobody().Post("/invitations/"+link+"/accept", `{}`).Want(http.StatusOK)
	return in.At("accessToken"), fmt.Sprint(in.At("principal.id"))
}

// hired is the access token of who becomes one of the staff.
func (f *fixture) hired(name string, role access.Role) any {
	f.w.T.Helper()
	made := f.w.Owner().Post("/staff", map[string]any{"name": name, "email": name + "@agency.example", "role": role}).Want(http.StatusCreated)
	person, err := table.Get[staff.Record](f.w.T.Context(), f.w.Table, table.StaffKey(f.w.Workspace, made.ID()))
	if err != nil {
		f.w.T.Fatal(err)
	}
	invited, err := table.Get[invitation.Record](f.w.T.Context(), f.w.Table, table.InvitationKey(f.w.Workspace, "", person.Invitation))
	if err != nil {
		f.w.T.Fatal(err)
	}
	link, err := invited.Token(f.w.Config.Keys)
	if err != nil {
		f.w.T.Fatal(err)
	}
	return f.w.Nobody().Post("/invitations/"+link+"/accept", `{}`).Want(http.StatusOK).At("accessToken")
}

// impersonating is one of the staff who looks in as a user, or also acts as them.
func (f *fixture) impersonating(org, user string, write bool) any {
	body := map[string]any{"reason": "They asked for help.", "write": write}
	return f.w.Owner().Post(org+"/users/"+user+"/impersonate", body).Want(http.StatusOK).At("accessToken")
}

// unchosen has signed in, is two, and has not said which one.
func (f *fixture) unchosen(org string) any {
	for _, of := range []string{org, "/organizations/" + f.things[otherOrganization]["o"]} {
		f.w.Owner().Post(of+"/users", `{"name":"Two","email":"two@example.com"}`).Want(http.StatusCreated)
	}
	return f.signedIn("two@example.com")
}

func (f *fixture) suspended(org string) any {
	token, id := f.joined(org, "suspended", access.OrgAdmin)
	f.w.Owner().Patch(org+"/users/"+id, `{"status":"suspended"}`).Want(http.StatusOK)
	return token
}

func (f *fixture) ofSuspended() any {
	org := "/organizations/" + f.w.Owner().Post("/organizations", `{"name":"suspended"}`).Want(http.StatusCreated).ID()
	token, _ := f.joined(org, "of.suspended", access.OrgAdmin)
	f.w.Owner().Patch(org, `{"status":"suspended"}`).Want(http.StatusOK)
	return token
}

// removed was one of the staff.
func (f *fixture) removed() any {
	token := f.hired("removed", access.Admin)
	f.w.Owner().Delete("/staff/" + f.bearing(token).Principal.ID).Want(http.StatusNoContent)
	return token
}

// ended has signed out.
func (f *fixture) ended(org string) any {
	invited := f.w.Owner().Post(org+"/invitations", `{"email":"ended@example.com","role":"org_admin","sendEmail":false}`).Want(http.StatusCreated)
	_, link, _ := strings.Cut(fmt.Sprint(invited.At("acceptUrl")), "#")
	in := f.w.Nobody().Post("/invitations/"+link+"/accept", `{}`).Want(http.StatusOK)
	f.w.Nobody().Do(http.MethodDelete, "/session", map[string]any{"refreshToken": in.At("refreshToken")}).Want(http.StatusNoContent)
	return in.At("accessToken")
}

// expired came in too long ago for their access token.
func (f *fixture) expired(org string) any {
	f.w.Now = func() time.Time { return time.Now().Add(-session.AccessLife - time.Minute) }
	defer func() { f.w.Now = nil }()
	token, _ := f.joined(org, "expired", access.OrgAdmin)
	return token
}

func (f *fixture) keyWith(org string, scopes ...access.Scope) any {
	return f.key(map[string]any{"scopes": scopes, "organizationId": org}).At("secret")
}

func (f *fixture) key(body map[string]any) *apitest.Answer {
	body["name"] = "bots"
	if body["organizationId"] == "" {
		delete(body, "organizationId")
	}
	return f.w.Owner().Post("/api-keys", body).Want(http.StatusCreated)
}

func (f *fixture) keyRevoked() any {
	key := f.key(map[string]any{"scopes": everything})
	f.w.Owner().Delete("/api-keys/" + key.ID()).Want(http.StatusNoContent)
	return key.At("secret")
}

func (f *fixture) keyExpired() any {
	f.w.Now = func() time.Time { return time.Now().Add(-time.Hour) }
	defer func() { f.w.Now = nil }()
	return f.key(map[string]any{"scopes": everything, "expiresAt": time.Now().Add(-time.Minute).UTC().Format(time.RFC3339)}).At("secret")
}
