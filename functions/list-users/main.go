// Lists and searches the users of an organization.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/user"
)

func main() { lambdahttp.Start(user.List) }
