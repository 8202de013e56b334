package stream

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

func TestWhatNeverSucceedsIsPutAside(t *testing.T) {
	positions, err := loadPositions(filepath.Join(t.TempDir(), "position.json"))
	if err != nil {
		t.Fatal(err)
	}
	attempts := map[string]int{}
	handle := func(_ context.Context, event events.DynamoDBEvent) (answer events.DynamoDBEventResponse, _ error) {
		for _, r := range event.Records {
			if attempts[r.Change.SequenceNumber]++; r.Change.SequenceNumber == "2" {
				answer.BatchItemFailures = append(answer.BatchItemFailures, events.DynamoDBBatchItemFailure{ItemIdentifier: "2"})
			}
		}
		return answer, nil
	}
	var pauses []int
	f := &follower{handle: handle, positions: positions, pause: func(attempts int) time.Duration {
		pauses = append(pauses, attempts)
		return 0
	}}
	if err := f.deliver(t.Context(), "shard", recordsOf("1", "2", "3")); err != nil {
		t.Fatal(err)
	}
	if attempts["1"] != 1 || attempts["2"] != 1+maxAttempts || attempts["3"] == 0 {
		t.Errorf("attempts %v", attempts)
	}
	if want := []int{1, 2, 3, 4, 5, 6, 7, 8, 9}; !slices.Equal(pauses, want) {
		t.Errorf("paused after %v attempts, want %v", pauses, want)
	}
	again, err := loadPositions(positions.file)
	if err != nil || again.of("shard") != "3" {
		t.Errorf("goes on after %q (%v), want after 3", again.of("shard"), err)
	}
}

func TestPausesDoubleUpToALimit(t *testing.T) {
	if doubling(2) != 2*doubling(1) || doubling(maxAttempts) != longestPause {
		t.Errorf("%v, %v, …, %v", doubling(1), doubling(2), doubling(maxAttempts))
	}
}

func recordsOf(sequenceNumbers ...string) []types.Record {
	records := make([]types.Record, len(sequenceNumbers))
	for i, n := range sequenceNumbers {
		records[i].Dynamodb = &types.StreamRecord{SequenceNumber: aws.String(n)}
	}
	return records
}

// What a consumer does not want is done with, and does not wake it.
func TestAFilterWakesForWhatIsWanted(t *testing.T) {
	positions, err := loadPositions(filepath.Join(t.TempDir(), "position.json"))
	if err != nil {
		t.Fatal(err)
	}
	var handed []string
	wants := func(r events.DynamoDBEventRecord) bool { return r.Change.SequenceNumber == "2" }
	f := &follower{positions: positions, handle: Filtered(wants, func(_ context.Context, event events.DynamoDBEvent) (answer events.DynamoDBEventResponse, _ error) {
		for _, r := range event.Records {
			handed = append(handed, r.Change.SequenceNumber)
		}
		return answer, nil
	})}
	for _, batch := range [][]types.Record{recordsOf("1", "2"), recordsOf("3")} {
		if err := f.deliver(t.Context(), "shard", batch); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(handed, []string{"2"}) || positions.of("shard") != "3" {
		t.Errorf("handed over %v, and goes on after %s", handed, positions.of("shard"))
	}
}
