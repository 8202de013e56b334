package table

import (
	"context"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	transport "github.com/aws/smithy-go/endpoints"
)

// endpoint is where the table is reached. The SDK works that out anew for each
// call, from rules about accounts and ARNs that are none of ours.
type endpoint struct {
	find func() (transport.Endpoint, error)
}

func newEndpoint(c Config) endpoint {
	parameters := dynamodb.EndpointParameters{Region: &c.Region}
	if c.Endpoint != "" {
		parameters.Endpoint = &c.Endpoint
	}
	return endpoint{find: sync.OnceValues(func() (transport.Endpoint, error) {
		return dynamodb.NewDefaultEndpointResolverV2().ResolveEndpoint(context.Background(), parameters)
	})}
}

// ResolveEndpoint makes it a dynamodb.EndpointResolverV2.
func (e endpoint) ResolveEndpoint(context.Context, dynamodb.EndpointParameters) (transport.Endpoint, error) {
	return e.find()
}
