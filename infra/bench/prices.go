package main

import (
	"fmt"
	"strings"
)

// price is a list price: dollars for so much of something in us-east-1, without
// free tiers, plans and rebates.
type price struct {
	dollars float64
	of      string
	// page is where AWS publishes it, below aws.amazon.com.
	page string
	// seen is when it was last found there, or in AWS's price list, by whoever
	// wrote down what they found: AWS says of no price since when it is so.
	seen string
}

// item is what has a price.
type item int

const (
	readUnit item = iota
	writeUnit
	gigabyteKept
	gigabyteBackedUp
	streamRead
	lambdaCall
	lambdaMemory
	gatewayRequest
	edgeRequest
	edgeGigabyte
	mailSent
	gigabyteLogged
	metricMonth
	alarmMonth
	pageMonth
	trace
	secretMonth
)

// prices are what everything is reckoned with. To bring them up to date, look at
// the pages, change figures and dates here, and run go run ./infra/bench cost.
var prices = [...]price{
	readUnit:         {0.125, "DynamoDB on demand, million read units", "dynamodb/pricing/on-demand", "May 2026"},
	writeUnit:        {0.625, "DynamoDB on demand, million write units", "dynamodb/pricing/on-demand", "May 2026"},
	gigabyteKept:     {0.25, "DynamoDB, GB and month", "dynamodb/pricing/on-demand", "May 2026"},
	gigabyteBackedUp: {0.20, "DynamoDB point-in-time recovery, GB and month", "dynamodb/pricing/on-demand", "May 2026"},
	streamRead:       {0, "DynamoDB Streams, read by Lambda", "dynamodb/pricing/on-demand", undated},
	lambdaCall:       {0.20, "Lambda, million calls", "lambda/pricing", "May 2026"},
	lambdaMemory:     {13.3334, "Lambda arm64, million GB-seconds", "lambda/pricing", "May 2026"},
	gatewayRequest:   {1.00, "API Gateway HTTP API, million requests of up to 512 KB", "api-gateway/pricing", "September 2026"},
	edgeRequest:      {1.00, "CloudFront, million HTTPS requests", "cloudfront/pricing", undated},
	edgeGigabyte:     {0.085, "CloudFront to the internet, GB", "cloudfront/pricing", undated},
	// New accounts pay 0.16 (Essentials, since July 2026); those that sent before, or choose no plan, 0.10.
	mailSent:       {0.16, "SES Essentials, thousand mails", "ses/pricing", "July 2026"},
	gigabyteLogged: {0.50, "CloudWatch Logs, GB taken in", "cloudwatch/pricing", "May 2026"},
	metricMonth:    {0.30, "CloudWatch, metric and month, by the hours in which it is sent", "cloudwatch/pricing", "May 2026"},
	alarmMonth:     {0.10, "CloudWatch, alarmed metric and month", "cloudwatch/pricing", "May 2026"},
	pageMonth:      {3.00, "CloudWatch, dashboard and month, beyond an account's first three", "cloudwatch/pricing", "June 2026"},
	trace:          {5.00, "X-Ray, million traces", "xray/pricing", undated},
	secretMonth:    {0.40, "Secrets Manager, secret and month", "secrets-manager/pricing", "September 2026"},
}

// undated is of a price that was found without a date.
const undated = "undated"

// cost is what so many of the price's units cost.
func (i item) cost(units float64) float64 { return units * prices[i].dollars }

// listOfPrices is all of them as a table.
func listOfPrices() string {
	var out strings.Builder
	out.WriteString("List prices of us-east-1, each linked to AWS's page for it, and when it was last found to be so: look there before you rely on one. " +
		"S3, SQS, SNS and EventBridge come to cents, and are left out.\n\n" +
		"| | dollars | seen |\n|---|--:|---|\n")
	for _, p := range prices {
		fmt.Fprintf(&out, "| [%s](https://aws.amazon.com/%s/) | %g | %s |\n", p.of, p.page, p.dollars, p.seen)
	}
	return out.String()
}
