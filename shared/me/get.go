package me

import (
	"context"
	"net/http"

	"golang.org/x/sync/errgroup"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/letterhead"
	"atrium/shared/organization"
	"atrium/shared/problem"
	"atrium/shared/staff"
	"atrium/shared/table"
	"atrium/shared/user"
)

// Get shows whoever is signed in.
var Get = api.Operation{
	Name: "get-me", Method: http.MethodGet, Path: "/me", Tag: "Sessions",
	Summary: "Show who is signed in",
	Description: "Shows who calls, with all that a dashboard needs to begin: brand, what the caller may do, their agents, and what else they could be in this workspace.\n\n" +
		"- For a client's person, each of `agents` has the grants that take effect on it: the lowest of the organization's ceiling, the assignment's and the user's own. The outer `sections` are the highest of those. " +
		"Who has all agents of an organization that has none yet sees in `sections` what they may do with the first one, if its assignment holds nothing back. " +
		"At most 200 agents are shown, in the order in which they were registered; all of them count for `sections`, and all are at `/organizations/{o}/agents`.\n" +
		"- Staff have no `agents` here, as they see every agent of the workspace (`/agents`); their `sections` are `edit` for owners and admins, and `view` for members.\n" +
		"- An API key has neither grants nor memberships.\n" +
		"- Who is still to choose among `memberships` (PUT /session) has nothing else but the workspace and its brand. At most 200 are shown.",
	May:     access.Rule{SignedIn: true},
	Handler: api.Func[struct{}, api.Answer[Me]](get),
}

func get(ctx context.Context, c *api.Call, _ *struct{}) (*api.Answer[Me], error) {
	s, err := read(ctx, c)
	if err != nil {
		return nil, err
	}
	return s.answer(ctx, c)
}

// self is all that an answer is made of, but for what the first look has to
// tell the names of: agents, and other organizations.
type self struct {
	head      letterhead.Head
	workspace Workspace
	// Of these two, one is the caller's. API keys and who is still to choose have neither.
	staff staff.Record
	reach user.Reach
	// assigned are the assignments of the organization's agents.
	assigned []user.Assigned
	// listed are what an index has of what the person is.
	listed []listed
}

// ETag is that of the caller's own item.
func (s *self) ETag() string {
	if s.staff.ID != "" {
		return s.staff.ETag()
	}
	return s.reach.User.ETag()
}

// read takes one round trip, of up to three calls side by side.
func read(ctx context.Context, c *api.Call) (*self, error) {
	s := &self{}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return c.Table.Fetch(ctx, s.wants(c.Principal)...) })
	if c.Principal.Type == access.Client {
		group.Go(func() (err error) {
			s.assigned, err = assignments(ctx, c)
			return err
		})
	}
	if c.Principal.Type != access.APIKey {
		group.Go(func() (err error) {
			s.listed, err = list(ctx, c)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return s, s.admitted(c)
}

// wants are the items whose names are known beforehand. Some are read as two
// things, which costs one look all the same.
func (s *self) wants(p access.Principal) []*table.Want {
	wants := append(s.head.Wants(p.Workspace, p.Organization), &table.Want{Key: table.WorkspaceKey(p.Workspace), Into: &s.workspace})
	switch {
	case p.Type == access.Staff:
		return append(wants, &table.Want{Key: table.StaffKey(p.Workspace, p.ID), Into: &s.staff})
	case p.Type == access.Client:
		return append(wants, s.reach.Wants(p.Workspace, p.Organization, p.ID)...)
	case p.Organization != "":
		return append(wants, &table.Want{Key: table.OrganizationKey(p.Workspace, p.Organization), Into: &s.reach.Organization})
	default:
		return wants
	}
}

// admitted refuses who has ceased to be what they were let in as: the
// authorizer may have looked a minute ago.
func (s *self) admitted(c *api.Call) error {
	p := c.Principal
	switch {
	case s.workspace.ID == "",
		p.Type == access.Staff && s.staff.Status != staff.Active,
		p.Type == access.Client && s.reach.User.Status != user.Active:
		return problem.Credential(problem.SessionEnded)
	case p.Type == access.Client && s.reach.Organization.Status != organization.Active:
		return problem.Credential(problem.OrganizationShut)
	default:
		return nil
	}
}
