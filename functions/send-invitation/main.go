// Invites people to an organization.
package main

import (
	"atrium/shared/invitation"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(invitation.Send) }
