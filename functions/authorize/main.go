// Finds out who calls: the API's Lambda authorizer.
package main

import "atrium/shared/lambdaauthorizer"

func main() { lambdaauthorizer.Start() }
