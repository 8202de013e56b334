package table_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"atrium/infra/local/dynamo"
	"atrium/shared/apitest"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// mend fails unless the caller is told to come again, and whoever reads the log what to do.
func mend(t *testing.T, err error, todo string) {
	t.Helper()
	if !problem.Is(err, problem.Unavailable) || !strings.Contains(err.Error(), todo) {
		t.Errorf("%v, want it unavailable, and %q", err, todo)
	}
	if err != nil && strings.Contains(problem.Of(err).Detail, "table") {
		t.Errorf("the caller is told %q", problem.Of(err).Detail)
	}
}

func TestATableThatIsNotThereIsSaid(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	elsewhere := table.Open(dynamo.Config(w.Endpoint, "no-such-table"))
	_, err := table.Get[thing](t.Context(), elsewhere, key(w.Workspace))
	mend(t, err, "TABLE_NAME names no table of this region")
	mend(t, elsewhere.Commit(t.Context(), table.Create(thing{Key: key(w.Workspace)})), "TABLE_NAME names no table of this region")
}

func TestAnIndexThatIsNotThereIsSaid(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	name := w.TableName + "-bare"
	_, err := dynamo.Client(w.Endpoint).CreateTable(t.Context(), &dynamodb.CreateTableInput{
		TableName: aws.String(name), BillingMode: types.BillingModePayPerRequest,
		AttributeDefinitions: []types.AttributeDefinition{
			{AttributeName: aws.String("pk"), AttributeType: types.ScalarAttributeTypeS}, {AttributeName: aws.String("sk"), AttributeType: types.ScalarAttributeTypeS},
		},
		KeySchema: []types.KeySchemaElement{{AttributeName: aws.String("pk"), KeyType: types.KeyTypeHash}, {AttributeName: aws.String("sk"), KeyType: types.KeyTypeRange}},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = table.Open(dynamo.Config(w.Endpoint, name)).Query(t.Context(), table.Query{PK: w.Workspace, Index: table.G2})
	mend(t, err, "the table lacks an index")
}

// What the local servers never refuse, AWS does.
func TestARightThatIsNotThereIsSaid(t *testing.T) {
	t.Parallel()
	for code, todo := range map[string]string{
		"AccessDeniedException": "the function's role lacks a right", "UnrecognizedClientException": "AWS does not take the function's credentials",
	} {
		w := apitest.New(t)
		w.Fault = func(r *http.Request) (*http.Response, error) {
			return &http.Response{
				StatusCode: http.StatusBadRequest, Request: r, Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}},
				Body: io.NopCloser(strings.NewReader(`{"__type":"com.amazon.coral.service#` + code + `","message":"not authorized to perform: dynamodb:GetItem"}`)),
			}, nil
		}
		_, err := table.Get[thing](t.Context(), w.Table, key(w.Workspace))
		mend(t, err, todo)
		mend(t, err, "dynamodb:GetItem")
	}
}
