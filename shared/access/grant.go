package access

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Grant is what somebody may do in a section: none, view or edit, in rising order.
type Grant string

// The grants.
const (
	None Grant = "none"
	View Grant = "view"
	Edit Grant = "edit"
)

func (g Grant) rank() int { return slices.Index([]Grant{None, View, Edit}, g) }

// Above tells whether g allows more than other does.
func (g Grant) Above(other Grant) bool { return g.rank() > other.rank() }

// Section is a part of the client dashboard: one of BuiltIn, or a custom tab
// of the workspace, `tab:<key>`.
type Section = string

// BuiltIn are the sections that every dashboard has, in their order on the page.
var BuiltIn = []Section{"home", "conversations", "analytics", "knowledge_base", "channels", "prompt", "settings"}

// TabPrefix starts the name of a custom tab's section.
const TabPrefix = "tab:"

// Sections are grants by section.
type Sections map[Section]Grant

// Check returns a message for each section that no dashboard has or whose grant is none of the three.
func (s Sections) Check() map[Section]string {
	faults := map[Section]string{}
	for section, grant := range s {
		switch {
		case !IsSection(section):
			faults[section] = "is no section; the sections are " + strings.Join(BuiltIn, ", ") + " and tab:<key>"
		case grant.rank() < 0:
			faults[section] = "must be none, view or edit"
		}
	}
	return faults
}

// IsSection tells whether there can be such a section: a built-in one, or a custom tab.
func IsSection(section Section) bool { return slices.Contains(BuiltIn, section) || isTab(section) }

func isTab(section Section) bool {
	key, ok := strings.CutPrefix(section, TabPrefix)
	return ok && ValidTabKey(key)
}

// ValidTabKey tells whether key can name a custom tab: a lower-case letter,
// then letters, digits, `_` or `-`, at most 40 in all.
func ValidTabKey(key string) bool {
	for i, r := range key {
		letter := r >= 'a' && r <= 'z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789_-", r)) {
			return false
		}
	}
	return key != "" && len(key) <= 40
}

// AboveCeiling returns a message for each section of s that asks for more than the ceiling allows.
func (s Sections) AboveCeiling(ceiling Sections) map[Section]string {
	faults := map[Section]string{}
	for section, grant := range s {
		if limit := ceiling.open(section); grant.Above(limit) {
			faults[section] = fmt.Sprintf("%s is above the organization's ceiling, which is %s", grant, limit)
		}
	}
	return faults
}

// open is the grant of a section in a ceiling or an assignment, where what is left out is open.
func (s Sections) open(section Section) Grant {
	if grant, ok := s[section]; ok {
		return grant
	}
	return Edit
}

// closed is the grant of a section in a user's own grants, where what is left out is closed.
func (s Sections) closed(section Section) Grant {
	if grant, ok := s[section]; ok {
		return grant
	}
	return None
}

// Opened is s with every section named, those left out at edit: how ceilings
// and assignments are shown.
func (s Sections) Opened() Sections { return s.filled(s.open) }

// Closed is s with every section named, those left out at none: how a user's own grants are shown.
func (s Sections) Closed() Sections { return s.filled(s.closed) }

// Limits is s without what goes without saying in a ceiling or an assignment:
// how they are stored.
func (s Sections) Limits() Sections { return s.without(Edit) }

// Given is s without what goes without saying in a user's own grants: how they are stored.
func (s Sections) Given() Sections { return s.without(None) }

func (s Sections) without(usual Grant) Sections {
	rest := Sections{}
	for section, grant := range s {
		if grant != usual {
			rest[section] = grant
		}
	}
	return rest
}

func (s Sections) filled(grant func(Section) Grant) Sections {
	all := make(Sections, len(BuiltIn)+len(s))
	for section := range s {
		all[section] = grant(section)
	}
	for _, section := range BuiltIn {
		all[section] = grant(section)
	}
	return all
}

// Decider names what settled a grant.
type Decider string

// The deciders. Of ceiling, assignment and user, the first that gives the
// lowest grant decides; agents and status shut everything.
const (
	ByCeiling    Decider = "ceiling"
	ByAssignment Decider = "assignment"
	ByUser       Decider = "user"
	ByAgents     Decider = "agents"
	ByStatus     Decider = "status"
)

// Explanation is why a user may do what they may in one section.
type Explanation struct {
	Effective  Grant   `json:"effective" enum:"none,view,edit" doc:"What the user may do."`
	Ceiling    Grant   `json:"ceiling" enum:"none,view,edit" doc:"The most that the organization may have."`
	Assignment Grant   `json:"assignment" enum:"none,view,edit" doc:"What the organization sees of this agent."`
	User       Grant   `json:"user" enum:"none,view,edit" doc:"The user's own grant."`
	DecidedBy  Decider `json:"decidedBy" enum:"ceiling,assignment,user,agents,status" doc:"Which of them settled it."`
}

// Standing is all that a user's rights on one agent follow from.
type Standing struct {
	Ceiling    Sections
	Assignment Sections
	User       Sections
	// Tabs are the sections of the workspace's custom tabs.
	Tabs []Section
	// HasAgent: the agent is assigned to the organization and is one of the user's.
	HasAgent bool
	// Active: user and organization both are.
	Active bool
}

// Explain answers for every section there is: the built-in ones, the custom
// tabs, and what any of the three still names.
func (s Standing) Explain() map[Section]Explanation {
	all := map[Section]Explanation{}
	for _, tab := range s.Tabs {
		all[tab] = s.explain(tab)
	}
	for _, named := range []Sections{s.Ceiling.Opened(), s.Assignment, s.User} {
		for section := range named {
			all[section] = s.explain(section)
		}
	}
	return all
}

// Effective is Explain without the reasons.
func (s Standing) Effective() Sections {
	effective := Sections{}
	for section, explanation := range s.Explain() {
		effective[section] = explanation.Effective
	}
	return effective
}

// Highest is, for each section of either, the higher of both grants; what only
// one of them names is that one's.
func (s Sections) Highest(other Sections) Sections {
	highest := maps.Clone(s)
	if highest == nil {
		highest = Sections{}
	}
	for section, grant := range other {
		if had, ok := highest[section]; !ok || grant.Above(had) {
			highest[section] = grant
		}
	}
	return highest
}

// Throughout is the same grant for every built-in section and these tabs.
func Throughout(grant Grant, tabs []Section) Sections {
	all := Sections{}
	for _, section := range slices.Concat(BuiltIn, tabs) {
		all[section] = grant
	}
	return all
}

func (s Standing) explain(section Section) Explanation {
	e := Explanation{
		Ceiling:    s.Ceiling.open(section),
		Assignment: s.Assignment.open(section),
		User:       s.User.closed(section),
	}
	e.Effective, e.DecidedBy = e.Ceiling, ByCeiling
	if e.Effective.Above(e.Assignment) {
		e.Effective, e.DecidedBy = e.Assignment, ByAssignment
	}
	if e.Effective.Above(e.User) {
		e.Effective, e.DecidedBy = e.User, ByUser
	}
	if !s.HasAgent {
		e.Effective, e.DecidedBy = None, ByAgents
	}
	if !s.Active {
		e.Effective, e.DecidedBy = None, ByStatus
	}
	return e
}

// Within is what is left of grants below a ceiling.
func (s Sections) Within(ceiling Sections) Sections {
	within := Sections{}
	for section, grant := range s {
		if limit := ceiling.open(section); grant.Above(limit) {
			grant = limit
		}
		within[section] = grant
	}
	return within
}
