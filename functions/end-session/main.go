// Signs out.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/session"
)

func main() { lambdahttp.Start(session.End) }
