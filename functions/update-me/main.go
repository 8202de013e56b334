// Changes what people may change of themselves.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/me"
)

func main() { lambdahttp.Start(me.Update) }
