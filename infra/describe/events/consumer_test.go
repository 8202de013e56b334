package events_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	lambda "github.com/aws/aws-lambda-go/events"

	"atrium/infra/describe/events"
	"atrium/infra/local/dynamo"
	"atrium/infra/local/stream"
	"atrium/shared/apitest"
	"atrium/shared/consequence"
	"atrium/shared/lambdastream"
	"atrium/shared/organization"
	"atrium/shared/table"
)

const consumer = "purge-organization"

// purged is the fixture as the consumer's own event leaves it.
func (f fixture) purged(t *testing.T) {
	t.Helper()
	w := f.load(t)
	answer, err := lambdastream.Handler(w.Function(consumer), consequence.Follow)(t.Context(), record(t))
	if err != nil || len(answer.BatchItemFailures) > 0 {
		t.Fatalf("%+v %v", answer, err)
	}
	left := dump(t, w)
	for _, item := range left {
		if key := item.String("pk"); strings.Contains(key, "#user") || strings.Contains(key, "#team") || strings.Contains(key, "#org-word") {
			t.Errorf("left over: %s %s", key, item.String("sk"))
		}
	}
	if len(left) == 0 {
		t.Error("nothing is left, not even what the workspace keeps")
	}
}

func record(t *testing.T) (event lambda.DynamoDBEvent) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(apitest.Root(), events.File(consumer)))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &event); err != nil {
		t.Fatal(err)
	}
	return event
}

// followed does everything that something follows from, and has the consumer see to it.
func (f fixture) followed(t *testing.T) {
	for _, cause := range map[string]func(t *testing.T, w *apitest.World){
		"an organization is renamed": func(t *testing.T, w *apitest.World) { change(t, w, "update-organization", `{"name":"Playa Sur"}`) },
		"an organization is renamed and closed": func(t *testing.T, w *apitest.World) {
			change(t, w, "update-organization", `{"name":"Playa Norte","status":"suspended"}`)
		},
		"an agent is deleted": func(t *testing.T, w *apitest.World) { change(t, w, "delete-agent", "") },
		"an organization is purged": func(t *testing.T, w *apitest.World) {
			change(t, w, "delete-organization", "")
			if _, err := dynamo.Sweep(t.Context(), w.Endpoint, w.TableName, time.Now().Add(organization.Grace+time.Minute)); err != nil {
				t.Fatal(err)
			}
		},
	} {
		w := f.loadInto(t, apitest.NewStreamed(t))
		cause(t, w)
		consume(t, w)
	}
}

// change sends an operation its event, with another body.
func change(t *testing.T, w *apitest.World, name, body string) {
	t.Helper()
	o, _ := operation(name)
	event := read(t, name)
	event.Body = body
	send(t, w, o, event)
}

// consume hands the consumer all that the table's stream tells of so far.
func consume(t *testing.T, w *apitest.World) {
	t.Helper()
	last := table.Key{PK: "the last record", SK: "is of this item"}
	if err := w.Table.Commit(t.Context(), table.Put(struct{ table.Key }{last})); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	handle := lambdastream.Handler(w.Function(consumer), consequence.Follow)
	until := func(ctx context.Context, batch lambda.DynamoDBEvent) (lambda.DynamoDBEventResponse, error) {
		answer, err := handle(ctx, batch)
		for _, r := range batch.Records {
			if r.Change.Keys["pk"].String() == last.PK {
				stop()
			}
		}
		return answer, err
	}
	if err := stream.Run(ctx, w.Endpoint, w.TableName, filepath.Join(t.TempDir(), "position.json"), until); err != nil {
		t.Fatal(err)
	}
}
