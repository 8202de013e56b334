package table

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Write is one item's part in a transaction.
type Write struct {
	kind      kind
	key       Key
	item      Item
	update    expression.UpdateBuilder
	condition *expression.ConditionBuilder
	refused   func(old Item) error
	err       error
}

type kind int

const (
	put kind = iota
	update
	remove
	check
)

// ErrRefused says that a condition did not hold, where a Write gives no reason of its own.
var ErrRefused = errors.New("table: condition failed")

// Put writes an item whole; v is a struct that embeds Key.
func Put(v any) *Write {
	item, err := Encode(v)
	return &Write{kind: put, item: item, key: Key{item.String("pk"), item.String("sk")}, err: err}
}

// Create is Put where nothing may stand yet.
func Create(v any) *Write { return Put(v).If(Absent()) }

// Update changes the parts of an item that the expression names.
func Update(key Key, expr expression.UpdateBuilder) *Write {
	return &Write{kind: update, key: key, update: expr}
}

// Change updates an item from one state to another, touching only the
// attributes that differ: what others change meanwhile (counts) stays theirs.
func Change(before, after any) *Write {
	old, err1 := Encode(before)
	item, err2 := Encode(after)
	w := &Write{kind: update, key: Key{item.String("pk"), item.String("sk")}, err: errors.Join(err1, err2)}
	set, gone := differences(old, item)
	for name, value := range set {
		w.update = w.update.Set(expression.Name(name), expression.Value(value))
	}
	for _, name := range gone {
		w.update = w.update.Remove(expression.Name(name))
	}
	return w.If(Exists())
}

// Delete removes an item.
func Delete(key Key) *Write { return &Write{kind: remove, key: key} }

// Check changes nothing: the transaction holds only if the condition does.
func Check(key Key, condition Condition) *Write {
	return (&Write{kind: check, key: key}).If(condition)
}

// If adds a condition; all must hold.
func (w *Write) If(condition Condition) *Write {
	if w.condition != nil {
		condition = w.condition.And(condition)
	}
	w.condition = &condition
	return w
}

// Else gives the error for when the condition does not hold. It is told the
// item that stood there, nil when there was none.
func (w *Write) Else(refused func(old Item) error) *Write {
	w.refused = refused
	return w
}

// Guard adds a condition with the reason for when it, and not another one of
// the write, did not hold; refused gives nil when it did.
func (w *Write) Guard(condition Condition, refused func(old Item) error) *Write {
	others := *w
	return w.If(condition).Else(func(old Item) error {
		if err := refused(old); err != nil {
			return err
		}
		return others.refusal(old)
	})
}

// ElseError is Else where the item does not matter.
func (w *Write) ElseError(err error) *Write {
	return w.Else(func(Item) error { return err })
}

// SameItem tells whether two writes are of one item, which a transaction may
// name once only.
func (w *Write) SameItem(other *Write) bool { return w.key == other.key }

func (w *Write) refusal(old Item) error {
	if w.refused == nil {
		return fmt.Errorf("%w: %s", ErrRefused, w.key)
	}
	return w.refused(old)
}

func (w *Write) expression() (expression.Expression, error) {
	builder := expression.NewBuilder()
	if w.condition != nil {
		builder = builder.WithCondition(*w.condition)
	}
	if w.kind == update {
		builder = builder.WithUpdate(w.update)
	}
	if w.condition == nil && w.kind != update {
		return expression.Expression{}, w.err
	}
	expr, err := builder.Build()
	return expr, errors.Join(w.err, err)
}

// MaxItems is the most that one transaction takes.
const MaxItems = 100

// Commit makes all writes or none, in one round trip. The first refused write,
// by position, gives the error. A lost answer is asked for again under the
// same token, so that the writes are made once.
func (t *Table) Commit(ctx context.Context, writes ...*Write) error {
	items := make([]types.TransactWriteItem, len(writes))
	for i, w := range writes {
		item, err := t.transactItem(w)
		if err != nil {
			return fmt.Errorf("table: write %s: %w", w.key, err)
		}
		items[i] = item
	}
	ctx, outcome := watched(ctx)
	answer, err := t.client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{
		TransactItems: items, ReturnConsumedCapacity: t.capacity(),
	})
	if err != nil {
		return refusalOf(err, writes, outcome.translate(ctx, err))
	}
	t.observed("TransactWriteItems", answer.ConsumedCapacity...)
	return nil
}

