package api

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"time"

	"atrium/shared/problem"
)

// Conditional is part of the input of PATCH, PUT and DELETE.
type Conditional struct {
	IfMatch string `header:"If-Match" doc:"The ETag of the version to change, or * for any; another one there is 412."`
}

// Demands tells whether the caller asked for a version, and gives 412 if it is
// not this one. Where nothing is there yet, current is nil, and any version is a wrong one.
func (c Conditional) Demands(current Tagged) error {
	if c.IfMatch == "" {
		return nil
	}
	if current == nil {
		return problem.New(problem.Stale, "You asked for a version of what is not there. To make it, leave If-Match out.",
			problem.Field{Location: "header.If-Match", Message: "there is no version yet"})
	}
	for tag := range strings.SplitSeq(c.IfMatch, ",") {
		tag = strings.TrimSpace(tag)
		if tag == "*" || tag == current.ETag() {
			return nil
		}
	}
	return problem.New(problem.Stale, "Somebody changed this since you read it. Read it again, and repeat your change on what it is now.",
		problem.Field{Location: "header.If-Match", Message: "the current version is " + current.ETag()})
}

// Revise changes what load reads, if it is the version that the caller asked
// for; where another change came in between, what that one made of it.
func Revise[R Tagged](ctx context.Context, asked Conditional, load func(context.Context) (R, error), apply func(context.Context, R) (R, error)) (R, error) {
	return Optimistic(ctx, func(ctx context.Context) (R, error) {
		before, err := load(ctx)
		if err != nil {
			return before, err
		}
		if err := asked.Demands(before); err != nil {
			return before, err
		}
		return apply(ctx, before)
	})
}

// ErrStale is what a change is refused with when the version it was made from
// is no longer the current one.
var ErrStale = errors.New("api: the version has changed")

// Optimistic runs a read-then-write again when another write came in between,
// as long as the context lasts: the change is made on what is there, and a
// caller who sent If-Match is told by the read.
func Optimistic[T any](ctx context.Context, attempt func(ctx context.Context) (T, error)) (T, error) {
	for {
		out, err := attempt(ctx)
		if !errors.Is(err, ErrStale) {
			return out, err
		}
		// A little disorder keeps two that met from meeting again.
		select {
		case <-time.After(rand.N(20 * time.Millisecond)):
		case <-ctx.Done():
			p := problem.New(problem.Throttled, "Too many changes at once to this. Nothing was changed; try again.")
			p.RetryAfter = time.Second
			return out, p
		}
	}
}
