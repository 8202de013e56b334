// Adds a user to an organization.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/user"
)

func main() { lambdahttp.Start(user.Add) }
