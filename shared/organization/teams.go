package organization

import (
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
