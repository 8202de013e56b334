package organization

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/external"
	"atrium/shared/id"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// Create opens an organization for a client.
var Create = api.Operation{
	Name: "create-organization", Method: http.MethodPost, Path: "/organizations", Tag: "Organizations",
	Summary:     "Open an organization",
	Description: "Opens an organization for a client. Its name must be free in the workspace.",
	May:         access.Rule{Staff: access.Admin, Scope: access.OrganizationsWrite},
	Status:      http.StatusCreated,
	Handler:     api.Func[createInput, api.Creation[Organization]](create),
}

type createInput struct {
	api.Idempotent
	Body Fields
}

func create(ctx context.Context, c *api.Call, in *createInput) (*api.Creation[Organization], error) {
	fields := in.Body
	if fields.LogoURL != nil {
		return nil, problem.AtField("body.logoUrl", "is set with PUT …/logo, once the organization is there")
	}
	if err := fields.settle(); err != nil {
		return nil, err
	}
	ws := c.Workspace()
	r := newRecord(ws, Organization{Resource: c.NewResource(id.New(id.Organization, c.Now)), Fields: fields})
	writes := append(r.named(ws), table.Create(r),
		activity.Record(c, r.ID, "organization.created", r.Party(), patch.Diff(defaults(), fields)))
	writes = append(writes, external.Claim(ws, "org", fields.ExternalID, r.ID)...)
	o, replayed, err := api.Once(ctx, c, r.ID, r.Shown(c), writes, func(ctx context.Context, made string) (Organization, error) {
		r, err := Load(ctx, c, made)
		return r.Shown(c), err
	})
	if err != nil {
		return nil, err
	}
	return api.Created(o, replayed), nil
}
