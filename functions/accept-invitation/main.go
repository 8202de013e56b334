// Lets in whoever has an invitation's link.
package main

import (
	"atrium/shared/invitation"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(invitation.Accept) }
