package session_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/coreos/go-oidc/v3/oidc/oidctest"
	"github.com/go-jose/go-jose/v4"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/problem"
	"atrium/shared/token"
)

// issuer is one that an agency trusts, with a key that tests sign with.
type issuer struct {
	*oidctest.Server
	url string
	key *rsa.PrivateKey
	t   *testing.T
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	i := &issuer{Server: &oidctest.Server{}, t: t}
	i.rotate("first")
	web := httptest.NewServer(i)
	t.Cleanup(web.Close)
	i.url = web.URL
	i.SetIssuer(web.URL)
	return i
}

// rotate has the issuer sign with a new key from now on.
func (i *issuer) rotate(id string) {
	i.t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		i.t.Fatal(err)
	}
	i.key = key
	i.PublicKeys = []oidctest.PublicKey{{PublicKey: key.Public(), KeyID: id, Algorithm: oidc.RS256}}
}

// claims are right ones, but for what is given.
func (i *issuer) claims(but map[string]any) string {
	i.t.Helper()
	all := map[string]any{
		"iss": i.url, "aud": "atrium", "sub": "u-1", "email": "Olga@Agency.example", "email_verified": true,
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix(),
	}
	maps.Copy(all, but)
	text, err := json.Marshal(all)
	if err != nil {
		i.t.Fatal(err)
	}
	return string(text)
}

func (i *issuer) sign(but map[string]any) string {
	return oidctest.SignIDToken(i.key, i.PublicKeys[0].KeyID, oidc.RS256, i.claims(but))
}

// trusting is an agency whose staff sign in with an issuer.
func trusting(t *testing.T, i *issuer) *agency {
	t.Helper()
	local := api.Config{Keys: token.NewKeys(apitest.SigningKey), LocalIssuers: true}
	a := newAgency(t, func(t testing.TB, _ ...api.Option) *apitest.World { return apitest.New(t, api.Configured(local)) })
	a.trust(i)
	return a
}

// trust has the workspace's staff sign in with an issuer.
func (a *agency) trust(i *issuer) {
	a.T.Helper()
	a.Owner().Patch("/workspace", map[string]any{"oidc": map[string]string{"issuer": i.url, "clientId": "atrium"}}).Want(http.StatusOK)
}

func TestStaffSignInWithTheirIssuer(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	a := trusting(t, i)
	in := a.signIn(map[string]any{"idToken": i.sign(nil)}).Want(http.StatusOK)
	if in.At("principal.role") != "owner" || in.At("principal.email") != "olga@agency.example" {
		t.Errorf("signed in as %v", in.At("principal"))
	}
	a.Bearing(in.At("accessToken")).Get("/workspace").Want(http.StatusOK)
	// A key that is not known is looked for, and the old one is not believed any more.
	old := i.sign(nil)
	i.rotate("second")
	a.signIn(map[string]any{"idToken": i.sign(nil)}).Want(http.StatusOK)
	a.signIn(map[string]any{"idToken": old}).Refused(http.StatusUnauthorized, problem.TokenInvalid)
	for name, but := range map[string]map[string]any{
		"several audiences":     {"aud": []string{"other", "atrium"}},
		"verified, as a text":   {"email_verified": "true"},
		"nothing said of it":    {"email_verified": nil},
		"an address in capital": {"email": "OLGA@AGENCY.EXAMPLE"},
	} {
		if got := a.signIn(map[string]any{"idToken": i.sign(but)}); got.Status != http.StatusOK {
			t.Errorf("%s: %d %s", name, got.Status, got.Body)
		}
	}
}

