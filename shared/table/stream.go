package table

import (
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Transition is what the table's stream tells of one item: how it was before
// and after a write. It comes at least once, in order for this item only, and
// apart from the other items of the same transaction.
type Transition struct {
	Key Key
	// Before is nil where the item was created, After where it was deleted, by
	// an operation or by the table's sweeper.
	Before, After Item
	// At is when the write was made, to the second.
	At time.Time
}

// Workspace is the one that the item is below.
func (t Transition) Workspace() string {
	ws, _, _ := strings.Cut(t.Key.PK, "#")
	return ws
}

// TransitionOf reads a record of the stream.
func TransitionOf(record events.DynamoDBEventRecord) (Transition, error) {
	t := Transition{At: record.Change.ApproximateCreationDateTime.Time}
	var err error
	if t.Before, err = streamed(record.Change.OldImage); err != nil {
		return t, err
	}
	if t.After, err = streamed(record.Change.NewImage); err != nil {
		return t, err
	}
	keys, err := streamed(record.Change.Keys)
	t.Key = Key{PK: keys.String("pk"), SK: keys.String("sk")}
	return t, err
}

// streamed is an item as AWS Lambda gives it.
func streamed(image map[string]events.DynamoDBAttributeValue) (Item, error) {
	if image == nil {
		return nil, nil //nolint:nilnil // no image is no item
	}
	item := make(Item, len(image))
	for name, value := range image {
		attribute, err := streamedValue(value)
		if err != nil {
			return nil, fmt.Errorf("table: stream record, %s: %w", name, err)
		}
		item[name] = attribute
	}
	return item, nil
}

func streamedValue(v events.DynamoDBAttributeValue) (types.AttributeValue, error) {
	switch v.DataType() {
	case events.DataTypeString:
		return text(v.String()), nil
	case events.DataTypeNumber:
		return &types.AttributeValueMemberN{Value: v.Number()}, nil
	case events.DataTypeBoolean:
		return &types.AttributeValueMemberBOOL{Value: v.Boolean()}, nil
	case events.DataTypeNull:
		return &types.AttributeValueMemberNULL{Value: true}, nil
	case events.DataTypeBinary:
		return &types.AttributeValueMemberB{Value: v.Binary()}, nil
	case events.DataTypeStringSet:
		return &types.AttributeValueMemberSS{Value: v.StringSet()}, nil
	case events.DataTypeMap:
		members, err := streamed(v.Map())
		return &types.AttributeValueMemberM{Value: members}, err
	case events.DataTypeList:
		return streamedList(v.List())
	default:
		return nil, fmt.Errorf("no item of ours holds data of type %d", v.DataType())
	}
}

func streamedList(values []events.DynamoDBAttributeValue) (types.AttributeValue, error) {
	list := make([]types.AttributeValue, len(values))
	for i, v := range values {
		var err error
		if list[i], err = streamedValue(v); err != nil {
			return nil, err
		}
	}
	return &types.AttributeValueMemberL{Value: list}, nil
}
