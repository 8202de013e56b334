// Package lambdaauthorizer runs the authorizer as the API's AWS Lambda
// authorizer (payload 2.0, simple responses).
package lambdaauthorizer

import (
	"context"
	"log/slog"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"atrium/shared/authorizer"
	"atrium/shared/environment"
	"atrium/shared/lambdahttp"
	"atrium/shared/telemetry"
)

// Start serves the authorizer until the environment ends. Where something is
// missing from the environment it says so and exits.
func Start() {
	const function = "authorize"
	handle := Handler(authorizer.Authorizer{Table: environment.Open(function), Config: environment.Config(), Now: time.Now})
	lambda.Start(telemetry.Watch(environment.Telemetry(function), handle, told))
}

// told says for which workspace somebody was found out to call, and what they were refused for.
func told(_ events.APIGatewayV2CustomAuthorizerV2Request, answer events.APIGatewayV2CustomAuthorizerSimpleResponse) (telemetry.Outcome, []slog.Attr) {
	p, outcome := lambdahttp.PrincipalOf(answer.Context), telemetry.Done
	if p.Refusal != "" {
		outcome = telemetry.Refused
	}
	return outcome, []slog.Attr{slog.String("workspace", p.Workspace), slog.String("caller", string(p.Type)), slog.String("refusal", p.Refusal)}
}

// Handler is what Start hands to the Lambda runtime. It always lets through:
// who was found out to call stands in the context.
func Handler(a authorizer.Authorizer) func(context.Context, events.APIGatewayV2CustomAuthorizerV2Request) (events.APIGatewayV2CustomAuthorizerSimpleResponse, error) {
	return func(ctx context.Context, event events.APIGatewayV2CustomAuthorizerV2Request) (answer events.APIGatewayV2CustomAuthorizerSimpleResponse, _ error) {
		authorization := ""
		if len(event.IdentitySource) > 0 {
			authorization = event.IdentitySource[0]
		}
		p, err := a.Who(ctx, authorization)
		if err != nil {
			return answer, err
		}
		answer.IsAuthorized, answer.Context = true, lambdahttp.Context(p)
		return answer, nil
	}
}
