// Package organization is the agency's clients: what one is, its life from
// opening to purge, and the operations on it.
package organization

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/problem"
	"atrium/shared/text"
)

// Status is where an organization stands in its life.
type Status string

// The statuses. Only an active organization lets its people in and takes
// handoffs; archived and deleted ones cannot be changed but for their status.
const (
	Active    Status = "active"
	Suspended Status = "suspended"
	Archived  Status = "archived"
	Deleted   Status = "deleted"
)

// Grace is how long a deleted organization can be brought back.
const Grace = 30 * 24 * time.Hour

// Brand is what an organization shows instead of the workspace's own.
type Brand struct {
	PrimaryColor string `json:"primaryColor" required:"false" maxLength:"7" example:"#1a73e8" doc:"#rrggbb; empty for the workspace's."`
	DarkMode     bool   `json:"darkMode" required:"false" doc:"Whether the dashboard begins in its dark theme."`
	Font         string `json:"font" required:"false" maxLength:"80" example:"Inter" doc:"A font's name; empty for the workspace's."`
}

// Handoff is how chats are handed to people.
type Handoff struct {
	Enabled  bool              `json:"enabled" required:"false" doc:"Whether teams take handoffs at all; true unless said otherwise."`
	Smart    bool              `json:"smart" required:"false" doc:"Whether the agent may offer a handoff by itself."`
	Messages map[string]string `json:"messages" required:"false" example:"{\"en\":\"We are back at nine.\"}" doc:"What to say when nobody is available, by language (en, es, pt-BR, …) or under default; at most 20 of 1,000 characters."`
}

// UnmarshalJSON takes handoffs unless they are switched off.
func (h *Handoff) UnmarshalJSON(data []byte) error {
	type plain Handoff
	given := plain{Enabled: true}
	err := json.Unmarshal(data, &given)
	*h = Handoff(given)
	return err
}

// CannedResponse is a ready answer for people who take over chats.
type CannedResponse struct {
	Title string `json:"title" required:"false" maxLength:"120" example:"Greeting"`
	Text  string `json:"text" maxLength:"1000" example:"Hello! How can I help?"`
}

// Fields are what can be given when an organization is created, and changed later.
type Fields struct {
	Name            string            `json:"name" maxLength:"120" example:"Café del Mar" doc:"Unique in the workspace, whatever its case; accents count."`
	Status          Status            `json:"status" required:"false" enum:"active,suspended,archived" doc:"active unless said otherwise. A deleted organization is brought back by active."`
	Language        string            `json:"language" required:"false" enum:"en,es,fr,de,pt,it" doc:"en unless said otherwise."`
	Layout          string            `json:"layout" required:"false" enum:"vertical,horizontal" doc:"Where the dashboard has its tabs; vertical unless said otherwise."`
	TabOrder        []access.Section  `json:"tabOrder" required:"false" maxItems:"100" example:"[\"conversations\",\"tab:reports\"]" doc:"Sections in the order of the dashboard's tabs; those left out follow in their usual one."`
	Ceiling         access.Sections   `json:"ceiling" required:"false" maxProperties:"100" example:"{\"prompt\":\"none\"}" doc:"The most that its people may do, by section; edit where left out."`
	Brand           Brand             `json:"brand" required:"false"`
	Handoff         *Handoff          `json:"handoff" required:"false"`
	CannedResponses []CannedResponse  `json:"cannedResponses" required:"false" maxItems:"50" doc:"Ready answers for people who take over chats."`
	Billing         bool              `json:"billing" required:"false" doc:"Whether the client sees its billing."`
	Metadata        map[string]string `json:"metadata" required:"false" doc:"Your own notes: at most 50 keys of 40 characters, values of 500."`
	ExternalID      string            `json:"externalId" required:"false" maxLength:"200" example:"crm-4711" doc:"Your own id of it, unique in the workspace."`
	// LogoURL can only be taken away here; put-logo sets it.
	LogoURL *string `json:"logoUrl" required:"false" nullable:"true" doc:"Where its logo is; null when it has none. Set with PUT …/logo, removed with null."`
}

// Counts are kept with every change, not counted. They do not change the version.
type Counts struct {
	Agents             int `json:"agents"`
	Users              int `json:"users"`
	Teams              int `json:"teams"`
	PendingInvitations int `json:"pendingInvitations"`
}

// Organization is one client of the agency.
type Organization struct {
	api.Resource
	Fields
	Counts    Counts     `json:"counts"`
	DeletedAt *time.Time `json:"deletedAt,omitempty" doc:"When it was deleted."`
	PurgeAt   *time.Time `json:"purgeAt,omitempty" doc:"When it will be gone for good."`
}

// TransformSchema tells of the status that is not given, but come to.
func (Organization) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	status := *s.Properties["status"]
	status.Enum = append(slices.Clone(status.Enum), string(Deleted))
	status.Description = "deleted until it is brought back, or gone for good."
	s.Properties["status"] = &status
	return s
}

// Party is the organization in the activity log.
func (o Organization) Party() activity.Party {
	return activity.Party{Type: "organization", ID: o.ID, Name: o.Name}
}

