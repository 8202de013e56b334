// Package outbox is mail on its way: what an item holds of the mail that is to
// be sent for it, from the request that queued it to what became of it.
//
// SES takes no idempotency token, and a function can end between any two
// lines. So an attempt is claimed by a conditional write, before the one call
// to SES, and what came of it is recorded after. An attempt of which nothing
// was recorded is unknown: SES's own Send event settles it, and only when none
// has come within Unknown is the mail sent again.
//
// Mail that a request queues is told to deliver-mail by the table's stream.
// What has to wait stands in an index by the time it is due, which
// deliver-mail looks into every minute: so nothing waits in front of others.
package outbox

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"atrium/shared/table"
)

// State is what became of a mail.
type State string

// The states, in the order in which one may follow upon another.
const (
	Queued     State = "queued"
	Sent       State = "sent"
	Deferred   State = "deferred"
	Delivered  State = "delivered"
	Failed     State = "failed"
	Suppressed State = "suppressed"
	Bounced    State = "bounced"
	Complained State = "complained"
	// None is of what is not sent by mail.
	None State = ""
)

// ranks order what SES tells of one mail: its events come in any order. A bounce
// may follow upon a delivery, and a complaint upon all.
var ranks = map[State]int{Queued: 0, Sent: 1, Deferred: 2, Delivered: 3, Failed: 4, Suppressed: 4, Bounced: 5, Complained: 6}

// Delivery is what callers see of it.
type Delivery struct {
	State  State      `json:"state" enum:",queued,sent,delivered,deferred,bounced,complained,suppressed,failed" example:"delivered" doc:"Empty where nothing is sent by mail."`
	Reason string     `json:"reason" example:"The mailbox is full." doc:"Why, in plain words; empty where there is nothing to say."`
	At     *time.Time `json:"at" nullable:"true" doc:"When it came to this."`
}

// Post is what an item holds of its mail beside the Delivery, which stands in
// the attribute delivery. The item has table.Indexed, too.
type Post struct {
	// Outbox is where the mail stands; empty when nothing is to be done.
	Outbox Place `json:"outbox,omitempty"`
	// Send tells the mails of one item apart: sending again raises it.
	Send int `json:"send,omitempty"`
	// Attempt is the number of the last claim, of all sends.
	Attempt int `json:"attempt,omitempty"`
	// ClaimedAt is when that was, ClaimedBy who did.
	ClaimedAt *time.Time `json:"claimedAt,omitempty"`
	ClaimedBy string     `json:"claimedBy,omitempty"`
	// Rank is that of the delivery's state, for conditions.
	Rank int `json:"rank,omitempty"`
	// MessageID is SES's name of the mail.
	MessageID string `json:"messageId,omitempty"`
}

// Place is where a mail stands in the outbox.
type Place string

// The places.
const (
	Due     Place = "due"     // queued by a request; the stream tells of it
	Later   Place = "later"   // to be tried again, at a time
	Claimed Place = "claimed" // somebody is sending it, or was
)

// Unknown is how long an attempt may be without a record before it counts as
// not made. SES tells of what it took within seconds.
const Unknown = 10 * time.Minute

// Queue is the next mail of an item, to be written with the change that asks for it.
func (p Post) Queue(now time.Time) (Post, Delivery) {
	return Post{Outbox: Due, Send: p.Send + 1, Attempt: p.Attempt}, Delivery{State: Queued, At: &now}
}

// PutOff is a queued mail that is to wait until a time, and the item's place in
// the index of what waits.
func (p *Post) PutOff(key table.Key, until time.Time) table.Indexed {
	p.Outbox = Later
	return table.Indexed{G3PK: table.Outbox, G3SK: place(key, until)}
}

// Withheld is the next mail of an item where it is known beforehand that it
// cannot be sent.
func (p Post) Withheld(state State, reason string, now time.Time) (Post, Delivery) {
	return Post{Send: p.Send + 1, Attempt: p.Attempt, Rank: ranks[state]}, Delivery{State: state, Reason: reason, At: &now}
}

// Recalled is a mail that is not to be sent any more, if it has not been. One
// that nobody has begun to send never was.
func (p Post) Recalled(d Delivery) (Post, Delivery) {
	if p.Outbox == Due || p.Outbox == Later {
		d = Delivery{}
	}
	p.Outbox = ""
	return p, d
}

// Errand is one attempt at one mail.
type Errand struct {
	Key     table.Key
	Send    int
	Attempt int
}

// ErrTaken says that there is nothing to be done: somebody else is at it, or
// was, or the mail is not to be sent any more.
var ErrTaken = errors.New("outbox: taken")

// Note is something that an item is to hold once its mail is begun.
type Note struct {
	Name  string
	Value any
}

