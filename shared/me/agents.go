package me

import (
	"context"
	"slices"

	"atrium/shared/access"
	"atrium/shared/agent"
	"atrium/shared/api"
	"atrium/shared/table"
	"atrium/shared/user"
	"atrium/shared/workspace"
)

// maxAgents is how many agents are shown, as the API's description gives it.
const maxAgents = 200

// assignments are those of all agents that the caller's organization has.
func assignments(ctx context.Context, c *api.Call) ([]user.Assigned, error) {
	q := table.Query{PK: table.Assignments(c.Workspace(), c.Principal.Organization)}
	var all []user.Assigned
	for {
		rows, err := c.Table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		page, err := api.Decode[user.Assigned](rows.Items)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if q.After = rows.Next; rows.Next == nil {
			return all, nil
		}
	}
}

// agents are the caller's.
type agents struct {
	assigned []user.Assigned
	// faces are how the first of them look, once wants are read.
	faces []Agent
	wants []*table.Want
}

func (s *self) agents(c *api.Call) (a agents) {
	for _, assigned := range s.assigned {
		if s.reach.User.Sees(assigned.SK) {
			a.assigned = append(a.assigned, assigned)
		}
	}
	a.faces = make([]Agent, min(len(a.assigned), maxAgents))
	for i := range a.faces {
		a.wants = append(a.wants, &table.Want{Key: table.AgentKey(c.Workspace(), a.assigned[i].SK), Into: &a.faces[i]})
	}
	return a
}

// granted are the agents that are shown, each with what the user may do with
// it, and the highest of the grants on all.
func (s *self) granted(p access.Principal, a agents) ([]Agent, access.Sections) {
	shown, highest := []Agent{}, s.anyhow(p)
	for i, assigned := range a.assigned {
		beyond := i >= len(a.faces)
		if !beyond && a.faces[i].ID == "" {
			continue // it was deleted, and its assignment is about to go, too
		}
		sections := s.reach.On(assigned.SK, assigned).Effective()
		highest = highest.Highest(sections)
		if !beyond {
			shown = append(shown, s.shown(a.faces[i], sections))
		}
	}
	return shown, highest
}

// anyhow is what the caller may do whatever the agents.
func (s *self) anyhow(p access.Principal) access.Sections {
	grant := access.None
	switch {
	case p.Type == access.Client && len(s.assigned) == 0 && s.reach.User.AllAgents:
		return s.reach.Ahead()
	case p.Type == access.Staff && s.staff.Role == access.Member:
		grant = access.View
	case p.Type == access.Staff:
		grant = access.Edit
	}
	tabs := make([]access.Section, len(s.workspace.CustomTabs))
	for i, tab := range s.workspace.CustomTabs {
		tabs[i] = tab.Section()
	}
	return access.Throughout(grant, tabs)
}

// shown is an agent with the tabs of those sections that the user sees.
func (s *self) shown(a Agent, sections access.Sections) Agent {
	a.Sections = sections
	a.Tabs = keep(a.Tabs, func(tab agent.Tab) bool { return s.sees(sections, tab.Section) })
	return a
}

// visible are the workspace's tabs that the caller sees.
func (s *self) visible(sections access.Sections) []workspace.Tab {
	return keep(s.workspace.CustomTabs, func(tab workspace.Tab) bool { return s.sees(sections, tab.Section()) })
}

// sees tells whether a section is seen by who has these grants.
func (s *self) sees(sections access.Sections, section access.Section) bool {
	always := func(tab workspace.Tab) bool { return tab.AlwaysVisible && tab.Section() == section }
	return sections[section].Above(access.None) || slices.ContainsFunc(s.workspace.CustomTabs, always)
}

// keep is a list of those that are wanted; never nil, which JSON would show as null.
func keep[T any](all []T, wanted func(T) bool) []T {
	kept := make([]T, 0, len(all))
	for _, one := range all {
		if wanted(one) {
			kept = append(kept, one)
		}
	}
	return kept
}
