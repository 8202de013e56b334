// Lists who did what to what.
package main

import (
	"atrium/shared/activity"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(activity.List) }
