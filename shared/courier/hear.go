package courier

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"atrium/shared/mail/ses"
	"atrium/shared/outbox"
	"atrium/shared/table"
	"atrium/shared/text"
)

// Hear takes in what SES tells of mails, in its own shape. What it cannot read
// is an error, after all the rest was taken in.
func (c *Courier) Hear(ctx context.Context, payload []byte) error {
	events, err := ses.Events(payload)
	errs := []error{err}
	for _, e := range events {
		errs = append(errs, c.hear(ctx, e))
	}
	return errors.Join(errs...)
}

func (c *Courier) hear(ctx context.Context, e ses.Event) error {
	key, send, err := outbox.Tagged(e.Tags)
	if err != nil {
		// Another program's mail, sent with our configuration set.
		slog.WarnContext(ctx, "an event of no mail of ours", "kind", string(e.Kind))
		return nil
	}
	told := outbox.Told{State: stateOf(e), Reason: e.Reason, At: e.At.UTC().Truncate(time.Millisecond)}
	if told.State == outbox.None {
		return nil
	}
	if err := outbox.Hear(ctx, c.Table, key, send, told); err != nil {
		return err
	}
	return c.remember(ctx, workspaceOf(key), e)
}

func stateOf(e ses.Event) outbox.State {
	switch e.Kind {
	case ses.Send:
		return outbox.Sent
	case ses.Delivery:
		return outbox.Delivered
	case ses.Delay:
		return outbox.Deferred
	case ses.Complaint:
		return outbox.Complained
	case ses.Reject:
		return outbox.Failed
	case ses.Bounce:
		if e.Suppressed {
			return outbox.Suppressed
		}
		return outbox.Bounced
	default:
		return outbox.None
	}
}

// memory is how long a bounce keeps a workspace from writing to an address.
const memory = 90 * 24 * time.Hour

// remember notes that an address does not take mail: who writes to it all the
// same soon writes to nobody. SES's own test addresses stay as they are.
func (c *Courier) remember(ctx context.Context, ws string, e ses.Event) error {
	email, err := text.Email(e.Recipient)
	complained := e.Kind == ses.Complaint
	if err != nil || strings.HasSuffix(email, "@simulator.amazonses.com") || !complained && (e.Kind != ses.Bounce || !e.Permanent) {
		return nil
	}
	s := outbox.Suppression{Key: table.SuppressedKey(ws, email), Reason: e.Reason, Complained: complained, At: e.At}
	if !complained {
		s.Expires = c.Now().Add(memory).Unix()
	}
	// A bounce after a complaint does not make it less of one.
	put := table.Put(s).If(table.Either(table.Absent(), table.Not(table.Equals("complained", true)))).ElseError(outbox.ErrTaken)
	if err := c.Table.Commit(ctx, put); !errors.Is(err, outbox.ErrTaken) {
		return err
	}
	return nil
}
