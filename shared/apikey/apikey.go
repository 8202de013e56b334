// Package apikey is the keys that programs call with: each with the scopes it
// was given, in the whole workspace or in one organization.
//
// A key's secret is shown once, to whoever makes it. The table has its hash,
// which opens nothing; neither is ever shown, logged, or written down among
// what was done.
package apikey

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/text"
)

// Fields are what is said when a key is made. It never changes.
type Fields struct {
	Name           string         `json:"name" maxLength:"120" example:"Voice bots" doc:"What it is for, to tell it by."`
	Scopes         []access.Scope `json:"scopes" minItems:"1" maxItems:"13" enum:"organizations:read,organizations:write,agents:read,agents:write,users:read,users:write,teams:read,teams:write,invitations:read,invitations:write,activity:read,activity:write,handoffs:write" example:"[\"handoffs:write\",\"teams:read\"]" doc:"What it may do; write includes read. No key reaches staff, keys, sessions or impersonation."`
	OrganizationID *string        `json:"organizationId" required:"false" nullable:"true" dynamodbav:",omitempty" example:"org_01jd6v0c8ge2rs2k9v2q1m4t7x" doc:"The one organization that it is for, to which all others are 404; null for the whole workspace."`
	ExpiresAt      *time.Time     `json:"expiresAt" required:"false" nullable:"true" dynamodbav:",omitempty" example:"2027-11-24T00:00:00Z" doc:"When it ends, to the second: at most 10 years from now; null for never."`
}

// maxYears is how far off the end of a key can be.
const maxYears = 10

// APIKey is a key as it is shown.
type APIKey struct {
	api.Resource
	Fields
	Prefix     string     `json:"prefix" example:"sk_k7fq2mza" doc:"How its secret begins."`
	LastUsedAt *time.Time `json:"lastUsedAt" dynamodbav:",omitempty" doc:"When it was last used, give or take a minute; null for never."`
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

// settle brings the end of a key to the form that is kept, and returns all
// that is wrong with the fields.
func (f *Fields) settle(now time.Time) error {
	c := text.Check{At: "body"}
	c.Name("name", &f.Name)
	for i, scope := range f.Scopes {
		if slices.Contains(f.Scopes[:i], scope) {
			c.Fault(fmt.Sprintf("scopes[%d]", i), "is named before already; name each once")
		}
	}
	if f.OrganizationID != nil && !id.Is(id.Organization, *f.OrganizationID) {
		c.Fault("organizationId", noOrganization)
	}
	if f.ExpiresAt != nil {
		end := f.ExpiresAt.UTC().Truncate(time.Second)
		if f.ExpiresAt = &end; !end.After(now) || end.After(now.AddDate(maxYears, 0, 0)) {
			c.Fault("expiresAt", fmt.Sprintf("must be in the future, at most %d years from now; leave it out for a key without end", maxYears))
		}
	}
	return c.Err()
}

const noOrganization = "is no organization of this workspace"

// load reads a key of the caller's workspace, or answers 404.
func load(ctx context.Context, c *api.Call, key string) (Record, error) {
	if !id.Is(id.APIKey, key) {
		return Record{}, problem.NotFoundf("API key")
	}
	r, err := table.Get[Record](ctx, c.Table, table.APIKeyKey(c.Workspace(), key))
	if errors.Is(err, table.ErrNotFound) {
		err = problem.NotFoundf("API key")
	}
	return r, err
}
