package user

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/external"
	"atrium/shared/id"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// Add adds a user to an organization.
var Add = api.Operation{
	Name: "add-user", Method: http.MethodPost, Path: "/organizations/{o}/users", Tag: "Users",
	Summary: "Add a user",
	Description: "Adds a person to an organization, who gets in by sign-in link; to have them invited by mail, send an invitation instead. " +
		"The address must be free in the organization. Grants above the organization's ceiling are refused, at `body.sections.<section>`.",
	May:     access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.UsersWrite},
	Status:  http.StatusCreated,
	Rights:  true,
	Handler: api.Func[addInput, api.Creation[User]](add),
}

type addInput struct {
	api.Idempotent
	Organization string `path:"o" doc:"The organization's id."`
	Body         Fields
}

func add(ctx context.Context, c *api.Call, in *addInput) (*api.Creation[User], error) {
	org, given, fields := in.Organization, in.Body.Sections, in.Body
	if !id.Is(id.Organization, org) {
		return nil, problem.NotFoundf("organization")
	}
	if err := fields.Settle(); err != nil {
		return nil, err
	}
	if fields.Status == Invited {
		return nil, notInvited()
	}
	r := NewRecord(c, org, User{Resource: c.NewResource(id.New(id.User, c.Now)), Fields: fields})
	writes := append([]*table.Write{CountWithin(c, org, "users", given)}, fields.Agents.Assigned(c, org)...)
	for i, team := range fields.Teams {
		writes = append(writes, roster.Join(c, org, team, r.Card(), r.OnDuty(), notATeam(i)))
	}
	writes = append(writes, r.Added(c, org)...)
	load := func(ctx context.Context, made string) (User, error) {
		r, err := Load(ctx, c, org, made)
		return r.Shown(), err
	}
	var u User
	var replayed bool
	err := roster.Settling(ctx, c, func() (err error) {
		u, replayed, err = api.Once(ctx, c, r.ID, r.Shown(), writes, load)
		return err
	})
	if err != nil {
		return nil, err
	}
	return api.Created(u, replayed), nil
}

func notInvited() error {
	return problem.AtField("body.status", "cannot be set to invited: send an invitation")
}

// Added are the writes of a new user that are nobody else's: not the
// organization's count, nor the teams'.
func (r Record) Added(c *api.Call, org string) []*table.Write {
	writes := append(r.addressed(c, org), external.Claim(below(c, org), "user", r.ExternalID, r.ID)...)
	return append(writes, table.Create(r),
		activity.Record(c, org, "user.added", r.Party(), patch.Diff(defaults(), r.Shown().Fields)))
}
