// Takes somebody out of the agency.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/staff"
)

func main() { lambdahttp.Start(staff.Remove) }
