package table

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Query reads a partition, or a part of it, in the order of its sort key.
// A query of the table itself is consistent; one of an index may lag.
type Query struct {
	Index Index
	// PK is the partition.
	PK string
	// Prefix limits it to sort keys that begin so.
	Prefix string
	// From and To limit it to a range; either may be empty. No item stands
	// exactly at To: it is the beginning of a key, never a whole one.
	From, To string
	// Descending turns the order round.
	Descending bool
	// Limit is the most items to read.
	Limit int
	// KeysOnly leaves out everything but the items' own keys.
	KeysOnly bool
	// After is where the last page ended.
	After Position
	// Filter leaves out what does not meet it; it is read, and paid for, all the same.
	Filter *Condition
}

// Position is a place in a query's order: the keys of the item it stands behind.
type Position map[string]string

// PositionOf is the place of an item in the order of an index.
func PositionOf(index Index, item Item) Position {
	p := Position{}
	for _, name := range index.keyNames() {
		p[name] = item.String(name)
	}
	return p
}

func (i Index) keyNames() []string {
	if i == Base {
		return []string{"pk", "sk"}
	}
	return []string{"pk", "sk", string(i) + "pk", string(i) + "sk"}
}

func (i Index) partitionName() string { return string(i) + "pk" }
func (i Index) sortName() string      { return string(i) + "sk" }

// Rows is what one Query call returned.
type Rows struct {
	Items []Item
	// Next is where to go on, nil at the end of the partition. It can be set
	// though nothing more is to come.
	Next Position
}

// Query makes one call. It returns fewer items than Limit when the filter left
// some out or a megabyte was read.
func (t *Table) Query(ctx context.Context, q Query) (Rows, error) {
	input, err := t.queryInput(q)
	if err != nil {
		return Rows{}, fmt.Errorf("table: query %s: %w", q.Index, err)
	}
	answer, err := t.client.Query(ctx, input)
	if err != nil {
		return Rows{}, fmt.Errorf("table: query %s: %w", q.Index, translate(ctx, err))
	}
	t.observed("Query", consumed(answer.ConsumedCapacity)...)
	rows := Rows{Items: make([]Item, len(answer.Items))}
	for i, item := range answer.Items {
		rows.Items[i] = item
	}
	if answer.LastEvaluatedKey != nil {
		rows.Next = PositionOf(q.Index, answer.LastEvaluatedKey)
	}
	return rows, nil
}

func (t *Table) queryInput(q Query) (*dynamodb.QueryInput, error) {
	builder := expression.NewBuilder().WithKeyCondition(q.keyCondition())
	if q.Filter != nil {
		builder = builder.WithFilter(*q.Filter)
	}
	if q.KeysOnly {
		builder = builder.WithProjection(expression.NamesList(expression.Name("pk"), expression.Name("sk")))
	}
	expr, err := builder.Build()
	if err != nil {
		return nil, err
	}
	input := &dynamodb.QueryInput{
		TableName: t.name, KeyConditionExpression: expr.KeyCondition(), FilterExpression: expr.Filter(),
		ProjectionExpression:     expr.Projection(),
		ExpressionAttributeNames: expr.Names(), ExpressionAttributeValues: expr.Values(),
		ScanIndexForward: aws.Bool(!q.Descending), ReturnConsumedCapacity: t.capacity(),
	}
	if q.Limit > 0 {
		input.Limit = aws.Int32(int32(min(q.Limit, 1000)))
	}
	if q.Index == Base {
		input.ConsistentRead = aws.Bool(true)
	} else {
		input.IndexName = aws.String(string(q.Index))
	}
	if q.After != nil {
		input.ExclusiveStartKey = map[string]types.AttributeValue{}
		for name, value := range q.After {
			input.ExclusiveStartKey[name] = text(value)
		}
	}
	return input, nil
}

// lastCharacter comes behind all others in DynamoDB's order, that of UTF-8's bytes.
const lastCharacter = "\U0010FFFF"

func (q Query) keyCondition() expression.KeyConditionBuilder {
	partition := expression.Key(q.Index.partitionName()).Equal(expression.Value(q.PK))
	sort := expression.Key(q.Index.sortName())
	switch {
	case q.Prefix != "":
		// The same as begins_with, for which the local server would read the
		// whole partition: behind every key that begins so comes the prefix
		// with the last character there is.
		return partition.And(sort.Between(expression.Value(q.Prefix), expression.Value(q.Prefix+lastCharacter)))
	case q.From != "" && q.To != "":
		return partition.And(sort.Between(expression.Value(q.From), expression.Value(q.To)))
	case q.From != "":
		return partition.And(sort.GreaterThanEqual(expression.Value(q.From)))
	case q.To != "":
		return partition.And(sort.LessThan(expression.Value(q.To)))
	default:
		return partition
	}
}
