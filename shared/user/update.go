package user

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// Update changes a user.
var Update = api.Operation{
	Name: "update-user", Method: http.MethodPatch, Path: "/organizations/{o}/users/{u}", Tag: "Users",
	Summary: "Change a user",
	Description: "Changes what the body names, and nothing else (JSON merge-patch). `teams` and a list of `agents` are replaced whole. " +
		"What changes who takes chats does so from the next handoff on. " +
		"Who is let in, and may do something else from now on, is told by mail: of several changes within ten minutes by two at most.",
	May:     access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.UsersWrite},
	Rights:  true,
	Handler: api.Func[updateInput, api.Answer[User]](update),
}

type updateInput struct {
	api.Conditional
	Organization string `path:"o" doc:"The organization's id."`
	ID           string `path:"u" doc:"The user's id."`
	Body         patch.Of[Fields]
}

func update(ctx context.Context, c *api.Call, in *updateInput) (*api.Answer[User], error) {
	given, err := in.Body.Apply(Fields{})
	if err != nil {
		return nil, err
	}
	r, err := api.Optimistic(ctx, func(ctx context.Context) (Record, error) {
		before, s, err := in.open(ctx, c, given)
		if err != nil {
			return before, err
		}
		if err := in.Demands(before); err != nil {
			return before, err
		}
		ch, err := s.change(c, before, in.Body, given)
		if err != nil {
			return before, err
		}
		return ch.commit(ctx, c)
	})
	if err != nil {
		return nil, err
	}
	return api.Found(r.Shown()), nil
}

// setting is what there is around a user: the ceiling, the agents assigned, the teams.
type setting struct {
	org      string
	ceiling  access.Sections
	assigned func(agent string) bool
	isTeam   func(key string) bool
}

// open reads the user with all that the change is held against, in one round
// trip. It answers 404, or why the organization cannot be changed.
func (in *updateInput) open(ctx context.Context, c *api.Call, given Fields) (Record, setting, error) {
	var r Record
	key, err := locate(c, in.Organization, in.ID)
	if err != nil {
		return r, setting{}, err
	}
	var o organization.Record
	wants := []*table.Want{
		{Key: key, Into: &r},
		{Key: table.OrganizationKey(c.Workspace(), in.Organization), Into: &o},
	}
	agents := assignments(c, in.Organization, given.Agents.IDs)
	wants = slices.AppendSeq(wants, maps.Values(agents))
	if err := c.Table.Fetch(ctx, wants...); err != nil {
		return r, setting{}, err
	}
	if err := o.Admits(c); err != nil {
		return r, setting{}, err
	}
	if r.ID == "" {
		return r, setting{}, noUser()
	}
	return r, setting{org: in.Organization, ceiling: o.Ceiling, assigned: found(agents)}, nil
}

// change is what a patch makes of a user, or what is wrong with it.
func (s setting) change(c *api.Call, before Record, p patch.Of[Fields], given Fields) (change, error) {
	fields, err := p.Apply(before.Shown().Fields)
	if err != nil {
		return change{}, err
	}
	if err := fields.Settle(); err != nil {
		return change{}, err
	}
	if err := s.allows(before, fields, given); err != nil {
		return change{}, err
	}
	return change{org: s.org, before: before, after: before.with(c, fields)}, nil
}

// allows refuses grants above the ceiling, agents that are not assigned, and
// what only an invitation brings about.
func (s setting) allows(before Record, fields, given Fields) error {
	if err := aboveCeiling(given.Sections, s.ceiling); err != nil {
		return err
	}
	for i, agent := range given.Agents.IDs {
		// One that the user had may have been unassigned since.
		if !s.assigned(agent) && !slices.Contains(before.AgentIDs, agent) {
			return notAssigned(i)
		}
	}
	switch {
	case fields.Status == before.Status:
		return nil
	case fields.Status == Invited:
		return notInvited()
	case before.Status == Invited:
		return problem.AtField("body.status", "is invited until the invitation is accepted; revoke it, or remove the user")
	default:
		return nil
	}
}
