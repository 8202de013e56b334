// Changes an organization.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/organization"
)

func main() { lambdahttp.Start(organization.Update) }
