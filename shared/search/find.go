package search

import (
	"context"
	"maps"
	"sync"

	"atrium/shared/table"
)

// driverKey is the part of a position that says which prefix the search goes by.
const driverKey = "driver"

// maxReads bounds the Query calls of one page: a search for several common
// words that rarely meet returns a short page, and a cursor to go on.
const maxReads = 8

// Find are the ids of a page of things whose words meet q, in the order of
// the words they are found by. The position is nil on the last page.
func Find(ctx context.Context, t *table.Table, partition, q string, limit int, after table.Position) ([]string, table.Position, error) {
	f := finder{table: t, partition: partition, terms: terms(q), limit: limit}
	if len(f.terms) == 0 {
		return nil, nil, nil
	}
	if after != nil {
		f.driver, f.after = after[driverKey], maps.Clone(after)
		delete(f.after, driverKey)
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
	driver    string
	limit     int
	after     table.Position
}

func (f *finder) rows(ctx context.Context, prefix string) (table.Rows, error) {
	return f.table.Query(ctx, table.Query{PK: f.partition, Prefix: prefix, Limit: f.limit + 1, After: f.after})
}

// choose looks at the beginning of each prefix's entries, side by side, and
// goes by the rarest: one that ends there, else the one with the most matches.
func (f *finder) choose(ctx context.Context, prefixes []string) (*table.Rows, error) {
	pages, errs := make([]table.Rows, len(prefixes)), make([]error, len(prefixes))
	var group sync.WaitGroup
	for i, prefix := range prefixes {
		group.Go(func() { pages[i], errs[i] = f.rows(ctx, prefix) })
	}
	group.Wait()
	best, bestScore := 0, -1
	for i, page := range pages {
		if errs[i] != nil {
			return nil, errs[i]
		}
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
	return e.first(prefix) && matches(e.Words, f.terms)
}

// page collects hits from rows that were read already, and further ones.
func (f *finder) page(ctx context.Context, read *table.Rows) ([]string, table.Position, error) {
	var ids []string
	for range maxReads {
		if read == nil {
			rows, err := f.rows(ctx, f.driver)
			if err != nil {
				return nil, nil, err
			}
			read = &rows
		}
		for _, item := range read.Items {
			entry, err := decode(item)
			if err != nil {
				return nil, nil, err
			}
			if !f.hit(f.driver, entry) {
				continue
			}
			if len(ids) == f.limit {
				return ids, f.position(), nil
			}
			ids = append(ids, entry.ID)
			f.after = table.PositionOf(table.Base, item)
		}
		if read.Next == nil {
			return ids, nil, nil
		}
		f.after, read = read.Next, nil
	}
	return ids, f.position(), nil
}

func (f *finder) position() table.Position {
	p := maps.Clone(f.after)
	p[driverKey] = f.driver
	return p
}

func decode(item table.Item) (Entry, error) {
	var e Entry
	err := item.Decode(&e)
	return e, err
}
