// Package team is groups of an organization's users that chats are handed off
// to: what one is, who is on it, and whose turn it is.
package team

import (
	"slices"
	"strings"

	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/roster"
	"atrium/shared/text"
)

// Routing is how a team's handoffs are dealt out among those on duty.
type Routing string

// The routings: one after the other, or to whoever has waited longest.
const (
	RoundRobin  Routing = roster.ByTurns
	LeastRecent Routing = "least_recent"
)

// Details are what a team is, apart from who is on it.
type Details struct {
	Label       string            `json:"label" required:"false" minLength:"1" maxLength:"120" example:"Customer support" doc:"Its name for people; that of its key unless said otherwise."`
	Description string            `json:"description" required:"false" maxLength:"1000" example:"Answers on weekdays from nine to five." doc:"What it is for; may have several lines."`
	Routing     Routing           `json:"routing" required:"false" enum:"round_robin,least_recent" doc:"How handoffs are dealt out among those on duty: by turns (unless said otherwise), or to who has waited longest."`
	Metadata    map[string]string `json:"metadata" required:"false" doc:"Your own notes: at most 50 keys of 40 characters, values of 500."`
}

// Fields are what can be given when a team is made, and changed later.
type Fields struct {
	Details
	Members []string `json:"members" required:"false" maxItems:"50" example:"[\"usr_01jd6v0c8ge2rs2k9v2q1m4t7x\"]" doc:"Ids of users of the organization, at most 50 here. Others are added with PUT …/members/{u}, up to 500."`
}

// Team is a group of an organization's users.
type Team struct {
	api.Resource
	Key string `json:"key" example:"customer_support" doc:"What the team is addressed by; it is the id, and never changes."`
	Details
	Members      []string `json:"members" doc:"The ids of its users, in order."`
	HandoffCount int      `json:"handoffCount" doc:"How many chats were handed to its members so far."`
}

// Party is the team in the activity log.
func (t Team) Party() activity.Party {
	return activity.Party{Type: "team", ID: t.Key, Name: t.Label}
}

// settle fills in what was left out of the fields of the team of that key, and
// returns all that is wrong with the rest.
func (f *Fields) settle(key string) error {
	f.complete(key)
	c := text.Check{At: "body"}
	c.Name("label", &f.Label)
	c.Block("description", f.Description)
	c.OneOf("routing", string(f.Routing), string(RoundRobin), string(LeastRecent))
	c.Metadata("metadata", f.Metadata)
	return c.Err()
}

// defaults are the fields of a team of which nothing but the key was said.
func defaults(key string) (f Fields) {
	f.complete(key)
	return f
}

func (f *Fields) complete(key string) {
	if f.Label == "" {
		f.Label = inWords(key)
	}
	if f.Routing == "" {
		f.Routing = RoundRobin
	}
	if f.Metadata == nil {
		f.Metadata = map[string]string{}
	}
	// A set: the order, and saying a name twice, mean nothing.
	members := append([]string{}, f.Members...)
	slices.Sort(members)
	f.Members = slices.Compact(members)
}

// inWords is customer_support as "Customer support".
func inWords(key string) string {
	words := strings.Join(strings.FieldsFunc(key, func(r rune) bool { return r == '_' }), " ")
	return strings.ToUpper(words[:1]) + words[1:]
}
