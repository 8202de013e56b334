// Package me is what whoever is signed in is told of themselves, in one answer:
// who they are, what else they could be, how their dashboard looks and what
// they may do in it. It is the first thing that the dashboard asks for.
package me

import (
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"atrium/shared/access"
	"atrium/shared/agent"
	"atrium/shared/letterhead"
	"atrium/shared/organization"
	"atrium/shared/user"
	"atrium/shared/workspace"
)

// Me is whoever is signed in.
type Me struct {
	Principal    *Principal            `json:"principal" doc:"Who the access token or the API key speaks for; null while a person is to choose among memberships."`
	Organization *organization.Summary `json:"organization" doc:"The principal's; null for who belongs to none."`
	Workspace    Workspace             `json:"workspace"`
	Brand        Brand                 `json:"brand"`
	Sections     access.Sections       `json:"sections" example:"{\"home\":\"view\",\"conversations\":\"edit\"}" doc:"Every section of the dashboard: the highest of the grants on agents."`
	TabOrder     []access.Section      `json:"tabOrder" example:"[\"conversations\",\"home\"]" doc:"The sections that the organization has put first, in order; empty for who belongs to none."`
	Agents       []Agent               `json:"agents" doc:"Those that a client's person sees; none for others, who list the workspace's."`
	Memberships  []Membership          `json:"memberships" doc:"All that the person is in this workspace."`
}

// TransformSchema says that there may be no principal and no organization:
// huma knows of null for plain values only.
func (Me) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	for _, name := range []string{"principal", "organization"} {
		property := *s.Properties[name]
		either := &huma.Schema{OneOf: []*huma.Schema{&property}, Nullable: true, Description: property.Description}
		s.Properties[name], property.Description = either, ""
	}
	return s
}

// ETag is that of the principal, which update-me changes; it is empty where it cannot.
func (m Me) ETag() string {
	if m.Principal == nil || m.Principal.Version == 0 {
		return ""
	}
	return `"` + strconv.Itoa(m.Principal.Version) + `"`
}

// Principal is who calls, and what there is to say of them.
type Principal struct {
	ID           string            `json:"id" example:"usr_01jd6v0c8ge2rs2k9v2q1m4t7x"`
	Type         access.Type       `json:"type" enum:"staff,user,key"`
	Name         string            `json:"name" example:"Ann Lee"`
	Email        string            `json:"email" example:"ann@example.com" doc:"Empty for API keys."`
	Role         access.Role       `json:"role" enum:"owner,admin,member,org_admin,user,key"`
	Organization string            `json:"organization,omitempty" example:"org_01jd6v0c8ge2rs2k9v2q1m4t7x" doc:"The id of the organization that a client's person belongs to, or that an API key is for."`
	Workspace    string            `json:"workspace" example:"ws_01jd6v0c8ge2rs2k9v2q1m4t7x"`
	Actor        *Actor            `json:"actor,omitempty" doc:"Who of the staff really acts, when they look at the dashboard as this user."`
	AvatarURL    string            `json:"avatarUrl,omitempty" example:"https://example.com/ann.png" doc:"A user's picture."`
	Language     string            `json:"language,omitempty" example:"es" doc:"A user's language; absent for the organization's."`
	Availability user.Availability `json:"availability,omitempty" enum:"online,away,offline" doc:"Whether a user takes chats."`
	Version      int               `json:"version,omitempty" example:"3" doc:"Rises by one with every change of the principal; the ETag is this number, quoted."`
}

// Actor is one of the staff who looks at the dashboard as somebody else.
type Actor struct {
	ID    string `json:"id" example:"stf_01jd6v0c8ge2rs2k9v2q1m4t7x"`
	Name  string `json:"name" example:"Olga Marin"`
	Email string `json:"email" example:"olga@agency.example"`
}

// Workspace is what everybody in it may know of a workspace.
type Workspace struct {
	ID           string          `json:"id" example:"ws_01jd6v0c8ge2rs2k9v2q1m4t7x"`
	Name         string          `json:"name" example:"Agency Ltd"`
	SupportEmail string          `json:"supportEmail" example:"support@agency.example" doc:"Whom clients write to when they need help."`
	Language     string          `json:"language" example:"en"`
	CustomTabs   []workspace.Tab `json:"customTabs" doc:"The workspace's own tabs that the principal sees: those of a section above none, and those that are always visible. Staff see all."`
}

// Brand is how the dashboard looks: the organization's brand over the workspace's.
type Brand struct {
	Name string `json:"name" example:"Café del Mar" doc:"The organization's, or else the workspace's."`
	letterhead.Brand
	LogoURL *string `json:"logoUrl" nullable:"true" doc:"The organization's logo, or else the workspace's; null without one."`
}

// Agent is an agent, and what the user may do with it.
type Agent struct {
	ID string `json:"id" example:"agt_01jd6v0c8gf4zs3w7x5h2n6p9q"`
	agent.Face
	Sections access.Sections `json:"sections" example:"{\"home\":\"view\",\"conversations\":\"edit\"}" doc:"What the user may do with this agent, in every section of the dashboard. The agent's tabs are those of sections that the user sees."`
}

// Membership is one of the things that a person is in a workspace.
type Membership struct {
	ID           string        `json:"id" example:"usr_01jd6v0c8ge2rs2k9v2q1m4t7x" doc:"To be named as principal with PUT /session."`
	Type         access.Type   `json:"type" enum:"staff,user"`
	Name         string        `json:"name" example:"Ann Lee"`
	Role         access.Role   `json:"role" enum:"owner,admin,member,org_admin,user"`
	Organization *Organization `json:"organization,omitempty" doc:"Absent for staff."`
	Status       string        `json:"status" enum:"invited,active,suspended" doc:"Only active ones, of an active organization, can be chosen."`
	Current      bool          `json:"current" doc:"Whether it is the principal."`
}

// Organization is which one a membership is of.
type Organization struct {
	ID     string              `json:"id" example:"org_01jd6v0c8ge2rs2k9v2q1m4t7x"`
	Name   string              `json:"name" example:"Café del Mar"`
	Status organization.Status `json:"status" enum:"active,suspended,archived"`
}
