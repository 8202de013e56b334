package events_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"atrium/infra/describe/events"
	"atrium/infra/local/dynamo"
	"atrium/shared/apitest"
	"atrium/shared/table"
)

// fixture is a table's items, in which the first thing of each kind has the id
// that all events speak of.
type fixture []table.Item

// load makes a table of the fixture.
func (f fixture) load(t *testing.T) *apitest.World {
	t.Helper()
	return f.loadInto(t, apitest.New(t))
}

func (f fixture) loadInto(t *testing.T, w *apitest.World) *apitest.World {
	t.Helper()
	client := dynamo.Client(w.Endpoint)
	for _, item := range f {
		if _, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String(w.TableName), Item: item}); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// dump reads a table whole, and gives what is new in it the ids of the events.
func dump(t *testing.T, w *apitest.World) fixture {
	t.Helper()
	var items fixture
	pages := dynamodb.NewScanPaginator(dynamo.Client(w.Endpoint), &dynamodb.ScanInput{TableName: aws.String(w.TableName)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			items = append(items, item)
		}
	}
	names := strings.NewReplacer(items.renames()...)
	for i, item := range items {
		items[i] = renamed(&types.AttributeValueMemberM{Value: item}, names).(*types.AttributeValueMemberM).Value
	}
	return items
}

var ids = regexp.MustCompile(`\b(ws|stf|org|agt|usr|key|inv|sgn|ses)_[0-9a-z]{26}`)

// renames are pairs of an id and what it becomes, by the first id of each kind
// in keys. Those of which events speak already stay.
func (f fixture) renames() []string {
	var pairs []string
	seen := map[string]bool{}
	for _, item := range f {
		for kind, known := range events.IDs {
			seen[kind] = seen[kind] || strings.Contains(item.String("pk")+" "+item.String("sk"), known)
		}
	}
	for _, item := range f {
		for _, found := range ids.FindAllString(item.String("pk")+" "+item.String("sk"), -1) {
			kind, _, _ := strings.Cut(found, "_")
			if !seen[kind] {
				seen[kind] = true
				pairs = append(pairs, found, events.IDs[kind])
			}
		}
	}
	return pairs
}

// renamed replaces in all strings of a value, keys of maps included.
func renamed(v types.AttributeValue, names *strings.Replacer) types.AttributeValue {
	switch v := v.(type) {
	case *types.AttributeValueMemberS:
		return &types.AttributeValueMemberS{Value: names.Replace(v.Value)}
	case *types.AttributeValueMemberSS:
		values := make([]string, len(v.Value))
		for i, s := range v.Value {
			values[i] = names.Replace(s)
		}
		return &types.AttributeValueMemberSS{Value: values}
	case *types.AttributeValueMemberL:
		values := make([]types.AttributeValue, len(v.Value))
		for i, member := range v.Value {
			values[i] = renamed(member, names)
		}
		return &types.AttributeValueMemberL{Value: values}
	case *types.AttributeValueMemberM:
		members := make(map[string]types.AttributeValue, len(v.Value))
		for name, member := range v.Value {
			members[names.Replace(name)] = renamed(member, names)
		}
		return &types.AttributeValueMemberM{Value: members}
	default:
		return v
	}
}
