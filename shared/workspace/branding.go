package workspace

import (
	"context"
	"errors"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/text"
)

// GetBranding shows how a workspace looks to its clients.
var GetBranding = api.Operation{
	Name: "get-branding", Method: http.MethodGet, Path: "/branding", Tag: "Workspace",
	Summary:     "Show the brand of a host",
	Description: "Shows how the dashboard at a host looks, before anybody has signed in.",
	May:         access.Rule{Public: true},
	Refuses:     []int{http.StatusNotFound},
	Handler:     api.Func[brandingInput, brandingOutput](getBranding),
}

type brandingInput struct {
	Host string `query:"host" required:"true" maxLength:"300" example:"clients.agency.example" doc:"The host that the dashboard was opened at, with its port if it has one."`
}

// Branding is the face of a workspace.
type Branding struct {
	Name     string  `json:"name" example:"Agency Ltd"`
	LogoURL  *string `json:"logoUrl" nullable:"true"`
	Brand    Brand   `json:"brand"`
	Language string  `json:"language" enum:"en,es,fr,de,pt,it"`
}

type brandingOutput struct {
	CacheControl string `header:"Cache-Control" doc:"A face may be kept for a minute."`
	Body         Branding
}

func getBranding(ctx context.Context, c *api.Call, in *brandingInput) (*brandingOutput, error) {
	r, err := ofHost(ctx, c, in.Host)
	if errors.Is(err, table.ErrNotFound) {
		return nil, problem.NotFoundf("host")
	}
	if err != nil {
		return nil, err
	}
	w := r.Shown(c)
	face := Branding{Name: w.Name, LogoURL: w.LogoURL, Brand: w.Brand, Language: w.Language}
	return &brandingOutput{CacheControl: "public, max-age=60", Body: face}, nil
}

// ofHost reads the workspace that a host belongs to, and makes it the call's.
func ofHost(ctx context.Context, c *api.Call, host string) (Record, error) {
	host, err := text.Host(host)
	if err != nil {
		return Record{}, table.ErrNotFound
	}
	claim, err := table.Get[hostClaim](ctx, c.Table, table.HostKey(host))
	if err != nil {
		return Record{}, err
	}
	c.Principal = access.Principal{Workspace: claim.Workspace}
	return table.Get[Record](ctx, c.Table, table.WorkspaceKey(claim.Workspace))
}
