package team

import (
	"context"
	"errors"

	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/organization"
	"atrium/shared/problem"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// Record is a team as the table holds it. Its id is its key.
type Record struct {
	table.Key
	api.Resource
	Details
	roster.Roster
	// Turns are the members' last ones, kept while the routing asks for them.
	Turns map[string]int `json:"turns,omitempty"`
}

// Shown is the team as callers see it.
func (r Record) Shown() Team {
	return Team{Resource: r.Resource, Key: r.ID, Details: r.Details, Members: r.Members(), HandoffCount: r.HandoffCount}
}

// fields are what can be changed, as they are.
func (r Record) fields() Fields { return Fields{Details: r.Details, Members: r.Members()} }

func noTeam() error { return problem.NotFoundf("team") }

// locate is a team's key in the table, or a 404 for what can be no team's.
func locate(c *api.Call, org, key string) (table.Key, error) {
	switch {
	case !id.Is(id.Organization, org):
		return table.Key{}, problem.NotFoundf("organization")
	case !roster.IsTeamKey(key):
		return table.Key{}, noTeam()
	default:
		return table.TeamKey(c.Workspace(), org, key), nil
	}
}

// load reads a team, or answers 404.
func load(ctx context.Context, c *api.Call, org, key string) (Record, error) {
	at, err := locate(c, org, key)
	if err != nil {
		return Record{}, err
	}
	r, err := table.Get[Record](ctx, c.Table, at)
	if errors.Is(err, table.ErrNotFound) {
		err = noTeam()
	}
	return r, err
}

// open reads a team that is to be changed, with the users concerned, in one
// round trip. It answers 404, or why the organization cannot be changed.
func open(ctx context.Context, c *api.Call, org, key string, users ...string) (Record, []person, error) {
	at, err := locate(c, org, key)
	if err != nil {
		return Record{}, nil, err
	}
	var o organization.Record
	var r Record
	people, wants := wanted(c, org, users)
	wants = append(wants,
		&table.Want{Key: table.OrganizationKey(c.Workspace(), org), Into: &o}, &table.Want{Key: at, Into: &r})
	if err := c.Table.Fetch(ctx, wants...); err != nil {
		return r, people, err
	}
	if err := o.Admits(c); err != nil {
		return r, people, err
	}
	if r.ID == "" {
		return r, people, noTeam()
	}
	return r, people, nil
}
