// Sets the logo of an organization or of the workspace.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/logo"
)

func main() { lambdahttp.Start(logo.Put) }
