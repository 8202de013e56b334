// Changes a team, and who is on it.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/team"
)

func main() { lambdahttp.Start(team.Update) }
