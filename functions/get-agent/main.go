// Shows an agent.
package main

import (
	"atrium/shared/agent"
	"atrium/shared/lambdahttp"
)

func main() { lambdahttp.Start(agent.Get) }
