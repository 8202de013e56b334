// Adds and changes many users at once.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/user"
)

func main() { lambdahttp.Start(user.Import) }
