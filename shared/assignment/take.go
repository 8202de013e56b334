package assignment

import (
	"context"
	"time"

	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/table"
)

// Take removes one assignment because its agent was deleted, or its
// organization purged: whichever of the two is still there counts one less,
// whatever its status. The caller in c is the actor on record. agentName is
// the name that the agent had; it may be empty where the agent is still there.
//
// Taking what is not assigned does nothing, so it can be done again. The
// assignments of an agent are table.OrganizationsWith in gs1, each a Record;
// that index may lag, and the agent's OrganizationCount says how many there
// are to be taken. Those of an organization are the partition table.Assignments.
func Take(ctx context.Context, c *api.Call, org, agentID, agentName string) error {
	ctx, cancel := context.WithTimeout(ctx, takeTime)
	defer cancel()
	_, err := api.Optimistic(ctx, func(ctx context.Context) (pair, error) {
		p, err := read(ctx, c, org, agentID)
		if err != nil || !p.assigned() {
			return p, err
		}
		if p.agent.ID == "" {
			p.agent.ID, p.agent.Name = agentID, agentName
		}
		return p, c.Commit(ctx, p.taken(c)...)
	})
	return err
}

// takeTime is how long one assignment is tried to be removed. A consumer of
// the stream has a quarter of an hour, in which others wait behind it.
const takeTime = 5 * time.Second

// taken are the writes that remove the assignment.
func (p pair) taken(c *api.Call) []*table.Write {
	org := p.assignment.Organization
	writes := []*table.Write{
		p.assignment.delete(),
		activity.Record(c, org, "agent.unassigned", p.agent.Party(), []patch.Change{p.left()}),
	}
	if p.organization.ID != "" {
		writes = append(writes, organization.Discount(c, org, "agents"))
	}
	// One that is gone counts nothing, and one that counts too few, as after a
	// restore, has nothing left to take off.
	if p.agent.OrganizationCount > 0 {
		writes = append(writes, p.agent.Count(c, -1))
	}
	return writes
}
