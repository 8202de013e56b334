package dynamo

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Sweep deletes what has expired at a time, as DynamoDB does within hours or
// days; neither local server does it by itself. It returns how many items went.
func Sweep(ctx context.Context, endpoint, name string, at time.Time) (int, error) {
	client := Client(endpoint)
	expired := "#ttl < :now"
	names := map[string]string{"#ttl": "ttl"}
	values := map[string]types.AttributeValue{":now": &types.AttributeValueMemberN{Value: strconv.FormatInt(at.Unix(), 10)}}
	pages := dynamodb.NewScanPaginator(client, &dynamodb.ScanInput{
		TableName: aws.String(name), FilterExpression: aws.String(expired), ProjectionExpression: aws.String("pk, sk"),
		ExpressionAttributeNames: names, ExpressionAttributeValues: values,
	})
	swept := 0
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return swept, err
		}
		for _, key := range page.Items {
			_, err := client.DeleteItem(ctx, &dynamodb.DeleteItemInput{
				TableName: aws.String(name), Key: key, ConditionExpression: aws.String(expired),
				ExpressionAttributeNames: names, ExpressionAttributeValues: values,
			})
			// What was given more time since the scan stays.
			var renewed *types.ConditionalCheckFailedException
			if err != nil && !errors.As(err, &renewed) {
				return swept, err
			}
			if err == nil {
				swept++
			}
		}
	}
	return swept, nil
}
