package session_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/courier"
	"atrium/shared/lambdastream"
	"atrium/shared/problem"
	"atrium/shared/session"
	"atrium/shared/table"
)

// agency is a world with a workspace, an organization, and a clock of its own.
type agency struct {
	*apitest.World
	org string
	now time.Time
}

func newAgency(t *testing.T, make func(testing.TB, ...api.Option) *apitest.World) *agency {
	t.Helper()
	a := &agency{World: make(t), now: time.Now().UTC().Truncate(time.Second)}
	a.Now = func() time.Time { return a.now }
	a.open("Agency", "olga@agency.example")
	return a
}

// open makes another workspace the one that callers are of.
func (a *agency) open(name, owner string) {
	a.T.Helper()
	body := map[string]any{"name": name, "owner": map[string]string{"name": "Olga", "email": owner}}
	a.Workspace = a.Nobody().Post("/workspaces", body).Want(http.StatusCreated).ID()
	a.org = a.client("Café Río")
}

func (a *agency) client(name string) string {
	a.T.Helper()
	return a.Owner().Post("/organizations", map[string]string{"name": name}).Want(http.StatusCreated).ID()
}

func (a *agency) user(org, email, role string) string {
	a.T.Helper()
	body := map[string]string{"name": "Ann Lee", "email": email, "role": role}
	return a.Owner().Post("/organizations/"+org+"/users", body).Want(http.StatusCreated).ID()
}

// links are the sign-in links of the workspace that are to be mailed, and what they carry.
func (a *agency) links() (links []session.SignIn, codes []string) {
	a.T.Helper()
	rows, err := a.Table.Query(a.T.Context(), table.Query{PK: table.SignIns(a.Workspace)})
	if err != nil {
		a.T.Fatal(err)
	}
	links, err = api.Decode[session.SignIn](rows.Items)
	if err != nil {
		a.T.Fatal(err)
	}
	for _, link := range links {
		code, err := link.Code(a.Config.Keys)
		if err != nil {
			a.T.Fatal(err)
		}
		codes = append(codes, code)
	}
	return links, codes
}

// link is the code of a link that an address is sent in the workspace.
func (a *agency) link(email string) string {
	a.T.Helper()
	a.Nobody().Post("/sign-in", map[string]string{"email": email}).Want(http.StatusAccepted)
	a.follow()
	links, codes := a.links()
	for i := len(links) - 1; i >= 0; i-- {
		if links[i].Email == strings.ToLower(email) && links[i].UsedAt == nil {
			return codes[i]
		}
	}
	a.T.Fatalf("no link for %s among %d", email, len(links))
	return ""
}

// follow hands deliver-mail what the stream tells of. Nothing is mailed here.
func (a *agency) follow() {
	a.T.Helper()
	consumer := func(ctx context.Context, _ *table.Table, change table.Transition) error {
		if !strings.HasPrefix(change.Key.PK, session.Requests) {
			return nil
		}
		c := courier.Courier{Table: a.Function("deliver-mail"), Config: a.Config, Now: a.Now}
		return c.Follow(ctx, c.Table, change)
	}
	a.Follow(lambdastream.Handler(a.Table, consumer))
}

func (a *agency) signIn(body map[string]any) *apitest.Answer {
	return a.Nobody().Post("/session", body)
}

func (a *agency) refresh(token any, principal ...string) *apitest.Answer {
	body := map[string]any{"refreshToken": token}
	if len(principal) > 0 {
		body["principal"] = principal[0]
	}
	return a.Nobody().Put("/session", body)
}

func TestALinkOpensOneSession(t *testing.T) {
	t.Parallel()
	a := newAgency(t, apitest.NewStreamed)
	ann := a.user(a.org, "ann@example.com", "user")
	code := a.link("Ann@Example.com")
	got := a.signIn(map[string]any{"code": code}).Want(http.StatusOK)
	for path, want := range map[string]any{
		"principal.id": ann, "principal.type": "user", "principal.organization": a.org, "principal.workspace": a.Workspace, "principals.0.id": ann, "principals.1": nil, "expiresIn": 900.0,
	} {
		if got.At(path) != want {
			t.Errorf("%s: %v, want %v", path, got.At(path), want)
		}
	}
	a.signIn(map[string]any{"code": code}).Refused(http.StatusGone, problem.LinkUsed)
	if seen := a.Owner().Get("/organizations/" + a.org + "/users/" + ann).At("lastSeenAt"); seen == nil {
		t.Error("nobody was seen")
	}
}

