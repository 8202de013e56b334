package api

import (
	"context"
	"slices"
	"strings"

	"atrium/shared/table"
)

// Page is part of every list's input.
type Page struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"The most items to return."`
	Cursor string `query:"cursor" doc:"The nextCursor of the page before."`
}

// Order is how a list that can be sorted is.
type Order string

// The orders.
const (
	ByName      Order = "name"
	NewestFirst Order = "-createdAt"
)

// Sorted is part of the input of a list that can be.
type Sorted struct {
	Sort Order `query:"sort" enum:"name,-createdAt" default:"name" doc:"By name, or the newest first."`
}

// Arrange sorts a page of things that something else led to. name is a thing's
// place by name; ids rise with time.
func Arrange[T any](order Order, page []T, name, id func(T) string) {
	slices.SortStableFunc(page, func(a, b T) int {
		if order == NewestFirst {
			return strings.Compare(id(b), id(a))
		}
		return strings.Compare(name(a), name(b))
	})
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

// gatherRounds bounds how often a page is filled up after a filter took from it.
const gatherRounds = 4

// Finder is a page of references to things, and where the next one begins.
type Finder[S any] func(ctx context.Context, limit int, after table.Position) ([]S, table.Position, error)

// Gather is a page of things that something else leads to: words, assignments.
// find gives the references, resolve reads the things and keeps those that
// belong on the list. Where few do, the page is short, and the next goes on.
func Gather[S, T any](ctx context.Context, limit int, after table.Position, find Finder[S], resolve func(ctx context.Context, found []S) ([]T, error)) ([]T, table.Position, error) {
	var page []T
	for range gatherRounds {
		found, next, err := find(ctx, limit-len(page), after)
		if err != nil {
			return nil, nil, err
		}
		things, err := resolve(ctx, found)
		if err != nil {
			return nil, nil, err
		}
		page, after = append(page, things...), next
		if next == nil || len(page) >= limit {
			break
		}
	}
	return page, after, nil
}
