package apikey

import (
	"crypto/subtle"
	"strings"

	"atrium/shared/access"
)

// IsSecret tells whether a credential means to be a key's secret.
func IsSecret(s string) bool { return strings.HasPrefix(s, secretStart) }

// Opens tells whether a secret is the key's, without telling how much of it is right.
func (r Record) Opens(secret string) bool {
	return subtle.ConstantTimeCompare([]byte(Hash(secret)), []byte(r.Hash)) == 1
}

// Principal is the key as a caller.
func (r Record) Principal(ws string) access.Principal {
	p := access.Principal{Type: access.APIKey, ID: r.ID, Name: r.Name, Role: access.Key, Workspace: ws, Scopes: r.Scopes}
	if r.OrganizationID != nil {
		p.Organization = *r.OrganizationID
	}
	return p
}
