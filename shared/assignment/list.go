package assignment

import (
	"context"
	"net/http"
	"slices"

	"atrium/shared/access"
	"atrium/shared/agent"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/organization"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// List lists the agents of an organization.
var List = api.Operation{
	Name: "list-organization-agents", Method: http.MethodGet, Path: "/organizations/{o}/agents", Tag: "Assignments",
	Summary: "List the agents of an organization",
	Description: "Lists the agents that are assigned to an organization, each with its `assignment`, in the order in which the agents were registered. " +
		"The organization's own people do not see what is the agency's business: provider, metadata, external id and the number of organizations. " +
		"A user with a list of agents sees those only.",
	May:     access.Rule{Staff: access.Member, Client: access.User, Scope: access.AgentsRead},
	Handler: api.Func[listInput, api.Listing[View]](list),
}

type listInput struct {
	api.Page
	Organization string `path:"o" doc:"The organization's id."`
}

// Seen is what an organization's own people see of an agent of theirs.
type Seen struct {
	api.Resource
	agent.Face
	Assignment Assignment `json:"assignment"`
}

// View is an agent of an organization as the caller may see it: whole, or as Seen.
type View = api.View[Assigned, Seen]

func (a Assigned) seen() *Seen {
	return &Seen{Resource: a.Resource, Face: a.Face, Assignment: a.Assignment}
}

func list(ctx context.Context, c *api.Call, in *listInput) (*api.Listing[View], error) {
	if !id.Is(id.Organization, in.Organization) {
		return nil, problem.NotFoundf("organization")
	}
	after, err := in.Position(c, in.Organization)
	if err != nil {
		return nil, err
	}
	views, next, err := in.page(ctx, c, after)
	if err == nil && len(views) == 0 {
		err = organization.MustExist(ctx, c, in.Organization)
	}
	if err != nil {
		return nil, err
	}
	return api.Listed(c, views, next, in.Organization)
}

func (in *listInput) page(ctx context.Context, c *api.Call, after table.Position) ([]View, table.Position, error) {
	find := func(ctx context.Context, limit int, after table.Position) ([]Record, table.Position, error) {
		items, next, err := c.Table.List(ctx, table.List{
			Partitions: []string{table.Assignments(c.Workspace(), in.Organization)}, Limit: limit, After: after,
		})
		if err != nil {
			return nil, nil, err
		}
		assignments, err := api.Decode[Record](items)
		return assignments, next, err
	}
	return api.Gather(ctx, in.Limit, after, find, func(ctx context.Context, assignments []Record) ([]View, error) {
		return in.resolve(ctx, c, assignments)
	})
}

// reader is what decides which agents a person of the organization sees.
type reader struct {
	AllAgents bool     `json:"allAgents"`
	Agents    []string `json:"agents"`
}

func (r reader) sees(agent string) bool { return r.AllAgents || slices.Contains(r.Agents, agent) }

// resolve reads the agents that are assigned, and keeps those that the caller
// sees. One whose agent was deleted is passed over: it is about to go too.
func (in *listInput) resolve(ctx context.Context, c *api.Call, assignments []Record) ([]View, error) {
	if len(assignments) == 0 {
		return nil, nil
	}
	agents, wants := make([]agent.Record, len(assignments)), make([]*table.Want, len(assignments))
	for i, a := range assignments {
		wants[i] = &table.Want{Key: table.AgentKey(c.Workspace(), a.Agent), Into: &agents[i]}
	}
	who := reader{AllAgents: c.Principal.Role != access.User}
	if !who.AllAgents {
		wants = append(wants, &table.Want{Key: table.UserKey(c.Workspace(), in.Organization, c.Principal.ID), Into: &who})
	}
	if err := c.Table.Fetch(ctx, wants...); err != nil {
		return nil, err
	}
	var views []View
	for i, a := range agents {
		if a.ID == "" || !who.sees(a.ID) {
			continue
		}
		view := View{Whole: pair{agent: a, assignment: assignments[i]}.shown()}
		if c.Principal.Type == access.Client {
			view.Part = view.Whole.seen()
		}
		views = append(views, view)
	}
	return views, nil
}
