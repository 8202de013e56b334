// Package invitation is how people get in: a stored invitation with a life of
// its own, the mail that carries its link, and what becomes of both.
//
// An invitation is to an organization, or to the agency's own staff. Its link
// is derived from it and stands nowhere (see token): sending it again makes a
// new generation, after which the old link is dead. Whatever opens a link by
// GET changes nothing, as scanners of mail do that, too.
package invitation

import (
	"cmp"
	"time"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/outbox"
	"atrium/shared/text"
	"atrium/shared/user"
)

// State is where an invitation stands in its life.
type State string

// The states. A pending one becomes one of the others, and stays that; but an
// expired one is pending again when it is sent again.
const (
	Pending  State = "pending"
	Accepted State = "accepted"
	Declined State = "declined"
	Revoked  State = "revoked"
	Expired  State = "expired"
)

// Limits, as the API's description gives them.
const (
	maxDays     = 30
	defaultDays = 7
	maxAtOnce   = 100
)

// Fields are what an invitation brings whoever accepts it.
type Fields struct {
	Name     string          `json:"name" required:"false" maxLength:"120" example:"Ann Lee" doc:"Who is invited; whoever accepts may say otherwise."`
	Role     access.Role     `json:"role" required:"false" enum:"org_admin,user" doc:"user unless said otherwise."`
	Sections access.Sections `json:"sections" required:"false" maxProperties:"100" example:"{\"home\":\"view\",\"conversations\":\"edit\"}" doc:"As of a user: none where left out; home: view unless any are given; nothing above the organization's ceiling."`
	Teams    []string        `json:"teams" required:"false" maxItems:"20" dynamodbav:",omitempty" example:"[\"customer_support\"]" doc:"The keys of the teams to join. One that is deleted or full by the time of acceptance is left out."`
	Agents   user.Agents     `json:"agents" required:"false" doc:"The agents that the user will see: all that are assigned to the organization (unless said otherwise), or some of them."`
	Language string          `json:"language" required:"false" maxLength:"2" example:"es" doc:"Of the mail, and then of the user: en, es, fr, de, pt or it; empty for the organization's."`
	Note     string          `json:"note" required:"false" maxLength:"1000" example:"Welcome aboard!\nWrite to me if anything is unclear." doc:"A few words of the inviter's, for the mail; may have several lines."`
}

// Invitation is an invitation to an organization, as its people see it.
type Invitation struct {
	api.Resource
	Email string `json:"email" example:"ann@example.com"`
	Fields
	State     State           `json:"state" enum:"pending,accepted,declined,revoked,expired" doc:"expired follows from the clock."`
	ExpiresAt time.Time       `json:"expiresAt"`
	InvitedBy activity.Party  `json:"invitedBy"`
	SentCount int             `json:"sentCount" doc:"How often a mail was sent, or was to be."`
	Delivery  outbox.Delivery `json:"delivery" doc:"What became of the last mail."`
	AcceptURL string          `json:"acceptUrl,omitempty" example:"https://clients.agency.example/invitation#3gEBohlDT9…" doc:"The link, only in the answer to an invitation that is not sent by mail. Keep it as you would a password."`
}

// Party is the invitation in the activity log.
func (i Invitation) Party() activity.Party {
	return activity.Party{Type: "invitation", ID: i.ID, Name: i.Email}
}

// Draft is one invitation that somebody asks for.
type Draft struct {
	Email string `json:"email" maxLength:"254" example:"ann@example.com"`
	Fields
	ExpiresInDays int   `json:"expiresInDays" required:"false" minimum:"1" maximum:"30" example:"7" doc:"For how many days the link works; 7 unless said otherwise."`
	SendEmail     *bool `json:"sendEmail" required:"false" doc:"Whether to send it by mail, true unless said otherwise. Where not, the answer has the link as acceptUrl."`
}

func (d Draft) mailed() bool { return d.SendEmail == nil || *d.SendEmail }

func (d Draft) days() int { return cmp.Or(d.ExpiresInDays, defaultDays) }

// settle fills in what was left out, and returns all that is wrong with the rest.
func (d *Draft) settle() error {
	given := user.Fields{
		Name: cmp.Or(d.Name, "?"), Email: d.Email, Role: d.Role, Sections: d.Sections, Teams: d.Teams, Agents: d.Agents, Language: d.Language,
	}
	err := given.Settle()
	c := text.Check{At: "body"}
	c.Block("note", d.Note)
	if d.ExpiresInDays < 0 || d.ExpiresInDays > maxDays {
		c.Fault("expiresInDays", "must be from 1 to 30")
	}
	if err := both(err, c.Err()); err != nil {
		return err
	}
	if d.Name != "" {
		d.Name = given.Name
	}
	d.Email, d.Role, d.Sections, d.Teams, d.Agents = given.Email, given.Role, given.Sections, given.Teams, given.Agents
	return nil
}
