// Shows the brand of the dashboard at a host.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/workspace"
)

func main() { lambdahttp.Start(workspace.GetBranding) }
