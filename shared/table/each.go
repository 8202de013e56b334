package table

import (
	"context"
	"slices"
	"sync"
)

// abreast is how many items Each works on at once.
const abreast = 8

// KeyOf is an item's own key.
func KeyOf(item Item) Key { return Key{PK: item.String("pk"), SK: item.String("sk")} }

// Each does something to all items of a query, several at once, whatever
// their number. It stops at the first error.
func (t *Table) Each(ctx context.Context, q Query, do func(Item) error) error {
	for {
		rows, err := t.Query(ctx, q)
		if err != nil {
			return err
		}
		for some := range slices.Chunk(rows.Items, abreast) {
			if err := abreastOf(some, do); err != nil {
				return err
			}
		}
		if q.After = rows.Next; rows.Next == nil {
			return nil
		}
	}
}

func abreastOf(items []Item, do func(Item) error) error {
	errs := make([]error, len(items))
	var group sync.WaitGroup
	for i, item := range items {
		group.Go(func() { errs[i] = do(item) })
	}
	group.Wait()
	return firstError(errs)
}
