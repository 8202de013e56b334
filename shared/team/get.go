package team

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
)

// Get shows a team.
var Get = api.Operation{
	Name: "get-team", Method: http.MethodGet, Path: "/organizations/{o}/teams/{t}", Tag: "Teams",
	Summary:     "Show a team",
	Description: "Shows a team with all its members.",
	May:         access.Rule{Staff: access.Member, Client: access.User, Scope: access.TeamsRead},
	Handler:     api.Func[getInput, api.Answer[Team]](get),
}

type getInput struct {
	Organization string `path:"o" doc:"The organization's id."`
	Key          string `path:"t" doc:"The team's key."`
}

func get(ctx context.Context, c *api.Call, in *getInput) (*api.Answer[Team], error) {
	r, err := load(ctx, c, in.Organization, in.Key)
	if err != nil {
		return nil, err
	}
	return api.Found(r.Shown()), nil
}
