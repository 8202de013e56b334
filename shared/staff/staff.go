// Package staff is the people of the agency.
package staff

import (
	"context"
	"time"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/table"
	"atrium/shared/token"
)

// Status is whether somebody has come in yet.
type Status string

// The statuses.
const (
	Invited Status = "invited"
	Active  Status = "active"
)

// Person is one of the agency's people.
type Person struct {
	api.Resource
	Name       string      `json:"name" example:"Olga Marin"`
	Email      string      `json:"email" example:"olga@agency.example" doc:"Unique among the staff."`
	Role       access.Role `json:"role" enum:"owner,admin,member"`
	Status     Status      `json:"status" enum:"invited,active" doc:"invited until they have accepted."`
	LastSeenAt *time.Time  `json:"lastSeenAt" dynamodbav:",omitempty" doc:"When they were last here; null for never."`
}

// Party is the person in the activity log.
func (p Person) Party() activity.Party {
	return activity.Party{Type: string(access.Staff), ID: p.ID, Name: p.Name}
}

// Principal is the person as a caller.
func (p Person) Principal(ws string) access.Principal {
	return access.Principal{
		Type: access.Staff, ID: p.ID, Name: p.Name, Email: p.Email, Role: p.Role, Workspace: ws,
	}
}

// Record is a person as the table holds it.
type Record struct {
	table.Key
	table.Indexed
	Person
	// Invitation is the last one to become staff.
	Invitation string `json:"invitation,omitempty"`
}

// NewRecord is a person in the table, and in the index of people.
func NewRecord(ws string, p Person) Record {
	r := Record{Key: table.StaffKey(ws, p.ID), Person: p}
	r.G2PK, r.G2SK = table.Person(token.Person(p.Email)), table.Principal(ws, p.ID)
	return r
}

// emailClaim takes an address among the staff of a workspace.
type emailClaim struct {
	table.Key
	// ID is whose address it is.
	ID string `json:"id"`
}

// New is a person that is not stored yet.
func New(c *api.Call, name, email string, role access.Role, status Status) Person {
	return Person{Resource: c.NewResource(id.New(id.Staff, c.Now)), Name: name, Email: email, Role: role, Status: status}
}

// Add are the writes that make somebody staff of a workspace.
func (p Person) Add(ws string) []*table.Write {
	return []*table.Write{p.claim(ws).ElseError(EmailTaken("")), table.Create(NewRecord(ws, p))}
}

// claim is the write that takes the person's address.
func (p Person) claim(ws string) *table.Write {
	return table.Create(emailClaim{Key: table.StaffEmailKey(ws, p.Email), ID: p.ID})
}

// Holding is who of the staff has an address; table.ErrNotFound where nobody has.
func Holding(ctx context.Context, c *api.Call, email string) (Record, error) {
	claim, err := table.Get[emailClaim](ctx, c.Table, table.StaffEmailKey(c.Workspace(), email))
	if err != nil {
		return Record{}, err
	}
	return table.Get[Record](ctx, c.Table, table.StaffKey(c.Workspace(), claim.ID))
}
