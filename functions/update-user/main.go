// Changes a user.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/user"
)

func main() { lambdahttp.Start(user.Update) }
