package dynamo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"go.yaml.in/yaml/v3"

	"atrium/shared/table"
)

// Config reaches a table on a local server.
func Config(endpoint, name string) table.Config {
	return table.Config{
		Name: name, Endpoint: endpoint, Region: "us-east-1",
		Credentials: aws.Credentials{AccessKeyID: "local", SecretAccessKey: "local"},
		CursorKey:   []byte("a key for one machine, and no secret at all"),
	}
}

// Client is a bare client of a local server.
func Client(endpoint string) *dynamodb.Client {
	return dynamodb.New(dynamodb.Options{
		Region: "us-east-1", BaseEndpoint: aws.String(endpoint),
		Credentials: credentials.NewStaticCredentialsProvider("local", "local", ""),
	})
}

// definition is the part of infra/table.yaml that makes a table.
type definition struct {
	Resources struct {
		Table struct {
			Properties struct {
				AttributeDefinitions    []types.AttributeDefinition
				KeySchema               []types.KeySchemaElement
				GlobalSecondaryIndexes  []types.GlobalSecondaryIndex
				StreamSpecification     types.StreamSpecification
				TimeToLiveSpecification types.TimeToLiveSpecification
			}
		}
	}
}

// Streams is whether a table has a stream.
type Streams bool

// With and without.
const (
	Streamed   Streams = true
	Unstreamed Streams = false
)

// CreateTable makes the table of a CloudFormation template, infra/table.yaml,
// so that there is one definition of it. A table that is there already stays.
//
// The local server reads its whole stream at each write, unless its file has
// an index that it does not make: a table that nobody follows is better off
// without a stream.
func CreateTable(ctx context.Context, endpoint, name, template string, streams Streams) error {
	d, err := readDefinition(template)
	if err != nil {
		return err
	}
	p := d.Resources.Table.Properties
	p.StreamSpecification.StreamEnabled = aws.Bool(bool(streams))
	if !streams {
		p.StreamSpecification.StreamViewType = ""
	}
	client := Client(endpoint)
	_, err = client.CreateTable(ctx, &dynamodb.CreateTableInput{
		TableName: aws.String(name), BillingMode: types.BillingModePayPerRequest,
		AttributeDefinitions: p.AttributeDefinitions, KeySchema: p.KeySchema,
		GlobalSecondaryIndexes: p.GlobalSecondaryIndexes, StreamSpecification: &p.StreamSpecification,
	})
	var exists *types.ResourceInUseException
	if errors.As(err, &exists) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("creating table %s: %w", name, err)
	}
	_, err = client.UpdateTimeToLive(ctx, &dynamodb.UpdateTimeToLiveInput{
		TableName: aws.String(name), TimeToLiveSpecification: &p.TimeToLiveSpecification,
	})
	return err
}

func readDefinition(template string) (definition, error) {
	var d definition
	text, err := os.ReadFile(template) //nolint:gosec // a file of this repository
	if err != nil {
		return d, err
	}
	var plain struct {
		Resources struct {
			Table struct {
				Properties map[string]any `yaml:"Properties"`
			} `yaml:"Table"`
		} `yaml:"Resources"`
	}
	if err := yaml.Unmarshal(text, &plain); err != nil {
		return d, fmt.Errorf("%s: %w", template, err)
	}
	// The SDK's types have CloudFormation's member names, which JSON matches.
	encoded, err := json.Marshal(plain.Resources.Table.Properties)
	if err != nil {
		return d, err
	}
	return d, json.Unmarshal(encoded, &d.Resources.Table.Properties)
}
