// Compare puts together what all tests saw functions do with the table. It fails
// where one has a right that none of them saw used, and with -write has those
// that they saw be the rights.
package main

import (
	"flag"
	"log"
	"strings"

	"atrium/infra/describe/rights"
	"atrium/infra/generate/catalogue"
)

func main() {
	log.SetFlags(0)
	write := flag.Bool("write", false, "write the rights down")
	flag.Parse()
	root, err := catalogue.Root()
	if err != nil {
		log.Fatal(err)
	}
	seen, err := rights.Noted(root)
	if err != nil {
		log.Fatal(err)
	}
	if *write {
		err = seen.Write(root)
	} else {
		compare(root, seen)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func compare(root string, seen rights.Rights) {
	allowed, err := rights.Read(root)
	if err != nil {
		log.Fatal(err)
	}
	if idle := allowed.Beyond(seen); len(idle) > 0 {
		log.Fatalf("No test saw these rights used. If none is to use them, make rights takes them away; if Go only remembered that tests pass, go clean -testcache has them run:\n  %s", strings.Join(idle, "\n  "))
	}
}
