package user

import (
	"atrium/shared/access"
	"atrium/shared/organization"
	"atrium/shared/table"
)

// Reach is all that a user's rights follow from, but for what of an agent the
// organization has.
type Reach struct {
	User         Record
	Organization organization.Record
	workspace    workspace
}

// workspace is what is asked of the workspace: which sections it adds.
type workspace struct {
	CustomTabs []struct {
		Key string `json:"key"`
	} `json:"customTabs"`
}

// Assigned is what rights depend on of an agent's assignment; its key is empty
// where there is none.
type Assigned struct {
	table.Key
	Sections access.Sections `json:"sections"`
}

// Wants are what to read for the reach of a user. What there is not has no id.
func (r *Reach) Wants(ws, org, user string) []*table.Want {
	return []*table.Want{
		{Key: table.UserKey(ws, org, user), Into: &r.User},
		{Key: table.OrganizationKey(ws, org), Into: &r.Organization},
		{Key: table.WorkspaceKey(ws), Into: &r.workspace},
	}
}

// On is where the user stands with an agent.
func (r Reach) On(agent string, a Assigned) access.Standing {
	s := r.anyhow()
	s.Assignment, s.HasAgent = r.assigned(a), a.SK != "" && r.User.Sees(agent)
	return s
}

// Ahead is what the user may do as soon as the organization has an agent of
// which nothing is held back.
func (r Reach) Ahead() access.Sections {
	s := r.anyhow()
	s.HasAgent = true
	return s.Effective()
}

// anyhow is where the user stands, whatever the agent.
func (r Reach) anyhow() access.Standing {
	return access.Standing{
		Ceiling: r.Organization.Ceiling, User: r.User.Sections, Tabs: r.tabs(),
		Active: r.User.Status == Active && r.Organization.Status == organization.Active,
	}
}

func (r Reach) tabs() []access.Section {
	tabs := make([]access.Section, len(r.workspace.CustomTabs))
	for i, tab := range r.workspace.CustomTabs {
		tabs[i] = access.TabPrefix + tab.Key
	}
	return tabs
}

// assigned is the assignment's grants. Where there is none it grants nothing,
// while one that leaves a section out grants all.
func (r Reach) assigned(a Assigned) access.Sections {
	if a.SK != "" {
		return a.Sections
	}
	nothing := access.Throughout(access.None, r.tabs())
	for _, named := range []access.Sections{r.Organization.Ceiling, r.User.Sections} {
		for section := range named {
			nothing[section] = access.None
		}
	}
	return nothing
}

// Sees tells whether an agent is one of the user's, if the organization has it.
func (r Record) Sees(agent string) bool {
	return Agents{All: r.AllAgents, IDs: r.AgentIDs}.Include(agent)
}
