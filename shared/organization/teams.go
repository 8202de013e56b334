package organization

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"atrium/shared/api"
	"atrium/shared/problem"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// AddTeam is the write that takes a key for a new team, and counts it. closed
// is what the team is made with, the contrary of whether the organization takes
// handoffs. Where it was guessed wrong, it is put right and the error is
// api.ErrStale: make the team again.
func AddTeam(c *api.Call, org, key string, closed *bool) *table.Write {
	takes := table.Equals("status", Active).And(table.Equals("handoff.enabled", true))
	if *closed {
		takes = table.Not(takes)
	}
	update := table.Increase("counts.teams", 1).Add(table.Path("teamKeys"), table.Strings(key))
	write := table.Update(table.OrganizationKey(c.Workspace(), org), update).If(open(c)).
		If(table.Not(table.Contains("teamKeys", key))).If(table.Less("counts.teams", roster.MaxTeams)).If(takes)
	return Refusing(c, write, func(r Record) error {
		*closed = !r.takesHandoffs()
		return r.noRoomFor(key)
	})
}

func (r Record) noRoomFor(key string) error {
	switch {
	case slices.Contains(r.TeamKeys, key):
		return problem.New(problem.KeyTaken, "The organization has a team with this key already. Choose another key.",
			problem.Field{Location: "body.key", Message: "is taken"})
	case r.Counts.Teams >= roster.MaxTeams:
		return problem.New(problem.LimitReached, fmt.Sprintf("The organization has %d teams, the most that one can have. Delete one first.", roster.MaxTeams))
	default:
		return nil
	}
}

// RemoveTeam is the write that gives a team's key free.
func RemoveTeam(c *api.Call, org, key string) *table.Write {
	update := table.Increase("counts.teams", -1).Delete(table.Path("teamKeys"), table.Strings(key))
	return Refusing(c, table.Update(table.OrganizationKey(c.Workspace(), org), update).
		If(open(c)).If(table.Contains("teamKeys", key)))
}

// told are the writes that open or close the organization's teams to handoffs:
// routing one needs to look at the team only. As many as fit are part of the
// change itself.
func (r Record) told(ws string) []*table.Write {
	teams := make([]*table.Write, len(r.TeamKeys))
	for i, key := range r.TeamKeys {
		teams[i] = table.Update(table.TeamKey(ws, r.ID, key), table.Set("closed", !r.takesHandoffs())).
			If(table.Exists()).ElseError(api.ErrStale)
	}
	return teams
}

// tell makes such writes, as long as the organization is what it was: whoever
// changes it tells all teams anew.
func (r Record) tell(ctx context.Context, t *table.Table, ws string, teams []*table.Write) error {
	same := table.Check(table.OrganizationKey(ws, r.ID), table.Equals("version", r.Version).And(table.Holds("teamKeys", r.TeamKeys...))).
		ElseError(api.ErrStale)
	for some := range slices.Chunk(teams, table.MaxItems-1) {
		if err := t.Commit(ctx, append([]*table.Write{same}, some...)...); err != nil {
			return err
		}
	}
	return nil
}

// TellTeams opens or closes all teams of an organization as it is now.
func TellTeams(ctx context.Context, c *api.Call, org string) error {
	_, err := api.Optimistic(ctx, func(ctx context.Context) (Record, error) {
		r, err := table.Get[Record](ctx, c.Table, table.OrganizationKey(c.Workspace(), org))
		if errors.Is(err, table.ErrNotFound) {
			return r, nil
		}
		if err != nil {
			return r, err
		}
		return r, r.tell(ctx, c.Table, c.Workspace(), r.told(c.Workspace()))
	})
	return err
}

// toldAtOnce is how many teams a change that opens or closes the organization
// surely tells in its own transaction, unless it touches the name's words as well.
const toldAtOnce = 90

// LeavesTeams tells whether a change may have left teams to be told.
func (r Record) LeavesTeams(before Record) bool {
	atOnce := toldAtOnce
	if r.Name != before.Name {
		atOnce = 0
	}
	return r.takesHandoffs() != before.takesHandoffs() && len(r.TeamKeys) > atOnce
}
