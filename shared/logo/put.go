package logo

import (
	"context"
	"net/http"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/organization"
	"atrium/shared/table"
	"atrium/shared/workspace"
)

// Put sets the logo of an organization, or of the workspace.
var Put = api.Operation{
	Name: "put-logo", Method: http.MethodPut, Path: "/organizations/{o}/logo", Tag: "Logos",
	Also: []api.Variant{{
		Path:    "/workspace/logo",
		May:     access.Rule{Staff: access.Admin},
		Handler: api.Func[Upload, api.Answer[workspace.Workspace]](putWorkspace),
	}},
	Summary: "Set a logo",
	Description: "Takes a PNG, JPEG or WebP image of at most 1 MiB and 4096 × 4096 pixels as the body, " +
		"keeps it as a PNG of at most 512 × 512, and answers with what it is the logo of. Nothing but the pixels is kept.",
	May:     access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.OrganizationsWrite},
	MaxBody: 1 << 20,
	Takes:   []string{"image/png", "image/jpeg", "image/webp"},
	// Large pictures are work, and a small function has a part of a processor only.
	Deadline: 25 * time.Second,
	Handler:  api.Func[organizationInput, api.Answer[organization.Organization]](putOrganization),
}

// Upload is a picture as it comes.
type Upload struct {
	api.Conditional
	RawBody []byte `contentType:"image/png"`
}

type organizationInput struct {
	Upload
	Organization string `path:"o" doc:"The organization's id."`
}

// record is a logo as the table holds it.
type record struct {
	table.Key
	PNG []byte `json:"png"`
}

func putOrganization(ctx context.Context, c *api.Call, in *organizationInput) (*api.Answer[organization.Organization], error) {
	load := func(ctx context.Context) (organization.Record, error) {
		return organization.Load(ctx, c, in.Organization)
	}
	r, err := put(ctx, c, &in.Upload, in.Organization, load)
	if err != nil {
		return nil, err
	}
	return api.Found(r.Shown(c)), nil
}

func putWorkspace(ctx context.Context, c *api.Call, in *Upload) (*api.Answer[workspace.Workspace], error) {
	load := func(ctx context.Context) (workspace.Record, error) { return workspace.Load(ctx, c) }
	r, err := put(ctx, c, in, workspace.LogoOwner, load)
	if err != nil {
		return nil, err
	}
	return api.Found(r.Shown(c)), nil
}

// wearer is what can have a logo: R is its own type.
type wearer[R any] interface {
	api.Tagged
	SetLogo(ctx context.Context, c *api.Call, hash string, picture *table.Write) (R, error)
}

// put gives what load reads the picture of the body.
func put[R wearer[R]](ctx context.Context, c *api.Call, in *Upload, owner string, load func(context.Context) (R, error)) (R, error) {
	picture, err := normalized(in.RawBody)
	if err != nil {
		var none R
		return none, err
	}
	hash := hashOf(picture)
	stored := record{Key: table.LogoKey(c.Workspace(), owner, hash), PNG: picture}
	return api.Revise(ctx, in.Conditional, load, func(ctx context.Context, before R) (R, error) {
		return before.SetLogo(ctx, c, hash, table.Put(stored))
	})
}
