// Shows a logo.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/logo"
)

func main() { lambdahttp.Start(logo.Get) }
