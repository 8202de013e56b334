package assignment

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// Unassign takes an agent from an organization.
var Unassign = api.Operation{
	Name: "unassign-agent", Method: http.MethodDelete, Path: "/organizations/{o}/agents/{a}", Tag: "Assignments",
	Summary: "Take an agent from an organization",
	Description: "Ends an assignment: the organization's people no longer see the agent. " +
		"Users whose own list names it keep it there, and see it again should it come back. `If-Match` is that of the assignment.",
	May:     access.Rule{Staff: access.Member, Scope: access.AgentsWrite},
	Status:  http.StatusNoContent,
	Rights:  true,
	Handler: api.Func[unassignInput, api.Empty](unassign),
}

type unassignInput struct {
	api.Conditional
	Organization string `path:"o" doc:"The organization's id."`
	Agent        string `path:"a" doc:"The agent's id."`
}

func unassign(ctx context.Context, c *api.Call, in *unassignInput) (*api.Empty, error) {
	return api.Optimistic(ctx, func(ctx context.Context) (*api.Empty, error) {
		p, err := open(ctx, c, in.Organization, in.Agent)
		if err != nil {
			return nil, err
		}
		if !p.assigned() {
			return nil, problem.NotFoundf("assignment")
		}
		if err := in.Demands(p.assignment.Assignment); err != nil {
			return nil, err
		}
		return &api.Empty{}, c.Commit(ctx,
			organization.Count(c, p.organization.ID, "agents", -1),
			p.agent.Count(c, -1),
			p.assignment.delete(),
			activity.Record(c, p.organization.ID, "agent.unassigned", p.agent.Party(), []patch.Change{p.left()}),
		)
	})
}

// delete is the write that removes the assignment as it was read.
func (r Record) delete() *table.Write {
	return table.Delete(r.Key).If(table.Equals("version", r.Version)).ElseError(api.ErrStale)
}
