package catalogue_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"atrium/infra/local/dynamo"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/catalogue"
	"atrium/shared/problem"
)

// routes are all there are, but for those that nothing is there to be asked of.
func routes() []api.Operation {
	var all []api.Operation
	for _, o := range catalogue.Operations {
		for _, route := range o.Routes() {
			if o.Name != "get-logo" && o.Name != "get-branding" && o.Name != "describe-api" {
				all = append(all, route)
			}
		}
	}
	return all
}

// Whatever call of whatever operation meets a fault that passes, the caller
// gets the answer they would have got.
func TestEveryOperationOutlivesAFaultOfEachCall(t *testing.T) {
	for _, fault := range apitest.Faults {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			for _, route := range routes() {
				w := apitest.New(t)
				f := newFixture(w)
				w.Stumble(fault)
				if a := f.send(route); a.Status >= http.StatusBadRequest {
					t.Errorf("%s: %d %s", a.Request, a.Status, a.Body)
				}
			}
		})
	}
}

// When a fault lasts, the caller is told to try again, and nothing was
// changed: be it that nothing could be asked at all, or that only what follows
// the first answer failed.
func TestEveryOperationTellsOfALastingFaultAndChangesNothing(t *testing.T) {
	for _, fault := range []apitest.Fault{apitest.Throttled, apitest.Conflict} {
		for from := range 2 {
			t.Run(fmt.Sprintf("%s from call %d on", fault, from+1), func(t *testing.T) {
				t.Parallel()
				for _, route := range routes() {
					if route.Name != "import-users" { // tells of each row
						lasting(t, route, fault, from)
					}
				}
			})
		}
	}
}

func lasting(t *testing.T, route api.Operation, fault apitest.Fault, from int) {
	t.Helper()
	w := apitest.New(t)
	f := newFixture(w)
	before := dump(t, w)
	w.Patience = 80 * time.Millisecond
	failed := w.Break(fault, from, 1_000_000)
	a := f.send(route)
	w.Mend()
	if failed.Load() == 0 {
		return // it makes fewer calls
	}
	a.Refused(http.StatusServiceUnavailable, problem.Throttled)
	if a.Header.Get("Retry-After") == "" {
		t.Errorf("%s: no Retry-After", a.Request)
	}
	if after := dump(t, w); after != before {
		t.Errorf("%s: answered 503, yet changed the table", a.Request)
	}
}

// send sends a right request as the owner.
func (f *fixture) send(route api.Operation) *apitest.Answer { return f.sendAs(f.w.Owner(), route) }

func (f *fixture) sendAs(c apitest.Caller, route api.Operation) *apitest.Answer {
	path, headers := f.named(strings.TrimPrefix(route.Path, api.Prefix)), apitest.Headers{}
	var body any
	if route.Method != http.MethodGet {
		body = f.body(route)
	}
	if len(route.Takes) > 0 && strings.HasPrefix(route.Takes[0], "image/") {
		headers["Content-Type"], body = route.Takes[0], pixel
	}
	return c.Do(route.Method, path, body, headers)
}

// named is text with the ids of one's own things for {o}, {u} …
func (f *fixture) named(text string) string { return f.at(own, text) }

// dump is the whole table as text.
func dump(t *testing.T, w *apitest.World) string {
	t.Helper()
	var all strings.Builder
	pages := dynamodb.NewScanPaginator(dynamo.Client(w.Endpoint), &dynamodb.ScanInput{TableName: aws.String(w.TableName)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			fmt.Fprintln(&all, readable(item))
		}
	}
	return all.String()
}

// readable is an item without the addresses that printing it would show.
func readable(item map[string]types.AttributeValue) string {
	var plain map[string]any
	if err := attributevalue.UnmarshalMap(item, &plain); err != nil {
		return err.Error()
	}
	return fmt.Sprint(plain)
}
