package lambdahttp

import (
	"context"
	"testing"

	"github.com/aws/aws-lambda-go/events"
)

// Who comes through CloudFront is known by their own address; who says so
// without its key is not believed.
func TestCallersAreKnownByTheirOwnAddress(t *testing.T) {
	const key, cloudfront = "the key of the edge", "130.176.1.1"
	for name, tc := range map[string]struct{ key, sent, forwarded, want string }{
		"by CloudFront":           {key, key, "198.51.100.24, " + cloudfront, "198.51.100.24"},
		"with a made-up one, too": {key, key, "203.0.113.9, 198.51.100.24, " + cloudfront, "198.51.100.24"},
		"by IPv6":                 {key, key, "2001:db8::7, " + cloudfront, "2001:db8::7"},
		"directly":                {key, "", "203.0.113.9, " + cloudfront, cloudfront},
		"with a wrong key":        {key, "the key of the edg", "203.0.113.9, " + cloudfront, cloudfront},
		"where no key is set":     {"", "", "203.0.113.9, " + cloudfront, cloudfront},
		"with nonsense":           {key, key, "unknown, " + cloudfront, cloudfront},
		"with one hop":            {key, key, cloudfront, cloudfront},
	} {
		var event events.APIGatewayV2HTTPRequest
		event.Headers = map[string]string{edgeHeader: tc.sent, "x-forwarded-for": tc.forwarded}
		event.RequestContext.HTTP.SourceIP = cloudfront
		got := ""
		handle := behindEdge(tc.key, func(_ context.Context, event events.APIGatewayV2HTTPRequest) (answer events.APIGatewayV2HTTPResponse, _ error) {
			got = callerOf(event.RequestContext).IP
			return answer, nil
		})
		if _, err := handle(t.Context(), event); err != nil || got != tc.want {
			t.Errorf("%s: %q, want %q (%v)", name, got, tc.want, err)
		}
	}
}
