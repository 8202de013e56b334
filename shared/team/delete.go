package team

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/table"
)

// Delete deletes a team.
var Delete = api.Operation{
	Name: "delete-team", Method: http.MethodDelete, Path: "/organizations/{o}/teams/{t}", Tag: "Teams",
	Summary: "Delete a team",
	Description: "Deletes a team for good; its members stay users of the organization, and its key is free again. " +
		"Of a team of more than 90 some members are taken off first: should that be interrupted, it is a smaller team, and repeating the call finishes it.",
	May:     access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.TeamsWrite},
	Status:  http.StatusNoContent,
	Handler: api.Func[deleteInput, api.Empty](remove),
}

type deleteInput struct {
	api.Conditional
	Organization string `path:"o" doc:"The organization's id."`
	Key          string `path:"t" doc:"The team's key."`
}

// A team of up to maxAtOnce members goes in one transaction; of a larger one
// so many as step says are taken off at a time.
const (
	maxAtOnce = 90
	step      = 45
)

func remove(ctx context.Context, c *api.Call, in *deleteInput) (*api.Empty, error) {
	begun := false
	return api.Optimistic(ctx, func(ctx context.Context) (*api.Empty, error) {
		r, _, err := open(ctx, c, in.Organization, in.Key)
		if err != nil {
			return nil, err
		}
		// What was begun is finished: the version is our own by then.
		if err := in.Demands(r); err != nil && !begun {
			return nil, err
		}
		for r.Size > maxAtOnce {
			if r, err = r.without(ctx, c, in.Organization, r.Members()[:step]); err != nil {
				return nil, err
			}
			begun = true
		}
		return &api.Empty{}, r.disband(ctx, c, in.Organization)
	})
}

// disband deletes the team with all that names it.
func (r Record) disband(ctx context.Context, c *api.Call, org string) error {
	writes := []*table.Write{
		organization.RemoveTeam(c, org, r.ID),
		table.Delete(r.Key).If(table.Equals("version", r.Version)).ElseError(api.ErrStale),
		activity.Record(c, org, "team.deleted", r.Shown().Party(), patch.Gone(r.fields())),
	}
	for _, user := range r.Members() {
		writes = append(writes, leaves(c, org, r.ID, user))
	}
	return c.Commit(ctx, writes...)
}
