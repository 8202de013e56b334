// Package id makes Atrium's ids: a prefix that tells the kind, and a UUIDv7 in
// base 32 (TypeID), so that ids of one kind sort by the time they were made.
package id

import (
	"fmt"
	"strings"
	"time"

	"github.com/gofrs/uuid/v5"
	"go.jetify.com/typeid"
)

// The prefixes.
const (
	Workspace    = "ws"
	Staff        = "stf"
	Organization = "org"
	Agent        = "agt"
	User         = "usr"
	Activity     = "act"
	Invitation   = "inv"
	APIKey       = "key"
	Session      = "ses"
	SignIn       = "sgn"
)

// New is a fresh id of the given time.
func New(prefix string, at time.Time) string {
	u, err := uuid.NewV7AtTime(at)
	if err != nil {
		panic("id: the system's random numbers are gone: " + err.Error())
	}
	return from(prefix, u)
}

// Floor is below every id made at a time or later, and above all made before.
func Floor(prefix string, at time.Time) string {
	ms := at.UnixMilli()
	if ms < 0 {
		ms = 0
	}
	var u uuid.UUID
	for i := range 6 {
		u[i] = byte(ms >> (40 - 8*i))
	}
	return from(prefix, u)
}

func from(prefix string, u uuid.UUID) string {
	t, err := typeid.FromUUIDBytesWithPrefix(prefix, u.Bytes())
	if err != nil {
		panic("id: " + err.Error())
	}
	return t.String()
}

// Is tells whether s is an id of the kind. What is not never reaches a key.
func Is(prefix, s string) bool {
	if !strings.HasPrefix(s, prefix+"_") {
		return false
	}
	_, err := typeid.FromString(s)
	return err == nil
}

// Bytes are the 16 bytes of an id of the kind.
func Bytes(prefix, s string) ([]byte, error) {
	if !strings.HasPrefix(s, prefix+"_") {
		return nil, fmt.Errorf("id: %q is no %s_…", s, prefix)
	}
	t, err := typeid.FromString(s)
	if err != nil {
		return nil, err
	}
	return t.UUIDBytes(), nil
}

// FromBytes is the id of a kind that has these 16 bytes.
func FromBytes(prefix string, b []byte) string { return from(prefix, uuid.FromBytesOrNil(b)) }

// Time is when an id was made, to the millisecond.
func Time(s string) time.Time {
	t, err := typeid.FromString(s)
	if err != nil {
		return time.Time{}
	}
	var ms int64
	for _, b := range t.UUIDBytes()[:6] {
		ms = ms<<8 | int64(b)
	}
	return time.UnixMilli(ms).UTC()
}
