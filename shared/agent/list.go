package agent

import (
	"context"
	"net/http"
	"slices"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/external"
	"atrium/shared/search"
	"atrium/shared/table"
	"atrium/shared/text"
)

// List lists and searches agents.
var List = api.Operation{
	Name: "list-agents", Method: http.MethodGet, Path: "/agents", Tag: "Agents",
	Summary: "List and search agents",
	Description: "Lists the agents of the workspace. `q` finds them by the start of any word of their name, whatever its case and accents; of several words all must match. Of a name the first 47 words count. " +
		"With `q` the pages follow the words found, and `sort` orders what is on each page.",
	May:     access.Rule{Staff: access.Member, Scope: access.AgentsRead},
	Handler: api.Func[listInput, api.Listing[Agent]](list),
}

type listInput struct {
	api.Page
	api.Sorted
	Q          string `query:"q" maxLength:"200" example:"rec" doc:"The start of any word of the name."`
	Status     Status `query:"status" enum:"active,paused" doc:"Those of one status only."`
	Assigned   string `query:"assigned" enum:"true,false" doc:"Those that are assigned to an organization only, or those that are not."`
	ExternalID string `query:"externalId" maxLength:"200" doc:"The one with this external id only."`
}

func (in *listInput) name() []string {
	return []string{in.Q, string(in.Sort), string(in.Status), in.Assigned, in.ExternalID}
}

func list(ctx context.Context, c *api.Call, in *listInput) (*api.Listing[Agent], error) {
	after, err := in.Position(c, in.name()...)
	if err != nil {
		return nil, err
	}
	records, next, err := in.page(ctx, c, after)
	if err != nil {
		return nil, err
	}
	agents := make([]Agent, len(records))
	for i, r := range records {
		agents[i] = r.Agent
	}
	return api.Listed(c, agents, next, in.name()...)
}

func (in *listInput) page(ctx context.Context, c *api.Call, after table.Position) ([]Record, table.Position, error) {
	switch {
	case in.ExternalID != "":
		records, err := in.external(ctx, c)
		return records, nil, err
	case text.Squeeze(in.Q) != "":
		return in.found(ctx, c, after)
	default:
		items, next, err := c.Table.List(ctx, in.list(c.Workspace(), after))
		if err != nil {
			return nil, nil, err
		}
		records, err := api.Decode[Record](items)
		return records, next, err
	}
}

// list is the Query for a list that an index has as it is, or the Queries for
// one that stands in several partitions of it.
func (in *listInput) list(ws string, after table.Position) table.List {
	l := table.List{Limit: in.Limit, After: after, Descending: in.Sort == api.NewestFirst}
	filtered := in.Status != "" || in.Assigned != ""
	switch {
	case filtered && l.Descending:
		l.Index, l.Partitions = table.G3, in.states(ws)
	case filtered:
		l.Index, l.Partitions = table.G2, in.states(ws)
	case l.Descending:
		l.Partitions = []string{table.Agents(ws)}
	default:
		l.Index, l.Partitions = table.G1, []string{table.Agents(ws)}
	}
	return l
}

// states are the partitions of the agents that the filters let pass.
func (in *listInput) states(ws string) []string {
	var states []string
	for _, status := range []Status{Active, Paused} {
		for _, assigned := range []bool{true, false} {
			if in.admits(status, assigned) {
				states = append(states, table.AgentsOf(ws, stateOf(status, assigned)))
			}
		}
	}
	return states
}

func (in *listInput) admits(status Status, assigned bool) bool {
	return (in.Status == "" || in.Status == status) && (in.Assigned == "" || (in.Assigned == "true") == assigned)
}

// found is a page of those that were searched for. It costs a second round trip.
func (in *listInput) found(ctx context.Context, c *api.Call, after table.Position) ([]Record, table.Position, error) {
	find := func(ctx context.Context, limit int, after table.Position) ([]string, table.Position, error) {
		return search.Find(ctx, c.Table, table.AgentWords(c.Workspace()), in.Q, limit, after)
	}
	page, next, err := api.Gather(ctx, in.Limit, after, find, func(ctx context.Context, ids []string) ([]Record, error) {
		return in.resolve(ctx, c, ids)
	})
	api.Arrange(in.Sort, page, func(r Record) string { return r.G1SK }, func(r Record) string { return r.ID })
	return page, next, err
}

func (in *listInput) external(ctx context.Context, c *api.Call) ([]Record, error) {
	ids, err := external.Find(ctx, c.Table, c.Workspace(), externalKind, in.ExternalID)
	if err != nil {
		return nil, err
	}
	return in.resolve(ctx, c, ids)
}

// resolve reads agents by id and keeps those that the filters let pass.
func (in *listInput) resolve(ctx context.Context, c *api.Call, ids []string) ([]Record, error) {
	records, err := table.FetchAll[Record](ctx, c.Table, ids, func(agent string) table.Key {
		return table.AgentKey(c.Workspace(), agent)
	})
	return slices.DeleteFunc(records, func(r Record) bool { return !in.admits(r.Status, r.OrganizationCount > 0) }), err
}
