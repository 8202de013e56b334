// Lists who did what to what.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/activity"
)

func main() { lambdahttp.Start(activity.List) }
