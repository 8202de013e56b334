// Shows the workspace.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/workspace"
)

func main() { lambdahttp.Start(workspace.Get) }
