package team

import (
	"context"

	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/table"
)

// nobodys is what a request under an Idempotency-Key has made when nobody took the chat.
const nobodys = "nobody"

// once is take under an Idempotency-Key.
func (in *routeInput) once(ctx context.Context, c *api.Call) (*routeOutput, error) {
	plan := func(ctx context.Context) (api.Plan[Handoff], error) { return in.plan(ctx, c) }
	return api.Optimistic(ctx, func(ctx context.Context) (*routeOutput, error) {
		handoff, replayed, err := api.OncePlanned(ctx, c, plan, in.again(c))
		if err != nil {
			return nil, err
		}
		return &routeOutput{Replayed: api.Replayed(replayed), Body: handoff}, nil
	})
}

// plan is the next turn, with the write that takes it. The key is to be
// written along with the turn, so the team is read first: whose turn it is
// must be known by then.
func (in *routeInput) plan(ctx context.Context, c *api.Call) (api.Plan[Handoff], error) {
	r, err := load(ctx, c, in.Organization, in.Key)
	if err != nil {
		return api.Plan[Handoff]{}, err
	}
	if !r.ready() {
		handoff, err := in.nobody(ctx, c)
		return api.Plan[Handoff]{Made: nobodys, Result: handoff}, err
	}
	card := r.takes(r.HandoffCount + 1)
	return api.Plan[Handoff]{Made: card.ID, Result: in.taken(card), Writes: []*table.Write{r.give(card)}}, nil
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
