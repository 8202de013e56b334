package team

import (
	"context"

	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/table"
)

// nobodys is what a request under an Idempotency-Key has made when nobody took the chat.
const nobodys = "nobody"

// once is take under an Idempotency-Key. The key is to be written along with
// the turn, so the team is read first: whose turn it is must be known by then.
func (in *routeInput) once(ctx context.Context, c *api.Call) (*routeOutput, error) {
	return api.Optimistic(ctx, func(ctx context.Context) (*routeOutput, error) {
		r, err := load(ctx, c, in.Organization, in.Key)
		if err != nil {
			return nil, err
		}
		var handoff Handoff
		var writes []*table.Write
		made := nobodys
		if r.ready() {
			card := r.takes(r.HandoffCount + 1)
			made, handoff, writes = card.ID, in.taken(card), []*table.Write{r.give(card)}
		} else if handoff, err = in.nobody(ctx, c); err != nil {
			return nil, err
		}
		handoff, replayed, err := api.Once(ctx, c, made, handoff, writes, in.again(c))
		if err != nil {
			return nil, err
		}
		return &routeOutput{Replayed: api.Replayed(replayed), Body: handoff}, nil
	})
}

// again is the answer given before, with the user as they are now. Somebody
// who is no longer a user of the organization takes no chats: then it is as if
// nobody had been there.
func (in *routeInput) again(c *api.Call) func(context.Context, string) (Handoff, error) {
	return func(ctx context.Context, made string) (Handoff, error) {
		if !id.Is(id.User, made) {
			return in.nobody(ctx, c)
		}
		people, wants := wanted(c, in.Organization, []string{made})
		if err := c.Table.Fetch(ctx, wants...); err != nil {
			return Handoff{}, err
		}
		if people[0].ID == "" {
			return in.nobody(ctx, c)
		}
		return in.taken(people[0].card()), nil
	}
}
