package session

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"atrium/shared/access"
	"atrium/shared/problem"
	"atrium/shared/token"
)

// AccessLife is how long an access token works.
const AccessLife = 15 * time.Minute

// What access tokens say of themselves. Each is checked: a token of another
// kind, made with the same key, is none (RFC 8725).
const (
	tokenType = "at+jwt"
	audience  = "api"
)

// Claims are an access token's: where to look for who it speaks for.
type Claims struct {
	Workspace string `json:"iss"`
	// Principal is empty while none is chosen.
	Principal    string      `json:"sub,omitempty"`
	Type         access.Type `json:"pty,omitempty"`
	Organization string      `json:"org,omitempty"`
	Session      string      `json:"sid"`
	// Actor is one of the staff, under impersonation.
	Actor string `json:"act,omitempty"`
}

// whole are the claims with those that every token has.
type whole struct {
	Claims
	Audience  string           `json:"aud"`
	IssuedAt  *jwt.NumericDate `json:"iat"`
	NotBefore *jwt.NumericDate `json:"nbf"`
	Expiry    *jwt.NumericDate `json:"exp"`
}

// Sign is the access token of claims, made at a time.
func (c Claims) Sign(keys *token.Keys, now time.Time) (string, error) {
	private := ed25519.NewKeyFromSeed(keys.Seeds()[0])
	key := jose.SigningKey{Algorithm: jose.EdDSA, Key: jose.JSONWebKey{Key: private, KeyID: keyID(private)}}
	signer, err := jose.NewSigner(key, (&jose.SignerOptions{}).WithType(tokenType))
	if err != nil {
		return "", err
	}
	at := jwt.NewNumericDate(now)
	return jwt.Signed(signer).Claims(whole{c, audience, at, at, jwt.NewNumericDate(now.Add(AccessLife))}).Serialize()
}

// keyID names a key in the tokens that it signed.
func keyID(private ed25519.PrivateKey) string {
	sum := sha256.Sum256(private.Public().(ed25519.PublicKey))
	return base64.RawURLEncoding.EncodeToString(sum[:8])
}

// longestToken is longer than any of ours.
const longestToken = 2000

// errInvalid says that a text is no access token of ours.
var errInvalid = problem.Credential(problem.TokenInvalid)

// Verify is what an access token claims, or the problem that says why it is
// not accepted: token_expired, or token_invalid.
func Verify(keys *token.Keys, text string, now time.Time) (Claims, error) {
	if len(text) > longestToken {
		return Claims{}, errInvalid
	}
	parsed, err := jwt.ParseSigned(text, []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil || len(parsed.Headers) != 1 || parsed.Headers[0].ExtraHeaders[jose.HeaderType] != tokenType {
		return Claims{}, errInvalid
	}
	w, err := signedByUs(keys, parsed)
	switch {
	case err != nil, w.Audience != audience, w.Workspace == "", w.Session == "", w.Expiry == nil, w.NotBefore == nil:
		return Claims{}, errInvalid
	case now.Before(w.NotBefore.Time()):
		return Claims{}, errInvalid
	case !now.Before(w.Expiry.Time()):
		return Claims{}, problem.Credential(problem.TokenExpired)
	default:
		return w.Claims, nil
	}
}

func signedByUs(keys *token.Keys, parsed *jwt.JSONWebToken) (w whole, err error) {
	for _, seed := range keys.Seeds() {
		private := ed25519.NewKeyFromSeed(seed)
		if keyID(private) == parsed.Headers[0].KeyID {
			return w, parsed.Claims(private.Public(), &w)
		}
	}
	keys.Unknown()
	return w, errors.New("session: no key of ours")
}
