package lambdahttp

import (
	"context"
	"crypto/subtle"
	"net/netip"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// Function is an operation's, as the Lambda runtime calls it.
type Function = func(context.Context, events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error)

// edgeHeader carries the key that only requests by way of the dashboard's hosts have.
const edgeHeader = "x-edge-key"

// behindEdge gives a function the addresses of callers, and not those of
// CloudFront, through which most requests come: limits by address would hold
// strangers back together, and the activity log would name the wrong one.
func behindEdge(key string, next Function) Function {
	return func(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		if fromEdge(key, event.Headers[edgeHeader]) {
			event.RequestContext.HTTP.SourceIP = viewer(event)
		}
		return next(ctx, event)
	}
}

// fromEdge tells whether CloudFront sent a request. Anybody may write a
// X-Forwarded-For, so that only those with the key are believed.
func fromEdge(key, sent string) bool {
	return key != "" && subtle.ConstantTimeCompare([]byte(key), []byte(sent)) == 1
}

// viewer is who called CloudFront. It adds their address at the end of what they
// sent, and API Gateway adds CloudFront's after it.
func viewer(event events.APIGatewayV2HTTPRequest) string {
	hops := strings.Split(event.Headers["x-forwarded-for"], ",")
	if len(hops) >= 2 {
		if address, err := netip.ParseAddr(strings.TrimSpace(hops[len(hops)-2])); err == nil {
			return address.String()
		}
	}
	return event.RequestContext.HTTP.SourceIP
}