func TestTwoWhoComeWithOneLinkAreOneSession(t *testing.T) {
	t.Parallel()
	a := newAgency(t, apitest.New)
	_, codes := a.links()
	statuses := make([]int, 8)
	var all sync.WaitGroup
	for i := range statuses {
		all.Go(func() { statuses[i] = a.signIn(map[string]any{"code": codes[0]}).Status })
	}
	all.Wait()
	won := 0
	for _, status := range statuses {
		if status == http.StatusOK {
			won++
		} else if status != http.StatusGone {
			t.Errorf("status %d", status)
		}
	}
	if won != 1 {
		t.Errorf("%d got in: %v", won, statuses)
	}
}

func TestALinkDies(t *testing.T) {
	t.Parallel()
	a := newAgency(t, apitest.New)
	_, codes := a.links()
	a.signIn(map[string]any{"code": codes[0][:len(codes[0])-2] + "AA"}).Refused(http.StatusNotFound, problem.NotFound)
	a.signIn(map[string]any{}).Refused(http.StatusUnprocessableEntity, problem.Invalid, "body.code")
	a.signIn(map[string]any{"code": codes[0], "principal": "stf_01jd6v0c8ge2rs2k9v2q1m4t7x"}).Refused(http.StatusNotFound, problem.NotFound)
	a.now = a.now.Add(api.DefaultSignInLife - time.Millisecond)
	a.now = a.now.Add(time.Millisecond)
	a.signIn(map[string]any{"code": codes[0]}).Refused(http.StatusGone, problem.LinkExpired)
}

func TestWhoIsSeveralChooses(t *testing.T) {
	t.Parallel()
	a := newAgency(t, apitest.NewStreamed)
	other := a.client("Other")
	here, there := a.user(a.org, "ann@example.com", "user"), a.user(other, "ann@example.com", "org_admin")
	got := a.signIn(map[string]any{"code": a.link("ann@example.com")}).Want(http.StatusOK)
	if got.At("principal") != nil || got.At("principals.1") == nil {
		t.Fatalf("%s", got.Body)
	}
	chosen := a.refresh(got.At("refreshToken"), there).Want(http.StatusOK)
	if chosen.At("principal.id") != there {
		t.Errorf("%s", chosen.Body)
	}
	switched := a.refresh(chosen.At("refreshToken"), here).Want(http.StatusOK)
	if switched.At("principal.id") != here {
		t.Errorf("%s", switched.Body)
	}
	a.refresh(switched.At("refreshToken"), "usr_01jd6v0c8ge2rs2k9v2q1m4t7x").Refused(http.StatusNotFound, problem.NotFound)
	a.Owner().Patch("/organizations/"+other, `{"status":"suspended"}`).Want(http.StatusOK)
	a.refresh(switched.At("refreshToken"), there).Refused(http.StatusForbidden, problem.OrganizationShut)
	// Refused, the token still works.
	a.refresh(switched.At("refreshToken")).Want(http.StatusOK)
}

// Each agency sends its own link, and its session knows of no other agency.
func TestAgenciesDoNotShowThroughEachOther(t *testing.T) {
	t.Parallel()
	a := newAgency(t, apitest.NewStreamed)
	a.user(a.org, "ann@example.com", "user")
	first := a.Workspace
	a.open("Rival", "rita@rival.example")
	rival := a.user(a.org, "ann@example.com", "user")
	got := a.signIn(map[string]any{"code": a.link("ann@example.com")}).Want(http.StatusOK)
	if got.At("principal.id") != rival || got.At("principals.1") != nil || strings.Contains(string(got.Body), first) {
		t.Errorf("%s", got.Body)
	}
	a.Workspace = first
	if links, _ := a.links(); len(links) != 2 { // the owner's, and Ann's
		t.Errorf("%d links at the first agency", len(links))
	}
}

func TestARefreshTokenWorksOnce(t *testing.T) {
	t.Parallel()
	a := newAgency(t, apitest.New)
	_, codes := a.links()
	first := a.signIn(map[string]any{"code": codes[0]}).Want(http.StatusOK).At("refreshToken")
	second := a.refresh(first).Want(http.StatusOK).At("refreshToken")
	a.now = a.now.Add(10 * time.Second)
	if again := a.refresh(first).Want(http.StatusOK).At("refreshToken"); again != second {
		t.Errorf("within 10 s another successor: %v and %v", again, second)
	}
	third := a.refresh(second).Want(http.StatusOK).At("refreshToken")
	a.now = a.now.Add(10*time.Second + time.Millisecond)
	a.refresh(second).Refused(http.StatusUnauthorized, problem.SessionEnded)
	a.refresh(third).Refused(http.StatusUnauthorized, problem.SessionEnded)
	a.refresh(fmt.Sprint(third)[:20]).Refused(http.StatusUnauthorized, problem.TokenInvalid)
}

