package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"atrium/infra/local/dynamo"
	"atrium/shared/table"
)

// place is where the table is.
type place struct {
	table *table.Table
	// client and name are for the one thing that Atrium's own table does not do: a Scan.
	client *dynamodb.Client
	name   string
	// where says it in words.
	where string
}

// locate finds the table that the environment names, or else that of the local
// stack that runs here.
func locate(ctx context.Context, env func(string) string, root string) (place, error) {
	name, endpoint := env("TABLE_NAME"), env("AWS_ENDPOINT_URL_DYNAMODB")
	switch {
	case name == "" && endpoint == "":
		return ofStack(filepath.Join(root, ".atrium", "run.json"))
	case name == "":
		return place{}, errors.New("TABLE_NAME is not set: set it to the name of the table at AWS_ENDPOINT_URL_DYNAMODB")
	case endpoint != "":
		return local(endpoint, name), nil
	default:
		return onAWS(ctx, name)
	}
}

func ofStack(file string) (place, error) {
	var stack struct{ TableEndpoint, TableName string }
	text, err := os.ReadFile(file) //nolint:gosec // what the local stack wrote
	if err != nil {
		return place{}, errors.New("TABLE_NAME is not set, and no local stack runs here: set TABLE_NAME to the table's name and AWS_REGION to its region, or start one with make run")
	}
	if err := json.Unmarshal(text, &stack); err != nil || stack.TableEndpoint == "" || stack.TableName == "" {
		return place{}, fmt.Errorf("%s does not say where the table is: start the local stack again with make run", file)
	}
	return local(stack.TableEndpoint, stack.TableName), nil
}

func local(endpoint, name string) place {
	return place{
		table: table.Open(dynamo.Config(endpoint, name)), client: dynamo.Client(endpoint),
		name: name, where: fmt.Sprintf("the table %s at %s", name, endpoint),
	}
}

// onAWS reaches the table as whoever runs the command: with their profile,
// their single sign-on, their environment.
func onAWS(ctx context.Context, name string) (place, error) {
	c, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return place{}, fmt.Errorf("your AWS configuration cannot be read: %w", err)
	}
	if c.Region == "" {
		return place{}, errors.New("AWS_REGION is not set: set it to the region that the table is in")
	}
	credentials, err := c.Credentials.Retrieve(ctx)
	if err != nil {
		return place{}, fmt.Errorf("you have no AWS credentials here, or they are no longer valid: sign in, or set AWS_PROFILE: %w", err)
	}
	return place{
		table:  table.Open(table.Config{Name: name, Region: c.Region, Credentials: credentials}),
		client: dynamodb.NewFromConfig(c),
		name:   name, where: fmt.Sprintf("the table %s in %s", name, c.Region),
	}, nil
}

// unreachable says why the first call, a Scan, did not come through.
func (p place) unreachable(err error) error {
	var missing *types.ResourceNotFoundException
	var network *net.OpError
	switch {
	case errors.As(err, &missing):
		return fmt.Errorf("there is no such table as %s", p.where)
	case errors.As(err, &network):
		return fmt.Errorf("nothing answers for %s: %w", p.where, err)
	default:
		return fmt.Errorf("%s cannot be read: %w", p.where, err)
	}
}
