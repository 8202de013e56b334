// Package lambdastream runs a consumer of the table's stream as an AWS Lambda
// function. AWS delivers records at least once and in batches; a batch of
// which one record fails is delivered again from that record on, so that a
// consumer does everything as if it might have been done before.
package lambdastream

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"atrium/shared/environment"
	"atrium/shared/table"
	"atrium/shared/telemetry"
)

// Consumer does what follows from one transition. An error means: again, later.
type Consumer func(ctx context.Context, t *table.Table, transition table.Transition) error

// answerTime is kept of a function's time to say what was not done, so that a
// consumer that runs out of it goes on in the next invocation.
const answerTime = 5 * time.Second

// Start serves a consumer until the environment ends. Where something is
// missing from the environment it says so and exits.
func Start(function string, consume Consumer) {
	handle := Handler(environment.Open(function), consume)
	lambda.Start(telemetry.Watch(environment.Telemetry(function), handle, told))
}

// Handler is the function that Start hands to the Lambda runtime. It takes
// each record of a batch, whatever became of those before it, and names those
// that failed.
func Handler(t *table.Table, consume Consumer) func(context.Context, events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
	return func(ctx context.Context, event events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		ctx, cancel := Early(ctx)
		defer cancel()
		answer := events.DynamoDBEventResponse{BatchItemFailures: []events.DynamoDBBatchItemFailure{}}
		for _, record := range event.Records {
			if err := take(ctx, t, consume, record); err != nil {
				logFailure(ctx, record, err)
				answer.BatchItemFailures = append(answer.BatchItemFailures,
					events.DynamoDBBatchItemFailure{ItemIdentifier: record.Change.SequenceNumber})
			}
		}
		return answer, nil
	}
}

// told is what there is to tell of a batch: how many records it had, and how
// many of them failed. They come again, so that it is no error of the function's.
func told(event events.DynamoDBEvent, answer events.DynamoDBEventResponse) (telemetry.Outcome, []slog.Attr) {
	outcome, failed := telemetry.Done, len(answer.BatchItemFailures)
	if failed > 0 {
		outcome = telemetry.Fault
	}
	return outcome, []slog.Attr{slog.Int("records", len(event.Records)), slog.Int("failed", failed)}
}

// Early ends answerTime before the function is ended.
func Early(ctx context.Context) (context.Context, context.CancelFunc) {
	if end, ok := ctx.Deadline(); ok {
		return context.WithDeadline(ctx, end.Add(-answerTime))
	}
	return context.WithCancel(ctx)
}

func take(ctx context.Context, t *table.Table, consume Consumer, record events.DynamoDBEventRecord) error {
	transition, err := table.TransitionOf(record)
	if err != nil {
		return err
	}
	return consume(ctx, t, transition)
}

// logFailure says which item is concerned, and nothing of what is in it.
func logFailure(ctx context.Context, record events.DynamoDBEventRecord, err error) {
	item, _ := table.TransitionOf(record)
	workspace, _, _ := strings.Cut(item.Key.PK, "#")
	slog.ErrorContext(ctx, "stream record failed", "sequenceNumber", record.Change.SequenceNumber, "event", record.EventName,
		"workspace", workspace, "item", item.Key.String(), "error", err.Error())
}
