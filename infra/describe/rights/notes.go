package rights

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Each package's tests are a process of their own. What one of them saw it notes
// in a file, so that all can be put together in the end.

// folder of the notes, from the repository's root.
var folder = filepath.Join(".atrium", "rights")

// Recording is set by `make rights`: what is seen then becomes a right.
func Recording() bool { return os.Getenv("ATRIUM_RECORD_RIGHTS") != "" }

// noted is the file of this process.
var noted struct {
	sync.Mutex
	*os.File
}

// Note notes what a function did. It replaces what this package's tests noted
// when they last ran.
func Note(root, function, right string) error {
	noted.Lock()
	defer noted.Unlock()
	if noted.File == nil {
		file, err := open(root)
		if err != nil {
			return err
		}
		noted.File = file
	}
	_, err := fmt.Fprintf(noted.File, "%s: %s\n", function, right)
	return err
}

// open makes the file, named after the package, in whose folder its tests run.
func open(root string) (*os.File, error) {
	here, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	name, err := filepath.Rel(root, here)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Join(root, folder), 0o750); err != nil {
		return nil, err
	}
	return os.Create(filepath.Join(root, folder, strings.ReplaceAll(name, string(filepath.Separator), "."))) //nolint:gosec // within this folder
}

// Noted are the rights that all tests saw.
func Noted(root string) (Rights, error) {
	files, err := filepath.Glob(filepath.Join(root, folder, "*"))
	if err != nil {
		return nil, err
	}
	all := Rights{}
	for _, file := range files {
		text, err := os.ReadFile(file) //nolint:gosec // what tests of this repository wrote
		if err != nil {
			return nil, err
		}
		for function, rights := range parse(string(text)) {
			for right := range rights {
				all.Add(function, right)
			}
		}
	}
	return all, nil
}
