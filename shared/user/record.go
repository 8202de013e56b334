package user

import (
	"context"
	"errors"
	"slices"
	"strings"

	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/roster"
	"atrium/shared/table"
	"atrium/shared/text"
	"atrium/shared/token"
)

// Record is a user as the table holds it.
type Record struct {
	table.Key
	table.Indexed
	User
	// AllAgents and AgentIDs stand for Agents, in a form that can be filtered by.
	AllAgents bool     `json:"allAgents,omitempty"`
	AgentIDs  []string `json:"agents,omitempty"`
	// ChangedBy is who made it this version, for what follows from a change.
	ChangedBy string `json:"changedBy,omitempty"`
}

// NewRecord is a user in the table, and in its lists.
func NewRecord(c *api.Call, org string, u User) Record {
	r := Record{Key: table.UserKey(c.Workspace(), org, u.ID), User: u}
	r.index()
	return r
}

// index puts the record into the list by name, and into its shortest form.
func (r *Record) index() {
	r.Sections = r.Sections.Given()
	r.AllAgents, r.AgentIDs = r.Agents.All, r.Agents.IDs
	if len(r.Teams) == 0 {
		// A set is never empty: a null in its place could not be added to.
		r.Teams = nil
	}
	// The first index has the partition of the table, the second one all that a person is.
	r.Indexed = table.Indexed{
		G1PK: r.PK, G1SK: table.ByName(text.Plain(r.Name), r.ID),
		G2PK: table.Person(token.Person(r.Email)), G2SK: table.Principal(workspaceOf(r.PK), r.ID),
	}
}

// workspaceOf is the one that a partition is below.
func workspaceOf(pk string) string {
	ws, _, _ := strings.Cut(pk, "#")
	return ws
}

// Shown is the user as callers see it.
func (r Record) Shown() User {
	u := r.User
	u.Sections = r.Sections.Closed()
	u.Agents = Agents{All: r.AllAgents, IDs: r.AgentIDs}
	u.Teams = append([]string{}, r.Teams...)
	slices.Sort(u.Teams)
	if u.Metadata == nil {
		u.Metadata = map[string]string{}
	}
	return u
}

// with is the record with other fields, one version on.
func (r Record) with(c *api.Call, fields Fields) Record {
	r.Fields = fields
	r.Resource = r.Next(c.Now)
	r.ChangedBy = c.Principal.Doer()
	r.index()
	return r
}

// Card is what the receiver of a handoff is told of the user.
func (r Record) Card() roster.Card {
	return roster.Card{ID: r.ID, Name: r.Name, Email: r.Email, AvatarURL: r.AvatarURL}
}

// OnDuty tells whether the user can be handed a chat.
func (r Record) OnDuty() bool { return roster.OnDuty(r.Status, r.Availability) }

// noUser is the answer where there is none, or none that the caller may know of.
func noUser() error { return problem.NotFoundf("user") }

// locate is a user's key in the table, or a 404 for what can be nobody's.
func locate(c *api.Call, org, user string) (table.Key, error) {
	switch {
	case !id.Is(id.Organization, org):
		return table.Key{}, problem.NotFoundf("organization")
	case !id.Is(id.User, user):
		return table.Key{}, noUser()
	default:
		return table.UserKey(c.Workspace(), org, user), nil
	}
}

// Load reads a user of an organization of the caller's workspace, or answers 404.
func Load(ctx context.Context, c *api.Call, org, user string) (Record, error) {
	key, err := locate(c, org, user)
	if err != nil {
		return Record{}, err
	}
	r, err := table.Get[Record](ctx, c.Table, key)
	if errors.Is(err, table.ErrNotFound) {
		err = noUser()
	}
	return r, err
}

// below is where a user's external id is unique.
func below(c *api.Call, org string) string { return c.Workspace() + "#" + org }
