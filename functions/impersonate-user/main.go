// Lets staff look at the dashboard as a user.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/session"
)

func main() { lambdahttp.Start(session.Impersonate) }
