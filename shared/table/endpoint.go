package table

import (
	"context"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	transport "github.com/aws/smithy-go/endpoints"
)

// endpoint is where the table is reached. The SDK works that out anew for each
// call, from rules about accounts and ARNs that are none of ours: here it is
// found by the first.
type endpoint struct {
	parameters dynamodb.EndpointParameters
	once       sync.Once
	found      transport.Endpoint
	err        error
}

func newEndpoint(c Config) *endpoint {
	e := &endpoint{parameters: dynamodb.EndpointParameters{Region: &c.Region}}
	if c.Endpoint != "" {
		e.parameters.Endpoint = &c.Endpoint
	}
	return e
}

// ResolveEndpoint makes it a dynamodb.EndpointResolverV2.
func (e *endpoint) ResolveEndpoint(ctx context.Context, _ dynamodb.EndpointParameters) (transport.Endpoint, error) {
	e.once.Do(func() {
		e.found, e.err = dynamodb.NewDefaultEndpointResolverV2().ResolveEndpoint(ctx, e.parameters)
	})
	return e.found, e.err
}
