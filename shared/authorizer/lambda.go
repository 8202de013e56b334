package authorizer

import (
	"context"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"atrium/shared/environment"
	"atrium/shared/lambdahttp"
)

// Start serves the authorizer until the environment ends. Where something is
// missing from the environment it says so and exits.
func Start() {
	a := Authorizer{Table: environment.Open("authorize"), Config: environment.Config(), Now: time.Now}
	lambda.Start(a.Handle)
}

// Handle answers API Gateway (payload 2.0, simple response). It always lets
// through: who was found out to call stands in the context.
func (a Authorizer) Handle(ctx context.Context, event events.APIGatewayV2CustomAuthorizerV2Request) (events.APIGatewayV2CustomAuthorizerSimpleResponse, error) {
	authorization := ""
	if len(event.IdentitySource) > 0 {
		authorization = event.IdentitySource[0]
	}
	p, err := a.Who(ctx, authorization)
	if err != nil {
		return events.APIGatewayV2CustomAuthorizerSimpleResponse{}, err
	}
	return events.APIGatewayV2CustomAuthorizerSimpleResponse{IsAuthorized: true, Context: lambdahttp.Context(p)}, nil
}
