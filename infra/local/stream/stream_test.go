package stream_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"atrium/infra/local/stream"
	"atrium/shared/apitest"
	"atrium/shared/table"
)

type item struct {
	table.Key
	Name   string            `json:"name"`
	Size   int               `json:"size"`
	Open   bool              `json:"open"`
	Parts  []string          `json:"parts"`
	Inside map[string]string `json:"inside"`
	Words  []string          `json:"words,stringset"`
}

func put(w *apitest.World, names ...string) {
	w.T.Helper()
	for _, name := range names {
		i := item{Key: table.Key{PK: "p", SK: name}, Name: name, Size: 7, Open: true, Parts: []string{"a", "b"}, Inside: map[string]string{"k": "v"}, Words: []string{"w"}}
		if err := w.Table.Commit(w.T.Context(), table.Put(i)); err != nil {
			w.T.Fatal(err)
		}
	}
}

// consumer notes what it was given, and fails as often as it is told to.
type consumer struct {
	mu     sync.Mutex
	taken  []string
	fail   map[string]int
	broken int
	done   func(taken []string) bool
	stop   context.CancelFunc
}

func (c *consumer) handle(_ context.Context, event events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.broken > 0 {
		c.broken--
		return events.DynamoDBEventResponse{}, errors.New("the function itself failed")
	}
	var answer events.DynamoDBEventResponse
	for _, record := range event.Records {
		name := record.Change.Keys["sk"].String()
		if c.fail[name] > 0 {
			c.fail[name]--
			answer.BatchItemFailures = append(answer.BatchItemFailures, events.DynamoDBBatchItemFailure{ItemIdentifier: record.Change.SequenceNumber})
			continue
		}
		c.taken = append(c.taken, name)
	}
	if c.done(c.taken) {
		c.stop()
	}
	return answer, nil
}

// consume runs until done says that enough was taken.
func consume(w *apitest.World, file string, c *consumer, done func(taken []string) bool) []string {
	w.T.Helper()
	ctx, stop := context.WithTimeout(w.T.Context(), 20*time.Second)
	defer stop()
	c.done, c.stop = done, stop
	if err := stream.Run(ctx, w.Endpoint, w.TableName, file, c.handle); err != nil {
		w.T.Fatal(err)
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		w.T.Fatalf("not within 20 seconds; taken so far: %v", c.taken)
	}
	return c.taken
}

func has(names ...string) func([]string) bool {
	return func(taken []string) bool {
		for _, name := range names {
			if !slices.Contains(taken, name) {
				return false
			}
		}
		return true
	}
}

func TestRestartGoesOn(t *testing.T) {
	t.Parallel()
	w, file := apitest.NewStreamed(t), filepath.Join(t.TempDir(), "position.json")
	names := make([]string, 150) // more than one batch
	for i := range names {
		names[i] = fmt.Sprintf("%03d", i)
	}
	put(w, names...)
	if got := consume(w, file, &consumer{}, has("149")); !slices.Equal(got, names) {
		t.Fatalf("taken: %v, want each once and in order", got)
	}
	put(w, "later")
	if got := consume(w, file, &consumer{}, has("later")); !slices.Equal(got, []string{"later"}) {
		t.Errorf("taken after the restart: %v", got)
	}
}

func TestFailuresAreTriedAgainFromTheFirstOn(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	put(w, "a", "b", "c")
	c := &consumer{broken: 1, fail: map[string]int{"b": 2}}
	got := consume(w, filepath.Join(t.TempDir(), "position.json"), c, has("a", "b", "c"))
	if want := []string{"a", "c", "c", "b", "c"}; !slices.Equal(got, want) {
		t.Errorf("taken: %v, want %v", got, want)
	}
}

func TestRecordsAreWhatLambdaGives(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	put(w, "a")
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	var record events.DynamoDBEventRecord
	err := stream.Run(ctx, w.Endpoint, w.TableName, filepath.Join(t.TempDir(), "position.json"),
		func(_ context.Context, event events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
			record = event.Records[0]
			stop()
			return events.DynamoDBEventResponse{}, nil
		})
	if err != nil {
		t.Fatal(err)
	}
	change, err := table.TransitionOf(record)
	if err != nil {
		t.Fatal(err)
	}
	var got item
	if err := change.After.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if record.EventName != "INSERT" || change.Before != nil || change.Key != (table.Key{PK: "p", SK: "a"}) || change.Workspace() != "p" ||
		got.Name != "a" || got.Size != 7 || !got.Open || !slices.Equal(got.Parts, []string{"a", "b"}) || got.Inside["k"] != "v" || !slices.Equal(got.Words, []string{"w"}) {
		t.Errorf("%s %+v: %+v", record.EventName, change.Key, got)
	}
}
