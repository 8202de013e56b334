package user

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
)

// Get shows a user.
var Get = api.Operation{
	Name: "get-user", Method: http.MethodGet, Path: "/organizations/{o}/users/{u}", Tag: "Users",
	Summary:     "Show a user",
	Description: "Shows a user of an organization. `sections` are the user's own grants; what they amount to on an agent is at `…/access`.",
	May:         access.Rule{Staff: access.Member, Client: access.OrgAdmin, Scope: access.UsersRead},
	Handler:     api.Func[getInput, api.Answer[User]](get),
}

type getInput struct {
	Organization string `path:"o" doc:"The organization's id."`
	ID           string `path:"u" doc:"The user's id."`
}

func get(ctx context.Context, c *api.Call, in *getInput) (*api.Answer[User], error) {
	r, err := Load(ctx, c, in.Organization, in.ID)
	if err != nil {
		return nil, err
	}
	return api.Found(r.Shown()), nil
}
