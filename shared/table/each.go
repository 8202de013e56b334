package table

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// abreast is how many items Each works on at once.
const abreast = 8

// KeyOf is an item's own key.
func KeyOf(item Item) Key { return Key{PK: item.String("pk"), SK: item.String("sk")} }

// Each does something to all items of a query, several at once, whatever
// their number. It stops at the page of the first error.
func (t *Table) Each(ctx context.Context, q Query, do func(Item) error) error {
	for {
		rows, err := t.Query(ctx, q)
		if err != nil {
			return err
		}
		var group errgroup.Group
		group.SetLimit(abreast)
		for _, item := range rows.Items {
			group.Go(func() error { return do(item) })
		}
		if err := group.Wait(); err != nil {
			return err
		}
		if q.After = rows.Next; rows.Next == nil {
			return nil
		}
	}
}
