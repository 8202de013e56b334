package user

import (
	"fmt"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/organization"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/text"
)

// CountWithin is the write that counts one more of something of an organization
// (users, pendingInvitations), if what is granted with it is not above the ceiling.
func CountWithin(c *api.Call, org, what string, given access.Sections) *table.Write {
	return within(c, organization.Count(c, org, what, 1), given)
}

// Within is the write that changes nothing of an organization, and holds only
// if it is open and what is granted is not above the ceiling.
func Within(c *api.Call, org string, given access.Sections) *table.Write {
	return within(c, organization.Open(c, org), given)
}

func within(c *api.Call, w *table.Write, given access.Sections) *table.Write {
	for section, grant := range given {
		if grant != access.None {
			w.If(permits(section, grant))
		}
	}
	return organization.Refusing(c, w, func(o organization.Record) error { return aboveCeiling(given, o.Ceiling) })
}

// permits is the condition that a ceiling, which is stored without its edits, allows a grant.
func permits(section access.Section, grant access.Grant) table.Condition {
	path := "ceiling." + section
	if grant == access.View {
		return table.Either(table.HasNot(path), table.Equals(path, access.View))
	}
	return table.HasNot(path)
}

func aboveCeiling(given, ceiling access.Sections) error {
	c := text.Check{At: "body"}
	faultsOf(&c, given.AboveCeiling(ceiling))
	return c.Err()
}

// Assigned are the writes that hold a list of agents against the assignments.
func (a Agents) Assigned(c *api.Call, org string) []*table.Write {
	var checks []*table.Write
	for i, agent := range a.IDs {
		checks = append(checks, table.Check(table.AssignmentKey(c.Workspace(), org, agent), table.Exists()).ElseError(notAssigned(i)))
	}
	return checks
}

func notAssigned(i int) error { return problem.AtField(fmt.Sprintf("body.agents[%d]", i), noAgent) }

func notATeam(i int) error { return problem.AtField(fmt.Sprintf("body.teams[%d]", i), noTeam) }

// assignments are what to read to know which of some agents are assigned.
func assignments(c *api.Call, org string, agents []string) map[string]*table.Want {
	wants := make(map[string]*table.Want, len(agents))
	for _, agent := range agents {
		if id.Is(id.Agent, agent) {
			wants[agent] = &table.Want{Key: table.AssignmentKey(c.Workspace(), org, agent), Into: &struct{}{}}
		}
	}
	return wants
}

// found tells by its name whether one of several wanted things is there.
func found(wants map[string]*table.Want) func(name string) bool {
	return func(name string) bool { return wants[name] != nil && wants[name].Found }
}