func TestAnIDTokenThatProvesNothingOpensNothing(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	a := trusting(t, i)
	a.user(a.org, "ann@example.com", "org_admin")
	hour := func(n int) int64 { return time.Now().Add(time.Duration(n) * time.Hour).Unix() }
	stranger := newIssuer(t)
	right := i.sign(nil)
	head, rest, _ := strings.Cut(right, ".")
	claims, _, _ := strings.Cut(rest, ".")
	for name, tc := range map[string]struct {
		token string
		code  problem.Code
	}{
		"expired":                     {i.sign(map[string]any{"exp": hour(-1)}), problem.TokenExpired},
		"not yet valid":               {i.sign(map[string]any{"nbf": hour(1)}), problem.TokenInvalid},
		"for somebody else":           {i.sign(map[string]any{"aud": "other"}), problem.TokenInvalid},
		"of an issuer nobody trusts":  {stranger.sign(nil), problem.TokenInvalid},
		"that claims another issuer":  {stranger.sign(map[string]any{"iss": i.url}), problem.TokenInvalid},
		"with a slash more":           {i.sign(map[string]any{"iss": i.url + "/"}), problem.TokenInvalid},
		"without a signature":         {head + "." + claims + ".", problem.TokenInvalid},
		"cut short":                   {right[:len(right)-9], problem.TokenInvalid},
		"that is no token":            {"nonsense", problem.TokenInvalid},
		"with an algorithm of none":   {unsigned(i.claims(nil)), problem.TokenInvalid},
		"keyed with the public key":   {confused(t, i), problem.TokenInvalid},
		"with an unverified address":  {i.sign(map[string]any{"email_verified": false}), problem.TokenInvalid},
		"unverified, as a text":       {i.sign(map[string]any{"email_verified": "false"}), problem.TokenInvalid},
		"without an address":          {i.sign(map[string]any{"email": ""}), problem.TokenInvalid},
		"of nobody who is staff":      {i.sign(map[string]any{"email": "who@agency.example"}), problem.TokenInvalid},
		"of one of a client's people": {i.sign(map[string]any{"email": "ann@example.com"}), problem.TokenInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			a.signIn(map[string]any{"idToken": tc.token}).Refused(http.StatusUnauthorized, tc.code)
		})
	}
	a.signIn(map[string]any{"idToken": right, "principal": "stf_01jd6v0c8ge2rs2k9v2q1m4t7x"}).Refused(http.StatusNotFound, problem.NotFound)
	a.signIn(map[string]any{"idToken": right, "code": "x"}).Refused(http.StatusUnprocessableEntity, problem.Invalid, "body.code")
}

// unsigned is a token that says of itself that it needs no signature.
func unsigned(claims string) string {
	encode := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	return encode(`{"alg":"none","typ":"JWT"}`) + "." + encode(claims) + "."
}

// confused is signed with the issuer's public key, as if that were a secret.
func confused(t *testing.T, i *issuer) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(i.key.Public())
	if err != nil {
		t.Fatal(err)
	}
	secret := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.HS256, Key: secret}, (&jose.SignerOptions{}).WithHeader("kid", i.PublicKeys[0].KeyID))
	if err != nil {
		t.Fatal(err)
	}
	signed, err := signer.Sign([]byte(i.claims(nil)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Two agencies may trust one issuer, as a group of companies does: whoever signs
// in is let in where they are staff, and nowhere else.
func TestAgenciesThatShareAnIssuerLetInTheirOwn(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	a := trusting(t, i)
	first := a.Workspace
	a.open("Second", "otto@second.example")
	a.trust(i)
	second := a.Workspace
	for email, ws := range map[string]string{"olga@agency.example": first, "otto@second.example": second} {
		in := a.signIn(map[string]any{"idToken": i.sign(map[string]any{"email": email})}).Want(http.StatusOK)
		if in.At("principal.workspace") != ws {
			t.Errorf("%s is let in to %v, want %s", email, in.At("principal.workspace"), ws)
		}
	}
}

// An issuer's address is a workspace's own: what it names inside the deployment
// is never asked.
func TestAnIssuerInsideTheDeploymentIsNotAsked(t *testing.T) {
	t.Parallel()
	asked := false
	inside := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer inside.Close()
	for name, url := range map[string]string{
		"by https": inside.URL, "by http": strings.Replace(inside.URL, "https:", "http:", 1),
		"of a link": "https://169.254.169.254/latest/meta-data", "of a private network": "https://10.0.0.1",
	} {
		a := newAgency(t, apitest.New)
		i := newIssuer(t)
		i.url = url
		a.trust(i)
		if got := a.signIn(map[string]any{"idToken": i.sign(nil)}); got.Status != http.StatusServiceUnavailable || got.At("code") != string(problem.IssuerUnavailable) {
			t.Errorf("%s: %d %s", name, got.Status, got.Body)
		}
	}
	if asked {
		t.Error("it was asked")
	}
}

func TestAnIssuerThatDoesNotAnswerIsSaidToBeSo(t *testing.T) {
	t.Parallel()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusBadGateway) }))
	defer web.Close()
	i := newIssuer(t)
	i.url = web.URL
	a := trusting(t, i)
	if got := a.signIn(map[string]any{"idToken": i.sign(nil)}); got.At("code") != string(problem.IssuerUnavailable) {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	// It is asked again, and not taken for dead.
	i = newIssuer(t)
	a.trust(i)
	in := a.signIn(map[string]any{"idToken": i.sign(nil)}).Want(http.StatusOK)
	if role := in.At("principal.role"); role != string(access.Owner) {
		t.Errorf("signed in as %v", role)
	}
}
