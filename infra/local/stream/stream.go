// Package stream does locally what AWS Lambda's event source mapping does: it
// reads the table's stream, hands the records to a consumer's own Lambda
// handler, and goes on from where the consumer succeeded.
package stream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

// Handler is a consumer's Lambda function.
type Handler func(context.Context, events.DynamoDBEvent) (events.DynamoDBEventResponse, error)

// Filtered hands only those records over that a consumer wants, as the filter
// of an event source mapping does.
func Filtered(wants func(events.DynamoDBEventRecord) bool, handle Handler) Handler {
	return func(ctx context.Context, batch events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		var wanted events.DynamoDBEvent
		for _, r := range batch.Records {
			if wants(r) {
				wanted.Records = append(wanted.Records, r)
			}
		}
		if len(wanted.Records) == 0 {
			return events.DynamoDBEventResponse{}, nil
		}
		return handle(ctx, wanted)
	}
}

// The settings of the event source mapping in template.yaml, where they matter here.
const (
	batchSize   = 100
	maxAttempts = 10
	// idle is the pause after a read that found nothing: AWS Lambda looks four times a second.
	idle = 250 * time.Millisecond
	// longestPause is the last of the pauses between attempts, which double.
	longestPause = 5 * time.Second
	// rediscovery is how often shards are looked for, also while none has ended:
	// Dynoxide goes through all records for that.
	rediscovery = time.Minute
)

// Run hands a table's stream to a consumer until the context ends. It begins
// where the position file says that it ended last time; without one, at the
// beginning of the stream. The server may go away and come back meanwhile.
func Run(ctx context.Context, endpoint, table, positionFile string, handle Handler) error {
	positions, err := loadPositions(positionFile)
	if err != nil {
		return err
	}
	f := &follower{
		client: dynamodbstreams.New(dynamodbstreams.Options{
			Region: "us-east-1", BaseEndpoint: aws.String(endpoint),
			Credentials: credentials.NewStaticCredentialsProvider("local", "local", ""),
		}),
		table: table, handle: handle, positions: positions, iterators: map[string]*string{}, pause: doubling,
	}
	for ctx.Err() == nil {
		read, err := f.round(ctx)
		if err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "the table's stream cannot be read; trying again", "error", err.Error())
			sleep(ctx, time.Second)
		}
		if read == 0 {
			sleep(ctx, idle)
		}
	}
	return nil
}

// follower reads one stream for one consumer.
type follower struct {
	client    *dynamodbstreams.Client
	table     string
	arn       *string
	handle    Handler
	positions positions
	shards    []string
	looked    time.Time
	// iterators are where to read on, by shard; a missing one is made from the position.
	iterators map[string]*string
	// pause is how long to wait after so many attempts.
	pause func(attempts int) time.Duration
}

func doubling(attempts int) time.Duration { return min(idle<<attempts, longestPause) }

// round reads each shard once, in the order in which DynamoDB opened them, and
// returns how many records there were.
func (f *follower) round(ctx context.Context) (read int, err error) {
	if time.Since(f.looked) > rediscovery {
		if err := f.discover(ctx); err != nil {
			return 0, err
		}
	}
	for _, shard := range f.shards {
		n, err := f.read(ctx, shard)
		read += n
		if err != nil {
			delete(f.iterators, shard)
			return read, err
		}
	}
	return read, nil
}

// discover finds the table's stream, and the shards that are not read to their end.
func (f *follower) discover(ctx context.Context) error {
	if f.arn == nil {
		found, err := f.client.ListStreams(ctx, &dynamodbstreams.ListStreamsInput{TableName: aws.String(f.table)})
		if err != nil {
			return err
		}
		if len(found.Streams) == 0 {
			return fmt.Errorf("table %s has no stream", f.table)
		}
		f.arn = found.Streams[len(found.Streams)-1].StreamArn
	}
	var shards []string
	input := &dynamodbstreams.DescribeStreamInput{StreamArn: f.arn}
	for {
		answer, err := f.client.DescribeStream(ctx, input)
		if err != nil {
			return err
		}
		for _, shard := range answer.StreamDescription.Shards {
			if id := aws.ToString(shard.ShardId); !f.positions.ended(id) {
				shards = append(shards, id)
			}
		}
		if input.ExclusiveStartShardId = answer.StreamDescription.LastEvaluatedShardId; input.ExclusiveStartShardId == nil {
			f.shards, f.looked = shards, time.Now()
			return nil
		}
	}
}

