// Puts a user on a team.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/team"
)

func main() { lambdahttp.Start(team.AddMember) }
