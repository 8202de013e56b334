// Opens an organization for a client.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/organization"
)

func main() { lambdahttp.Start(organization.Create) }
