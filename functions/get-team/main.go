// Shows a team.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/team"
)

func main() { lambdahttp.Start(team.Get) }
