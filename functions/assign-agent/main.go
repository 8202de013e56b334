// Assigns an agent to an organization.
package main

import (
	"atrium/shared/assignment"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(assignment.Assign) }
