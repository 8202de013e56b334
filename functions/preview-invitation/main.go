// Shows an invitation's mail before it is sent.
package main

import (
	"atrium/shared/invitation"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(invitation.Preview) }
