// Package telemetry writes what an operator wants to know of a function: one line
// of JSON for each invocation, which is its metrics as well.
//
// The line is in CloudWatch's embedded metric format: CloudWatch reads the metrics
// out of the log, so that they cost no call while somebody waits. It names the
// operation, the workspace and the kind of caller, and never a person, an address,
// a path or a query: a path can hold a token, and a log is read by others than
// those whose data it would be.
//
// Format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
package telemetry

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"
)

// Function is one of the deployment's, as its environment runs it.
type Function struct {
	name string
	// metrics say which members of a line are some; nil where nobody reads any.
	metrics json.RawMessage
	warm    atomic.Bool
}

// Of is a function by its name, which sends its metrics into a namespace of
// CloudWatch's. Each metric of each operation costs money for every hour of its use,
// so there are three: how long it took (ms), whether that was our fault, and whether
// the caller was refused. How often it ran is the count of the first, and starts
// are Lambda's to tell. Without a namespace there are none, and the line remains.
func Of(name, namespace string) *Function {
	f := &Function{name: name}
	if namespace != "" {
		f.metrics = json.RawMessage(`[{"Namespace":` + quoted(namespace) + `,"Dimensions":[["operation"]],"Metrics":[` +
			`{"Name":"Latency","Unit":"Milliseconds"},{"Name":"Faults","Unit":"Count"},{"Name":"Refusals","Unit":"Count"}]}]`)
	}
	return f
}

func quoted(text string) string {
	b, _ := json.Marshal(text) // a string is always JSON
	return string(b)
}

// Outcome is what an invocation came to.
type Outcome int

// The outcomes.
const (
	Done Outcome = iota
	// Refused is what the caller has to do otherwise.
	Refused
	// Fault is ours, or AWS's.
	Fault
)

// Invocation is one run of a function.
type Invocation struct {
	function  *Function
	requestID string
	began     time.Time
	cold      bool
}

type invocationKey struct{}

// Begin begins one. What is logged with its context names it, too. The request's
// id is the gateway's where there is one, and otherwise Lambda's.
func (f *Function) Begin(ctx context.Context, requestID string) (context.Context, *Invocation) {
	if lambda, ok := lambdacontext.FromContext(ctx); ok && requestID == "" {
		requestID = lambda.AwsRequestID
	}
	i := &Invocation{function: f, requestID: requestID, began: time.Now(), cold: !f.warm.Swap(true)}
	return context.WithValue(ctx, invocationKey{}, i), i
}

// End writes its line. An error is a fault.
func (i *Invocation) End(ctx context.Context, outcome Outcome, err error, more ...slog.Attr) {
	level := slog.LevelInfo
	if err != nil {
		outcome, more = Fault, append(more, slog.String("error", err.Error()))
	}
	if outcome == Fault {
		level = slog.LevelError
	}
	attrs := append(more,
		slog.Bool("coldStart", i.cold),
		slog.Float64("Latency", float64(time.Since(i.began).Microseconds())/1000),
		slog.Int("Faults", one(outcome == Fault)), slog.Int("Refusals", one(outcome == Refused)))
	if i.function.metrics != nil {
		attrs = append(attrs, slog.Group("_aws",
			slog.Int64("Timestamp", i.began.UnixMilli()), slog.Any("CloudWatchMetrics", i.function.metrics)))
	}
	slog.LogAttrs(ctx, level, "invocation", attrs...)
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// Watch has a function write its lines. told says of an invocation what only the
// function's own kind of event can tell.
func Watch[I, O any](f *Function, next func(context.Context, I) (O, error), told func(I, O) (Outcome, []slog.Attr)) func(context.Context, I) (O, error) {
	return func(ctx context.Context, event I) (O, error) {
		ctx, i := f.Begin(ctx, "")
		answer, err := next(ctx, event)
		outcome, attrs := told(event, answer)
		i.End(ctx, outcome, err, attrs...)
		return answer, err
	}
}
