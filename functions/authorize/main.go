// Finds out who calls: the API's Lambda authorizer.
package main

import "atrium/shared/authorizer"

func main() { authorizer.Start() }
