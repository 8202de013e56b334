package api

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"atrium/shared/problem"
	"atrium/shared/table"
)

// leaseLife is how long a request may hold its Idempotency-Key without an
// answer: longer than any request lives, so that a key whose lease is over was
// left behind by one that died.
const leaseLife = 30 * time.Second

// The pauses between looks at a key that another request holds.
const (
	firstPause = 50 * time.Millisecond
	lastPause  = time.Second
)

// lastWord is how long the key's last write may take, and overtime how much of
// that may lie beyond the request's own deadline: a function ends two seconds
// after that.
const (
	lastWord = 3 * time.Second
	overtime = time.Second
)

// errHeld says that another request is at work under the key.
var errHeld = errors.New("api: the Idempotency-Key is held")

// OnceLong is Once for work that does not fit one transaction. The key is taken
// first, under a lease, and what do returns is kept under it at the end. An
// equal request meanwhile waits for that, until its own deadline. When do
// fails, the key is free again.
func OnceLong[T any](ctx context.Context, c *Call, do func(ctx context.Context) (T, error)) (out T, replayed bool, err error) {
	if c.Idempotency == nil {
		out, err = do(ctx)
		return out, false, err
	}
	l := lease{call: c, holder: rand.Text(), began: time.Now()}
	made, err := l.wait(ctx)
	if err != nil {
		return out, false, err
	}
	if made != "" {
		return out, true, json.Unmarshal([]byte(made), &out)
	}
	out, err = do(ctx)
	l.end(ctx, out, err)
	return out, false, err
}

// lease is one request's hold on its key.
type lease struct {
	call   *Call
	holder string
	began  time.Time
}

// wait takes the key, or returns what was made under it.
func (l lease) wait(ctx context.Context) (made string, err error) {
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		err = l.take(ctx)
		var replay *errReplayed
		switch {
		case errors.As(err, &replay):
			return replay.made, nil
		case ctx.Err() != nil:
			return "", stillAtWork()
		case !errors.Is(err, errHeld):
			return "", err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return "", stillAtWork()
		}
	}
}

func stillAtWork() error {
	p := problem.New(problem.InProgress, "The same request is still at work under this Idempotency-Key. Send it again later, for its answer.")
	p.RetryAfter = lastPause
	return p
}

func (l lease) key() table.Key { return l.call.Idempotency.record() }

func (l lease) take(ctx context.Context) error {
	now := l.call.Now.Add(time.Since(l.began))
	free := table.Either(
		table.Either(table.Absent(), table.Less("ttl", now.Unix())),
		// Our own, when the answer to the first try was lost.
		table.Either(table.Less("lease", now.UnixMilli()), table.Equals("holder", l.holder)))
	update := table.Set("holder", l.holder).
		Set(table.Path("lease"), table.Value(now.Add(leaseLife).UnixMilli())).
		Set(table.Path("fingerprint"), table.Value(l.call.Idempotency.fingerprint)).
		Set(table.Path("ttl"), table.Value(now.Add(idempotencyLife).Unix())).
		Remove(table.Path("made"))
	return l.call.Table.UpdateOne(ctx, table.Update(l.key(), update).If(free).Else(l.held), &struct{}{})
}

// held tells a request at work from one that has its answer.
func (l lease) held(old table.Item) error {
	err := l.call.replay(old)
	var replay *errReplayed
	if errors.As(err, &replay) && replay.made == "" {
		return errHeld
	}
	return err
}

// end keeps the answer, or gives the key free when there is none. The work is
// done by then: should this fail, its caller is answered all the same, and the
// key is free when the lease is over.
func (l lease) end(ctx context.Context, out any, failed error) {
	ctx, cancel := context.WithDeadline(context.WithoutCancel(ctx), l.until(ctx))
	defer cancel()
	mine := table.Equals("holder", l.holder)
	made, err := json.Marshal(out)
	switch {
	case err != nil:
	case failed != nil:
		err = l.call.Table.Commit(ctx, table.Delete(l.key()).If(mine))
	default:
		keep := table.Set("made", string(made)).Remove(table.Path("lease"))
		err = l.call.Table.UpdateOne(ctx, table.Update(l.key(), keep).If(mine), &struct{}{})
	}
	if err != nil {
		slog.WarnContext(ctx, "idempotency key not settled", "operation", l.call.Operation, "requestId", l.call.RequestID, "error", err.Error())
	}
}

// until is when the last write is given up.
func (l lease) until(ctx context.Context) time.Time {
	until := time.Now().Add(lastWord)
	if deadline, ok := ctx.Deadline(); ok && deadline.Add(overtime).Before(until) {
		return deadline.Add(overtime)
	}
	return until
}
