// Package user is the people of an agency's clients, each in one organization:
// what one is, what one may do, and the operations on them.
package user

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/roster"
	"atrium/shared/text"
)

// Status is where a user stands between being invited and being let in.
type Status string

// The statuses. Only an active user gets in.
const (
	Invited   Status = "invited"
	Active    Status = roster.Active
	Suspended Status = "suspended"
)

// Availability is whether a user takes chats right now.
type Availability string

// The availabilities. Only who is online is handed any.
const (
	Online  Availability = roster.Online
	Away    Availability = "away"
	Offline Availability = "offline"
)

// Fields are what can be given when a user is added, and changed later.
type Fields struct {
	Name         string            `json:"name" maxLength:"120" example:"Ann Lee"`
	Email        string            `json:"email" maxLength:"254" example:"ann@example.com" doc:"Unique in the organization; kept in lower case, its domain in punycode."`
	AvatarURL    string            `json:"avatarUrl" required:"false" maxLength:"1000" example:"https://example.com/ann.png" doc:"An https address; empty for none."`
	Role         access.Role       `json:"role" required:"false" enum:"org_admin,user" doc:"user unless said otherwise. An org_admin manages the organization's details, users, teams and invitations."`
	Sections     access.Sections   `json:"sections" required:"false" maxProperties:"100" example:"{\"home\":\"view\",\"conversations\":\"edit\"}" doc:"What the user may do, by section, up to the organization's ceiling: none where left out. home: view unless any are given. At most 27 can be granted."`
	Agents       Agents            `json:"agents" required:"false" doc:"The agents that the user sees: all that are assigned to the organization (unless said otherwise), or some of them."`
	Teams        []string          `json:"teams" required:"false" maxItems:"20" dynamodbav:",omitempty,stringset" example:"[\"customer_support\"]" doc:"The keys of the teams that the user is on, each once."`
	Status       Status            `json:"status" required:"false" enum:"invited,active,suspended" doc:"active unless said otherwise; can be set to active and suspended. A user is invited until the invitation is accepted."`
	Availability Availability      `json:"availability" required:"false" enum:"online,away,offline" doc:"offline unless said otherwise. Only who is online, and active, is handed chats."`
	Language     string            `json:"language" required:"false" maxLength:"2" example:"es" doc:"One of en, es, fr, de, pt, it; empty for the organization's."`
	Metadata     map[string]string `json:"metadata" required:"false" doc:"Your own notes: at most 50 keys of 40 characters, values of 500."`
	ExternalID   string            `json:"externalId" required:"false" maxLength:"200" example:"crm-4711" doc:"Your own id of the user, unique in the organization."`
}

// User is a person of a client, in one organization.
type User struct {
	api.Resource
	Fields
	LastSeenAt *time.Time `json:"lastSeenAt" dynamodbav:",omitempty" doc:"When the user was last here; null for never."`
}

// Party is the user in the activity log.
func (u User) Party() activity.Party { return activity.Party{Type: "user", ID: u.ID, Name: u.Name} }

// Settle fills in what was left out, and returns all that is wrong with the rest.
func (f *Fields) Settle() error {
	f.complete()
	c := text.Check{At: "body"}
	c.Name("name", &f.Name)
	c.Email("email", &f.Email)
	c.URL("avatarUrl", f.AvatarURL)
	c.OneOf("role", string(f.Role), string(access.OrgAdmin), string(access.User))
	faultsOf(&c, f.Sections.Check())
	f.checkGrants(&c)
	f.checkNames(&c)
	c.OneOf("status", string(f.Status), string(Invited), string(Active), string(Suspended))
	c.OneOf("availability", string(f.Availability), string(Online), string(Away), string(Offline))
	if f.Language != "" {
		c.Language("language", f.Language)
	}
	c.Metadata("metadata", f.Metadata)
	c.ExternalID("externalId", f.ExternalID)
	return c.Err()
}

// faultsOf adds what is wrong with sections, in their order.
func faultsOf(c *text.Check, faults map[access.Section]string) {
	for _, section := range slices.Sorted(maps.Keys(faults)) {
		c.Fault("sections."+section, faults[section])
	}
}

// maxGranted is how many sections a dashboard can have: the built-in ones, and
// the 20 custom tabs of a workspace. Each is a condition on the one write that
// holds a new user's grants against the ceiling, which has no room for 75.
var maxGranted = len(access.BuiltIn) + 20

func (f *Fields) checkGrants(c *text.Check) {
	if granted := len(f.Sections.Given()); granted > maxGranted {
		c.Fault("sections", fmt.Sprintf("grants %d sections; a dashboard has at most %d. Set those to none that it no longer has", granted, maxGranted))
	}
}

// checkNames refuses what can name no agent and no team, so that it never
// reaches a key, and what is named twice.
func (f *Fields) checkNames(c *text.Check) {
	f.Agents.check(c)
	for i, team := range f.Teams {
		place := fmt.Sprintf("teams[%d]", i)
		if !roster.IsTeamKey(team) {
			c.Fault(place, noTeam)
		}
		checkOnce(c, place, f.Teams, i)
	}
}

// checkOnce refuses the ith of names if it stands before it, too. It is no part
// of the schema: huma panics where what must be unique is a list or an object.
func checkOnce(c *text.Check, place string, names []string, i int) {
	if slices.Contains(names[:i], names[i]) {
		c.Fault(place, "is named before already; name each once")
	}
}

const (
	noAgent = "is no agent that is assigned to this organization"
	noTeam  = "is no team of this organization"
)

// defaults are the fields of a user of whom nothing was said.
func defaults() (f Fields) {
	f.complete()
	return f
}

func (f *Fields) complete() {
	if f.Role == "" {
		f.Role = access.User
	}
	if f.Sections == nil {
		f.Sections = access.Sections{"home": access.View}
	}
	f.Sections = f.Sections.Closed()
	if f.Agents.IDs == nil && !f.Agents.wrong {
		f.Agents = Agents{All: true}
	}
	if f.Teams == nil {
		f.Teams = []string{}
	}
	if f.Status == "" {
		f.Status = Active
	}
	if f.Availability == "" {
		f.Availability = Offline
	}
	if f.Metadata == nil {
		f.Metadata = map[string]string{}
	}
}
