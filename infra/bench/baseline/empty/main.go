// Answers nothing: what every Go function on AWS Lambda costs at least.
package main

import "github.com/aws/aws-lambda-go/lambda"

func main() { lambda.Start(func() {}) }
