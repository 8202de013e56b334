package table

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"golang.org/x/sync/errgroup"
)

// Get reads one item, consistently: who wrote, reads it. It returns ErrNotFound
// when there is none.
func Get[T any](ctx context.Context, t *Table, key Key) (T, error) {
	var out T
	answer, err := t.client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: t.name, Key: key.attributes(), ConsistentRead: aws.Bool(true), ReturnConsumedCapacity: t.capacity(),
	})
	if err != nil {
		return out, fmt.Errorf("table: get %s: %w", key, translate(ctx, err))
	}
	t.observed("GetItem", consumed(answer.ConsumedCapacity)...)
	if answer.Item == nil {
		return out, ErrNotFound
	}
	return out, Item(answer.Item).Decode(&out)
}

// Want is one item to be read along with others.
type Want struct {
	Key Key
	// Into points to the struct to fill; it is left alone when there is no such item.
	Into any
	// Found is set when there was one.
	Found bool
}

const (
	// batchSize is the most that one BatchGetItem takes.
	batchSize = 100
	// fetching is how many of them go side by side.
	fetching = 8
)

// Fetch reads several items, of whatever kinds, consistently and in one round
// trip: a BatchGetItem for each hundred, side by side.
func (t *Table) Fetch(ctx context.Context, wants ...*Want) error {
	if len(wants) <= batchSize {
		return t.fetch(ctx, wants)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(fetching)
	for some := range slices.Chunk(wants, batchSize) {
		group.Go(func() error { return t.fetch(ctx, some) })
	}
	return group.Wait()
}

// FetchAll reads things of one kind by their ids, as Fetch does, in the order of
// the ids; those that are not there are left out.
func FetchAll[T any](ctx context.Context, t *Table, ids []string, key func(id string) Key) ([]T, error) {
	found, wants := make([]T, len(ids)), make([]*Want, len(ids))
	for i, id := range ids {
		wants[i] = &Want{Key: key(id), Into: &found[i]}
	}
	if err := t.Fetch(ctx, wants...); err != nil {
		return nil, err
	}
	all := found[:0]
	for i, thing := range found {
		if wants[i].Found {
			all = append(all, thing)
		}
	}
	return all, nil
}

func (t *Table) fetch(ctx context.Context, wants []*Want) error {
	byKey := make(map[Key][]*Want, len(wants))
	asked := types.KeysAndAttributes{ConsistentRead: aws.Bool(true)}
	for _, want := range wants {
		if byKey[want.Key] == nil {
			asked.Keys = append(asked.Keys, want.Key.attributes())
		}
		byKey[want.Key] = append(byKey[want.Key], want)
	}
	for attempt := 0; len(asked.Keys) > 0; attempt++ {
		answer, err := t.client.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{
			RequestItems:           map[string]types.KeysAndAttributes{*t.name: asked},
			ReturnConsumedCapacity: t.capacity(),
		})
		if err != nil {
			return fmt.Errorf("table: fetch: %w", translate(ctx, err))
		}
		t.observed("BatchGetItem", answer.ConsumedCapacity...)
		if err := deliver(answer.Responses[*t.name], byKey); err != nil {
			return err
		}
		// What DynamoDB left over (16 MB in all, or throttled) is asked for again.
		asked.Keys = answer.UnprocessedKeys[*t.name].Keys
		if err := pause(ctx, attempt, len(asked.Keys) > 0); err != nil {
			return err
		}
	}
	return nil
}

func deliver(items []map[string]types.AttributeValue, byKey map[Key][]*Want) error {
	for _, attributes := range items {
		item := Item(attributes)
		for _, want := range byKey[Key{PK: item.String("pk"), SK: item.String("sk")}] {
			if err := item.Decode(want.Into); err != nil {
				return err
			}
			want.Found = true
		}
	}
	return nil
}

func consumed(c *types.ConsumedCapacity) []types.ConsumedCapacity {
	if c == nil {
		return nil
	}
	return []types.ConsumedCapacity{*c}
}
