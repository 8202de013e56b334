package apikey

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"atrium/shared/id"
)

// A secret is sk_, eight characters to know the key by, and what finds it and
// proves it: sk_k3m7q2xw_<workspace, key and 192 random bits, in base64url>.
const (
	begin      = "sk_"
	shownSize  = 8
	randomSize = 24
	idSize     = 16
)

var encoding = base64.RawURLEncoding.Strict()

// NewSecret makes the secret of a key, the part of it that is shown from then
// on, and the hash that is kept in its stead.
func NewSecret(ws, key string) (secret, prefix, hash string, err error) {
	workspace, err1 := id.Bytes(id.Workspace, ws)
	item, err2 := id.Bytes(id.APIKey, key)
	if err1 != nil || err2 != nil {
		return "", "", "", fmt.Errorf("apikey: %s in %s is no key", key, ws)
	}
	random := make([]byte, randomSize)
	_, _ = rand.Read(random) // it never fails
	prefix = begin + strings.ToLower(rand.Text()[:shownSize])
	secret = prefix + "_" + encoding.EncodeToString(append(append(workspace, item...), random...))
	return secret, prefix, Hash(secret), nil
}

// IsSecret tells whether a credential means to be a key's secret.
func IsSecret(s string) bool { return strings.HasPrefix(s, begin) }

// ParseSecret is which key a secret means to be of. Whether it is, its hash tells.
func ParseSecret(s string) (ws, key string, ok bool) {
	_, rest, found := strings.Cut(strings.TrimPrefix(s, begin), "_")
	raw, err := encoding.DecodeString(rest)
	if !found || !IsSecret(s) || err != nil || len(raw) != 2*idSize+randomSize || strings.ContainsAny(rest, "\r\n") {
		return "", "", false
	}
	return id.FromBytes(id.Workspace, raw[:idSize]), id.FromBytes(id.APIKey, raw[idSize:2*idSize]), true
}

// Hash is what is kept of a secret. It is random enough for a plain one.
func Hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
