// Lists the agency's staff.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/staff"
)

func main() { lambdahttp.Start(staff.List) }
