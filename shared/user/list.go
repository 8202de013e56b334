package user

import (
	"context"
	"net/http"
	"slices"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/external"
	"atrium/shared/id"
	"atrium/shared/organization"
	"atrium/shared/problem"
	"atrium/shared/search"
	"atrium/shared/table"
	"atrium/shared/text"
)

// List lists and searches the users of an organization.
var List = api.Operation{
	Name: "list-users", Method: http.MethodGet, Path: "/organizations/{o}/users", Tag: "Users",
	Summary: "List and search users",
	Description: "Lists the users of an organization. `q` finds them by the start of any word of their name, whatever its case and accents, and by the start of their e-mail address; of several words all must match. Of a name the first 22 words count. " +
		"With `q` the pages follow the words found, and `sort` orders what is on each page. A page with a filter may be short of its limit though more are to come: `nextCursor` tells.",
	May:     access.Rule{Staff: access.Member, Client: access.OrgAdmin, Scope: access.UsersRead},
	Handler: api.Func[listInput, api.Listing[User]](list),
}

type listInput struct {
	api.Page
	api.Sorted
	Organization string      `path:"o" doc:"The organization's id."`
	Q            string      `query:"q" maxLength:"200" example:"lee" doc:"The start of any word of the name, or of the e-mail address."`
	Status       Status      `query:"status" enum:"invited,active,suspended" doc:"Those of one status only."`
	Role         access.Role `query:"role" enum:"org_admin,user" doc:"Those of one role only."`
	Team         string      `query:"team" maxLength:"40" doc:"Those on a team only, by its key."`
	Agent        string      `query:"agent" maxLength:"40" doc:"Those who see an agent only, which includes those who see all."`
	ExternalID   string      `query:"externalId" maxLength:"200" doc:"The one with this external id only."`
}

func (in *listInput) name() []string {
	return []string{in.Organization, in.Q, string(in.Sort), string(in.Status), string(in.Role), in.Team, in.Agent, in.ExternalID}
}

func list(ctx context.Context, c *api.Call, in *listInput) (*api.Listing[User], error) {
	if !id.Is(id.Organization, in.Organization) {
		return nil, problem.NotFoundf("organization")
	}
	after, err := in.Position(c, in.name()...)
	if err != nil {
		return nil, err
	}
	records, next, err := in.page(ctx, c, after)
	if err == nil && len(records) == 0 && after == nil {
		err = organization.MustExist(ctx, c, in.Organization)
	}
	if err != nil {
		return nil, err
	}
	users := make([]User, len(records))
	for i, r := range records {
		users[i] = r.Shown()
	}
	return api.Listed(c, users, next, in.name()...)
}

func (in *listInput) page(ctx context.Context, c *api.Call, after table.Position) ([]Record, table.Position, error) {
	switch {
	case in.ExternalID != "":
		records, err := in.external(ctx, c)
		return records, nil, err
	case text.Squeeze(in.Q) != "":
		return in.found(ctx, c, after)
	default:
		items, next, err := c.Table.List(ctx, in.list(c, after))
		if err != nil {
			return nil, nil, err
		}
		records, err := api.Decode[Record](items)
		return records, next, err
	}
}

func (in *listInput) list(c *api.Call, after table.Position) table.List {
	l := table.List{
		Index: table.G1, Partitions: []string{table.Users(c.Workspace(), in.Organization)},
		Limit: in.Limit, After: after, Filter: in.filter(),
	}
	if in.Sort == api.NewestFirst {
		l.Index, l.Descending = table.Base, true
	}
	return l
}

// filter is the condition of all filters, nil without any. See admits.
func (in *listInput) filter() *table.Condition {
	var all []table.Condition
	if in.Status != "" {
		all = append(all, table.Equals("status", in.Status))
	}
	if in.Role != "" {
		all = append(all, table.Equals("role", in.Role))
	}
	if in.Team != "" {
		all = append(all, table.Contains("teams", in.Team))
	}
	if in.Agent != "" {
		all = append(all, table.Either(table.Equals("allAgents", true), table.Contains("agents", in.Agent)))
	}
	if len(all) == 0 {
		return nil
	}
	filter := all[0]
	for _, condition := range all[1:] {
		filter = filter.And(condition)
	}
	return &filter
}

// admits is filter for a user that was read already.
func (in *listInput) admits(r Record) bool {
	return (in.Status == "" || in.Status == r.Status) &&
		(in.Role == "" || in.Role == r.Role) &&
		(in.Team == "" || slices.Contains(r.Teams, in.Team)) &&
		(in.Agent == "" || r.Shown().Agents.Include(in.Agent))
}

// external is the one user with an external id, if the filters let them pass.
func (in *listInput) external(ctx context.Context, c *api.Call) ([]Record, error) {
	ids, err := external.Find(ctx, c.Table, below(c, in.Organization), "user", in.ExternalID)
	if err != nil {
		return nil, err
	}
	return in.resolve(ctx, c, ids)
}

// found is a page of those that were searched for. It costs a second round trip.
func (in *listInput) found(ctx context.Context, c *api.Call, after table.Position) ([]Record, table.Position, error) {
	find := func(ctx context.Context, limit int, after table.Position) ([]string, table.Position, error) {
		return search.Find(ctx, c.Table, table.UserWords(c.Workspace(), in.Organization), in.Q, limit, after)
	}
	page, next, err := api.Gather(ctx, in.Limit, after, find, func(ctx context.Context, ids []string) ([]Record, error) {
		return in.resolve(ctx, c, ids)
	})
	api.Arrange(in.Sort, page, func(r Record) string { return r.G1SK }, func(r Record) string { return r.ID })
	return page, next, err
}

// resolve reads users by id and keeps those that the filters let pass.
func (in *listInput) resolve(ctx context.Context, c *api.Call, ids []string) ([]Record, error) {
	records, err := table.FetchAll[Record](ctx, c.Table, ids, func(user string) table.Key {
		return table.UserKey(c.Workspace(), in.Organization, user)
	})
	return slices.DeleteFunc(records, func(r Record) bool { return !in.admits(r) }), err
}
