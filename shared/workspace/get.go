package workspace

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
)

// Get shows the workspace.
var Get = api.Operation{
	Name: "get-workspace", Method: http.MethodGet, Path: "/workspace", Tag: "Workspace",
	Summary:     "Show the workspace",
	Description: "Shows the caller's workspace.",
	May:         access.Rule{Staff: access.Member},
	Handler:     api.Func[struct{}, api.Answer[Workspace]](get),
}

func get(ctx context.Context, c *api.Call, _ *struct{}) (*api.Answer[Workspace], error) {
	r, err := Load(ctx, c)
	if err != nil {
		return nil, err
	}
	return api.Found(r.Shown(c)), nil
}
