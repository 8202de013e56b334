package team

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/patch"
	"atrium/shared/problem"
)

// AddMember puts a user on a team.
var AddMember = api.Operation{
	Name: "add-team-member", Method: http.MethodPut, Path: "/organizations/{o}/teams/{t}/members/{u}", Tag: "Teams",
	Summary:     "Put a user on a team",
	Description: "Makes a user of the organization a member of a team, from the next handoff on: 201, or 200 for a member already. A team has at most 500 members, a user is on at most 20 teams.",
	May:         access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.TeamsWrite},
	Handler:     api.Func[memberInput, api.Replacement[Team]](addMember),
}

type memberInput struct {
	api.Conditional
	Organization string `path:"o" doc:"The organization's id."`
	Key          string `path:"t" doc:"The team's key."`
	User         string `path:"u" doc:"The user's id."`
}

// member is how the activity log names one.
type member struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func addMember(ctx context.Context, c *api.Call, in *memberInput) (*api.Replacement[Team], error) {
	return api.Optimistic(ctx, func(ctx context.Context) (*api.Replacement[Team], error) {
		before, p, err := in.open(ctx, c)
		if err != nil {
			return nil, err
		}
		if before.Has(p.ID) {
			return &api.Replacement[Team]{Status: http.StatusOK, ETag: before.ETag(), Body: before.Shown()}, nil
		}
		ch := change{before: before, details: before.Details, joining: []person{p}}
		after, err := ch.commit(ctx, c, in.Organization, "team.member_added",
			[]patch.Change{{Field: "members", After: member{ID: p.ID, Name: p.Name}}})
		if err != nil {
			return nil, err
		}
		return &api.Replacement[Team]{Status: http.StatusCreated, ETag: after.ETag(), Body: after.Shown()}, nil
	})
}

// open reads the team, which must be the version asked for, and the user.
func (in *memberInput) open(ctx context.Context, c *api.Call) (Record, person, error) {
	r, people, err := open(ctx, c, in.Organization, in.Key, in.User)
	if err != nil {
		return r, person{}, err
	}
	if people[0].ID == "" {
		return r, person{}, problem.NotFoundf("user")
	}
	return r, people[0], in.Demands(r)
}
