package courier

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"atrium/shared/outbox"
	"atrium/shared/session"
	"atrium/shared/table"
)

// Follow does what a change in the table asks of it: nothing, of most.
func (c *Courier) Follow(ctx context.Context, _ *table.Table, change table.Transition) error {
	switch {
	case change.After == nil:
		return nil
	case change.After.String("outbox") == string(outbox.Due):
		return c.deliver(ctx, change.After)
	case strings.HasPrefix(change.Key.PK, session.Requests):
		return session.FanOut(ctx, c.call(""), change)
	default:
		return nil
	}
}

// sweepAttempt is how long one attempt of a sweep may take: longer than SES may.
const sweepAttempt = 25 * time.Second

// Sweep makes an attempt at all that is due by now: what was postponed, and
// what nothing was heard of. One that fails keeps nothing back from the others.
// When the context ends, it begins no other attempt, and finishes those under
// way: one that was cut off would be unknown, though SES had answered.
func (c *Courier) Sweep(ctx context.Context) error {
	var failures failures
	err := c.Table.Each(ctx, outbox.Overdue(c.Now()), func(item table.Item) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		attempt, cancel := context.WithTimeout(context.WithoutCancel(ctx), sweepAttempt)
		defer cancel()
		failures.note(c.deliver(attempt, item))
		return nil
	})
	return errors.Join(err, failures.first)
}

// failures keeps the first of those that come from several at once.
type failures struct {
	mu    sync.Mutex
	first error
}

func (f *failures) note(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.first == nil {
		f.first = err
	}
}
