package organization

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
)

// Get shows an organization.
var Get = api.Operation{
	Name: "get-organization", Method: http.MethodGet, Path: "/organizations/{o}", Tag: "Organizations",
	Summary:     "Show an organization",
	Description: "Shows an organization. A user of it sees its id, name, brand, logo, language and layout only.",
	May:         access.Rule{Staff: access.Member, Client: access.User, Scope: access.OrganizationsRead},
	Handler:     api.Func[getInput, api.Answer[View]](get),
}

type getInput struct {
	ID string `path:"o" doc:"The organization's id."`
}

// Summary is what a user sees of their organization.
type Summary struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Brand    Brand   `json:"brand"`
	LogoURL  *string `json:"logoUrl" nullable:"true"`
	Language string  `json:"language"`
	Layout   string  `json:"layout"`
}

// View is an organization as the caller may see it: whole, or its Summary.
type View = api.View[Organization, Summary]

func get(ctx context.Context, c *api.Call, in *getInput) (*api.Answer[View], error) {
	r, err := Load(ctx, c, in.ID)
	if err != nil {
		return nil, err
	}
	if c.Principal.Type == access.Client && r.Status != Active {
		return nil, r.Admits(c)
	}
	view := View{Whole: r.Shown(c)}
	if c.Principal.Role == access.User {
		view.Part = view.Whole.Summary()
	}
	return api.Found(view), nil
}

// Summary is what a user of it sees.
func (o Organization) Summary() *Summary {
	return &Summary{ID: o.ID, Name: o.Name, Brand: o.Brand, LogoURL: o.LogoURL, Language: o.Language, Layout: o.Layout}
}