func TestTwoTabsThatRefreshAtOnceGetOneSuccessor(t *testing.T) {
	t.Parallel()
	a := newAgency(t, apitest.New)
	_, codes := a.links()
	first := a.signIn(map[string]any{"code": codes[0]}).Want(http.StatusOK).At("refreshToken")
	got := make([]any, 6)
	var all sync.WaitGroup
	for i := range got {
		all.Go(func() { got[i] = a.refresh(first).Want(http.StatusOK).At("refreshToken") })
	}
	all.Wait()
	for _, token := range got {
		if token != got[0] || token == first {
			t.Fatalf("successors %v", got)
		}
	}
}

func TestASessionEndsByItself(t *testing.T) {
	t.Parallel()
	a := newAgency(t, apitest.New)
	_, codes := a.links()
	token := a.signIn(map[string]any{"code": codes[0]}).Want(http.StatusOK).At("refreshToken")
	a.now = a.now.Add(session.Life)
	a.refresh(token).Refused(http.StatusUnauthorized, problem.SessionEnded)
}

func TestWhoIsNoLongerLetInCannotGoOn(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		end    func(a *agency, user string)
		status int
		code   problem.Code
	}{
		"removed": {func(a *agency, user string) {
			a.Owner().Delete("/organizations/" + a.org + "/users/" + user).Want(http.StatusNoContent)
		}, http.StatusUnauthorized, problem.SessionEnded},
		"suspended": {func(a *agency, user string) {
			a.Owner().Patch("/organizations/"+a.org+"/users/"+user, `{"status":"suspended"}`).Want(http.StatusOK)
		}, http.StatusUnauthorized, problem.SessionEnded},
		"of another address": {func(a *agency, user string) {
			a.Owner().Patch("/organizations/"+a.org+"/users/"+user, `{"email":"new@example.com"}`).Want(http.StatusOK)
		}, http.StatusUnauthorized, problem.SessionEnded},
		"of a suspended organization": {func(a *agency, _ string) {
			a.Owner().Patch("/organizations/"+a.org, `{"status":"suspended"}`).Want(http.StatusOK)
		}, http.StatusForbidden, problem.OrganizationShut},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAgency(t, apitest.NewStreamed)
			user := a.user(a.org, "ann@example.com", "user")
			token := a.signIn(map[string]any{"code": a.link("ann@example.com")}).Want(http.StatusOK).At("refreshToken")
			tc.end(a, user)
			a.refresh(token).Refused(tc.status, tc.code)
		})
	}
}

// Whatever is asked for, the answer and what it costs are the same.
func TestSignInIsAlikeForEverybody(t *testing.T) {
	t.Parallel()
	a := newAgency(t, apitest.New)
	a.user(a.org, "known@example.com", "user")
	for _, email := range []string{"known@example.com", "unknown@example.com", "nonsense", "", strings.Repeat("x", 5000), "a\u0000b@example.com", "<b>@x"} {
		a.Cost(fmt.Sprintf("%.20q", email), 1, 4, func() *apitest.Answer {
			got := a.Nobody().Post("/sign-in", map[string]string{"email": email}).Want(http.StatusAccepted)
			if len(got.Body) != 0 {
				t.Errorf("%.20q: %s", email, got.Body)
			}
			return got
		})
	}
}

func TestSignInIsLimited(t *testing.T) {
	t.Parallel()
	a := newAgency(t, apitest.New)
	a.now = a.now.Truncate(15 * time.Minute)
	for _, email := range []string{"ann@example.com", "nonsense"} {
		for range 10 {
			a.Nobody().Post("/sign-in", map[string]string{"email": email}).Want(http.StatusAccepted)
		}
		refused := a.Nobody().Post("/sign-in", map[string]string{"email": email}).Refused(http.StatusTooManyRequests, problem.RateLimited)
		if refused.Header.Get("Retry-After") != "900" {
			t.Errorf("Retry-After %s", refused.Header.Get("Retry-After"))
		}
	}
	for i := range 40 {
		a.Nobody().Post("/sign-in", map[string]string{"email": fmt.Sprintf("n%d@example.com", i)}).Want(http.StatusAccepted)
	}
	a.Nobody().Post("/sign-in", `{"email":"one-more@example.com"}`).Refused(http.StatusTooManyRequests, problem.RateLimited)
	a.now = a.now.Add(15 * time.Minute)
	a.Nobody().Post("/sign-in", `{"email":"ann@example.com"}`).Want(http.StatusAccepted)
}

