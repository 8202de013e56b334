package table

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"atrium/shared/problem"
)

// cursorLife is how long a cursor can be used: long enough for a slow reader,
// short enough that an old one found in a log is worth nothing.
const cursorLife = 24 * time.Hour

// sealer encrypts and authenticates cursors (AES-256-GCM), each bound to the
// list it belongs to: a cursor of another list, tenant or filter does not open.
type sealer struct{ key []byte }

func newSealer(secret []byte) sealer { return sealer{key: secret} }

type cursor struct {
	Position Position  `json:"p"`
	Expires  time.Time `json:"e"`
}

// Seal makes the cursor that goes on after a position of a list; "" at its end.
// list names everything that makes one list another: operation, tenant, filters, order.
func (t *Table) Seal(list string, after Position, now time.Time) (string, error) {
	if after == nil {
		return "", nil
	}
	aead, err := t.cursors.aead()
	if err != nil {
		return "", err
	}
	plain, err := json.Marshal(cursor{Position: after, Expires: now.Add(cursorLife)})
	if err != nil {
		return "", err
	}
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(plain)+aead.Overhead())
	rand.Read(nonce)
	return base64.RawURLEncoding.EncodeToString(aead.Seal(nonce, nonce, plain, []byte(list))), nil
}

// Open reads a cursor, or answers 400 when it was not made for this list, was
// changed, or is older than a day.
func (t *Table) Open(list, sealed string, now time.Time) (Position, error) {
	if sealed == "" {
		return nil, nil //nolint:nilnil // no cursor is the first page
	}
	aead, err := t.cursors.aead()
	if err != nil {
		return nil, err
	}
	invalid := problem.New(problem.InvalidCursor, "This cursor is not one of this list, or is too old. Start again without it.",
		problem.Field{Location: "query.cursor", Message: "is not a cursor of this list"})
	raw, err := base64.RawURLEncoding.Strict().DecodeString(sealed)
	// The decoder passes over line ends; a cursor has none.
	if err != nil || len(raw) < aead.NonceSize() || strings.ContainsAny(sealed, "\r\n") {
		return nil, invalid
	}
	plain, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], []byte(list))
	if err != nil {
		return nil, invalid
	}
	var c cursor
	if json.Unmarshal(plain, &c) != nil || now.After(c.Expires) {
		return nil, invalid
	}
	return c.Position, nil
}

func (s sealer) aead() (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, s.key, nil, "atrium cursor", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