// read hands over the next records of a shard.
func (f *follower) read(ctx context.Context, shard string) (int, error) {
	if f.iterators[shard] == nil {
		if err := f.iterate(ctx, shard); err != nil {
			return 0, err
		}
	}
	answer, err := f.client.GetRecords(ctx, &dynamodbstreams.GetRecordsInput{
		ShardIterator: f.iterators[shard], Limit: aws.Int32(batchSize),
	})
	if err != nil {
		return 0, err
	}
	if err := f.deliver(ctx, shard, answer.Records); err != nil {
		return 0, err
	}
	f.iterators[shard] = answer.NextShardIterator
	if answer.NextShardIterator == nil {
		f.looked = time.Time{}
		return len(answer.Records), f.positions.end(shard)
	}
	return len(answer.Records), nil
}

func (f *follower) iterate(ctx context.Context, shard string) error {
	input := &dynamodbstreams.GetShardIteratorInput{
		StreamArn: f.arn, ShardId: aws.String(shard), ShardIteratorType: types.ShardIteratorTypeTrimHorizon,
	}
	if after := f.positions.of(shard); after != "" {
		input.ShardIteratorType, input.SequenceNumber = types.ShardIteratorTypeAfterSequenceNumber, aws.String(after)
	}
	answer, err := f.client.GetShardIterator(ctx, input)
	var trimmed *types.TrimmedDataAccessException
	if errors.As(err, &trimmed) {
		// Nobody ran for a day: what came in between is gone, as it is on AWS.
		input.ShardIteratorType, input.SequenceNumber = types.ShardIteratorTypeTrimHorizon, nil
		answer, err = f.client.GetShardIterator(ctx, input)
	}
	if err != nil {
		return err
	}
	f.iterators[shard] = answer.ShardIterator
	return nil
}

// deliver hands records over until the consumer has taken them all, or has
// failed one of them so often that AWS would put it aside.
func (f *follower) deliver(ctx context.Context, shard string, records []types.Record) error {
	batch, attempts := eventOf(records), 0
	for len(batch.Records) > 0 {
		done := f.hand(ctx, batch)
		if ctx.Err() != nil && done < len(batch.Records) {
			return ctx.Err()
		}
		if done == 0 {
			attempts++
		} else {
			attempts = 0
		}
		if attempts == maxAttempts {
			slog.ErrorContext(ctx, "a stream record failed for good, and is put aside", "sequenceNumber", batch.Records[0].Change.SequenceNumber)
			done, attempts = 1, 0
		}
		if done == 0 {
			sleep(ctx, f.pause(attempts))
			continue
		}
		if err := f.positions.advance(shard, batch.Records[done-1].Change.SequenceNumber); err != nil {
			return err
		}
		batch.Records = batch.Records[done:]
	}
	return nil
}

// hand calls the consumer once, and returns how many records from the first
// on need not come again. What has begun may end: so does a function on AWS.
func (f *follower) hand(ctx context.Context, batch events.DynamoDBEvent) int {
	answer, err := f.handle(context.WithoutCancel(ctx), batch)
	if err != nil {
		return 0
	}
	failed := func(r events.DynamoDBEventRecord) bool {
		return slices.ContainsFunc(answer.BatchItemFailures, func(f events.DynamoDBBatchItemFailure) bool {
			return f.ItemIdentifier == r.Change.SequenceNumber
		})
	}
	if first := slices.IndexFunc(batch.Records, failed); first >= 0 {
		return first
	}
	return len(batch.Records)
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
