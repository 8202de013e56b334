// Lists the API keys.
package main

import (
	"atrium/shared/apikey"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(apikey.List) }
