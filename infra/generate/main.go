// Generate writes what follows from the functions there are: the catalogue of
// operations. `make generate` runs it; a test fails when its work is out of date.
package main

import (
	"log"
	"os"

	"atrium/infra/generate/catalogue"
)

func main() {
	log.SetFlags(0)
	root, err := catalogue.Root()
	if err != nil {
		log.Fatal(err)
	}
	source, err := catalogue.Source(root)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(root+"/"+catalogue.File, source, 0o644); err != nil { //nolint:gosec // source code is for all to read
		log.Fatal(err)
	}
}
