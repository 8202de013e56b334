package logo

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/logo/address"
	"atrium/shared/organization"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/workspace"
)

// Get shows a logo to everybody who has its address, and tells those who have
// not where it is.
var Get = api.Operation{
	Name: "get-logo", Method: http.MethodGet, Path: "/organizations/{o}/logo/{hash}", Tag: "Logos",
	Also: []api.Variant{
		{
			Path:    "/workspace/logo/{hash}",
			May:     access.Rule{Public: true},
			Handler: api.Func[Asked, pictureOutput](getWorkspacePicture),
		}, {
			Path:    "/organizations/{o}/logo",
			May:     access.Rule{Staff: access.Member, Client: access.User, Scope: access.OrganizationsRead},
			Handler: api.Func[findInput, findOutput](findOrganization),
		}, {
			Path:    "/workspace/logo",
			May:     access.Rule{Staff: access.Member},
			Handler: api.Func[struct{}, findOutput](findWorkspace),
		},
	},
	Summary: "Show a logo",
	Description: "Shows a logo by its address, the `logoUrl` of an organization or of the workspace. " +
		"An address never changes what it shows, and goes on for a year when another logo takes its place; one that is removed is gone at once. Without the last part it redirects to the logo of today.",
	May:     access.Rule{Public: true},
	Gives:   "image/png",
	Refuses: []int{http.StatusNotFound},
	Handler: api.Func[withinInput, pictureOutput](getOrganizationPicture),
}

// Asked is the logo that is asked for, and what the caller has of it.
type Asked struct {
	Name        string `path:"hash" doc:"The last part of a logoUrl."`
	IfNoneMatch string `header:"If-None-Match" doc:"ETags of what the caller has; if this is among them, the answer is 304."`
}

type withinInput struct {
	Asked
	Organization string `path:"o" doc:"The organization's id."`
}

type pictureOutput struct {
	Status       int
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control" example:"public, max-age=31536000, immutable"`
	ETag         string `header:"ETag"`
	NoSniff      string `header:"X-Content-Type-Options" example:"nosniff"`
	Body         []byte
}

func getOrganizationPicture(ctx context.Context, c *api.Call, in *withinInput) (*pictureOutput, error) {
	if !id.Is(id.Organization, in.Organization) {
		return nil, problem.NotFoundf("logo")
	}
	return in.get(ctx, c, in.Organization)
}

func getWorkspacePicture(ctx context.Context, c *api.Call, in *Asked) (*pictureOutput, error) {
	return in.get(ctx, c, workspace.LogoOwner)
}

func (in Asked) get(ctx context.Context, c *api.Call, owner string) (*pictureOutput, error) {
	ws, hash, ok := address.Parse(in.Name)
	if !ok {
		return nil, problem.NotFoundf("logo")
	}
	out := &pictureOutput{
		Status: http.StatusOK, ContentType: "image/png", NoSniff: "nosniff",
		CacheControl: "public, max-age=31536000, immutable", ETag: `"` + hash + `"`,
	}
	if strings.Contains(in.IfNoneMatch, out.ETag) {
		// Who has the tag has the picture: it cannot have changed.
		out.Status = http.StatusNotModified
		return out, nil
	}
	r, err := table.Get[record](ctx, c.Table, table.LogoKey(ws, owner, hash))
	if errors.Is(err, table.ErrNotFound) || err == nil && len(r.PNG) == 0 {
		return nil, problem.NotFoundf("logo")
	}
	out.Body = r.PNG
	return out, err
}

type findInput struct {
	Organization string `path:"o" doc:"The organization's id."`
}

type findOutput struct {
	Status   int
	Location string `header:"Location" doc:"The logo's address."`
}

func findOrganization(ctx context.Context, c *api.Call, in *findInput) (*findOutput, error) {
	r, err := organization.Load(ctx, c, in.Organization)
	if err != nil {
		return nil, err
	}
	if c.Principal.Type == access.Client && r.Status != organization.Active {
		return nil, r.Admits(c)
	}
	return redirect(r.Shown(c).LogoURL)
}

func findWorkspace(ctx context.Context, c *api.Call, _ *struct{}) (*findOutput, error) {
	r, err := workspace.Load(ctx, c)
	if err != nil {
		return nil, err
	}
	return redirect(r.Shown(c).LogoURL)
}

func redirect(logoURL *string) (*findOutput, error) {
	if logoURL == nil {
		return nil, problem.NotFoundf("logo")
	}
	return &findOutput{Status: http.StatusFound, Location: *logoURL}, nil
}
