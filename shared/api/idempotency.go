package api

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"atrium/shared/problem"
	"atrium/shared/table"
)

// Idempotent is part of every POST's input.
type Idempotent struct {
	IdempotencyKey string `header:"Idempotency-Key" doc:"At most 255 characters. The same key and body within 24 hours have one effect and the same answer, marked Idempotent-Replayed: true."`
}

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

// newIdempotency makes it of the caller's own key. Who has not signed in is
// known by address only: a key tells no stranger what was made under it, and
// keeps nobody else from using the same.
func newIdempotency(caller Caller, path, key, form string, body []byte) *Idempotency {
	who := cmp.Or(caller.Principal.ID, caller.IP)
	id := sha256.Sum256([]byte(who + "\x00" + path + "\x00" + key))
	print := sha256.Sum256(append([]byte(form+"\x00"), body...))
	return &Idempotency{scope: cmp.Or(caller.Principal.Workspace, "public"), id: hex.EncodeToString(id[:]), fingerprint: hex.EncodeToString(print[:])}
}

// once reads the Idempotency-Key of a POST, and the fingerprint of what came with it.
func (s *Server) once(o Operation) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		key := ctx.Header("Idempotency-Key")
		if o.Method != http.MethodPost || key == "" {
			next(ctx)
			return
		}
		if utf8.RuneCountInString(key) > maxIdempotencyKey {
			refuse(ctx, problem.AtField("header.Idempotency-Key", "has more than "+strconv.Itoa(maxIdempotencyKey)+" characters"))
			return
		}
		r, _ := humago.Unwrap(ctx)
		body, err := io.ReadAll(io.LimitReader(r.Body, o.maxBody()+1))
		if err != nil {
			refuse(ctx, problem.New(problem.Malformed, fmt.Sprintf("The body could not be read: %v.", err)))
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		caller := callerOf(ctx.Context())
		caller.Idempotency = newIdempotency(caller, r.URL.Path, key, ctx.Header("Content-Type")+"?"+r.URL.RawQuery, body)
		next(huma.WithContext(ctx, WithCaller(ctx.Context(), caller)))
	}
}

// record is where the table remembers the key.
func (i *Idempotency) record() table.Key { return table.IdempotencyKey(i.scope, i.id) }

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
		Key:         c.Idempotency.record(),
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
	return record.replay(c)
}

func (r replayRecord) replay(c *Call) error {
	if r.Fingerprint != c.Idempotency.fingerprint {
		return problem.New(problem.IdempotencyReused, "This Idempotency-Key was sent before with another request. Use a new one.",
			problem.Field{Location: "header.Idempotency-Key", Message: "was used for another request"})
	}
	return &errReplayed{made: r.Made}
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
	return settled(ctx, result, c.Commit(ctx, writes...), load)
}

// Plan is what a request comes to, as Once takes it.
type Plan[T any] struct {
	Made   string
	Result T
	Writes []*table.Write
}

// OncePlanned is Once where something must be read before it is known what to
// write. What plan finds may have changed since an equal request was granted,
// by that request itself, too: so where plan refuses, the key has the last word.
func OncePlanned[T any](ctx context.Context, c *Call, plan func(ctx context.Context) (Plan[T], error), load func(ctx context.Context, made string) (T, error)) (out T, replayed bool, err error) {
	p, err := plan(ctx)
	if err != nil {
		return settled(ctx, p.Result, c.unlessReplayed(ctx, err), load)
	}
	return Once(ctx, c, p.Made, p.Result, p.Writes, load)
}

// unlessReplayed is a refusal, or errReplayed where the request's key was used before.
func (c *Call) unlessReplayed(ctx context.Context, refusal error) error {
	if c.Idempotency == nil || problem.Of(refusal).Status >= http.StatusInternalServerError {
		return refusal
	}
	record, err := table.Get[replayRecord](ctx, c.Table, c.Idempotency.record())
	switch {
	case errors.Is(err, table.ErrNotFound), err == nil && record.Expires < c.Now.Unix():
		return refusal
	case err != nil:
		return err
	default:
		return record.replay(c)
	}
}

// settled is the result, or what was made before where err tells of that.
func settled[T any](ctx context.Context, result T, err error, load func(ctx context.Context, made string) (T, error)) (out T, replayed bool, _ error) {
	var replay *errReplayed
	if errors.As(err, &replay) {
		out, err = load(ctx, replay.made)
		return out, true, err
	}
	return result, false, err
}
