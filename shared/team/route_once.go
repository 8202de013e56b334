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
	handoff, err := in.taken(ctx, c, card)
	return api.Plan[Handoff]{Made: card.ID, Result: handoff, Writes: []*table.Write{r.give()}}, err
}

// again is the answer given before.
func (in *routeInput) again(c *api.Call) func(context.Context, string) (Handoff, error) {
	return func(ctx context.Context, made string) (Handoff, error) {
		if !id.Is(id.User, made) {
			return in.nobody(ctx, c)
		}
		return in.takenBy(ctx, c, made)
	}
}
