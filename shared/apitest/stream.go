package apitest

import (
	"context"
	"path/filepath"

	"github.com/aws/aws-lambda-go/events"

	"atrium/infra/local/stream"
	"atrium/shared/table"
)

// Records are all that the stream of a NewStreamed world tells of so far, as
// AWS Lambda hands it to a function.
func (w *World) Records() (records []events.DynamoDBEventRecord) {
	w.T.Helper()
	w.Follow(func(_ context.Context, batch events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		records = append(records, batch.Records...)
		return events.DynamoDBEventResponse{}, nil
	})
	return records[:len(records)-1]
}

// Follow hands a consumer all that the stream tells of so far. The last record
// is of an item that nobody knows.
func (w *World) Follow(consume stream.Handler) {
	w.T.Helper()
	last := table.Key{PK: "the last record", SK: w.T.TempDir()}
	if err := w.plain.Commit(w.T.Context(), table.Put(struct{ table.Key }{last})); err != nil {
		w.T.Fatal(err)
	}
	ctx, stop := context.WithCancel(w.T.Context())
	defer stop()
	until := func(ctx context.Context, batch events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		answer, err := consume(ctx, batch)
		for _, r := range batch.Records {
			if r.Change.Keys["sk"].String() == last.SK {
				stop()
			}
		}
		return answer, err
	}
	if err := stream.Run(ctx, w.Endpoint, w.TableName, filepath.Join(last.SK, "position.json"), until); err != nil {
		w.T.Fatal(err)
	}
}
