// Lists the agents of an organization.
package main

import (
	"atrium/shared/assignment"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(assignment.List) }
