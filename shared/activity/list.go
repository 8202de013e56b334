package activity

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
)

// List lists what was done, in the workspace or in one organization.
var List = api.Operation{
	Name: "list-activity", Method: http.MethodGet, Path: "/activity", Tag: "Activity",
	Also: []api.Variant{{
		Path:    "/organizations/{o}/activity",
		May:     access.Rule{Staff: access.Member, Client: access.OrgAdmin, Scope: access.ActivityRead},
		Handler: api.Func[listWithinInput, api.Listing[Item]](listWithin),
	}},
	Summary: "List activity",
	Description: "Lists who did what to what, newest first. " +
		"Where filters leave much out, or months lie empty, a page may be short and still have a next one.",
	May:     access.Rule{Staff: access.Member, Scope: access.ActivityRead},
	Handler: api.Func[listInput, api.Listing[Item]](list),
}

type listInput struct {
	api.Page
	Filters
}

type listWithinInput struct {
	api.Page
	Filters
	Organization string `path:"o" doc:"The organization's id."`
}

func list(ctx context.Context, c *api.Call, in *listInput) (*api.Listing[Item], error) {
	return page(ctx, c, in.Page, selection{Filters: in.Filters})
}

func listWithin(ctx context.Context, c *api.Call, in *listWithinInput) (*api.Listing[Item], error) {
	return page(ctx, c, in.Page, selection{Filters: in.Filters, organization: in.Organization})
}

func page(ctx context.Context, c *api.Call, in api.Page, s selection) (*api.Listing[Item], error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	after, err := in.Position(c, s.name()...)
	if err != nil {
		return nil, err
	}
	found, next, err := s.read(ctx, c, in.Limit, after)
	if err == nil && len(found) == 0 {
		err = s.mustExist(ctx, c)
	}
	if err != nil {
		return nil, err
	}
	items, err := api.Decode[Item](found)
	if err != nil {
		return nil, err
	}
	return api.Listed(c, items, next, s.name()...)
}
