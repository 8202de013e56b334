// Deletes an organization, with a grace period.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/organization"
)

func main() { lambdahttp.Start(organization.Delete) }
