package me

import (
	"context"
	"slices"
	"strings"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/organization"
	"atrium/shared/table"
	"atrium/shared/token"
)

// maxMemberships is how many are shown, as the API's description gives it.
const maxMemberships = 200

// listed is what the index of people has of one of the things that somebody is:
// of the staff, or of an organization's users.
type listed struct {
	table.Key
	ID     string      `json:"id"`
	Name   string      `json:"name"`
	Role   access.Role `json:"role"`
	Status string      `json:"status"`
}

// list are all that the caller's address is in the workspace; but nobody else
// than the caller where it may not be theirs.
func list(ctx context.Context, c *api.Call) ([]listed, error) {
	rows, err := c.Table.Query(ctx, table.Query{
		Index: table.G2, PK: table.Person(token.Person(c.Principal.Email)), Prefix: table.Principal(c.Workspace(), ""),
		Limit: maxMemberships,
	})
	if err != nil {
		return nil, err
	}
	all, err := api.Decode[listed](rows.Items)
	if c.Principal.Unproven {
		all = slices.DeleteFunc(all, func(l listed) bool { return l.ID != c.Principal.ID })
	}
	return all, err
}

// organization is the id of a user's organization; empty for staff.
func (l listed) organization(ws string) string {
	within, isUser := strings.CutSuffix(strings.TrimPrefix(l.PK, ws+"#"), "#user")
	if !isUser {
		return ""
	}
	return within
}

// organizations are those that the person's memberships are of, by their ids.
type organizations struct {
	found map[string]*Organization
	wants []*table.Want
}

func (s *self) organizations(c *api.Call) organizations {
	o := organizations{found: map[string]*Organization{}}
	if own := s.reach.Organization; own.ID != "" {
		o.found[own.ID] = &Organization{ID: own.ID, Name: own.Name, Status: own.Status}
	}
	for _, l := range s.listed {
		id := l.organization(c.Workspace())
		if id != "" && o.found[id] == nil {
			o.found[id] = &Organization{}
			o.wants = append(o.wants, &table.Want{Key: table.OrganizationKey(c.Workspace(), id), Into: o.found[id]})
		}
	}
	return o
}

// memberships are all that the person is, staff first. The index may lag: what
// the caller is now, is told from their own item.
func (s *self) memberships(p access.Principal, o organizations) []Membership {
	all := []Membership{}
	if current, ok := s.current(p); ok {
		all = append(all, current.membership(p.Workspace, o, true))
	}
	for _, l := range s.listed {
		of := l.organization(p.Workspace)
		isGone := of != "" && (o.found[of].ID == "" || o.found[of].Status == organization.Deleted)
		if l.ID != p.ID && !isGone {
			all = append(all, l.membership(p.Workspace, o, false))
		}
	}
	slices.SortFunc(all, func(a, b Membership) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// current is what the caller is, if they are a person who has chosen.
func (s *self) current(p access.Principal) (listed, bool) {
	switch p.Type {
	case access.Staff:
		return listed{s.staff.Key, s.staff.ID, s.staff.Name, s.staff.Role, string(s.staff.Status)}, true
	case access.Client:
		u := s.reach.User
		return listed{u.Key, u.ID, u.Name, u.Role, string(u.Status)}, true
	default:
		return listed{}, false
	}
}

func (l listed) membership(ws string, o organizations, current bool) Membership {
	m := Membership{ID: l.ID, Type: access.Staff, Name: l.Name, Role: l.Role, Status: l.Status, Current: current}
	if of := l.organization(ws); of != "" {
		m.Type, m.Organization = access.Client, o.found[of]
	}
	return m
}
