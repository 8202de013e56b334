// Package lambdamail runs the courier as two AWS Lambda functions. deliver-mail
// is woken by the table's stream and by a clock, and tells by the event which of
// the two it was; record-mail-event is handed whatever SES tells.
package lambdamail

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"atrium/shared/courier"
	"atrium/shared/environment"
	"atrium/shared/lambdastream"
	"atrium/shared/mail/ses"
	"atrium/shared/telemetry"
)

// StartDelivering serves deliver-mail until the environment ends. Where
// something is missing from the environment it says so and exits.
func StartDelivering(function string) {
	lambda.Start(telemetry.Watch(environment.Telemetry(function), Deliverer(sender(function)), delivered))
}

// StartHearing serves record-mail-event in the same way. It sends nothing.
func StartHearing(function string) {
	hear := Hearer(&courier.Courier{Table: environment.Open(function), Now: time.Now})
	f := environment.Telemetry(function)
	lambda.Start(func(ctx context.Context, event json.RawMessage) error {
		ctx, invocation := f.Begin(ctx, "")
		err := hear(ctx, event)
		invocation.End(ctx, telemetry.Done, err)
		return err
	})
}

// delivered says what woke the function, and how many records of the stream failed.
func delivered(_ json.RawMessage, answer any) (telemetry.Outcome, []slog.Attr) {
	batch, ok := answer.(events.DynamoDBEventResponse)
	if !ok {
		return telemetry.Done, []slog.Attr{slog.String("wokenBy", string(tick))}
	}
	outcome := telemetry.Done
	if len(batch.BatchItemFailures) > 0 {
		outcome = telemetry.Fault
	}
	return outcome, []slog.Attr{slog.String("wokenBy", string(changes)), slog.Int("failed", len(batch.BatchItemFailures))}
}

// sender is a courier as the environment has it.
func sender(function string) *courier.Courier {
	t, m := environment.OpenMail(function)
	return &courier.Courier{
		Table:  t,
		Config: environment.Config(),
		Sender: ses.Open(ses.Config{
			Region: m.Region, Credentials: m.Credentials, Endpoint: m.Endpoint, ConfigurationSet: m.ConfigurationSet,
		}),
		From: m.From, BaseURL: m.APIURL, Now: time.Now,
	}
}

// Deliverer is what StartDelivering hands to the Lambda runtime. Of a batch of
// the stream it answers which records failed; to the clock it answers nothing.
func Deliverer(c *courier.Courier) func(context.Context, json.RawMessage) (any, error) {
	follow := lambdastream.Handler(c.Table, c.Follow)
	return func(ctx context.Context, event json.RawMessage) (any, error) {
		kind, err := kindOf(event)
		if err != nil {
			return nil, err
		}
		if kind == tick {
			return nil, sweep(ctx, c)
		}
		var batch events.DynamoDBEvent
		if err := json.Unmarshal(event, &batch); err != nil {
			return nil, fmt.Errorf("lambdamail: a batch that cannot be read: %w", err)
		}
		return follow(ctx, batch)
	}
}

// Hearer is what StartHearing hands to the Lambda runtime. After an error,
// Lambda tries again, and then puts the event aside.
func Hearer(c *courier.Courier) func(context.Context, json.RawMessage) error {
	return func(ctx context.Context, event json.RawMessage) error {
		ctx, cancel := lambdastream.Early(ctx)
		defer cancel()
		return c.Hear(ctx, event)
	}
}

// kind is what wakes deliver-mail.
type kind string

const (
	changes kind = "changes" // a batch of the table's stream
	tick    kind = "tick"    // EventBridge's clock
)

// kindOf tells them apart by what both say of themselves. Anything else is an
// error: an event that is taken for another one would be lost without a word.
func kindOf(event json.RawMessage) (kind, error) {
	var said struct {
		DetailType string `json:"detail-type"`
		Records    []struct {
			Source string `json:"eventSource"`
		} `json:"Records"`
	}
	if err := json.Unmarshal(event, &said); err != nil {
		return "", fmt.Errorf("lambdamail: no event: %w", err)
	}
	if said.DetailType == "Scheduled Event" {
		return tick, nil
	}
	for _, record := range said.Records {
		if record.Source != "aws:dynamodb" {
			return "", fmt.Errorf("lambdamail: a record of %q, and only those of the table's stream are followed", record.Source)
		}
	}
	if len(said.Records) == 0 {
		return "", errors.New("lambdamail: an event that is neither a batch of the table's stream nor the clock's")
	}
	return changes, nil
}

// sweepTime is for how long a sweep begins attempts. It is over before the next
// one comes, a minute after it: two at once would only be in each other's way.
const sweepTime = 50 * time.Second

// sweep makes an attempt at what had to wait. What it does not get to in time is
// for the next one, and is no failure.
func sweep(ctx context.Context, c *courier.Courier) error {
	ctx, cancel := lambdastream.Early(ctx)
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, sweepTime)
	defer stop()
	err := c.Sweep(ctx)
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		slog.WarnContext(ctx, "more mail waits than a sweep gets to: the next one goes on", "error", fmt.Sprint(err))
		return nil
	}
	return err
}
