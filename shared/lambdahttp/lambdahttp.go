// Package lambdahttp runs one operation as an AWS Lambda function behind an
// API Gateway HTTP API (payload 2.0).
//
// A function's start is what its first caller waits for: configuration comes
// from the environment alone, and nothing is called before the first event.
package lambdahttp

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/awslabs/aws-lambda-go-api-proxy/httpadapter"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/environment"
	"atrium/shared/table"
)

// Start serves an operation until the environment ends. Where something is
// missing from the environment it says so and exits.
func Start(o api.Operation) {
	lambda.Start(Handler(environment.Open(o.Name), o, api.Configured(environment.Config())))
}

// Handler is the function that Start hands to the Lambda runtime.
func Handler(t *table.Table, o api.Operation, options ...api.Option) func(context.Context, events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	server := api.New(t, []api.Operation{o}, options...)
	return func(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		adapter := httpadapter.NewV2(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			joinHeaders(r.Header)
			server.ServeHTTP(w, r.WithContext(api.WithCaller(r.Context(), callerOf(event.RequestContext))))
		}))
		return adapter.ProxyWithContext(ctx, event)
	}
}

// joinHeaders undoes what the adapter does to header values with commas in
// them: cut in two, the first part of an Idempotency-Key would pass for the whole.
func joinHeaders(h http.Header) {
	for _, name := range []string{"Idempotency-Key", "If-Match"} {
		if values := h.Values(name); len(values) > 1 {
			h.Set(name, strings.Join(values, ","))
		}
	}
}

// callerOf reads who calls from what API Gateway and the authorizer say.
func callerOf(event events.APIGatewayV2HTTPRequestContext) api.Caller {
	caller := api.Caller{
		RequestID: event.RequestID, IP: event.HTTP.SourceIP, BaseURL: "https://" + event.DomainName,
	}
	if event.Authorizer != nil {
		caller.Principal = principalOf(event.Authorizer.Lambda)
	}
	return caller
}

// principalOf reads the authorizer's answer: one member, `principal`, that
// holds the principal as JSON. Anything else is nobody.
func principalOf(context map[string]any) access.Principal {
	var p access.Principal
	encoded, _ := context["principal"].(string)
	if encoded == "" || json.Unmarshal([]byte(encoded), &p) != nil {
		return access.Principal{}
	}
	return p
}
