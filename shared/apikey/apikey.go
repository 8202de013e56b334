// Package apikey is how programs get in: keys with scopes, for the whole
// workspace or one organization. A secret is shown once, when its key is made;
// what is kept of it is a hash.
package apikey

import (
	"crypto/subtle"
	"time"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/table"
)

// Fields are what a key is made with.
type Fields struct {
	Name           string         `json:"name" maxLength:"120" example:"Helpdesk bot"`
	Scopes         []access.Scope `json:"scopes" minItems:"1" maxItems:"20" example:"[\"handoffs:write\",\"teams:read\"]" doc:"What it may do; :write includes :read."`
	OrganizationID string         `json:"organizationId" required:"false" maxLength:"40" example:"org_01jd6v0c8ge2rs2k9v2q1m4t7x" doc:"The only organization that it sees; empty for the whole workspace."`
	ExpiresAt      *time.Time     `json:"expiresAt" required:"false" nullable:"true" dynamodbav:",omitempty" doc:"From when on it opens nothing; null for never."`
}

// APIKey is a program's way in.
type APIKey struct {
	api.Resource
	Fields
	Prefix     string     `json:"prefix" example:"sk_k3m7q2xw" doc:"What its secret begins with, to know it by."`
	LastUsedAt *time.Time `json:"lastUsedAt" nullable:"true" dynamodbav:",omitempty" doc:"When it was last used, give or take five minutes; null for never."`
	Secret     string     `json:"secret,omitempty" dynamodbav:"-" doc:"For Authorization: Bearer …; only in the answer that makes the key, and not in its replay."`
}

// Party is the key in the activity log.
func (k APIKey) Party() activity.Party {
	return activity.Party{Type: string(access.APIKey), ID: k.ID, Name: k.Name}
}

// Record is a key as the table holds it.
type Record struct {
	table.Key
	APIKey
	// Hash is of the secret.
	Hash string `json:"hash"`
}

// Opens tells whether a secret is the key's, without telling how much of it is right.
func (r Record) Opens(secret string) bool {
	return subtle.ConstantTimeCompare([]byte(Hash(secret)), []byte(r.Hash)) == 1
}

// Principal is the key as a caller.
func (r Record) Principal(ws string) access.Principal {
	return access.Principal{
		Type: access.APIKey, ID: r.ID, Name: r.Name, Role: access.Key, Workspace: ws, Organization: r.OrganizationID, Scopes: r.Scopes,
	}
}
