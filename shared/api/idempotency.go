package api

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"atrium/shared/access"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// maxIdempotencyKey is the longest key in characters, as in Stripe's API.
const maxIdempotencyKey = 255

// idempotencyLife is how long a key is remembered.
const idempotencyLife = 24 * time.Hour

// Idempotency is a request's key, and the fingerprint that tells whether
// another request under the same key is the same one.
type Idempotency struct {
	// scope is the partition's first part: the caller's workspace, or public.
	scope       string
	id          string
	fingerprint string
}

func newIdempotency(p access.Principal, path, key, form string, body []byte) *Idempotency {
	id := sha256.Sum256([]byte(p.ID + "\x00" + path + "\x00" + key))
	print := sha256.Sum256(append([]byte(form+"\x00"), body...))
	return &Idempotency{scope: cmp.Or(p.Workspace, "public"), id: hex.EncodeToString(id[:]), fingerprint: hex.EncodeToString(print[:])}
}

// replayRecord is what is kept of a request under a key: what it made, and no
// body, so that a replay shows the thing as it is now.
type replayRecord struct {
	table.Key
	Fingerprint string `json:"fingerprint"`
	Made        string `json:"made"`
	Expires     int64  `json:"ttl"`
}

// errReplayed stands for a key that was used before, with the same request.
type errReplayed struct{ made string }

func (e *errReplayed) Error() string { return "api: replay of " + e.made }

// remember is the write that takes the key for what the request makes.
func (c *Call) remember(made string) *table.Write {
	record := replayRecord{
		Key:         table.IdempotencyKey(c.Idempotency.scope, c.Idempotency.id),
		Fingerprint: c.Idempotency.fingerprint, Made: made, Expires: c.Now.Add(idempotencyLife).Unix(),
	}
	// TTL only sweeps: a record past its time counts as gone.
	free := table.Either(table.Absent(), table.Less("ttl", c.Now.Unix()))
	return table.Put(record).If(free).Else(c.replay)
}

func (c *Call) replay(old table.Item) error {
	var record replayRecord
	if err := old.Decode(&record); err != nil {
		return err
	}
	if record.Fingerprint != c.Idempotency.fingerprint {
		return problem.New(problem.IdempotencyReused, "This Idempotency-Key was sent before with another request. Use a new one.",
			problem.Field{Location: "header.Idempotency-Key", Message: "was used for another request"})
	}
	return &errReplayed{made: record.Made}
}

// Once commits writes under the request's Idempotency-Key, if it has one. made
// is what load finds the result by when the key turns out to have been used
// for this very request: then nothing is written, and replayed is true.
func Once[T any](ctx context.Context, c *Call, made string, result T, writes []*table.Write, load func(ctx context.Context, made string) (T, error)) (out T, replayed bool, err error) {
	if c.Idempotency != nil {
		// First, so that its refusal is the one reported: the second of two
		// equal requests also finds its name taken, by the first.
		writes = append([]*table.Write{c.remember(made)}, writes...)
	}
	err = c.Table.Commit(ctx, writes...)
	var replay *errReplayed
	if errors.As(err, &replay) {
		out, err = load(ctx, replay.made)
		return out, true, err
	}
	return result, false, err
}
