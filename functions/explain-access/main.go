// Explains what a user may do on an agent.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/user"
)

func main() { lambdahttp.Start(user.Explain) }
