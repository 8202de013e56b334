// Gives the activity log as a file.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/activity"
)

func main() { lambdahttp.Start(activity.Export) }
