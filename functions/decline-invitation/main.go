// Turns an invitation down.
package main

import (
	"atrium/shared/invitation"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(invitation.Decline) }
