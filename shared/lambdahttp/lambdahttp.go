// Package lambdahttp runs one operation as an AWS Lambda function behind an
// API Gateway HTTP API (payload 2.0).
//
// A function's start is what its first caller waits for: configuration comes
// from the environment alone, and nothing is called before the first event.
package lambdahttp

import (
	"context"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/awslabs/aws-lambda-go-api-proxy/httpadapter"

	"atrium/shared/api"
	"atrium/shared/environment"
	"atrium/shared/table"
)

// Start serves an operation until the environment ends. Where something is
// missing from the environment it says so and exits.
func Start(o api.Operation) {
	handle := Handler(environment.Open(o.Name), o, api.Configured(environment.Config()))
	lambda.Start(Watched(environment.Telemetry(o.Name), behindEdge(environment.EdgeKey(), handle)))
}

// Handler answers an operation's requests.
func Handler(t *table.Table, o api.Operation, options ...api.Option) Function {
	adapter := httpadapter.NewV2(asSent(api.New(t, []api.Operation{o}, options...)))
	return func(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		return adapter.ProxyWithContext(context.WithValue(ctx, eventKey{}, event), event)
	}
}

type eventKey struct{}

// asSent gives each request what its event says beyond what the adapter makes
// of it: who calls, and the headers as they are. The adapter cuts them at
// commas and trims the parts, so that two Idempotency-Keys would be one, and
// all ETags but the first would go unseen.
func asSent(server http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		event, _ := r.Context().Value(eventKey{}).(events.APIGatewayV2HTTPRequest)
		for name, value := range event.Headers {
			r.Header.Set(name, value)
		}
		server.ServeHTTP(w, r.WithContext(api.WithCaller(r.Context(), callerOf(event.RequestContext))))
	})
}

// callerOf reads who calls from what API Gateway and the authorizer say.
func callerOf(event events.APIGatewayV2HTTPRequestContext) api.Caller {
	caller := api.Caller{
		RequestID: event.RequestID, IP: event.HTTP.SourceIP, BaseURL: "https://" + event.DomainName,
	}
	if event.Authorizer != nil {
		caller.Principal = PrincipalOf(event.Authorizer.Lambda)
	}
	return caller
}
