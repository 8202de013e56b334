package team

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/patch"
	"atrium/shared/problem"
)

// RemoveMember takes a user off a team.
var RemoveMember = api.Operation{
	Name: "remove-team-member", Method: http.MethodDelete, Path: "/organizations/{o}/teams/{t}/members/{u}", Tag: "Teams",
	Summary:     "Take a user off a team",
	Description: "Takes a member off a team: they are handed nothing of it from that moment on. They stay a user of the organization.",
	May:         access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.TeamsWrite},
	Status:      http.StatusNoContent,
	Handler:     api.Func[memberInput, api.Empty](removeMember),
}

func removeMember(ctx context.Context, c *api.Call, in *memberInput) (*api.Empty, error) {
	return api.Optimistic(ctx, func(ctx context.Context) (*api.Empty, error) {
		before, p, err := in.open(ctx, c)
		if err != nil {
			return nil, err
		}
		if !before.Has(p.ID) {
			return nil, problem.NotFoundf("member")
		}
		ch := change{before: before, details: before.Details, leaving: []string{p.ID}}
		_, err = ch.commit(ctx, c, in.Organization, "team.member_removed",
			[]patch.Change{{Field: "members", Before: member{ID: p.ID, Name: p.Name}}})
		return &api.Empty{}, err
	})
}
