package api

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"atrium/shared/problem"
	"atrium/shared/table"
)

// Resource is what every stored thing has.
type Resource struct {
	ID        string    `json:"id" example:"org_01jd6v0c8ge2rs2k9v2q1m4t7x" doc:"Opaque, URL-safe."`
	Version   int       `json:"version" example:"3" doc:"Rises by one with every change; the ETag is this number, quoted."`
	CreatedAt time.Time `json:"createdAt" example:"2026-11-24T09:30:00Z"`
	UpdatedAt time.Time `json:"updatedAt" example:"2026-11-24T09:30:00Z"`
}

// NewResource is a thing's first version.
func (c *Call) NewResource(id string) Resource {
	return Resource{ID: id, Version: 1, CreatedAt: c.Now, UpdatedAt: c.Now}
}

// Next is the version after r.
func (r Resource) Next(now time.Time) Resource {
	r.Version++
	r.UpdatedAt = now
	return r
}

// ETag is the entity tag of this version.
func (r Resource) ETag() string { return `"` + strconv.Itoa(r.Version) + `"` }

// Tagged is anything that has an entity tag.
type Tagged interface{ ETag() string }

// Answer is a resource.
type Answer[T Tagged] struct {
	ETag string `header:"ETag" doc:"The version, for If-Match." example:"\"3\""`
	Body T
}

// Found answers with a resource.
func Found[T Tagged](v T) *Answer[T] { return &Answer[T]{ETag: v.ETag(), Body: v} }

// Creation answers a POST that made a resource, or had made it before.
type Creation[T Tagged] struct {
	ETag     string `header:"ETag" doc:"The version, for If-Match." example:"\"1\""`
	Replayed string `header:"Idempotent-Replayed" doc:"true when an Idempotency-Key was seen before and nothing was done."`
	Body     T
}

// Created answers a creation.
func Created[T Tagged](v T, replayed bool) *Creation[T] {
	return &Creation[T]{ETag: v.ETag(), Replayed: Replayed(replayed), Body: v}
}

// Replayed is the value of the header of that name.
func Replayed(replayed bool) string {
	if replayed {
		return "true"
	}
	return ""
}

// Replacement answers a PUT: 201 when it made something, else 200.
type Replacement[T Tagged] struct {
	Status int
	ETag   string `header:"ETag" doc:"The version, for If-Match."`
	Body   T
}

// Empty answers a deletion.
type Empty struct{}

// Idempotent is part of every POST's input.
type Idempotent struct {
	IdempotencyKey string `header:"Idempotency-Key" doc:"At most 255 characters. The same key and body within 24 hours have one effect and the same answer, marked Idempotent-Replayed: true."`
}

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

// Page is part of every list's input.
type Page struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"The most items to return."`
	Cursor string `query:"cursor" doc:"The nextCursor of the page before."`
}

// ListBody is a page of a list.
type ListBody[T any] struct {
	Items      []T     `json:"items"`
	NextCursor *string `json:"nextCursor" doc:"Where the next page begins; null on the last."`
}

// Listing answers with a page of a list.
type Listing[T any] struct {
	Body ListBody[T]
}

// Position opens the cursor of a page. list names everything that makes this
// list another than others: organization, filters and order; the operation and
// the workspace are added.
func (p Page) Position(c *Call, list ...string) (table.Position, error) {
	return c.Table.Open(c.listName(list), p.Cursor, c.Now)
}

// Listed answers with a page whose next one begins after a position.
func Listed[T any](c *Call, items []T, next table.Position, list ...string) (*Listing[T], error) {
	if items == nil {
		items = []T{}
	}
	sealed, err := NextCursor(c, next, list...)
	if err != nil {
		return nil, err
	}
	out := &Listing[T]{Body: ListBody[T]{Items: items}}
	if sealed != "" {
		out.Body.NextCursor = &sealed
	}
	return out, nil
}

// NextCursor seals the position that the next page begins after; "" on the last.
func NextCursor(c *Call, next table.Position, list ...string) (string, error) {
	return c.Table.Seal(c.listName(list), next, c.Now)
}

func (c *Call) listName(list []string) string {
	return strings.Join(append([]string{c.Operation, c.Workspace()}, list...), "\x00")
}

// Decode turns items into what they hold.
func Decode[T any](items []table.Item) ([]T, error) {
	out := make([]T, len(items))
	for i, item := range items {
		if err := item.Decode(&out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
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
