// Sends a sign-in link to whoever is known under an address.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/session"
)

func main() { lambdahttp.Start(session.Request) }
