package user

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/external"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// Remove removes a user from an organization.
var Remove = api.Operation{
	Name: "remove-user", Method: http.MethodDelete, Path: "/organizations/{o}/users/{u}", Tag: "Users",
	Summary:     "Remove a user",
	Description: "Removes a user from an organization, and from its teams, for good. The address and the external id are free again; an invitation that is pending to the address is taken back, within seconds.",
	May:         access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.UsersWrite},
	Status:      http.StatusNoContent,
	Rights:      true,
	Handler:     api.Func[removeInput, api.Empty](remove),
}

type removeInput struct {
	api.Conditional
	Organization string `path:"o" doc:"The organization's id."`
	ID           string `path:"u" doc:"The user's id."`
}

func remove(ctx context.Context, c *api.Call, in *removeInput) (*api.Empty, error) {
	return api.Optimistic(ctx, func(ctx context.Context) (*api.Empty, error) {
		r, err := Load(ctx, c, in.Organization, in.ID)
		if err != nil {
			return nil, err
		}
		if err := in.Demands(r); err != nil {
			return nil, err
		}
		return &api.Empty{}, roster.Commit(ctx, c, r.removed(c, in.Organization)...)
	})
}

// removed are the writes that take the user out of everything.
func (r Record) removed(c *api.Call, org string) []*table.Write {
	was := r.Shown().Fields
	was.Sections = was.Sections.Given()
	writes := []*table.Write{
		organization.Count(c, org, "users", -1),
		table.Delete(r.Key).If(table.Equals("version", r.Version)).ElseError(api.ErrStale),
		activity.Record(c, org, "user.removed", r.Party(), patch.Gone(was)),
	}
	for _, team := range r.Teams {
		writes = append(writes, roster.Leave(c, org, team, r.ID, r.OnDuty()))
	}
	writes = append(writes, r.unaddressed(c, org)...)
	return append(writes, external.Release(below(c, org), "user", r.ExternalID)...)
}
