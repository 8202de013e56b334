// Stores a product, as put-product of AWS's own sample does
// (aws-samples/serverless-go-demo): the SDK set up by its config package
// before the first event, a body of JSON, one PutItem. It stands for the usual
// way to write a function in Go, with today's versions of its libraries.
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

type product struct {
	ID    string  `dynamodbav:"id" json:"id"`
	Name  string  `dynamodbav:"name" json:"name"`
	Price float64 `dynamodbav:"price" json:"price"`
}

type store struct {
	client *dynamodb.Client
	table  string
}

func main() {
	settings, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		log.Fatalf("unable to load SDK config, %v", err)
	}
	s := store{client: dynamodb.NewFromConfig(settings), table: os.Getenv("TABLE_NAME")}
	lambda.Start(s.put)
}

func (s store) put(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	var p product
	if err := json.Unmarshal([]byte(event.Body), &p); err != nil {
		return answer(http.StatusBadRequest, map[string]string{"message": "failed to parse product from request body"})
	}
	if p.ID != event.PathParameters["id"] {
		return answer(http.StatusBadRequest, map[string]string{"message": "product ID in path does not match product ID in body"})
	}
	item, err := attributevalue.MarshalMap(p)
	if err != nil {
		return events.APIGatewayV2HTTPResponse{}, err
	}
	if _, err := s.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: aws.String(s.table), Item: item}); err != nil {
		return answer(http.StatusInternalServerError, map[string]string{"message": err.Error()})
	}
	return answer(http.StatusCreated, p)
}

func answer(status int, body any) (events.APIGatewayV2HTTPResponse, error) {
	encoded, err := json.Marshal(body)
	return events.APIGatewayV2HTTPResponse{
		StatusCode: status, Body: string(encoded), Headers: map[string]string{"Content-Type": "application/json"},
	}, err
}
