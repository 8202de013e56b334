package workspace

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/patch"
	"atrium/shared/problem"
)

// Update changes the workspace.
var Update = api.Operation{
	Name: "update-workspace", Method: http.MethodPatch, Path: "/workspace", Tag: "Workspace",
	Summary: "Change the workspace",
	Description: "Changes what the body names, and nothing else (JSON merge-patch). " +
		"`{\"logoUrl\":null}` removes the logo. A `dashboardHost` belongs to one workspace only. Only owners change `oidc`.",
	May:     access.Rule{Staff: access.Admin},
	Rights:  true,
	Handler: api.Func[updateInput, api.Answer[Workspace]](update),
}

type updateInput struct {
	api.Conditional
	Body patch.Of[Fields]
}

func update(ctx context.Context, c *api.Call, in *updateInput) (*api.Answer[Workspace], error) {
	load := func(ctx context.Context) (Record, error) { return Load(ctx, c) }
	r, err := api.Revise(ctx, in.Conditional, load, func(ctx context.Context, before Record) (Record, error) {
		return in.apply(ctx, c, before)
	})
	if err != nil {
		return nil, err
	}
	return api.Found(r.Shown(c)), nil
}

// apply makes the change to the workspace as it was read.
func (in *updateInput) apply(ctx context.Context, c *api.Call, before Record) (Record, error) {
	shown := before.Shown(c)
	fields, err := in.Body.Apply(shown.Fields)
	if err != nil {
		return before, err
	}
	if err := fields.settle(); err != nil {
		return before, err
	}
	if err := fields.keepFrom(shown.Fields); err != nil {
		return before, err
	}
	if fields.OIDC != shown.OIDC && c.Principal.Role != access.Owner {
		return before, problem.New(problem.Forbidden, "Only owners say who is trusted to sign the staff in: that is how one becomes an owner, too.",
			problem.Field{Location: "body.oidc", Message: "is the owners' to change"})
	}
	after := before
	after.Fields = fields
	if fields.LogoURL == nil {
		after.Logo = ""
	}
	return after.replace(ctx, c, before)
}

// keepFrom holds what a patch cannot set: a logo, and whether the sender's
// address is verified, which a new address is not.
func (f *Fields) keepFrom(before Fields) error {
	if f.LogoURL != nil && (before.LogoURL == nil || *f.LogoURL != *before.LogoURL) {
		return problem.AtField("body.logoUrl", "can only be null here, which removes the logo; PUT /workspace/logo sets one")
	}
	return f.Sender.keepFrom(before.Sender)
}

func (s *Sender) keepFrom(before Sender) error {
	if s.Address != before.Address && s.Status == before.Status {
		s.Status, before.Status = Pending, Pending
	}
	if s.Status != before.Status && (s.Address == before.Address || s.Status != Pending) {
		return problem.AtField("body.sender.status", "is read-only; it says whether the address has been verified")
	}
	return nil
}
