package invitation

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
)

// Get shows an invitation.
var Get = api.Operation{
	Name: "get-invitation", Method: http.MethodGet, Path: "/organizations/{o}/invitations/{i}", Tag: "Invitations",
	Summary:     "Show an invitation",
	Description: "Shows an invitation of an organization, with what became of its mail.",
	May:         access.Rule{Staff: access.Member, Client: access.OrgAdmin, Scope: access.InvitationsRead},
	Handler:     api.Func[getInput, api.Answer[Invitation]](get),
}

type getInput struct {
	Organization string `path:"o" doc:"The organization's id."`
	ID           string `path:"i" doc:"The invitation's id."`
}

func get(ctx context.Context, c *api.Call, in *getInput) (*api.Answer[Invitation], error) {
	r, err := Load(ctx, c, in.Organization, in.ID)
	if err != nil {
		return nil, err
	}
	return api.Found(r.Shown(c.Now)), nil
}