// Limits beyond those of the schema.
const (
	maxMessages = 20
	maxMessage  = 1000
)

// settle fills in what was left out, and returns all that is wrong with the rest.
func (f *Fields) settle() error {
	f.complete()
	c := text.Check{At: "body"}
	c.Name("name", &f.Name)
	c.OneOf("status", string(f.Status), string(Active), string(Suspended), string(Archived))
	c.Language("language", f.Language)
	c.OneOf("layout", f.Layout, "vertical", "horizontal")
	for i, section := range f.TabOrder {
		switch {
		case !access.IsSection(section):
			c.Fault(fmt.Sprintf("tabOrder[%d]", i), "is no section")
		case slices.Contains(f.TabOrder[:i], section):
			c.Fault(fmt.Sprintf("tabOrder[%d]", i), "is named twice")
		}
	}
	for section, message := range f.Ceiling.Check() {
		c.Fault("ceiling."+section, message)
	}
	c.Color("brand.primaryColor", f.Brand.PrimaryColor)
	c.Font("brand.font", f.Brand.Font)
	f.Handoff.check(&c)
	for i := range f.CannedResponses {
		c.Line(fmt.Sprintf("cannedResponses[%d].title", i), f.CannedResponses[i].Title)
		c.Passage(fmt.Sprintf("cannedResponses[%d].text", i), f.CannedResponses[i].Text)
	}
	c.Metadata("metadata", f.Metadata)
	c.ExternalID("externalId", f.ExternalID)
	c.Size(f)
	return c.Err()
}

// defaults are the fields of an organization of which nothing was said.
func defaults() (f Fields) {
	f.complete()
	return f
}

func (f *Fields) complete() {
	if f.Status == "" {
		f.Status = Active
	}
	if f.Language == "" {
		f.Language = text.Languages[0]
	}
	if f.Layout == "" {
		f.Layout = "vertical"
	}
	if f.TabOrder == nil {
		f.TabOrder = []access.Section{}
	}
	if f.Handoff == nil {
		f.Handoff = &Handoff{Enabled: true}
	}
	if f.Handoff.Messages == nil {
		f.Handoff.Messages = map[string]string{}
	}
	if f.CannedResponses == nil {
		f.CannedResponses = []CannedResponse{}
	}
	if f.Metadata == nil {
		f.Metadata = map[string]string{}
	}
	f.Ceiling = f.Ceiling.Opened()
}

func (h Handoff) check(c *text.Check) {
	if len(h.Messages) > maxMessages {
		c.Fault("handoff.messages", fmt.Sprintf("has %d messages; at most %d are kept", len(h.Messages), maxMessages))
		return
	}
	for key, message := range h.Messages {
		if !text.IsLanguage(key) && key != "default" {
			c.Fault("handoff.messages", "has a key that is neither a language such as en or pt-BR, nor default")
			continue
		}
		place := "handoff.messages." + key
		c.Block(place, message)
		if utf8.RuneCountInString(message) > maxMessage {
			c.Fault(place, fmt.Sprintf("is longer than %d characters", maxMessage))
		}
	}
}

// Message is what to say in a language when nobody is available.
func (h Handoff) Message(language string) string {
	for _, key := range []string{language, "default"} {
		if message := h.Messages[key]; message != "" {
			return message
		}
	}
	if len(h.Messages) == 1 {
		for _, message := range h.Messages {
			return message
		}
	}
	return fallbacks[language]
}

var fallbacks = map[string]string{
	"en": "Nobody is available right now. Please leave a message, and we will get back to you.",
	"es": "Ahora mismo no hay nadie disponible. Deje un mensaje y le responderemos.",
	"fr": "Personne n’est disponible pour le moment. Laissez un message et nous vous répondrons.",
	"de": "Im Moment ist niemand verfügbar. Hinterlassen Sie eine Nachricht, wir melden uns.",
	"pt": "Ninguém está disponível neste momento. Deixe uma mensagem e responderemos.",
	"it": "Al momento non è disponibile nessuno. Lasci un messaggio e risponderemo.",
}

// takesHandoffs tells whether its teams do.
func (o Organization) takesHandoffs() bool { return o.Status == Active && o.Handoff.Enabled }

// gone tells whether the grace period is over, though the table still holds it.
func (o Organization) gone(now time.Time) bool { return o.PurgeAt != nil && !now.Before(*o.PurgeAt) }

// Admits says why a caller may not change anything in the organization, or nil.
func (o Organization) Admits(c *api.Call) error {
	switch {
	case o.ID == "" || o.gone(c.Now):
		return problem.NotFoundf("organization")
	case c.Principal.Type == access.Client && o.Status != Active:
		return problem.New(problem.OrganizationShut, "Your organization is not active. Ask your agency.")
	case o.Status == Archived || o.Status == Deleted:
		return problem.New(problem.ReadOnly, fmt.Sprintf("This organization is %s, and cannot be changed. Set its status to active first.", o.Status))
	default:
		return nil
	}
}
