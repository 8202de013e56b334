package organization

import (
	"context"
	"net/http"
	"slices"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/external"
	"atrium/shared/id"
	"atrium/shared/search"
	"atrium/shared/table"
	"atrium/shared/text"
)

// List lists and searches organizations.
var List = api.Operation{
	Name: "list-organizations", Method: http.MethodGet, Path: "/organizations", Tag: "Organizations",
	Summary: "List and search organizations",
	Description: "Lists the organizations of the workspace, deleted ones only with `status=deleted`. " +
		"`q` finds them by the start of any word of their name, whatever its case and accents; of several words all must match. Of a name the first 47 words count. " +
		"With `q` the pages follow the words found, and `sort` orders what is on each page.",
	May:     access.Rule{Staff: access.Member, Scope: access.OrganizationsRead},
	Handler: api.Func[listInput, api.Listing[Organization]](list),
}

type listInput struct {
	api.Page
	api.Sorted
	Q          string `query:"q" maxLength:"200" example:"caf" doc:"The start of any word of the name."`
	Status     Status `query:"status" enum:"active,suspended,archived,deleted" doc:"Those of one status only."`
	Agent      string `query:"agent" doc:"Those that an agent is assigned to only."`
	ExternalID string `query:"externalId" maxLength:"200" doc:"The one with this external id only."`
}

func (in *listInput) name() []string {
	return []string{in.Q, string(in.Sort), string(in.Status), in.Agent, in.ExternalID}
}

func list(ctx context.Context, c *api.Call, in *listInput) (*api.Listing[Organization], error) {
	after, err := in.Position(c, in.name()...)
	if err != nil {
		return nil, err
	}
	records, next, err := in.page(ctx, c, after)
	if err != nil {
		return nil, err
	}
	organizations := make([]Organization, len(records))
	for i, r := range records {
		organizations[i] = r.Shown(c)
	}
	return api.Listed(c, organizations, next, in.name()...)
}

func (in *listInput) page(ctx context.Context, c *api.Call, after table.Position) ([]Record, table.Position, error) {
	switch {
	case in.ExternalID != "":
		ids, err := external.Find(ctx, c.Table, c.Workspace(), "org", in.ExternalID)
		if err != nil {
			return nil, nil, err
		}
		records, err := in.resolve(ctx, c, ids)
		return records, nil, err
	case text.Squeeze(in.Q) != "":
		return in.resolved(ctx, c, after, func(ctx context.Context, limit int, after table.Position) ([]string, table.Position, error) {
			return search.Find(ctx, c.Table, table.OrganizationWords(c.Workspace()), in.Q, limit, after)
		})
	case in.Agent != "":
		return in.resolved(ctx, c, after, func(ctx context.Context, limit int, after table.Position) ([]string, table.Position, error) {
			return in.withAgent(ctx, c, limit, after)
		})
	default:
		items, next, err := c.Table.List(ctx, in.list(c, after))
		if err != nil {
			return nil, nil, err
		}
		records, err := api.Decode[Record](items)
		return slices.DeleteFunc(records, func(r Record) bool { return r.gone(c.Now) }), next, err
	}
}

// list is the Query for a list that an index has as it is.
func (in *listInput) list(c *api.Call, after table.Position) table.List {
	l := table.List{Limit: in.Limit, After: after, Descending: in.Sort == api.NewestFirst}
	switch {
	case in.Status != "" && l.Descending:
		l.Index, l.Partitions = table.G3, []string{table.OrganizationsOf(c.Workspace(), string(in.Status))}
	case in.Status != "":
		l.Index, l.Partitions = table.G2, []string{table.OrganizationsOf(c.Workspace(), string(in.Status))}
	case l.Descending:
		l.Partitions = []string{table.Organizations(c.Workspace())}
		notDeleted := table.Not(table.Equals("status", Deleted))
		l.Filter = &notDeleted
	default:
		l.Index, l.Partitions = table.G1, []string{table.Organizations(c.Workspace())}
	}
	return l
}

// resolved is a page of organizations whose ids come from elsewhere: from
// words, from assignments. It costs a second round trip.
func (in *listInput) resolved(ctx context.Context, c *api.Call, after table.Position, find api.Finder[string]) ([]Record, table.Position, error) {
	page, next, err := api.Gather(ctx, in.Limit, after, find, func(ctx context.Context, ids []string) ([]Record, error) {
		return in.resolve(ctx, c, ids)
	})
	// By name in gs2, where deleted ones stand too.
	api.Arrange(in.Sort, page, func(r Record) string { return r.G2SK }, func(r Record) string { return r.ID })
	return page, next, err
}

// resolve reads organizations by id and keeps those that the filters let pass.
func (in *listInput) resolve(ctx context.Context, c *api.Call, ids []string) ([]Record, error) {
	records, assigned := make([]Record, len(ids)), make([]*table.Want, len(ids))
	wants := make([]*table.Want, 0, 2*len(ids))
	for i, org := range ids {
		wants = append(wants, &table.Want{Key: table.OrganizationKey(c.Workspace(), org), Into: &records[i]})
		if in.Agent != "" {
			assigned[i] = &table.Want{Key: table.AssignmentKey(c.Workspace(), org, in.Agent), Into: &struct{}{}}
			wants = append(wants, assigned[i])
		}
	}
	if err := c.Table.Fetch(ctx, wants...); err != nil {
		return nil, err
	}
	var kept []Record
	for i, r := range records {
		if r.ID != "" && !r.gone(c.Now) && in.admits(r) && (in.Agent == "" || assigned[i].Found) {
			kept = append(kept, r)
		}
	}
	return kept, nil
}

func (in *listInput) admits(r Record) bool {
	if in.Status != "" {
		return r.Status == in.Status
	}
	return r.Status != Deleted
}

func (in *listInput) withAgent(ctx context.Context, c *api.Call, limit int, after table.Position) ([]string, table.Position, error) {
	if !id.Is(id.Agent, in.Agent) {
		return nil, nil, nil
	}
	l := table.List{Index: table.G1, Partitions: []string{table.OrganizationsWith(c.Workspace(), in.Agent)}, Limit: limit, After: after}
	if in.Sort == api.NewestFirst {
		l.Index, l.Descending = table.G2, true
	}
	items, next, err := c.Table.List(ctx, l)
	orgs := make([]string, len(items))
	for i, item := range items {
		orgs[i] = item.String("organization")
	}
	return orgs, next, err
}