// Claim takes the next attempt at a mail as it was read, with notes of it. What
// it is sent for must not have changed since: every change of that queues, or
// recalls.
func Claim(ctx context.Context, t *table.Table, key table.Key, read Post, now time.Time, notes ...Note) (Errand, error) {
	waiting := table.OneOf("outbox", Due, Later)
	forgotten := table.Equals("outbox", Claimed).And(table.Less("claimedAt", now.Add(-Unknown)))
	by := rand.Text()
	claim := table.Set("outbox", Claimed).Set(table.Path("claimedAt"), table.Value(now)).
		Set(table.Path("claimedBy"), table.Value(by)).Set(table.Path("attempt"), table.Value(read.Attempt+1))
	for _, n := range notes {
		claim = claim.Set(table.Path(n.Name), table.Value(n.Value))
	}
	w := table.Update(key, dueAt(claim, key, now.Add(Unknown))).
		If(table.Either(waiting, forgotten)).If(table.Equals("send", read.Send)).If(attempts(read.Attempt)).
		Else(func(old table.Item) error {
			// The answer to our own claim may have been lost, and the claim made again.
			if old.String("claimedBy") == by {
				return nil
			}
			return ErrTaken
		})
	err := t.UpdateOne(ctx, w, &struct{}{})
	return Errand{Key: key, Send: read.Send, Attempt: read.Attempt + 1}, err
}

func attempts(n int) table.Condition {
	if n == 0 {
		return table.HasNot("attempt")
	}
	return table.Equals("attempt", n)
}

// dueAt puts an item into the index of what is to be mailed later.
func dueAt(update table.Edit, key table.Key, at time.Time) table.Edit {
	return update.Set(table.Path("gs3pk"), table.Value(table.Outbox)).
		Set(table.Path("gs3sk"), table.Value(place(key, at)))
}

func place(key table.Key, at time.Time) string { return position(at) + " " + key.PK + " " + key.SK }

// position sorts by time.
func position(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z") }

// Overdue is the query for what is due by now, the longest first.
func Overdue(now time.Time) table.Query {
	return table.Query{Index: table.G3, PK: table.Outbox, To: position(now)}
}

// taken is an update that takes a mail out of the outbox.
func taken(update table.Edit) table.Edit {
	return update.Remove(table.Path("outbox")).Remove(table.Path("gs3pk")).Remove(table.Path("gs3sk"))
}

// still holds while the errand is the last attempt.
func (e Errand) still() table.Condition {
	return table.Equals("send", e.Send).And(table.Equals("attempt", e.Attempt)).And(table.Equals("outbox", Claimed))
}

// Record says that SES took the mail. SES's events may have been faster: what
// they told stays.
func (e Errand) Record(ctx context.Context, t *table.Table, messageID string, now time.Time) error {
	update := taken(became(Delivery{State: Sent, At: &now})).Set(table.Path("messageId"), table.Value(messageID))
	return e.settle(ctx, t, update)
}

// Fail says that the mail will never be sent, and why.
func (e Errand) Fail(ctx context.Context, t *table.Table, state State, reason string, now time.Time) error {
	return e.settle(ctx, t, taken(became(Delivery{State: state, Reason: reason, At: &now})))
}

// settle makes an update of an errand that is over, unless SES has told more.
func (e Errand) settle(ctx context.Context, t *table.Table, update table.Edit) error {
	w := table.Update(e.Key, update).If(e.still()).ElseError(ErrTaken)
	if err := t.UpdateOne(ctx, w, &struct{}{}); !errors.Is(err, ErrTaken) {
		return err
	}
	return nil
}

// Postpone puts the mail off: it was certainly not sent. What is said of it
// meanwhile is the reason.
func (e Errand) Postpone(ctx context.Context, t *table.Table, until time.Time, reason string) error {
	update := dueAt(table.Set("outbox", Later).Set(table.Path("delivery.reason"), table.Value(reason)), e.Key, until)
	return e.settle(ctx, t, update)
}

func became(d Delivery) table.Edit {
	return table.Set("delivery", d).Set(table.Path("rank"), table.Value(ranks[d.State]))
}

// Told is what SES told of one mail.
type Told struct {
	State  State
	Reason string
	At     time.Time
}

// Hear records what SES told of a mail, unless more is known of it, or it has
// been sent again since. It also settles an attempt that nothing was recorded of.
func Hear(ctx context.Context, t *table.Table, key table.Key, send int, told Told) error {
	rank := ranks[told.State]
	newer := table.Either(
		table.HasNot("rank").Or(table.Less("rank", rank)),
		table.Equals("rank", rank).And(table.Less("delivery.at", told.At)))
	update := taken(became(Delivery{State: told.State, Reason: told.Reason, At: &told.At}))
	w := table.Update(key, update).If(table.Equals("send", send)).If(newer).ElseError(ErrTaken)
	if err := t.UpdateOne(ctx, w, &struct{}{}); !errors.Is(err, ErrTaken) {
		return err
	}
	return nil
}

// The tags of a mail, by which SES's events are matched: of letters, digits,
// - and _, as SES wants them.
const (
	TagItem = "item"
	TagSend = "send"
	TagTry  = "try"
)

// Tags are an errand's. The item's is its key.
func (e Errand) Tags() map[string]string {
	return map[string]string{
		TagItem: strings.ReplaceAll(e.Key.PK+"#"+e.Key.SK, "#", "--"), TagSend: strconv.Itoa(e.Send), TagTry: strconv.Itoa(e.Attempt),
	}
}

// Tagged is the mail that tags are of.
func Tagged(tags map[string]string) (key table.Key, send int, err error) {
	parts := strings.Split(tags[TagItem], "--")
	send, err = strconv.Atoi(tags[TagSend])
	if err != nil || len(parts) < 2 {
		return key, 0, fmt.Errorf("outbox: no mail of ours has the tags %v", tags)
	}
	last := len(parts) - 1
	return table.Key{PK: strings.Join(parts[:last], "#"), SK: parts[last]}, send, nil
}
