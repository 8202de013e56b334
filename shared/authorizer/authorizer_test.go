package authorizer_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/authorizer"
	"atrium/shared/problem"
	"atrium/shared/session"
	"atrium/shared/token"
)

// agency is a world with its authorizer, and a clock of its own.
type agency struct {
	*apitest.World
	authorizer.Authorizer
	now time.Time
	org string
}

func newAgency(t *testing.T) *agency {
	t.Helper()
	a := &agency{World: apitest.New(t), now: time.Now().UTC().Truncate(time.Second)}
	a.World.Now = func() time.Time { return a.now }
	a.Authorizer = authorizer.Authorizer{Table: a.World.Table, Config: a.World.Config, Now: a.World.Now}
	a.Workspace = a.Nobody().Post("/workspaces", `{"name":"Agency","owner":{"name":"Olga","email":"olga@agency.example"}}`).Want(http.StatusCreated).ID()
	a.org = a.Owner().Post("/organizations", `{"name":"Café Río"}`).Want(http.StatusCreated).ID()
	return a
}

// enter is the session of somebody who accepts an invitation.
func (a *agency) enter(role string) *apitest.Answer {
	a.T.Helper()
	body := map[string]any{"email": role + "@example.com", "name": "Ann Lee", "role": role, "sendEmail": false}
	made := a.Owner().Post("/organizations/"+a.org+"/invitations", body).Want(http.StatusCreated)
	_, link, _ := strings.Cut(fmt.Sprint(made.At("acceptUrl")), "#")
	return a.Nobody().Post("/invitations/"+link+"/accept", `{}`).Want(http.StatusOK)
}

func (a *agency) who(credential any) access.Principal {
	a.T.Helper()
	p, err := a.Who(a.T.Context(), fmt.Sprint("Bearer ", credential))
	if err != nil {
		a.T.Fatal(err)
	}
	return p
}

func (a *agency) refused(what string, credential any, code problem.Code) {
	a.T.Helper()
	if p := a.who(credential); p.Refusal != string(code) || p.Known() || p.Workspace != "" || p.ID != "" {
		a.T.Errorf("%s: %+v, want the refusal %s", what, p, code)
	}
}

func TestATokenSpeaksForItsPrincipalAsItIsNow(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	entered := a.enter("org_admin")
	user := fmt.Sprint(entered.At("principal.id"))
	p := a.who(entered.At("accessToken"))
	want := access.Principal{
		Type: access.Client, ID: user, Name: "Ann Lee", Email: "org_admin@example.com", Role: access.OrgAdmin, Workspace: a.Workspace, Organization: a.org, Session: p.Session, Unproven: true,
	}
	if fmt.Sprint(p) != fmt.Sprint(want) || p.Session == "" {
		t.Errorf("%+v, want %+v", p, want)
	}
	a.Owner().Patch("/organizations/"+a.org+"/users/"+user, `{"role":"user","name":"Ann"}`).Want(http.StatusOK)
	if p := a.who(entered.At("accessToken")); p.Role != access.User || p.Name != "Ann" {
		t.Errorf("demoted: %+v", p)
	}
}

func TestATokenDies(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		kill func(a *agency, entered *apitest.Answer)
		code problem.Code
	}{
		"by its age": {func(a *agency, _ *apitest.Answer) { a.now = a.now.Add(session.AccessLife) }, problem.TokenExpired},
		"with its session": {func(a *agency, entered *apitest.Answer) {
			a.Nobody().Do(http.MethodDelete, "/session", map[string]any{"refreshToken": entered.At("refreshToken")}).Want(http.StatusNoContent)
		}, problem.SessionEnded},
		"with its principal": {func(a *agency, entered *apitest.Answer) {
			a.Owner().Delete("/organizations/" + a.org + "/users/" + fmt.Sprint(entered.At("principal.id"))).Want(http.StatusNoContent)
		}, problem.SessionEnded},
		"when its principal is suspended": {func(a *agency, entered *apitest.Answer) {
			a.Owner().Patch("/organizations/"+a.org+"/users/"+fmt.Sprint(entered.At("principal.id")), `{"status":"suspended"}`).Want(http.StatusOK)
		}, problem.SessionEnded},
		"when its principal has another address": {func(a *agency, entered *apitest.Answer) {
			a.Owner().Patch("/organizations/"+a.org+"/users/"+fmt.Sprint(entered.At("principal.id")), `{"email":"other@example.com"}`).Want(http.StatusOK)
		}, problem.SessionEnded},
		"with its organization": {func(a *agency, _ *apitest.Answer) {
			a.Owner().Patch("/organizations/"+a.org, `{"status":"archived"}`).Want(http.StatusOK)
		}, problem.OrganizationShut},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAgency(t)
			entered := a.enter("user")
			tc.kill(a, entered)
			a.refused(name, entered.At("accessToken"), tc.code)
		})
	}
}

