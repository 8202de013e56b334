// Gives one of the staff another role.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/staff"
)

func main() { lambdahttp.Start(staff.Update) }
