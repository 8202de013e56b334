package search

import (
	"context"
	"maps"

	"golang.org/x/sync/errgroup"

	"atrium/shared/table"
)

// driverKey and pastKey are the parts of a position that say which prefix the
// search goes by, and which one it went by before.
const (
	driverKey = "driver"
	pastKey   = "past"
)

// maxReads bounds the Query calls of one page: a search for several common
// words that rarely meet returns a short page, and a cursor to go on.
const maxReads = 8

// maxDrivers bounds the prefixes that are looked at to find the rarest.
const maxDrivers = 4

// Find are the ids of a page of things whose words meet q, in the order of
// the words they are found by. The position is nil on the last page.
func Find(ctx context.Context, t *table.Table, partition, q string, limit int, after table.Position) ([]string, table.Position, error) {
	f := finder{table: t, partition: partition, terms: terms(q), limit: limit}
	if len(f.terms) == 0 {
		return nil, nil, nil
	}
	if after != nil {
		f.resume(after)
		return f.page(ctx, nil)
	}
	prefixes := drivers(f.terms)
	if len(prefixes) == 1 {
		f.driver = prefixes[0]
		return f.page(ctx, nil)
	}
	first, err := f.choose(ctx, prefixes)
	if err != nil {
		return nil, nil, err
	}
	return f.page(ctx, first)
}

type finder struct {
	table     *table.Table
	partition string
	terms     []term
	// driver is the prefix that the search goes by. What begins with past was
	// found before.
	driver, past string
	limit        int
	after        table.Position
	// ids are those found for the page.
	ids []string
}

func (f *finder) rows(ctx context.Context, prefix string) (table.Rows, error) {
	return f.table.Query(ctx, table.Query{PK: f.partition, Prefix: prefix, Limit: f.limit + 1, After: f.after})
}

// choose looks at the beginning of each prefix's entries, side by side, and
// goes by the rarest: one that ends there, else the one with the most matches.
func (f *finder) choose(ctx context.Context, prefixes []string) (*table.Rows, error) {
	pages := make([]table.Rows, len(prefixes))
	group, asking := errgroup.WithContext(ctx)
	for i, prefix := range prefixes {
		group.Go(func() (err error) {
			pages[i], err = f.rows(asking, prefix)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	best, bestScore := 0, -1
	for i, page := range pages {
		score, err := f.score(prefixes[i], page)
		if err != nil {
			return nil, err
		}
		if score > bestScore {
			best, bestScore = i, score
		}
	}
	f.driver = prefixes[best]
	return &pages[best], nil
}

func (f *finder) score(prefix string, page table.Rows) (int, error) {
	if page.Next == nil {
		return 2*f.limit + 2 - len(page.Items), nil
	}
	hits := 0
	for _, item := range page.Items {
		entry, err := decode(item)
		if err != nil {
			return 0, err
		}
		if f.hit(prefix, entry) {
			hits++
		}
	}
	return hits, nil
}

func (f *finder) hit(prefix string, e Entry) bool {
	return e.first(prefix) && matches(e.Words, f.terms) && (f.past == "" || !begins(e.Words, f.past))
}

// page collects hits from rows that were read already, and further ones.
func (f *finder) page(ctx context.Context, read *table.Rows) ([]string, table.Position, error) {
	for range maxReads {
		if read == nil {
			rows, err := f.rows(ctx, f.driver)
			if err != nil {
				return nil, nil, err
			}
			read = &rows
		}
		full, err := f.take(read.Items)
		if err != nil {
			return nil, nil, err
		}
		if full {
			break
		}
		f.after = read.Next
		if read = nil; f.after == nil && !f.turn() {
			return f.ids, nil, nil
		}
	}
	return f.ids, f.position(), nil
}

// take adds the hits among items to the page, and tells whether it has no room for one.
func (f *finder) take(items []table.Item) (full bool, err error) {
	for _, item := range items {
		entry, err := decode(item)
		if err != nil {
			return false, err
		}
		if !f.hit(f.driver, entry) {
			continue
		}
		if len(f.ids) == f.limit {
			return true, nil
		}
		f.ids = append(f.ids, entry.ID)
		f.after = table.PositionOf(table.Base, item)
	}
	return false, nil
}

// turn goes on, from a word that is through, to the addresses that have no
// entry under it, if there can be any.
func (f *finder) turn() bool {
	if f.past != "" {
		return false
	}
	start := astray(f.terms, f.driver)
	if start == "" {
		return false
	}
	f.driver, f.past = start, f.driver
	return true
}

func (f *finder) position() table.Position {
	p := maps.Clone(f.after)
	if p == nil {
		p = table.Position{}
	}
	p[driverKey], p[pastKey] = f.driver, f.past
	return p
}

// resume goes on from a position.
func (f *finder) resume(p table.Position) {
	f.driver, f.past, f.after = p[driverKey], p[pastKey], maps.Clone(p)
	delete(f.after, driverKey)
	delete(f.after, pastKey)
	if len(f.after) == 0 {
		f.after = nil
	}
}

func decode(item table.Item) (Entry, error) {
	var e Entry
	err := item.Decode(&e)
	return e, err
}