func TestNobodyIsWhoSendsNothing(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	for _, header := range []string{"", "Bearer", "Bearer ", "Basic b2xnYTpvbGdh", "Token x"} {
		if p, err := a.Who(t.Context(), header); err != nil || p.Known() || p.Refusal != "" {
			t.Errorf("%q: %+v %v", header, p, err)
		}
	}
}

// A token is ours only if it was signed as ours are: RFC 8725.
func TestForgedTokensAreRefused(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	entered := a.enter("user")
	good := fmt.Sprint(entered.At("accessToken"))
	claims, err := session.Verify(a.Authorizer.Config.Keys, good, a.now)
	if err != nil {
		t.Fatal(err)
	}
	seed := a.Authorizer.Config.Keys.Seeds()[0]
	ours := ed25519.NewKeyFromSeed(seed)
	_, strangers, _ := ed25519.GenerateKey(rand.Reader)
	parts := strings.Split(good, ".")
	var header struct {
		Kid string `json:"kid"`
	}
	decoded, _ := base64.RawURLEncoding.DecodeString(parts[0])
	if err := json.Unmarshal(decoded, &header); err != nil {
		t.Fatal(err)
	}
	at := func(d time.Duration) *jwt.NumericDate { return jwt.NewNumericDate(a.now.Add(d)) }
	whole := func(change func(map[string]any)) map[string]any {
		all := map[string]any{
			"iss": claims.Workspace, "sub": claims.Principal, "pty": claims.Type, "org": claims.Organization, "sid": claims.Session,
			"aud": "api", "iat": at(0), "nbf": at(0), "exp": at(time.Minute),
		}
		if change != nil {
			change(all)
		}
		return all
	}
	sign := func(algorithm jose.SignatureAlgorithm, key any, kid, typ string, claims map[string]any) string {
		t.Helper()
		signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: jose.JSONWebKey{Key: key, KeyID: kid}}, (&jose.SignerOptions{}).WithType(jose.ContentType(typ)))
		if err != nil {
			t.Fatal(err)
		}
		text, err := jwt.Signed(signer).Claims(claims).Serialize()
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	if p := a.who(sign(jose.EdDSA, ours, header.Kid, "at+jwt", whole(nil))); !p.Known() {
		t.Fatalf("what is signed as ours are is refused: %+v", p)
	}
	none := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"at+jwt","kid":"` + header.Kid + `"}`))
	public := []byte(ours.Public().(ed25519.PublicKey))
	for name, forged := range map[string]string{
		"no algorithm":             none + "." + parts[1] + ".",
		"no algorithm, signed":     none + "." + parts[1] + "." + parts[2],
		"the public key as secret": sign(jose.HS256, public, header.Kid, "at+jwt", whole(nil)),
		"a stranger's key":         sign(jose.EdDSA, strangers, header.Kid, "at+jwt", whole(nil)),
		"an unknown key's name":    sign(jose.EdDSA, ours, "other", "at+jwt", whole(nil)),
		"another kind of token":    sign(jose.EdDSA, ours, header.Kid, "JWT", whole(nil)),
		"another audience":         sign(jose.EdDSA, ours, header.Kid, "at+jwt", whole(func(c map[string]any) { c["aud"] = "other" })),
		"no audience":              sign(jose.EdDSA, ours, header.Kid, "at+jwt", whole(func(c map[string]any) { delete(c, "aud") })),
		"no issuer":                sign(jose.EdDSA, ours, header.Kid, "at+jwt", whole(func(c map[string]any) { delete(c, "iss") })),
		"no session":               sign(jose.EdDSA, ours, header.Kid, "at+jwt", whole(func(c map[string]any) { delete(c, "sid") })),
		"not valid yet":            sign(jose.EdDSA, ours, header.Kid, "at+jwt", whole(func(c map[string]any) { c["nbf"] = at(time.Second) })),
		"without an end":           sign(jose.EdDSA, ours, header.Kid, "at+jwt", whole(func(c map[string]any) { delete(c, "exp") })),
		"truncated":                good[:len(good)-1],
		"without a signature":      parts[0] + "." + parts[1] + ".",
		"two parts":                parts[0] + "." + parts[1],
		"nonsense":                 "x.y.z",
		"huge":                     strings.Repeat("a", 1<<20),
		"a refresh token":          fmt.Sprint(entered.At("refreshToken")),
	} {
		a.refused(name, forged, problem.TokenInvalid)
	}
	a.refused("of another workspace", sign(jose.EdDSA, ours, header.Kid, "at+jwt", whole(func(c map[string]any) { c["iss"] = "ws_01jd6v0c8ge2rs2k9v2q1m4t7x" })), problem.SessionEnded)
}

func TestARotatedKeyStillBelievesItsTokens(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	entered := a.enter("user")
	a.Authorizer.Config.Keys = token.NewKeys("the key of tomorrow, which is long enough", apitest.SigningKey)
	if p := a.who(entered.At("accessToken")); !p.Known() {
		t.Errorf("under the previous key: %+v", p)
	}
	a.Authorizer.Config.Keys = token.NewKeys("the key of tomorrow, which is long enough")
	a.refused("a key that is forgotten", entered.At("accessToken"), problem.TokenInvalid)
}

func TestWhoLooksInMustStillBeAllowedTo(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	user := fmt.Sprint(a.enter("user").At("principal.id"))
	boss := a.Hire("Max", access.Admin, "active")
	got := boss.Post("/organizations/"+a.org+"/users/"+user+"/impersonate", `{"reason":"a ticket","write":true}`).Want(http.StatusOK)
	p := a.who(got.At("accessToken"))
	if p.ID != user || p.Role != access.User || p.Actor == nil || p.Actor.ID != boss.Principal.ID || p.Actor.Reason != "a ticket" || !p.Actor.Write || p.ReadOnly() {
		t.Errorf("%+v", p)
	}
	a.Owner().Patch("/staff/"+boss.Principal.ID, `{"role":"member"}`).Want(http.StatusOK)
	a.refused("demoted", got.At("accessToken"), problem.SessionEnded)
}

func TestAnAPIKeyIsItsScopes(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	made := a.Owner().Post("/api-keys", map[string]any{
		"name": "Bot", "scopes": []string{"teams:read"}, "organizationId": a.org, "expiresAt": a.now.Add(time.Hour).Format(time.RFC3339),
	}).Want(http.StatusCreated)
	secret := fmt.Sprint(made.At("secret"))
	p := a.who(secret)
	if p.Type != access.APIKey || p.ID != made.ID() || p.Organization != a.org || len(p.Scopes) != 1 || p.Scopes[0] != access.TeamsRead || p.Workspace != a.Workspace {
		t.Errorf("%+v", p)
	}
	used := func() any { return a.Owner().Get("/api-keys").At("items.0.lastUsedAt") }
	first := used()
	a.now = a.now.Add(4 * time.Minute)
	a.who(secret)
	if first == nil || used() != first {
		t.Errorf("last used %v, then %v", first, used())
	}
	a.now = a.now.Add(2 * time.Minute)
	if a.who(secret); used() == first {
		t.Error("its last use is not kept any more")
	}
	last := secret[len(secret)-1]
	other := byte('A')
	if last == other {
		other = 'E'
	}
	a.refused("another secret", secret[:len(secret)-1]+string(other), problem.KeyUnknown)
	a.refused("a secret of no key", "sk_nonsense", problem.KeyUnknown)
	a.now = a.now.Add(time.Hour)
	a.refused("past its end", secret, problem.KeyExpired)
	a.Owner().Delete("/api-keys/" + made.ID()).Want(http.StatusNoContent)
	a.refused("revoked", secret, problem.KeyUnknown)
}

func TestWhoIsStillToChooseIsKnownByTheirSession(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	entered := a.enter("user")
	claims, err := session.Verify(a.Authorizer.Config.Keys, fmt.Sprint(entered.At("accessToken")), a.now)
	if err != nil {
		t.Fatal(err)
	}
	text, err := session.Claims{Workspace: claims.Workspace, Session: claims.Session}.Sign(a.Authorizer.Config.Keys, a.now)
	if err != nil {
		t.Fatal(err)
	}
	if p := a.who(text); p.Type != access.Unchosen || p.Email != "user@example.com" || p.Role != "" || !p.Known() {
		t.Errorf("%+v", p)
	}
}

// A fault of the table is no verdict on a caller: API Gateway would keep it.
func TestAFaultIsNoRefusal(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	entered := a.enter("user")
	a.Break(apitest.Throttled, 0, 1_000_000)
	defer a.Mend()
	ctx, cancel := context.WithTimeout(t.Context(), 80*time.Millisecond)
	defer cancel()
	if p, err := a.Who(ctx, fmt.Sprint("Bearer ", entered.At("accessToken"))); err == nil {
		t.Errorf("%+v", p)
	}
}

func TestWhoCostsOneLook(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	entered := a.enter("user")
	a.Meter.Take()
	a.who(entered.At("accessToken"))
	if used := a.Meter.Take(); len(used) != 1 || apitest.Exact() && used[0].Units != 3 {
		t.Errorf("%+v", used)
	}
	for _, forged := range []string{"x.y.z", "sk_nonsense", ""} {
		a.who(forged)
	}
	if used := a.Meter.Take(); len(used) != 0 {
		t.Errorf("what is forged is looked up: %+v", used)
	}
}
