// Goes on with a session, or switches.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/session"
)

func main() { lambdahttp.Start(session.Refresh) }
