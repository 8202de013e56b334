// Opens a workspace for an agency.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/workspace"
)

func main() { lambdahttp.Start(workspace.Create) }
