package main

import (
	"bytes"
	"context"
	"maps"
	"reflect"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"atrium/infra/local/dynamo"
	"atrium/infra/place"
	"atrium/shared/apitest"
	"atrium/shared/table"
)

// items are a table as it was at a moment.
type items map[table.Key]table.Item

// differing are the keys of what is not the same in both.
func (i items) differing(other items) []table.Key {
	both := maps.Clone(i)
	maps.Copy(both, other)
	var keys []table.Key
	for key := range both {
		if !reflect.DeepEqual(i[key], other[key]) {
			keys = append(keys, key)
		}
	}
	return keys
}

// bench is a world whose table is read and written behind the API's back.
type bench struct {
	*apitest.World
	client *dynamodb.Client
}

func newBench(t *testing.T) *bench {
	w := apitest.New(t)
	return &bench{World: w, client: dynamo.Client(w.Endpoint)}
}

// dump is the whole table.
func (b *bench) dump() items {
	b.T.Helper()
	all := items{}
	pages := dynamodb.NewScanPaginator(b.client, &dynamodb.ScanInput{TableName: aws.String(b.TableName), ConsistentRead: aws.Bool(true)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(context.Background())
		if err != nil {
			b.T.Fatal(err)
		}
		for _, item := range page.Items {
			all[table.KeyOf(item)] = item
		}
	}
	return all
}

// become makes the table another one.
func (b *bench) become(other items) {
	b.T.Helper()
	for _, key := range b.dump().differing(other) {
		b.set(key, other[key])
	}
}

// set writes one item; nil deletes it.
func (b *bench) set(key table.Key, item table.Item) {
	b.T.Helper()
	var err error
	if item == nil {
		named := table.Item{"pk": &types.AttributeValueMemberS{Value: key.PK}, "sk": &types.AttributeValueMemberS{Value: key.SK}}
		_, err = b.client.DeleteItem(context.Background(), &dynamodb.DeleteItemInput{TableName: aws.String(b.TableName), Key: named})
	} else {
		_, err = b.client.PutItem(context.Background(), &dynamodb.PutItemInput{TableName: aws.String(b.TableName), Item: item})
	}
	if err != nil {
		b.T.Fatal(err)
	}
}

// place is where the world's table is.
func (b *bench) place() place.Place {
	return place.Place{Table: b.Table, Client: b.client, Name: b.TableName, Where: "the table"}
}

// check looks at the table, and returns what was said of it.
func (b *bench) check() (wrong bool, said string) { return b.run(repair{}) }

// mend mends it.
func (b *bench) mend() (wrong bool, said string) { return b.run(repair{mend: true}) }

func (b *bench) run(r repair) (wrong bool, said string) {
	b.T.Helper()
	var out bytes.Buffer
	r.Place, r.out = b.place(), &out
	wrong, err := r.run(context.Background())
	if err != nil {
		b.T.Fatal(err, out.String())
	}
	return wrong, out.String()
}
