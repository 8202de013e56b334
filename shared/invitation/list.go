package invitation

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/organization"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/text"
)

// List lists an organization's invitations.
var List = api.Operation{
	Name: "list-invitations", Method: http.MethodGet, Path: "/organizations/{o}/invitations", Tag: "Invitations",
	Summary:     "List invitations",
	Description: "Lists an organization's invitations, the newest first, with what became of each and of its mail. A page with a filter may be short of its limit though more are to come: `nextCursor` tells.",
	May:         access.Rule{Staff: access.Member, Client: access.OrgAdmin, Scope: access.InvitationsRead},
	Handler:     api.Func[listInput, api.Listing[Invitation]](list),
}

type listInput struct {
	api.Page
	Organization string `path:"o" doc:"The organization's id."`
	State        State  `query:"state" enum:"pending,accepted,declined,revoked,expired" doc:"Those of one state only."`
	Email        string `query:"email" maxLength:"254" example:"ann@example.com" doc:"Those to one address only."`
}

func (in *listInput) name() []string { return []string{in.Organization, string(in.State), in.Email} }

func list(ctx context.Context, c *api.Call, in *listInput) (*api.Listing[Invitation], error) {
	if !id.Is(id.Organization, in.Organization) {
		return nil, problem.NotFoundf("organization")
	}
	after, err := in.Position(c, in.name()...)
	if err != nil {
		return nil, err
	}
	items, next, err := c.Table.List(ctx, table.List{
		Index: table.Base, Partitions: []string{table.Invitations(c.Workspace(), in.Organization)}, Descending: true,
		Limit: in.Limit, After: after, Filter: in.filter(c),
	})
	if err == nil && len(items) == 0 && after == nil {
		err = organization.MustExist(ctx, c, in.Organization)
	}
	if err != nil {
		return nil, err
	}
	records, err := api.Decode[Record](items)
	if err != nil {
		return nil, err
	}
	shown := make([]Invitation, len(records))
	for i, r := range records {
		shown[i] = r.Shown(c.Now)
	}
	return api.Listed(c, shown, next, in.name()...)
}

// filter is the condition of all filters, nil without any. Of those stored as
// pending, the clock tells which have expired.
func (in *listInput) filter(c *api.Call) *table.Condition {
	var all []table.Condition
	pending := table.Equals("state", Pending)
	switch in.State {
	case "":
	case Pending:
		all = append(all, pending.And(table.More("expiresAt", c.Now)))
	case Expired:
		all = append(all, table.Either(table.Equals("state", Expired), pending.And(table.Not(table.More("expiresAt", c.Now)))))
	default:
		all = append(all, table.Equals("state", in.State))
	}
	if in.Email != "" {
		// What is no address is nobody's.
		email, err := text.Email(in.Email)
		if err != nil {
			email = in.Email
		}
		all = append(all, table.Equals("email", email))
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
