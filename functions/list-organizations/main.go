// Lists and searches organizations.
package main

import (
	"atrium/shared/lambdahttp"
	"atrium/shared/organization"
)

func main() { lambdahttp.Start(organization.List) }
