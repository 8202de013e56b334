// Package mail is the mails themselves: what people read when an agency
// invites them, lets them sign in, or changes what they may do.
//
// A mail is made of three things that are kept apart, so that each can be read
// and changed alone: what it says, a folder per message with its subject, HTML
// and text; the words for it, one file per language in words/; and how all of
// them look, in frame/. Sending, preview and dry run call the same Render, so
// what is previewed is what is sent.
//
// Names and notes are typed by people whom the reader does not know. They
// arrive as text whatever is in them, never as markup or a header, and no
// brand's colour makes a mail unreadable. Nothing is loaded but the logo, and
// nobody learns that a mail was opened.
//
// How to see them all: make mail.
package mail

import (
	"cmp"
	"time"
)

// Message is a mail that can be sent: a subject of one line, and the same in
// HTML and in plain text.
type Message struct{ Subject, HTML, Text string }

// Brand is whose mail it is. Only Name is needed.
type Brand struct {
	// Name stands at the head, beside the initial where there is no logo.
	Name string
	// LogoURL, Website, Privacy and Terms are left out if they are no https addresses.
	LogoURL string
	// Color is #rrggbb; the built-in one where it is anything else.
	Color string
	// Font is used where the reader's machine has it.
	Font string
	// Support is an e-mail address.
	Support string
	// Footer may have several lines.
	Footer                  string
	Website, Privacy, Terms string
}

// Section is a part of the dashboard, and what may be done in it.
type Section struct {
	// Key is home, conversations… or anything for a tab of the agency's own.
	Key string
	// Title is of a tab of the agency's own; built-in ones have theirs in each language.
	Title string
	// Grant is none, view or edit.
	Grant string
}

// Invitation asks somebody to become a user of an organization.
type Invitation struct {
	// To, Inviter, Agency and Note may be empty; Organization is the brand's name
	// where it is, and Agency may be the same.
	To, Inviter, Organization, Agency string
	// Note is what the inviter says themselves; it may have several lines.
	Note string
	// Role is org_admin or user.
	Role     string
	Sections []Section
	Link     string
	Expires  time.Time
}

// StaffInvitation asks somebody to become one of the agency's people.
type StaffInvitation struct {
	// To, Inviter and Agency may be empty.
	To, Inviter, Agency string
	// Role is owner, admin or member.
	Role    string
	Link    string
	Expires time.Time
}

// SignIn lets somebody in.
type SignIn struct {
	// To may be empty.
	To, Link string
	Expires  time.Time
}

// AccessChanged tells somebody that what they may do is no longer the same.
type AccessChanged struct {
	// To, By and Role may be empty; Role is the one they have now, and RoleBefore
	// another one that they had.
	To, Organization, By, Role, RoleBefore string
	Before, After                          []Section
	// Agents is how many agents they see, or all; empty where they see the same
	// as before. AgentsBefore may be empty.
	Agents, AgentsBefore string
	Link                 string
}

// Render writes the mail in a language, such as de or pt-BR, or in English
// where there are no words of it. It fails if Link is no https address.
func (i Invitation) Render(language string, b Brand, now time.Time) (Message, error) {
	if i.Agency == i.Organization {
		i.Agency = ""
	}
	return render("invitation", language, b, letter{
		To: i.To, By: i.Inviter, Organization: i.Organization, Agency: i.Agency, Note: i.Note, Role: i.Role,
		Rows: rows(nil, i.Sections), Link: i.Link, Left: until(i.Expires, now),
	})
}

// Render is Invitation.Render.
func (i StaffInvitation) Render(language string, b Brand, now time.Time) (Message, error) {
	return render("staff_invitation", language, b, letter{
		To: i.To, By: i.Inviter, Agency: cmp.Or(i.Agency, b.Name), Role: i.Role, Link: i.Link, Left: until(i.Expires, now),
	})
}

// Render is Invitation.Render.
func (s SignIn) Render(language string, b Brand, now time.Time) (Message, error) {
	return render("sign_in", language, b, letter{To: s.To, Link: s.Link, Left: until(s.Expires, now)})
}

// Render is Invitation.Render.
func (a AccessChanged) Render(language string, b Brand, _ time.Time) (Message, error) {
	return render("access_changed", language, b, letter{
		To: a.To, By: a.By, Organization: a.Organization, Role: a.Role, RoleWas: a.RoleBefore,
		Rows: rows(a.Before, a.After), Agents: a.Agents, AgentsWere: a.AgentsBefore, Link: a.Link,
	})
}
