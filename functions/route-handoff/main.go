// Hands a chat to the next member of a team.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/team"
)

func main() { lambdahttp.Start(team.Route) }
