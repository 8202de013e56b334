// Package agent is the AI agents that the agency runs, wherever they run: what
// Atrium knows of one, and the operations on it. What an agent has to do with
// an organization is an assignment, in the package of that name.
package agent

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/text"
)

// Status tells whether an agent is at work.
type Status string

// The statuses. Atrium shows them; the platform that runs the agent acts on them.
const (
	Active Status = "active"
	Paused Status = "paused"
)

// Tab is what a section of the dashboard shows of an agent.
type Tab struct {
	Section access.Section `json:"section" maxLength:"44" example:"tab:reports" doc:"A section of the dashboard, built in or a custom tab; at most one address for each."`
	URL     string         `json:"url" maxLength:"1000" minLength:"1" example:"https://reports.example/agents/4711" doc:"What the section shows; https."`
}

// Face is what an agent is to the people of a client.
type Face struct {
	Name        string   `json:"name" maxLength:"120" example:"Reception" doc:"Several agents may have the same."`
	Description string   `json:"description" required:"false" maxLength:"1000" example:"Takes bookings around the clock." doc:"What it does; may have several lines."`
	Status      Status   `json:"status" required:"false" enum:"active,paused" doc:"active unless said otherwise."`
	Channels    []string `json:"channels" required:"false" maxItems:"20" example:"[\"web\",\"whatsapp\"]" doc:"Where people reach it, in your own words; at most 20 of 40 characters, each once."`
	AvatarURL   string   `json:"avatarUrl" required:"false" maxLength:"1000" example:"https://cdn.example/reception.png" doc:"Its picture; https."`
	Tabs        []Tab    `json:"tabs" required:"false" maxItems:"20" doc:"What sections of the dashboard show of it."`
}

// Fields are what can be given when an agent is registered, and changed later.
type Fields struct {
	Face
	Provider   string            `json:"provider" required:"false" maxLength:"120" example:"convocore" doc:"The platform that runs it. Clients do not see it."`
	Metadata   map[string]string `json:"metadata" required:"false" doc:"Your own notes: at most 50 keys of 40 characters, values of 500."`
	ExternalID string            `json:"externalId" required:"false" maxLength:"200" example:"widget-4711" doc:"Its id on its platform, unique among the workspace's agents."`
}

// Agent is an AI agent or widget that the agency runs.
type Agent struct {
	api.Resource
	Fields
	OrganizationCount int `json:"organizationCount" doc:"How many organizations it is assigned to; kept with every change, without a new version."`
}

// Party is the agent in the activity log.
func (a Agent) Party() activity.Party {
	return activity.Party{Type: "agent", ID: a.ID, Name: a.Name}
}

// maxChannel is the most characters of a channel.
const maxChannel = 40

// settle fills in what was left out, and returns all that is wrong with the rest.
func (f *Fields) settle() error {
	f.complete()
	c := text.Check{At: "body"}
	c.Name("name", &f.Name)
	c.Block("description", f.Description)
	c.OneOf("status", string(f.Status), string(Active), string(Paused))
	c.URL("avatarUrl", f.AvatarURL)
	c.Line("provider", f.Provider)
	c.Metadata("metadata", f.Metadata)
	c.ExternalID("externalId", f.ExternalID)
	f.checkChannels(&c)
	f.checkTabs(&c)
	c.Size(f)
	return c.Err()
}

func (f *Face) checkChannels(c *text.Check) {
	for i := range f.Channels {
		place := fmt.Sprintf("channels[%d]", i)
		c.Name(place, &f.Channels[i])
		if utf8.RuneCountInString(f.Channels[i]) > maxChannel {
			c.Fault(place, fmt.Sprintf("is longer than %d characters", maxChannel))
		}
		if slices.Contains(f.Channels[:i], f.Channels[i]) {
			c.Fault(place, "stands further up already")
		}
	}
}

func (f *Face) checkTabs(c *text.Check) {
	shown := map[access.Section]bool{}
	for i, tab := range f.Tabs {
		place := fmt.Sprintf("tabs[%d]", i)
		c.URL(place+".url", tab.URL)
		if message, faulty := (access.Sections{tab.Section: access.Edit}).Check()[tab.Section]; faulty {
			c.Fault(place+".section", message)
		} else if shown[tab.Section] {
			c.Fault(place+".section", "has an address already, further up")
		}
		shown[tab.Section] = true
	}
}

// defaults are the fields of an agent of which nothing was said.
func defaults() (f Fields) {
	f.complete()
	return f
}

func (f *Fields) complete() {
	if f.Status == "" {
		f.Status = Active
	}
	if f.Channels == nil {
		f.Channels = []string{}
	}
	if f.Tabs == nil {
		f.Tabs = []Tab{}
	}
	if f.Metadata == nil {
		f.Metadata = map[string]string{}
	}
}
