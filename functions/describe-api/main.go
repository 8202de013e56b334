// Answers with the API's description of itself.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/openapi"
)

func main() { lambdahttp.Start(openapi.Describe) }
