// Tells whether the API can work.
package main

import (
	"atrium/shared/health"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(health.Check) }
