package table

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"golang.org/x/sync/errgroup"
)

const (
	// deleteBatch is the most that one BatchWriteItem takes.
	deleteBatch = 25
	// clearing is how many of them go side by side: enough for the thousand
	// units a second that a partition takes.
	clearing = 4
)

// Clear deletes a whole partition. It is no transaction: where it stops
// halfway, calling it again does the rest.
func (t *Table) Clear(ctx context.Context, partition string) error {
	q := Query{PK: partition, KeysOnly: true}
	for {
		rows, err := t.Query(ctx, q)
		if err != nil {
			return err
		}
		if err := t.discardAll(ctx, rows.Items); err != nil {
			return err
		}
		if q.After = rows.Next; rows.Next == nil {
			return nil
		}
	}
}

func (t *Table) discardAll(ctx context.Context, keys []Item) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(clearing)
	for batch := range slices.Chunk(keys, deleteBatch) {
		group.Go(func() error { return t.discard(ctx, batch) })
	}
	return group.Wait()
}

// discard deletes up to deleteBatch items, whatever they are.
func (t *Table) discard(ctx context.Context, keys []Item) error {
	left := make([]types.WriteRequest, len(keys))
	for i, key := range keys {
		left[i].DeleteRequest = &types.DeleteRequest{Key: Key{key.String("pk"), key.String("sk")}.attributes()}
	}
	for attempt := 0; len(left) > 0; attempt++ {
		answer, err := t.client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{
			RequestItems:           map[string][]types.WriteRequest{*t.name: left},
			ReturnConsumedCapacity: t.capacity(),
		})
		if err != nil {
			return fmt.Errorf("table: discard: %w", translate(ctx, err))
		}
		t.observed("BatchWriteItem", answer.ConsumedCapacity...)
		left = answer.UnprocessedItems[*t.name]
		if err := pause(ctx, attempt, len(left) > 0); err != nil {
			return err
		}
	}
	return nil
}
