package team

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// Create makes a team of an organization.
var Create = api.Operation{
	Name: "create-team", Method: http.MethodPost, Path: "/organizations/{o}/teams", Tag: "Teams",
	Summary:     "Make a team",
	Description: "Makes a team that chats can be handed off to. Its key must be free in the organization, which has at most 200 teams; a user is on at most 20.",
	May:         access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.TeamsWrite},
	Status:      http.StatusCreated,
	Handler:     api.Func[createInput, api.Creation[Team]](create),
}

type createInput struct {
	api.Idempotent
	Organization string `path:"o" doc:"The organization's id."`
	Body         struct {
		Key string `json:"key" pattern:"^[a-z][a-z_]*$" patternDescription:"lower-case letters and _, a letter first" maxLength:"40" example:"customer_support" doc:"What the team is addressed by; it never changes."`
		Fields
	}
}

func create(ctx context.Context, c *api.Call, in *createInput) (*api.Creation[Team], error) {
	if !id.Is(id.Organization, in.Organization) {
		return nil, problem.NotFoundf("organization")
	}
	named := in.Body.Members
	if err := in.Body.settle(in.Body.Key); err != nil {
		return nil, err
	}
	// Most organizations take handoffs; the others are found out by the refusal.
	closed := false
	plan := func(ctx context.Context) (api.Plan[Team], error) { return in.plan(ctx, c, named, &closed) }
	load := func(ctx context.Context, made string) (Team, error) {
		r, err := load(ctx, c, in.Organization, made)
		return r.Shown(), err
	}
	return api.Optimistic(ctx, func(ctx context.Context) (*api.Creation[Team], error) {
		t, replayed, err := api.OncePlanned(ctx, c, plan, load)
		if err != nil {
			return nil, err
		}
		return api.Created(t, replayed), nil
	})
}

// plan is the team of the users named, as they are now, with the writes that make it.
func (in *createInput) plan(ctx context.Context, c *api.Call, named []string, closed *bool) (api.Plan[Team], error) {
	org, key := in.Organization, in.Body.Key
	people, err := find(ctx, c, org, named)
	if err != nil {
		return api.Plan[Team]{}, err
	}
	r := Record{
		Key: table.TeamKey(c.Workspace(), org, key), Resource: c.NewResource(key),
		Details: in.Body.Details, Roster: roster.New(*closed),
	}
	writes := []*table.Write{organization.AddTeam(c, org, key, closed)}
	for _, p := range distinct(people) {
		r.Put(p.card(), p.onDuty())
		w, err := p.joins(c, org, key)
		if err != nil {
			return api.Plan[Team]{}, err
		}
		writes = append(writes, w)
	}
	writes = append(writes, table.Create(r).ElseError(api.ErrStale),
		activity.Record(c, org, "team.created", r.Shown().Party(), patch.Diff(defaults(key), in.Body.Fields)))
	return api.Plan[Team]{Made: key, Result: r.Shown(), Writes: writes}, nil
}

// find reads the users that a new team is to have. It answers 422 for those
// that there are not, but 404 where there is not even the organization.
func find(ctx context.Context, c *api.Call, org string, users []string) ([]person, error) {
	people, wants := wanted(c, org, users)
	if err := c.Table.Fetch(ctx, wants...); err != nil {
		return nil, err
	}
	fault := known(people)
	if fault == nil {
		return people, nil
	}
	if err := organization.MustExist(ctx, c, org); err != nil {
		return nil, err
	}
	return nil, fault
}
