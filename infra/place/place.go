// Package place finds the table that a command of an operator is for: on AWS, as
// whoever runs it, or of the stack that `make run` runs here.
package place

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"atrium/infra/local/dynamo"
	"atrium/shared/table"
)

// Place is where the table is.
type Place struct {
	Table *table.Table
	// Client and Name are for what Atrium's own table does not do: a Scan, and saying why it cannot be reached.
	Client *dynamodb.Client
	Name   string
	// Where says it in words.
	Where string
}

// Find finds the table that the environment names, or else that of the local
// stack that runs here.
func Find(ctx context.Context, env func(string) string, root string) (Place, error) {
	name, endpoint := env("TABLE_NAME"), env("AWS_ENDPOINT_URL_DYNAMODB")
	switch {
	case name == "" && endpoint == "":
		return ofStack(filepath.Join(root, ".atrium", "run.json"))
	case name == "":
		return Place{}, errors.New("TABLE_NAME is not set: set it to the name of the table at AWS_ENDPOINT_URL_DYNAMODB")
	case endpoint != "":
		return local(endpoint, name), nil
	default:
		return onAWS(ctx, name)
	}
}

func ofStack(file string) (Place, error) {
	var stack struct{ TableEndpoint, TableName string }
	text, err := os.ReadFile(file) //nolint:gosec // what the local stack wrote
	if err != nil {
		return Place{}, errors.New("TABLE_NAME is not set, and no local stack runs here: set TABLE_NAME to the table's name and AWS_REGION to its region, or start one with make run")
	}
	if err := json.Unmarshal(text, &stack); err != nil || stack.TableEndpoint == "" || stack.TableName == "" {
		return Place{}, fmt.Errorf("%s does not say where the table is: start the local stack again with make run", file)
	}
	return local(stack.TableEndpoint, stack.TableName), nil
}

func local(endpoint, name string) Place {
	return Place{
		Table: table.Open(dynamo.Config(endpoint, name)), Client: dynamo.Client(endpoint),
		Name: name, Where: fmt.Sprintf("the table %s at %s", name, endpoint),
	}
}

// onAWS reaches the table as whoever runs the command: with their profile,
// their single sign-on, their environment.
func onAWS(ctx context.Context, name string) (Place, error) {
	c, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return Place{}, fmt.Errorf("your AWS configuration cannot be read: %w", err)
	}
	if c.Region == "" {
		return Place{}, errors.New("AWS_REGION is not set: set it to the region that the table is in")
	}
	credentials, err := c.Credentials.Retrieve(ctx)
	if err != nil {
		return Place{}, fmt.Errorf("you have no AWS credentials here, or they are no longer valid: sign in, or set AWS_PROFILE: %w", err)
	}
	return Place{
		Table:  table.Open(table.Config{Name: name, Region: c.Region, Credentials: credentials}),
		Client: dynamodb.NewFromConfig(c),
		Name:   name, Where: fmt.Sprintf("the table %s in %s", name, c.Region),
	}, nil
}

// reach is how long the table has to answer for the first time.
const reach = 10 * time.Second

// Reach asks the table for an item that it does not have, so that where nothing
// can be done it is said in words, and before anything is.
func (p Place) Reach(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, reach)
	defer cancel()
	nothing := &types.AttributeValueMemberS{Value: "nothing"}
	_, err := p.Client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: &p.Name, Key: map[string]types.AttributeValue{"pk": nothing, "sk": nothing},
	})
	if err != nil {
		return p.Unreachable(err)
	}
	return nil
}

// Unreachable says why the first call did not come through.
func (p Place) Unreachable(err error) error {
	var missing *types.ResourceNotFoundException
	var network *net.OpError
	switch {
	case errors.As(err, &missing):
		return fmt.Errorf("there is no such table as %s", p.Where)
	case errors.As(err, &network):
		return fmt.Errorf("nothing answers for %s: %w", p.Where, err)
	default:
		return fmt.Errorf("%s cannot be read: %w", p.Where, err)
	}
}