func TestWhoIsNotLetInIsSentNoLink(t *testing.T) {
	t.Parallel()
	a := newAgency(t, apitest.NewStreamed)
	closed := a.client("Closed")
	a.user(closed, "ann@example.com", "user")
	a.Owner().Patch("/organizations/"+closed, `{"status":"suspended"}`).Want(http.StatusOK)
	suspended := a.user(a.org, "bob@example.com", "user")
	a.Owner().Patch("/organizations/"+a.org+"/users/"+suspended, `{"status":"suspended"}`).Want(http.StatusOK)
	for _, email := range []string{"ann@example.com", "bob@example.com", "nobody@example.com"} {
		a.Nobody().Post("/sign-in", map[string]string{"email": email}).Want(http.StatusAccepted)
	}
	a.follow()
	if links, _ := a.links(); len(links) != 1 || links[0].Email != "olga@agency.example" {
		t.Errorf("links %+v", links)
	}
}

func TestStaffLookInAsAUser(t *testing.T) {
	t.Parallel()
	a := newAgency(t, apitest.New)
	user := a.user(a.org, "ann@example.com", "user")
	path := "/organizations/" + a.org + "/users/" + user + "/impersonate"
	got := a.Admin().Post(path, `{"reason":"Ticket 4711"}`).Want(http.StatusOK)
	claims, err := session.Verify(a.Config.Keys, fmt.Sprint(got.At("accessToken")), a.now)
	if err != nil || claims.Principal != user || claims.Actor != apitest.StaffID(access.Admin) {
		t.Errorf("%+v %v", claims, err)
	}
	if got.At("refreshToken") != nil || got.At("expiresIn") != 900.0 || !strings.HasPrefix(fmt.Sprint(got.At("dashboardUrl")), "https://dashboard.example/#access_token=") {
		t.Errorf("%s", got.Body)
	}
	recorded := a.Owner().Get("/activity?action=user.impersonated").Want(http.StatusOK)
	if recorded.At("items.0.actor.id") != apitest.StaffID(access.Admin) || recorded.At("items.0.target.id") != user || recorded.At("items.0.changes.0.after") != "Ticket 4711" {
		t.Errorf("%s", recorded.Body)
	}
	for _, body := range []string{`{"reason":""}`, `{"reason":" "}`, `{"reason":"a\nb"}`} {
		a.Owner().Post(path, body).Refused(http.StatusUnprocessableEntity, problem.Invalid, "body.reason")
	}
	a.Owner().Post(path, `{}`).Refused(http.StatusUnprocessableEntity, problem.Invalid)
	a.Member().Post(path, `{"reason":"r"}`).Refused(http.StatusForbidden, problem.Forbidden)
	a.Owner().Patch("/organizations/"+a.org, `{"status":"suspended"}`).Want(http.StatusOK)
	a.Owner().Post(path, `{"reason":"r"}`).Refused(http.StatusConflict, problem.ReadOnly)
}

func TestWhatIsDoneAsAUserIsTheActorsDoing(t *testing.T) {
	t.Parallel()
	a := newAgency(t, apitest.New)
	user := a.user(a.org, "ann@example.com", "org_admin")
	as := access.Principal{
		Type: access.Client, ID: user, Name: "Ann Lee", Role: access.OrgAdmin, Workspace: a.Workspace, Organization: a.org,
		Actor: &access.Actor{ID: a.Owner().Principal.ID, Name: "Sam owner", Role: access.Owner, Reason: "a ticket"},
	}
	path := "/organizations/" + a.org
	a.As(as).Get(path).Want(http.StatusOK)
	a.As(as).Patch(path, `{"layout":"horizontal"}`).Refused(http.StatusForbidden, problem.Forbidden)
	as.Actor.Write = true
	a.As(as).Patch(path, `{"layout":"horizontal"}`).Want(http.StatusOK)
	got := a.Owner().Get("/activity?action=organization.updated").Want(http.StatusOK)
	for place, want := range map[string]any{
		"actor.type": "staff", "actor.id": as.Actor.ID, "onBehalfOf.type": "user", "onBehalfOf.id": user, "reason": "a ticket",
	} {
		if got.At("items.0."+place) != want {
			t.Errorf("%s: %v, want %v", place, got.At("items.0."+place), want)
		}
	}
}
