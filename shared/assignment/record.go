package assignment

import (
	"context"

	"atrium/shared/agent"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/text"
)

// Record is an assignment as the table holds it, its sections in their shortest form.
type Record struct {
	table.Key
	table.Indexed
	Assignment
	// Organization and Agent are the ids of both sides.
	Organization string `json:"organization"`
	Agent        string `json:"agent"`
}

// pair is an organization and an agent as they were read, with the assignment
// of one to the other. What there is not has no id, and no version.
type pair struct {
	organization organization.Record
	agent        agent.Record
	assignment   Record
}

// read reads all three in one round trip.
func read(ctx context.Context, c *api.Call, org, agentID string) (p pair, err error) {
	ws := c.Workspace()
	err = c.Table.Fetch(ctx,
		&table.Want{Key: table.OrganizationKey(ws, org), Into: &p.organization},
		&table.Want{Key: table.AgentKey(ws, agentID), Into: &p.agent},
		&table.Want{Key: table.AssignmentKey(ws, org, agentID), Into: &p.assignment},
	)
	return p, err
}

// open reads a pair that is to be changed. It answers 404 where one of the two
// is not there, or why the organization cannot be changed.
func open(ctx context.Context, c *api.Call, org, agentID string) (pair, error) {
	if !id.Is(id.Organization, org) {
		return pair{}, problem.NotFoundf("organization")
	}
	if !id.Is(id.Agent, agentID) {
		return pair{}, noAgent()
	}
	p, err := read(ctx, c, org, agentID)
	if err != nil {
		return p, err
	}
	if err := p.organization.Admits(c); err != nil {
		return p, err
	}
	if p.agent.ID == "" {
		return p, noAgent()
	}
	return p, nil
}

func noAgent() error { return problem.NotFoundf("agent") }

func (p pair) assigned() bool { return p.assignment.Version > 0 }

// shown is the agent as the organization has it.
func (p pair) shown() Assigned {
	return Assigned{Agent: p.agent.Agent, Assignment: p.assignment.Shown()}
}

// newRecord is the first version of an assignment of one to the other.
func (p pair) newRecord(ws string, a Assignment) Record {
	org, list := p.organization, table.OrganizationsWith(ws, p.agent.ID)
	return Record{
		Key: table.AssignmentKey(ws, org.ID, p.agent.ID),
		Indexed: table.Indexed{
			G1PK: list, G1SK: table.ByName(text.Plain(org.Name), org.ID),
			G2PK: list, G2SK: org.ID,
		},
		Assignment: a, Organization: org.ID, Agent: p.agent.ID,
	}
}

// party is how the activity log names an organization among the changes of an agent.
type party struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// joined is the change of the agent that begins with an assignment.
func (p pair) joined() patch.Change {
	return patch.Change{Field: "organization", After: party{p.organization.ID, p.organization.Name}}
}

// left is the change that ends it.
func (p pair) left() patch.Change {
	return patch.Change{Field: "organization", Before: party{p.assignment.Organization, p.organization.Name}}
}
