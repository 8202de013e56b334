// Sends an invitation again.
package main

import (
	"atrium/shared/invitation"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(invitation.Resend) }
