package apikey

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"atrium/shared/id"
)

// A secret says whose key it is, so that one look at the table finds it: after
// a prefix that people tell keys by come the workspace, the key, and what
// nobody can guess.
//
//	sk_ 8 random letters _ base64url of (16 bytes workspace | 16 bytes key | 24 random bytes)
const (
	secretStart  = "sk_"
	prefixLength = len(secretStart) + 8
	idLength     = 16
	randomLength = 24
)

var (
	encoding     = base64.RawURLEncoding.Strict()
	secretLength = prefixLength + 1 + encoding.EncodedLen(2*idLength+randomLength)
)

// NewSecret makes the secret of a key, with the prefix that is shown of it and
// the hash that is kept of it.
func NewSecret(ws, key string) (secret, prefix, hash string) {
	workspace, err := id.Bytes(id.Workspace, ws)
	if err != nil {
		panic("apikey: " + err.Error())
	}
	own, err := id.Bytes(id.APIKey, key)
	if err != nil {
		panic("apikey: " + err.Error())
	}
	random := make([]byte, randomLength)
	rand.Read(random)
	prefix = secretStart + strings.ToLower(rand.Text()[:prefixLength-len(secretStart)])
	secret = prefix + "_" + encoding.EncodeToString(append(append(workspace, own...), random...))
	return secret, prefix, Hash(secret)
}

// ParseSecret is the workspace and the key that a secret names. Whether it is
// that key's, its hash tells.
func ParseSecret(secret string) (ws, key string, ok bool) {
	if len(secret) != secretLength || !strings.HasPrefix(secret, secretStart) || secret[prefixLength] != '_' {
		return "", "", false
	}
	if strings.Trim(secret[len(secretStart):prefixLength], "abcdefghijklmnopqrstuvwxyz234567") != "" {
		return "", "", false
	}
	raw, err := encoding.DecodeString(secret[prefixLength+1:])
	if err != nil || len(raw) != 2*idLength+randomLength { // the decoder passes over line feeds
		return "", "", false
	}
	return id.FromBytes(id.Workspace, raw[:idLength]), id.FromBytes(id.APIKey, raw[idLength:2*idLength]), true
}

// Hash is what is kept of a secret. It needs no salt and no work: there is
// nothing to guess in 24 random bytes.
func Hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
