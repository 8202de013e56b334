package team

import (
	"context"
	"errors"
	"net/http"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/organization"
	"atrium/shared/roster"
	"atrium/shared/table"
	"atrium/shared/text"
)

// Route hands a chat to the next member of a team.
var Route = api.Operation{
	Name: "route-handoff", Method: http.MethodPost, Path: "/organizations/{o}/teams/{t}/handoffs", Tag: "Handoffs",
	Summary: "Hand a chat to a team",
	Description: "Answers who of a team takes the chat: the next of its members who are active and online, by the team's routing. No two calls get the same turn. " +
		"By `round_robin` they take one turn after the other, and who comes on duty stands at the end; `least_recent` goes to who has waited longest, at the cost of a second write. " +
		"When nobody is available, or the organization takes no handoffs, `available` is false and `fallback` has the message for the visitor: that is an ordinary answer. " +
		"What is handed over is counted in the team's `handoffCount`. The body may be left out; what it says is not kept.",
	May:     access.Rule{Staff: access.Member, Scope: access.HandoffsWrite},
	Handler: api.Func[routeInput, routeOutput](route),
}

type routeInput struct {
	api.Idempotent
	Organization string `path:"o" doc:"The organization's id."`
	Key          string `path:"t" doc:"The team's key."`
	Body         *struct {
		ConversationID string `json:"conversationId" required:"false" maxLength:"200" example:"conv-4711" doc:"The chat, by your own id."`
		RequestedBy    string `json:"requestedBy" required:"false" maxLength:"200" example:"Support bot" doc:"Who asks for it: an agent, or a visitor."`
	}
}

type routeOutput struct {
	Replayed string `header:"Idempotent-Replayed" doc:"true when an Idempotency-Key was seen before and nothing was done."`
	Body     Handoff
}

// Handoff is who takes a chat, or what to say when nobody does.
type Handoff struct {
	Available bool      `json:"available" doc:"Whether somebody takes the chat."`
	Team      string    `json:"team" example:"customer_support" doc:"The team's key."`
	User      *Taker    `json:"user,omitempty" doc:"Who takes it, when available."`
	Fallback  *Fallback `json:"fallback,omitempty" doc:"What to do when nobody does."`
}

// Taker is the member who takes a chat.
type Taker struct {
	ID        string `json:"id" example:"usr_01jd6v0c8ge2rs2k9v2q1m4t7x"`
	Name      string `json:"name" example:"Ann Lee"`
	Email     string `json:"email" example:"ann@example.com"`
	AvatarURL string `json:"avatarUrl"`
}

// Fallback stands in for a person.
type Fallback struct {
	Message string `json:"message" example:"We are back at nine." doc:"What to tell the visitor, in the organization's language."`
}

func route(ctx context.Context, c *api.Call, in *routeInput) (*routeOutput, error) {
	at, err := locate(c, in.Organization, in.Key)
	if err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	if c.Idempotency != nil {
		return in.once(ctx, c)
	}
	handoff, err := in.take(ctx, c, at)
	return &routeOutput{Body: handoff}, err
}

func (in *routeInput) check() error {
	check := text.Check{At: "body"}
	if in.Body != nil {
		check.Line("conversationId", in.Body.ConversationID)
		check.Line("requestedBy", in.Body.RequestedBy)
	}
	return check.Err()
}

// take deals out the next turn: one update, which callers at once never wait for.
func (in *routeInput) take(ctx context.Context, c *api.Call, at table.Key) (Handoff, error) {
	var r Record
	err := c.Table.UpdateOne(ctx, deal(at), &r)
	if errors.Is(err, errNobody) {
		return in.nobody(ctx, c)
	}
	if err != nil {
		return Handoff{}, err
	}
	if r.Routing == LeastRecent {
		note(ctx, c, r.remember())
	}
	if r.Crowded() {
		note(ctx, c, r.Settle(r.Key, string(r.Routing)))
	}
	return in.taken(ctx, c, r.takes(r.HandoffCount))
}

// noteTime is how long an answer waits for a note. The turn is taken by then:
// a caller who gave up would only come for another.
const noteTime = 200 * time.Millisecond

// note makes a write that the next turns go by more easily. Should it fail, the
// next handoff that can will make up for it.
func note(ctx context.Context, c *api.Call, w *table.Write) {
	ctx, cancel := context.WithTimeout(ctx, noteTime)
	defer cancel()
	_ = c.Table.UpdateOne(ctx, w, &struct{}{})
}

// taken is the answer with who takes the chat. Of somebody with a long name,
// address and picture the team has the id only: that costs a read.
func (in *routeInput) taken(ctx context.Context, c *api.Call, card roster.Card) (Handoff, error) {
	if !card.Whole() {
		return in.takenBy(ctx, c, card.ID)
	}
	taker := Taker(card)
	return Handoff{Available: true, Team: in.Key, User: &taker}, nil
}

// takenBy is the answer with the user as they are now. Somebody who is no
// longer a user of the organization takes no chats: then it is as if nobody
// had been there.
func (in *routeInput) takenBy(ctx context.Context, c *api.Call, user string) (Handoff, error) {
	people, wants := wanted(c, in.Organization, []string{user})
	if err := c.Table.Fetch(ctx, wants...); err != nil {
		return Handoff{}, err
	}
	if people[0].ID == "" {
		return in.nobody(ctx, c)
	}
	taker := Taker(people[0].card())
	return Handoff{Available: true, Team: in.Key, User: &taker}, nil
}

func (in *routeInput) nobody(ctx context.Context, c *api.Call) (Handoff, error) {
	o, err := organization.Load(ctx, c, in.Organization)
	if err != nil {
		return Handoff{}, err
	}
	shown := o.Shown(c)
	return Handoff{Team: in.Key, Fallback: &Fallback{Message: shown.Handoff.Message(shown.Language)}}, nil
}
