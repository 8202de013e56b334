package telemetry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"atrium/shared/telemetry"
)

// lines are what f logs, each as JSON.
func lines(t *testing.T, f func()) (all []map[string]any) {
	t.Helper()
	var out bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(telemetry.NewHandler(&out)))
	defer slog.SetDefault(before)
	f()
	for line := range strings.Lines(out.String()) {
		var members map[string]any
		if err := json.Unmarshal([]byte(line), &members); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		all = append(all, members)
	}
	return all
}

// CloudWatch takes a line for metrics only where it is just so.
func TestALineIsAMetric(t *testing.T) {
	f := telemetry.Of("add-user", "Atrium/prod")
	began := time.Now()
	got := lines(t, func() {
		ctx, i := f.Begin(t.Context(), "req-1")
		i.End(ctx, telemetry.Refused, nil, slog.String("workspace", "ws_1"))
	})
	if len(got) != 1 {
		t.Fatalf("%d lines: %v", len(got), got)
	}
	line := got[0]
	directive := line["_aws"].(map[string]any)
	at := time.UnixMilli(int64(directive["Timestamp"].(float64)))
	if at.Before(began.Truncate(time.Millisecond)) || at.After(time.Now()) {
		t.Errorf("it was at %v", at)
	}
	metrics := directive["CloudWatchMetrics"].([]any)[0].(map[string]any)
	if metrics["Namespace"] != "Atrium/prod" || len(metrics["Dimensions"].([]any)) != 1 {
		t.Errorf("%v", metrics)
	}
	// What a directive names must be at the line's root: dimensions as text, metrics as numbers.
	for _, dimension := range metrics["Dimensions"].([]any)[0].([]any) {
		if _, ok := line[dimension.(string)].(string); !ok {
			t.Errorf("the dimension %v is %v", dimension, line[dimension.(string)])
		}
	}
	var named []string
	for _, metric := range metrics["Metrics"].([]any) {
		name := metric.(map[string]any)["Name"].(string)
		named = append(named, name)
		if _, ok := line[name].(float64); !ok {
			t.Errorf("the metric %s is %v", name, line[name])
		}
	}
	if !slices.Equal(named, []string{"Latency", "Faults", "Refusals"}) {
		t.Errorf("the metrics are %v", named)
	}
	delete(line, "_aws")
	delete(line, "Latency")
	if _, err := time.Parse(time.RFC3339Nano, line["timestamp"].(string)); err != nil {
		t.Error(err)
	}
	delete(line, "timestamp")
	want := map[string]any{
		"level": "INFO", "msg": "invocation", "operation": "add-user", "requestId": "req-1", "workspace": "ws_1",
		"coldStart": true, "Faults": 0.0, "Refusals": 1.0,
	}
	if !maps.Equal(line, want) {
		t.Errorf("%v, want %v", line, want)
	}
}

func TestOnlyTheFirstInvocationIsCold(t *testing.T) {
	f := telemetry.Of("add-user", "")
	for n, line := range lines(t, func() {
		for range 3 {
			ctx, i := f.Begin(t.Context(), "")
			i.End(ctx, telemetry.Done, nil)
		}
	}) {
		if line["coldStart"] != (n == 0) || line["_aws"] != nil {
			t.Errorf("line %d: %v", n, line)
		}
	}
}

// What is logged meanwhile names the invocation, so that a request's lines are
// found by its id; what names itself is left as it is.
func TestLinesOfOneInvocationBelongTogether(t *testing.T) {
	f := telemetry.Of("purge-organization", "")
	got := lines(t, func() {
		ctx := lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{AwsRequestID: "lambda-1"})
		handle := telemetry.Watch(f, func(ctx context.Context, _ int) (int, error) {
			slog.WarnContext(ctx, "late")
			slog.With("item", "org_1").WarnContext(ctx, "late, too", "requestId", "its own")
			return 0, errors.New("the table is away")
		}, func(int, int) (telemetry.Outcome, []slog.Attr) {
			return telemetry.Done, []slog.Attr{slog.Int("records", 2)}
		})
		_, _ = handle(ctx, 1)
		slog.Info("of no invocation")
	})
	for n, want := range []map[string]any{
		{"level": "WARN", "operation": "purge-organization", "requestId": "lambda-1"},
		{"level": "WARN", "operation": "purge-organization", "requestId": "its own", "item": "org_1"},
		{"level": "ERROR", "operation": "purge-organization", "requestId": "lambda-1", "error": "the table is away", "Faults": 1.0, "records": 2.0},
		{"level": "INFO", "operation": nil, "requestId": nil},
	} {
		for name, value := range want {
			if got[n][name] != value {
				t.Errorf("line %d: %s is %v, want %v", n, name, got[n][name], value)
			}
		}
	}
}