// Refusal is why a transaction was not made: conditions that did not hold. It
// is the error of the first write that was refused, by position, and knows
// those of the others.
type Refusal struct {
	first error
	items map[*Write]Item
}

// Error is the first write's.
func (r *Refusal) Error() string { return r.first.Error() }

// Unwrap is the first write's error.
func (r *Refusal) Unwrap() error { return r.first }

// Among is the error of the first of some writes that was refused, nil when none was.
func (r *Refusal) Among(writes []*Write) error {
	for _, w := range writes {
		if old, refused := r.items[w]; refused {
			return w.refusal(old)
		}
	}
	return nil
}

// refusalOf finds the refused writes in err; where there are none, it is otherwise.
func refusalOf(err error, writes []*Write, otherwise error) error {
	var canceled *types.TransactionCanceledException
	r := Refusal{items: map[*Write]Item{}}
	if errors.As(err, &canceled) {
		for i, reason := range canceled.CancellationReasons {
			if aws.ToString(reason.Code) == "ConditionalCheckFailed" && i < len(writes) {
				r.items[writes[i]] = reason.Item
			}
		}
	}
	if r.first = r.Among(writes); r.first != nil {
		return &r
	}
	return fmt.Errorf("table: commit: %w", otherwise)
}

func (t *Table) transactItem(w *Write) (types.TransactWriteItem, error) {
	expr, err := w.expression()
	old := types.ReturnValuesOnConditionCheckFailureAllOld
	switch w.kind {
	case put:
		return types.TransactWriteItem{Put: &types.Put{
			TableName: t.name, Item: w.item, ConditionExpression: expr.Condition(),
			ExpressionAttributeNames: expr.Names(), ExpressionAttributeValues: expr.Values(),
			ReturnValuesOnConditionCheckFailure: old,
		}}, err
	case update:
		return types.TransactWriteItem{Update: &types.Update{
			TableName: t.name, Key: w.key.attributes(), UpdateExpression: expr.Update(), ConditionExpression: expr.Condition(),
			ExpressionAttributeNames: expr.Names(), ExpressionAttributeValues: expr.Values(),
			ReturnValuesOnConditionCheckFailure: old,
		}}, err
	case remove:
		return types.TransactWriteItem{Delete: &types.Delete{
			TableName: t.name, Key: w.key.attributes(), ConditionExpression: expr.Condition(),
			ExpressionAttributeNames: expr.Names(), ExpressionAttributeValues: expr.Values(),
			ReturnValuesOnConditionCheckFailure: old,
		}}, err
	default:
		return types.TransactWriteItem{ConditionCheck: &types.ConditionCheck{
			TableName: t.name, Key: w.key.attributes(), ConditionExpression: expr.Condition(),
			ExpressionAttributeNames: expr.Names(), ExpressionAttributeValues: expr.Values(),
			ReturnValuesOnConditionCheckFailure: old,
		}}, err
	}
}

// UpdateOne makes one update alone, at half a transaction's price, and fills
// out with the item as it is afterwards.
func (t *Table) UpdateOne(ctx context.Context, w *Write, out any) error {
	expr, err := w.expression()
	if err != nil {
		return fmt.Errorf("table: update %s: %w", w.key, err)
	}
	ctx, outcome := watched(ctx)
	answer, err := t.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: t.name, Key: w.key.attributes(), UpdateExpression: expr.Update(), ConditionExpression: expr.Condition(),
		ExpressionAttributeNames: expr.Names(), ExpressionAttributeValues: expr.Values(),
		ReturnValues: types.ReturnValueAllNew, ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
		ReturnConsumedCapacity: t.capacity(),
	})
	var refused *types.ConditionalCheckFailedException
	if errors.As(err, &refused) {
		return w.refusal(refused.Item)
	}
	if err != nil {
		return fmt.Errorf("table: update %s: %w", w.key, outcome.translate(ctx, err))
	}
	t.observed("UpdateItem", consumed(answer.ConsumedCapacity)...)
	return Item(answer.Attributes).Decode(out)
}

// pause waits before another attempt, if there is to be one, or until the context ends.
func pause(ctx context.Context, attempt int, again bool) error {
	if !again {
		return nil
	}
	delay, _ := backoff(attempt, nil)
	select {
	case <-time.After(delay):
		return nil
	case <-ctx.Done():
		return translate(ctx, ctx.Err())
	}
}
