// Package access decides who may do what. It is pure: no clock, no table, no
// HTTP, so that every rule can be read here and tested as a table.
//
// Two questions are answered. May this principal call this operation at all
// (Rule)? And what may this user do in a section of an agent's dashboard
// (Standing)? Both deny by default.
package access

import (
	"slices"
	"strings"
)

// Role is what a principal is in its workspace or organization.
type Role string

// Staff of the agency, people of a client, and programs with an API key.
const (
	Owner    Role = "owner"
	Admin    Role = "admin"
	Member   Role = "member"
	OrgAdmin Role = "org_admin"
	User     Role = "user"
	Key      Role = "key"
)

// Type is the family of a principal.
type Type string

// The families.
const (
	Staff  Type = "staff"
	Client Type = "user"
	APIKey Type = "key"
	// Unchosen is a person who has signed in and could be several principals:
	// they must choose before anything else.
	Unchosen Type = "unchosen"
)

// Scope is what an API key may do: `organizations:read`; `:write` includes `:read`.
type Scope string

// The scopes. An operation without a scope is out of reach of every key.
const (
	OrganizationsRead  Scope = "organizations:read"
	OrganizationsWrite Scope = "organizations:write"
	AgentsRead         Scope = "agents:read"
	AgentsWrite        Scope = "agents:write"
	UsersRead          Scope = "users:read"
	UsersWrite         Scope = "users:write"
	TeamsRead          Scope = "teams:read"
	TeamsWrite         Scope = "teams:write"
	InvitationsRead    Scope = "invitations:read"
	InvitationsWrite   Scope = "invitations:write"
	ActivityRead       Scope = "activity:read"
	HandoffsWrite      Scope = "handoffs:write"
)

// Includes tells whether a key that holds s may do what asked stands for.
func (s Scope) Includes(asked Scope) bool {
	if s == asked {
		return true
	}
	area, isRead := strings.CutSuffix(string(asked), ":read")
	return isRead && string(s) == area+":write"
}

// Principal is who calls, as the authorizer found out. The zero value is nobody.
type Principal struct {
	Type      Type
	ID        string
	Name      string
	Email     string
	Role      Role
	Workspace string
	// Organization is the one that a client's person belongs to, or that an
	// API key is bound to; empty for staff and workspace-wide keys.
	Organization string
	Scopes       []Scope
	// Session is the one that the caller came in by; API keys have none.
	Session string
	// Unproven is set where nobody has shown that Email is theirs: the session was
	// opened by a link that was handed over. It speaks for nobody else.
	Unproven bool
	// Actor is who really acts when staff look at the dashboard as a user.
	Actor *Actor
	// Refusal is why a credential that was sent is not accepted: a problem's
	// code. Then nobody is known.
	Refusal string
}

// Actor is one of the staff who acts as somebody else, and why.
type Actor struct {
	ID, Name, Email string
	// Role is the actor's own.
	Role Role
	// Reason is what they gave.
	Reason string
	// Write is set when they may also change what the user may.
	Write bool
}

// Known tells whether anybody is there at all.
func (p Principal) Known() bool { return p.Type != "" && p.Workspace != "" && p.Refusal == "" }

// Doer is the id of who really acts: of the one who looks at the dashboard as
// somebody else, not of that user.
func (p Principal) Doer() string {
	if p.Actor != nil {
		return p.Actor.ID
	}
	return p.ID
}

// ReadOnly tells whether p may change nothing.
func (p Principal) ReadOnly() bool { return p.Actor != nil && !p.Actor.Write }

// Confined tells whether p sees one organization only, and every other is a 404 to it.
func (p Principal) Confined() bool { return p.Type == Client || p.Organization != "" }

// isSomebody tells whether p is one of the staff or a client's person.
func (p Principal) isSomebody() bool {
	someone := Rule{Staff: Member, Client: User}
	return p.Type != APIKey && someone.admits(p, p.Organization)
}

// Rule is an operation's "who may", as the contract's table of operations
// gives it. A family that is left out may not.
type Rule struct {
	// Public operations ask for nobody.
	Public bool
	// SignedIn operations are everybody's own: each caller sees themselves.
	SignedIn bool
	// Self operations are what people change of themselves: no API key's, and
	// nobody's who is still to choose.
	Self bool
	// Staff is the least of owner > admin > member that may; empty: no staff.
	Staff Role
	// Client is the least of org_admin > user that may, in its own organization; empty: none.
	Client Role
	// Scope is what an API key must hold; empty: no key.
	Scope Scope
}

// Verdict is the answer of a Rule.
type Verdict string

// The verdicts, in the order in which they are found.
const (
	Allowed         Verdict = "allowed"
	Unauthenticated Verdict = "unauthenticated" // 401: nobody is known
	NotFound        Verdict = "not_found"       // 404: not the caller's organization
	Forbidden       Verdict = "forbidden"       // 403: known, and refused
)

// Decide says whether p may call an operation on an organization; organization
// is empty where the path names none. Another organization than one's own is
// not found, rather than forbidden: its existence is nobody's business.
func (r Rule) Decide(p Principal, organization string) Verdict {
	switch {
	case r.Public:
		return Allowed
	case !p.Known():
		return Unauthenticated
	case organization != "" && p.Confined() && p.Organization != organization:
		return NotFound
	case r.SignedIn, r.Self && p.isSomebody():
		return Allowed
	case r.admits(p, organization):
		return Allowed
	default:
		return Forbidden
	}
}

func (r Rule) admits(p Principal, organization string) bool {
	switch p.Type {
	case Staff:
		return atLeast([]Role{Member, Admin, Owner}, p.Role, r.Staff)
	case Client:
		return organization != "" && atLeast([]Role{User, OrgAdmin}, p.Role, r.Client)
	case APIKey:
		if r.Scope == "" || (p.Organization != "" && organization == "") {
			return false
		}
		return slices.ContainsFunc(p.Scopes, func(s Scope) bool { return s.Includes(r.Scope) })
	default:
		return false
	}
}

// atLeast tells whether role stands at or above least on the ladder. A role
// that is not on the ladder, and an empty least, never do.
func atLeast(ladder []Role, role, least Role) bool {
	have, want := slices.Index(ladder, role), slices.Index(ladder, least)
	return want >= 0 && have >= want
}
