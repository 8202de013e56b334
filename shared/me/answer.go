package me

import (
	"context"

	"atrium/shared/access"
	"atrium/shared/api"
)

// answer puts all together. What is still to be named costs one more round
// trip: agents, and the organizations that the person also belongs to.
func (s *self) answer(ctx context.Context, c *api.Call) (*api.Answer[Me], error) {
	agents, organizations := s.agents(c), s.organizations(c)
	if wants := append(agents.wants, organizations.wants...); len(wants) > 0 {
		if err := c.Table.Fetch(ctx, wants...); err != nil {
			return nil, err
		}
	}
	me := Me{
		Principal: s.principal(c.Principal), Workspace: s.workspace,
		Brand:       Brand{Name: s.head.Name(), Brand: s.head.Brand(), LogoURL: s.head.LogoURL(c)},
		Memberships: s.memberships(c.Principal, organizations), TabOrder: []access.Section{},
	}
	if s.reach.Organization.ID != "" {
		shown := s.reach.Organization.Shown(c)
		me.Organization, me.TabOrder = shown.Summary(), shown.TabOrder
	}
	me.Agents, me.Sections = s.granted(c.Principal, agents)
	me.Workspace.CustomTabs = s.visible(me.Sections)
	return api.Found(me), nil
}

// principal is who calls, as their own item has them now; nobody, while they
// are still to choose.
func (s *self) principal(p access.Principal) *Principal {
	me := &Principal{ID: p.ID, Type: p.Type, Name: p.Name, Email: p.Email, Role: p.Role, Organization: p.Organization, Workspace: p.Workspace}
	if p.Actor != nil {
		me.Actor = &Actor{ID: p.Actor.ID, Name: p.Actor.Name, Email: p.Actor.Email}
	}
	switch p.Type {
	case access.Unchosen:
		return nil
	case access.Staff:
		me.Name, me.Email, me.Role, me.Version = s.staff.Name, s.staff.Email, s.staff.Role, s.staff.Version
	case access.Client:
		u := s.reach.User
		me.Name, me.Email, me.Role, me.Version = u.Name, u.Email, u.Role, u.Version
		me.AvatarURL, me.Language, me.Availability = u.AvatarURL, u.Language, u.Availability
	}
	return me
}
