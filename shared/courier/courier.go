// Package courier carries what the outbox holds to SES, and takes in what SES
// tells of it.
//
// It is told by the table's stream, at least once, and looks every minute into
// what has to wait. Whatever it is told twice, it does once: each attempt is
// claimed in the table first. See outbox for what that promises.
package courier

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/letterhead"
	"atrium/shared/mail/ses"
	"atrium/shared/outbox"
	"atrium/shared/table"
)

// Courier sends the mails of one deployment.
type Courier struct {
	Table  *table.Table
	Sender *ses.Sender
	Config api.Config
	// From is the deployment's own address, for workspaces without a verified one.
	From string
	// BaseURL is where the API is reached, for the logos in mails.
	BaseURL string
	// Now is the time.
	Now func() time.Time
}

// call is that of nobody, in a workspace.
func (c *Courier) call(ws string) *api.Call {
	return &api.Call{
		Caller: api.Caller{Principal: access.Principal{Workspace: ws}, BaseURL: c.BaseURL},
		Table:  c.Table, Config: c.Config, Now: c.Now().UTC().Truncate(time.Millisecond), Operation: "deliver-mail",
	}
}

// deliver makes an attempt at the mail of an item, as it was read. An item that
// has none to be sent is none of its business.
func (c *Courier) deliver(ctx context.Context, item table.Item) error {
	var post outbox.Post
	if err := item.Decode(&post); err != nil || post.Outbox == "" {
		return err
	}
	key := table.KeyOf(item)
	call := c.call(workspaceOf(key))
	p, err := open(call, item)
	if err != nil {
		return err
	}
	if err := p.look(ctx); err != nil {
		return err
	}
	letter, err := p.write(c.From)
	if err != nil {
		return err
	}
	errand, err := outbox.Claim(ctx, c.Table, key, post, call.Now, p.notes...)
	if errors.Is(err, outbox.ErrTaken) {
		return nil
	}
	if err != nil {
		return err
	}
	if state, reason := p.unsendable(); state != outbox.None {
		return errand.Fail(ctx, c.Table, state, reason, call.Now)
	}
	letter.Tags = errand.Tags()
	id, err := c.Sender.Send(ctx, letter)
	return c.settle(ctx, errand, id, err)
}

// settle records what came of an attempt. Of one that may have been made
// nothing is recorded: SES's event tells, or outbox.Unknown passes.
func (c *Courier) settle(ctx context.Context, e outbox.Errand, messageID string, sent error) error {
	now := c.Now().UTC().Truncate(time.Millisecond)
	var refused *ses.Refused
	switch {
	case sent == nil:
		return e.Record(ctx, c.Table, messageID, now)
	case errors.As(sent, &refused):
		slog.WarnContext(ctx, "mail refused", "item", e.Key.String(), "reason", refused.Reason)
		return e.Fail(ctx, c.Table, outbox.Failed, refused.Reason, now)
	case errors.Is(sent, ses.ErrThrottled):
		return e.Postpone(ctx, c.Table, now.Add(backoff(e.Attempt)), "Waiting for the mail service, which is busy. It is sent as soon as possible.")
	case errors.Is(sent, ses.ErrUnavailable):
		slog.ErrorContext(ctx, "mail cannot be sent now", "item", e.Key.String(), "error", sent.Error())
		return e.Postpone(ctx, c.Table, now.Add(backoff(e.Attempt)), "Waiting for the mail service, which takes no mail of ours for now. It is sent as soon as possible.")
	default:
		slog.WarnContext(ctx, "mail may have been sent", "item", e.Key.String(), "error", sent.Error())
		return nil
	}
}

// The pauses between attempts double, and are never all alike.
const (
	firstPause = 15 * time.Second
	lastPause  = 10 * time.Minute
)

func backoff(attempt int) time.Duration {
	ceiling := min(firstPause<<min(attempt-1, 10), lastPause)
	return ceiling/2 + rand.N(ceiling/2)
}

// senderOf is whom a workspace's mails come from, and who gets the answers.
func senderOf(w letterhead.Workspace, deployment string) (from ses.Address, replyTo string) {
	from = ses.Address{Name: w.Sender.Name, Address: deployment}
	if from.Name == "" {
		from.Name = w.Name
	}
	if w.Sender.Address != "" && w.Sender.Status == "verified" {
		from.Address = w.Sender.Address
	}
	if replyTo = w.Sender.ReplyTo; replyTo == "" {
		replyTo = w.SupportEmail
	}
	return from, replyTo
}
