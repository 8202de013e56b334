// Package assignment is which agents an organization has, and what its people
// see of each: the operations on it, and what they do to the counts of both sides.
package assignment

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"atrium/shared/access"
	"atrium/shared/agent"
	"atrium/shared/patch"
	"atrium/shared/problem"
)

// Assignment is an agent's place in an organization.
type Assignment struct {
	Sections   access.Sections `json:"sections" example:"{\"prompt\":\"none\"}" doc:"The most that the organization's people may do with this agent, by section."`
	AssignedAt time.Time       `json:"assignedAt" example:"2026-11-24T09:30:00Z"`
	AssignedBy string          `json:"assignedBy" example:"stf_01jd6v0c8ge2rs2k9v2q1m4t7x" doc:"The id of who assigned it."`
	Version    int             `json:"version" example:"1" doc:"Rises by one with every change of the assignment; the ETag is this number, quoted."`
}

// ETag is the entity tag of the assignment.
func (a Assignment) ETag() string { return `"` + strconv.Itoa(a.Version) + `"` }

// Shown is the assignment as callers see it: with every section named.
func (a Assignment) Shown() Assignment {
	a.Sections = a.Sections.Opened()
	return a
}

// Assigned is an agent as an organization has it.
type Assigned struct {
	agent.Agent
	Assignment Assignment `json:"assignment"`
}

// ETag is that of the assignment: it is what can be changed here.
func (a Assigned) ETag() string { return a.Assignment.ETag() }

// check returns all that is wrong with sections that an organization with that
// ceiling is to have. Those left out are at edit, which the ceiling lowers by itself.
func check(sections, ceiling access.Sections) error {
	faults := sections.AboveCeiling(ceiling)
	maps.Copy(faults, sections.Check())
	fields := make([]problem.Field, 0, len(faults))
	for _, section := range slices.Sorted(maps.Keys(faults)) {
		fields = append(fields, problem.Field{Location: "body.sections." + section, Message: faults[section]})
	}
	return problem.AtFields(fields)
}

// diff is how the sections changed, for the activity log.
func diff(before, after access.Sections) []patch.Change {
	type shown struct {
		Sections access.Sections `json:"sections"`
	}
	return patch.Diff(shown{before.Opened()}, shown{after.Opened()})
}
