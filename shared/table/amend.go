package table

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Operations know what they write. What follows is for those who hold items
// against each other: they take them as they are, and change them only as long
// as they are still what was read.

// UnmarshalDynamoDBAttributeValue lets an item be read as it is, whatever is
// in it: as the Into of a Want, or by Get.
func (i *Item) UnmarshalDynamoDBAttributeValue(value types.AttributeValue) error {
	attributes, ok := value.(*types.AttributeValueMemberM)
	if !ok {
		return fmt.Errorf("table: an item is a map, not a %T", value)
	}
	*i = attributes.Value
	return nil
}

// Item is what a Put writes, whole; nil for all other writes.
func (w *Write) Item() Item {
	if w.kind != put || w.err != nil {
		return nil
	}
	return w.item
}

// PutItem is Put for an item as it is.
func PutItem(item Item) *Write { return &Write{kind: put, item: item, key: KeyOf(item)} }

// Unchanged holds where an item is still the version that was read; of nil,
// where there is still none.
func Unchanged(read Item) Condition {
	switch version, versioned := read["version"]; {
	case read == nil:
		return Absent()
	case versioned:
		return Equals("version", version)
	default:
		return Exists()
	}
}

// Same holds where all that was read of an item is still so; of nil, where
// there is still none.
func Same(read Item) Condition {
	if read == nil {
		return Absent()
	}
	all := Exists()
	for name := range read {
		if name != "pk" && name != "sk" {
			all = all.And(read.still(name))
		}
	}
	return all
}

// still holds where an attribute is as it was read.
func (i Item) still(name string) Condition {
	if value, ok := i[name]; ok {
		return Equals(name, value)
	}
	return HasNot(name)
}

// Amend changes an item that was read from one state to another, and names the
// attributes that differ; where none does, there is no write. It holds only
// while the version and those attributes are still what was read. Attributes
// that the states know nothing of stay.
func Amend(read Item, before, after any) (*Write, []string, error) {
	old, err := Encode(before)
	if err != nil {
		return nil, nil, err
	}
	item, err := Encode(after)
	if err != nil {
		return nil, nil, err
	}
	set, names := differences(old, item)
	var edit Edit
	for _, name := range names {
		edit = edit.Remove(expression.Name(name))
	}
	for name, value := range set {
		edit, names = edit.Set(expression.Name(name), expression.Value(value)), append(names, name)
	}
	if len(names) == 0 {
		return nil, nil, nil
	}
	w := Update(KeyOf(read), edit).If(Unchanged(read))
	for _, name := range names {
		if name != "version" {
			w.If(read.still(name))
		}
	}
	return w, names, nil
}
