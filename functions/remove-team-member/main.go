// Takes a user off a team.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/team"
)

func main() { lambdahttp.Start(team.RemoveMember) }
