package api

import (
	"context"

	"atrium/shared/table"
)

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
