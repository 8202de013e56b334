// Describe writes what follows from the operations' declarations: the API's
// description of itself. `make generate` runs it after infra/generate, which
// lists the operations; a test fails when its work is out of date.
package main

import (
	"log"
	"os"
	"path/filepath"

	"atrium/infra/describe/openapi"
	"atrium/infra/generate/catalogue"
	operations "atrium/shared/catalogue"
)

func main() {
	log.SetFlags(0)
	root, err := catalogue.Root()
	if err != nil {
		log.Fatal(err)
	}
	document, err := openapi.Document(operations.Operations, nil)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, openapi.File), document, 0o644); err != nil { //nolint:gosec // for all to read
		log.Fatal(err)
	}
}
