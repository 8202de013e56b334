package table

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// List is a page of a list: a Query over one partition or several that share
// one order, read side by side and merged.
type List struct {
	Index      Index
	Partitions []string
	Prefix     string
	From, To   string
	Descending bool
	// Limit is the most items on the page.
	Limit int
	// After is where the page before ended; nil for the first.
	After Position
	// Filter leaves items out. What it leaves out is read all the same, so a
	// list that has one stops at maxReads and may return a short page. It is of
	// one partition.
	Filter *Condition
}

// maxReads bounds what one request may read for a filtered list: so many
// Query calls of filterPage items. The cursor goes on from there.
const (
	maxReads   = 8
	filterPage = 250
)

// List reads one page. The position is nil on the last one.
func (t *Table) List(ctx context.Context, l List) ([]Item, Position, error) {
	if l.Filter != nil {
		return t.filtered(ctx, l)
	}
	// One more than asked for tells whether there is a next page.
	pages, err := t.sideBySide(ctx, l, l.Limit+1)
	if err != nil {
		return nil, nil, err
	}
	items, more := merge(l, pages)
	return l.cut(items, more)
}

// filtered goes on from Query to Query until the page is full.
func (t *Table) filtered(ctx context.Context, l List) ([]Item, Position, error) {
	var items []Item
	for read := range maxReads {
		// The first Query is that of a list without a filter: if nothing is
		// left out, it is the only one.
		size := l.Limit + 1
		if read > 0 {
			size = filterPage
		}
		rows, err := t.Query(ctx, l.query(l.Partitions[0], size))
		if err != nil {
			return nil, nil, err
		}
		items = append(items, rows.Items...)
		if l.After = rows.Next; rows.Next == nil || len(items) > l.Limit {
			break
		}
	}
	if len(items) > l.Limit {
		return l.cut(items, nil)
	}
	return items, l.After, nil
}

func (t *Table) sideBySide(ctx context.Context, l List, limit int) ([]Rows, error) {
	pages := make([]Rows, len(l.Partitions))
	if len(pages) == 1 { // most lists are of one, and need nobody to help
		page, err := t.Query(ctx, l.query(l.Partitions[0], limit))
		pages[0] = page
		return pages, err
	}
	group, ctx := errgroup.WithContext(ctx)
	for i, partition := range l.Partitions {
		group.Go(func() (err error) {
			pages[i], err = t.Query(ctx, l.query(partition, limit))
			return err
		})
	}
	return pages, group.Wait()
}

func (l List) query(partition string, limit int) Query {
	q := Query{
		Index: l.Index, PK: partition, Prefix: l.Prefix, From: l.From, To: l.To,
		Descending: l.Descending, Limit: limit, Filter: l.Filter,
	}
	if l.After != nil {
		q.After = Position{}
		for name, value := range l.After {
			q.After[name] = value
		}
		q.After[l.Index.partitionName()] = partition
	}
	return q
}

// cut shortens items to the page and says where the next one begins.
func (l List) cut(items []Item, more Position) ([]Item, Position, error) {
	if len(items) <= l.Limit {
		return items, more, nil
	}
	items = items[:l.Limit]
	return items, PositionOf(l.Index, items[l.Limit-1]), nil
}

// merge puts pages into one order. A page that ended early (DynamoDB returns
// at most a megabyte) says nothing of what comes behind its last item, so
// the merged page ends there too.
func merge(l List, pages []Rows) (items []Item, more Position) {
	if len(pages) == 1 {
		return pages[0].Items, pages[0].Next
	}
	for _, page := range pages {
		items = append(items, page.Items...)
	}
	slices.SortFunc(items, l.compare)
	for _, page := range pages {
		if page.Next == nil || len(page.Items) == 0 {
			continue
		}
		last := page.Items[len(page.Items)-1]
		end, _ := slices.BinarySearchFunc(items, last, l.compare)
		items = items[:min(end+1, len(items))]
		more = PositionOf(l.Index, items[len(items)-1])
	}
	return items, more
}

func (l List) compare(a, b Item) int {
	order := strings.Compare(a.String(l.Index.sortName()), b.String(l.Index.sortName()))
	if order == 0 {
		order = strings.Compare(a.String("sk"), b.String("sk"))
	}
	if l.Descending {
		return -order
	}
	return order
}
