// Registers an agent that the agency runs.
package main

import (
	"atrium/shared/agent"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(agent.Create) }
