// Publish writes the dashboard's files into a folder, for `make publish` to put
// them into the bucket that CloudFront serves them from: pages and assets are
// kept apart, as a page has no extension to tell what it is.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"

	"atrium/dashboard"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: publish <folder>")
	}
	if err := write(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

// write makes the folder anew: what the dashboard no longer has is gone from it.
func write(folder string) error {
	if err := os.RemoveAll(folder); err != nil { //nolint:gosec // the person's own choice of folder
		return err
	}
	for name, content := range dashboard.Files() {
		kind := "assets"
		if filepath.Ext(name) == "" {
			kind = "pages"
		}
		file := filepath.Join(folder, kind, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil { //nolint:gosec // within it
			return err
		}
		if err := os.WriteFile(file, content, 0o600); err != nil { //nolint:gosec // within it
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
