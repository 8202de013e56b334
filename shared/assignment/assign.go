package assignment

import (
	"context"
	"maps"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/table"
)

// Assign gives an organization an agent, or changes what it sees of it.
var Assign = api.Operation{
	Name: "assign-agent", Method: http.MethodPut, Path: "/organizations/{o}/agents/{a}", Tag: "Assignments",
	Summary: "Assign an agent to an organization",
	Description: "Assigns an agent to an organization, or changes the sections of it that the organization sees. " +
		"Sections left out are at `edit`; none may be above the organization's ceiling. Repeating a call changes nothing. " +
		"`If-Match` and the ETag are those of the assignment, as `assignment.version` is. The body may be left out.",
	May:     access.Rule{Staff: access.Member, Scope: access.AgentsWrite},
	Rights:  true,
	Handler: api.Func[assignInput, api.Replacement[Assigned]](assign),
}

type assignInput struct {
	api.Conditional
	Organization string `path:"o" doc:"The organization's id."`
	Agent        string `path:"a" doc:"The agent's id."`
	Body         *struct {
		Sections access.Sections `json:"sections" required:"false" maxProperties:"100" example:"{\"prompt\":\"none\"}" doc:"The most that the organization's people may do with this agent, by section; edit where left out."`
	}
}

func (in *assignInput) sections() access.Sections {
	if in.Body == nil {
		return nil
	}
	return in.Body.Sections
}

func assign(ctx context.Context, c *api.Call, in *assignInput) (*api.Replacement[Assigned], error) {
	return api.Optimistic(ctx, func(ctx context.Context) (*api.Replacement[Assigned], error) {
		p, err := open(ctx, c, in.Organization, in.Agent)
		if err != nil {
			return nil, err
		}
		if err := in.demands(p); err != nil {
			return nil, err
		}
		if err := check(in.sections(), p.organization.Ceiling); err != nil {
			return nil, err
		}
		if p.assigned() {
			return in.change(ctx, c, p)
		}
		return in.begin(ctx, c, p)
	})
}

func (in *assignInput) demands(p pair) error {
	if p.assigned() {
		return in.Demands(p.assignment.Assignment)
	}
	return in.Demands(nil)
}

// begin assigns the agent, and counts it on both sides. It stands under the
// name that the organization was read with: one that was renamed since is read
// again, for what moves its assignments may have passed by already.
func (in *assignInput) begin(ctx context.Context, c *api.Call, p pair) (*api.Replacement[Assigned], error) {
	p.assignment = p.newRecord(c.Workspace(), Assignment{
		Sections: in.sections().Limits(), AssignedAt: c.Now, AssignedBy: c.Principal.ID, Version: 1,
	})
	changes := append([]patch.Change{p.joined()}, diff(nil, p.assignment.Sections)...)
	err := c.Commit(ctx,
		organization.Count(c, p.organization.ID, "agents", 1).If(table.Equals("name", p.organization.Name)),
		p.agent.Count(c, 1),
		table.Create(p.assignment).ElseError(api.ErrStale),
		activity.Record(c, p.organization.ID, "agent.assigned", p.agent.Party(), changes),
	)
	p.agent.OrganizationCount++
	return p.answer(http.StatusCreated), err
}

// change gives an assigned agent other sections. That touches no count, and
// nothing at all when they are what they were.
func (in *assignInput) change(ctx context.Context, c *api.Call, p pair) (*api.Replacement[Assigned], error) {
	before := p.assignment
	if maps.Equal(before.Sections, in.sections().Limits()) {
		return p.answer(http.StatusOK), nil
	}
	p.assignment.Sections = in.sections().Limits()
	p.assignment.Version++
	err := c.Commit(ctx,
		table.Change(before, p.assignment).If(table.Equals("version", before.Version)).ElseError(api.ErrStale),
		activity.Record(c, p.organization.ID, "agent.assignment_updated", p.agent.Party(), diff(before.Sections, p.assignment.Sections)),
	)
	return p.answer(http.StatusOK), err
}

func (p pair) answer(status int) *api.Replacement[Assigned] {
	shown := p.shown()
	return &api.Replacement[Assigned]{Status: status, ETag: shown.ETag(), Body: shown}
}
