package apikey

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/patch"
	"atrium/shared/table"
)

// Revoke ends an API key.
var Revoke = api.Operation{
	Name: "revoke-api-key", Method: http.MethodDelete, Path: "/api-keys/{id}", Tag: "API keys",
	Summary:     "Revoke an API key",
	Description: "Ends a key for good. It changes nobody's rights any more from this moment on, and opens nothing at all after 60 seconds.",
	May:         access.Rule{Staff: access.Admin},
	Status:      http.StatusNoContent,
	Rights:      true,
	Handler:     api.Func[revokeInput, api.Empty](revoke),
}

type revokeInput struct {
	api.Conditional
	ID string `path:"id" doc:"The key's id."`
}

func revoke(ctx context.Context, c *api.Call, in *revokeInput) (*api.Empty, error) {
	return api.Optimistic(ctx, func(ctx context.Context) (*api.Empty, error) {
		r, err := load(ctx, c, in.ID)
		if err != nil {
			return nil, err
		}
		if err := in.Demands(r); err != nil {
			return nil, err
		}
		return &api.Empty{}, c.Commit(ctx,
			table.Delete(r.Key).If(table.Equals("version", r.Version)).ElseError(api.ErrStale),
			activity.Record(c, "", "api_key.revoked", r.Party(), patch.Gone(r.Fields)))
	})
}
