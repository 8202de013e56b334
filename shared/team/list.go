package team

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/organization"
	"atrium/shared/problem"
	"atrium/shared/roster"
	"atrium/shared/search"
	"atrium/shared/table"
	"atrium/shared/text"
)

// List lists and searches the teams of an organization.
var List = api.Operation{
	Name: "list-teams", Method: http.MethodGet, Path: "/organizations/{o}/teams", Tag: "Teams",
	Summary:     "List and search teams",
	Description: "Lists an organization's teams by key. `q` finds them by the start of any word of their label or key; of several words all must match.",
	May:         access.Rule{Staff: access.Member, Client: access.User, Scope: access.TeamsRead},
	Handler:     api.Func[listInput, api.Listing[Team]](list),
}

type listInput struct {
	api.Page
	Organization string `path:"o" doc:"The organization's id."`
	Q            string `query:"q" maxLength:"200" example:"supp" doc:"The start of any word of the label or key."`
}

func list(ctx context.Context, c *api.Call, in *listInput) (*api.Listing[Team], error) {
	if !id.Is(id.Organization, in.Organization) {
		return nil, problem.NotFoundf("organization")
	}
	after, err := in.Position(c, in.Organization, in.Q)
	if err != nil {
		return nil, err
	}
	records, next, err := in.page(ctx, c, after)
	if err == nil && len(records) == 0 {
		err = organization.MustExist(ctx, c, in.Organization)
	}
	if err != nil {
		return nil, err
	}
	teams := make([]Team, len(records))
	for i, r := range records {
		teams[i] = r.Shown()
	}
	return api.Listed(c, teams, next, in.Organization, in.Q)
}

func (in *listInput) page(ctx context.Context, c *api.Call, after table.Position) ([]Record, table.Position, error) {
	if text.Squeeze(in.Q) != "" {
		return in.found(ctx, c, after)
	}
	return in.read(ctx, c, in.Limit, after)
}

func (in *listInput) read(ctx context.Context, c *api.Call, limit int, after table.Position) ([]Record, table.Position, error) {
	items, next, err := c.Table.List(ctx, table.List{
		Partitions: []string{table.Teams(c.Workspace(), in.Organization)}, Limit: limit, After: after,
	})
	if err != nil {
		return nil, nil, err
	}
	records, err := api.Decode[Record](items)
	return records, next, err
}

// found is a page of those that were searched for. An organization has so few
// teams that reading them costs less than entries for their words would.
func (in *listInput) found(ctx context.Context, c *api.Call, after table.Position) ([]Record, table.Position, error) {
	var found []Record
	for {
		records, next, err := in.read(ctx, c, roster.MaxTeams, after)
		if err != nil {
			return nil, nil, err
		}
		for _, r := range records {
			if !search.Matches(r.ID+" "+r.Label, in.Q) {
				continue
			}
			if len(found) == in.Limit {
				return found, found[in.Limit-1].position(), nil
			}
			found = append(found, r)
		}
		if next == nil {
			return found, nil, nil
		}
		after = next
	}
}

// position is the team's place in a list.
func (r Record) position() table.Position { return table.Position{"pk": r.PK, "sk": r.SK} }
