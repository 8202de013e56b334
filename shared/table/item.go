package table

import (
	"reflect"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Key names one item.
type Key struct {
	PK string `json:"pk"`
	SK string `json:"sk"`
}

// Indexed are the places of an item in the table's indexes; an item stands in
// an index when both keys are set.
type Indexed struct {
	G1PK string `json:"gs1pk,omitempty"`
	G1SK string `json:"gs1sk,omitempty"`
	G2PK string `json:"gs2pk,omitempty"`
	G2SK string `json:"gs2sk,omitempty"`
	G3PK string `json:"gs3pk,omitempty"`
	G3SK string `json:"gs3sk,omitempty"`
}

// Index is one of the table's indexes, or the table itself.
type Index string

// The table itself, and its indexes.
const (
	Base Index = ""
	G1   Index = "gs1"
	G2   Index = "gs2"
	G3   Index = "gs3"
)

// Item is an item as DynamoDB holds it. Items are written from structs by
// their json tags: a field that its JSON leaves out is not stored, unless it
// has a dynamodbav tag.
type Item map[string]types.AttributeValue

// Encode turns a struct into an item.
func Encode(v any) (Item, error) {
	return attributevalue.MarshalMapWithOptions(v, encodeByJSON)
}

func encodeByJSON(o *attributevalue.EncoderOptions) {
	o.TagKey = "json"
	o.NullEmptySets = true
}

// Decode fills the struct that out points to.
func (i Item) Decode(out any) error {
	return attributevalue.UnmarshalMapWithOptions(i, out, decodeByJSON)
}

func decodeByJSON(o *attributevalue.DecoderOptions) { o.TagKey = "json" }

// String is a string attribute, or "".
func (i Item) String(name string) string {
	if s, ok := i[name].(*types.AttributeValueMemberS); ok {
		return s.Value
	}
	return ""
}

func (k Key) attributes() Item {
	return Item{"pk": text(k.PK), "sk": text(k.SK)}
}

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

// differences are the attributes to set and to remove to get from one item to another.
func differences(before, after Item) (set Item, remove []string) {
	set = Item{}
	for name, value := range after {
		if !reflect.DeepEqual(before[name], value) {
			set[name] = value
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			remove = append(remove, name)
		}
	}
	return set, remove
}
