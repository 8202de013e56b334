// Does what follows from a change in other items than its own: an organization
// that is purged takes all that is in it along.
package main

import (
	"atrium/shared/consequence"
	"atrium/shared/lambdastream"
)

func main() { lambdastream.Start("purge-organization", consequence.Follow) }
