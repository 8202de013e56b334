// Ends an API key.
package main

import (
	"atrium/shared/apikey"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(apikey.Revoke) }
