package lambdahttp

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/aws/aws-lambda-go/events"

	"atrium/shared/telemetry"
)

// Watched has a function tell of each request. The route is told and never the
// path, which can hold a token; of the caller, what kind it is and of which workspace.
func Watched(f *telemetry.Function, next Function) Function {
	return func(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		ctx, invocation := f.Begin(ctx, event.RequestContext.RequestID)
		answer, err := next(ctx, event)
		caller := callerOf(event.RequestContext).Principal
		invocation.End(ctx, outcome(answer.StatusCode), err,
			slog.String("route", event.RouteKey), slog.Int("status", answer.StatusCode),
			slog.String("workspace", caller.Workspace), slog.String("caller", string(caller.Type)))
		return answer, err
	}
}

func outcome(status int) telemetry.Outcome {
	switch {
	case status >= http.StatusInternalServerError:
		return telemetry.Fault
	case status >= http.StatusBadRequest:
		return telemetry.Refused
	default:
		return telemetry.Done
	}
}
