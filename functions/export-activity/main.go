// Gives the activity log as a file.
package main

import (
	"atrium/shared/activity"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(activity.Export) }
