// Shows who is signed in.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/me"
)

func main() { lambdahttp.Start(me.Get) }
