// Package token makes what opens something without being kept anywhere: the
// tokens in an invitation's link and in a sign-in link, and refresh tokens.
//
// A token is derived: it says which item it is for and which generation of it,
// and a MAC over both under the deployment's key proves that Atrium said so.
// Nothing in the table opens anything, whoever holds the key can write a link
// again, and a forged one costs no look at the table.
package token

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"atrium/shared/id"
)

// Kind is what a token opens. One of a kind is never taken for another.
type Kind byte

// The kinds.
const (
	Invitation Kind = 1
	SignIn     Kind = 2
	Refresh    Kind = 3
)

// Ref is what a token is for.
type Ref struct {
	Kind Kind
	// Workspace is the tenant (ws_…).
	Workspace string
	// Owner is whose it is: of an invitation the organization (org_…), or
	// nothing where it is to the staff; of all others a person, by Person.
	Owner string
	// ID is the item's id: inv_…, sgn_… or ses_….
	ID string
	// Generation tells a token from those made earlier for the same item.
	Generation int
}

// prefixes are those of the ids of each kind.
var prefixes = map[Kind]string{Invitation: id.Invitation, SignIn: id.SignIn, Refresh: id.Session}

// ErrForged says that a text is no token of ours, or not of this kind.
var ErrForged = errors.New("token: not made here")

// The parts of a token, in bytes: the key's id and the kind, the workspace, the
// owner, the item, the generation, and the first half of an HMAC-SHA-256.
const (
	idSize   = 16
	bodySize = 2 + 3*idSize + 4
	macSize  = 16
	textSize = ((bodySize+macSize)*8 + 5) / 6
)

// Keys make and check tokens. The first makes; those that a deployment had
// before are still believed, so that its key can be changed without ending
// every link and session.
type Keys struct {
	keys []key
	// said is done once Unknown has been said.
	said sync.Once
}

type key struct {
	id  byte
	mac []byte
	// seed is of the key pair that access tokens are signed with.
	seed []byte
}

// NewKeys derives all keys from the deployment's secrets, the current one first.
func NewKeys(current string, previous ...string) *Keys {
	k := &Keys{}
	for _, secret := range append([]string{current}, previous...) {
		if secret == "" {
			continue
		}
		name := sha256.Sum256(derive(secret, "key id", 8))
		k.keys = append(k.keys, key{id: name[0], mac: derive(secret, "link and refresh tokens", sha256.Size), seed: derive(secret, "access tokens", 32)})
	}
	return k
}

// derive is a key of its own for each use, so that none says anything of another.
func derive(secret, use string, size int) []byte {
	derived, err := hkdf.Key(sha256.New, []byte(secret), nil, "atrium "+use, size)
	if err != nil {
		panic("token: " + err.Error()) // a size that HKDF cannot give
	}
	return derived
}

// Seeds are of the key pairs that access tokens are signed with, the current one first.
func (k *Keys) Seeds() [][]byte {
	seeds := make([][]byte, len(k.keys))
	for i, key := range k.keys {
		seeds[i] = key.seed
	}
	return seeds
}

// Person stands for an e-mail address in a token and in the index of people.
func Person(email string) string {
	sum := sha256.Sum256([]byte(email))
	return encoding.EncodeToString(sum[:idSize])
}

// encoding has one text for each token: what ends in stray bits is refused.
var encoding = base64.RawURLEncoding.Strict()

// Make is the token of a ref. A ref whose ids are none is a fault of ours.
func (k *Keys) Make(r Ref) (string, error) {
	current := k.keys[0]
	body, err := r.encode(current.id)
	if err != nil {
		return "", err
	}
	return encoding.EncodeToString(append(body, current.sum(body)...)), nil
}

// Read is what a token of a kind is for, or ErrForged.
func (k *Keys) Read(kind Kind, text string) (Ref, error) {
	// The decoder passes over line feeds: the text's own length counts, too.
	raw, err := encoding.DecodeString(text)
	if err != nil || len(text) != textSize || Kind(raw[1]) != kind {
		return Ref{}, ErrForged
	}
	body, mac := raw[:bodySize], raw[bodySize:]
	for _, key := range k.keys {
		if key.id == body[0] && hmac.Equal(mac, key.sum(body)) {
			return decode(body)
		}
	}
	if !k.has(body[0]) {
		k.Unknown()
	}
	return Ref{}, ErrForged
}

func (k key) sum(body []byte) []byte {
	mac := hmac.New(sha256.New, k.mac)
	mac.Write(body)
	return mac.Sum(nil)[:macSize]
}

func (r Ref) encode(keyID byte) ([]byte, error) {
	workspace, err1 := id.Bytes(id.Workspace, r.Workspace)
	owner, err2 := r.owner()
	item, err3 := id.Bytes(prefixes[r.Kind], r.ID)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, fmt.Errorf("token: %w", err)
	}
	body := append([]byte{keyID, byte(r.Kind)}, bytes.Join([][]byte{workspace, owner, item}, nil)...)
	return binary.BigEndian.AppendUint32(body, uint32(r.Generation)), nil
}

func (r Ref) owner() ([]byte, error) {
	switch {
	case r.Kind != Invitation:
		owner, err := encoding.DecodeString(r.Owner)
		if err == nil && len(owner) != idSize {
			err = errors.New("no person")
		}
		return owner, err
	case r.Owner == "":
		return make([]byte, idSize), nil
	default:
		return id.Bytes(id.Organization, r.Owner)
	}
}

func decode(body []byte) (Ref, error) {
	part := func(i int) []byte { return body[2+i*idSize : 2+(i+1)*idSize] }
	r := Ref{
		Kind: Kind(body[1]), Workspace: id.FromBytes(id.Workspace, part(0)), ID: id.FromBytes(prefixes[Kind(body[1])], part(2)),
		Generation: int(binary.BigEndian.Uint32(body[2+3*idSize:])),
	}
	switch owner := part(1); {
	case r.Kind != Invitation:
		r.Owner = encoding.EncodeToString(owner)
	case !bytes.Equal(owner, make([]byte, idSize)):
		r.Owner = id.FromBytes(id.Organization, owner)
	}
	return r, nil
}
