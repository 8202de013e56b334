package agent

import (
	"context"
	"errors"

	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/search"
	"atrium/shared/table"
	"atrium/shared/text"
)

// externalKind is under what agents' external ids are claimed.
const externalKind = "agent"

// Record is an agent as the table holds it.
type Record struct {
	table.Key
	table.Indexed
	Agent
}

func newRecord(ws string, a Agent) Record {
	r := Record{Key: table.AgentKey(ws, a.ID), Agent: a}
	r.index(ws)
	return r
}

// index puts the record into the lists it belongs to.
func (r *Record) index(ws string) {
	byName := table.ByName(text.Plain(r.Name), r.ID)
	state := table.AgentsOf(ws, stateOf(r.Status, r.OrganizationCount > 0))
	r.Indexed = table.Indexed{
		G1PK: table.Agents(ws), G1SK: byName,
		G2PK: state, G2SK: byName,
		G3PK: state, G3SK: r.ID,
	}
}

// stateOf names the list of agents of a status, assigned or free.
func stateOf(status Status, assigned bool) string {
	if assigned {
		return string(status) + "#assigned"
	}
	return string(status) + "#free"
}

// Load reads an agent of the caller's workspace, or answers 404.
func Load(ctx context.Context, c *api.Call, agent string) (Record, error) {
	if !id.Is(id.Agent, agent) {
		return Record{}, problem.NotFoundf("agent")
	}
	r, err := table.Get[Record](ctx, c.Table, table.AgentKey(c.Workspace(), agent))
	if errors.Is(err, table.ErrNotFound) {
		err = problem.NotFoundf("agent")
	}
	return r, err
}

// Count is the write that adds one to the agent's organizations, or takes one
// away, made from the agent as it was read. It is refused with api.ErrStale
// when the agent is gone, or is no longer on the same side of the line between
// assigned and free: only who crosses the line, and no two at once, moves the
// agent to other lists.
func (r Record) Count(c *api.Call, by int) *table.Write {
	after := r
	after.OrganizationCount += by
	after.index(c.Workspace())
	update := table.Increase("organizationCount", by)
	if after.G2PK == r.G2PK {
		return table.Update(r.Key, update).If(table.More("organizationCount", max(0, -by))).ElseError(api.ErrStale)
	}
	update = update.Set(table.Path("gs2pk"), table.Value(after.G2PK)).Set(table.Path("gs3pk"), table.Value(after.G3PK))
	return table.Update(r.Key, update).
		If(table.Equals("organizationCount", r.OrganizationCount)).If(table.Equals("status", r.Status)).ElseError(api.ErrStale)
}

// found are the writes that make the agent found by its name.
func (r Record) found(ws string) []*table.Write {
	return search.Add(table.AgentWords(ws), r.ID, search.Words(r.Name))
}
