// Describe writes what follows from the operations' declarations: an event for
// each function that has none yet, the API's description of itself, and the
// functions in template.yaml. `make generate` runs it after infra/generate,
// which lists the operations; tests fail when its work is out of date.
package main

import (
	"log"
	"os"
	"path/filepath"

	"atrium/infra/describe/events"
	"atrium/infra/describe/openapi"
	"atrium/infra/describe/sam"
	"atrium/infra/generate/catalogue"
	operations "atrium/shared/catalogue"
)

func main() {
	log.SetFlags(0)
	root, err := catalogue.Root()
	if err != nil {
		log.Fatal(err)
	}
	if err := describe(root); err != nil {
		log.Fatal(err)
	}
}

func describe(root string) error {
	requests, err := openapi.Requests(operations.Operations)
	if err != nil {
		return err
	}
	if err := events.Complete(root, operations.Operations, requests); err != nil {
		return err
	}
	document, err := openapi.Current(root)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, openapi.File), document, 0o644); err != nil { //nolint:gosec // for all to read
		return err
	}
	template, err := sam.Current(root)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, sam.File), template, 0o644) //nolint:gosec // for all to read
}
