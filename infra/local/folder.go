package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// folder is the data folder, held by one stack at a time.
type folder struct {
	path string
	lock *os.File
}

// The files in it. The lock goes with its holder, however that one ends.
const (
	lockFile     = "lock"
	tableFile    = "table.db"
	memoryFile   = "memory.json"
	positionFile = "stream.json"
	mailFile     = "mail.json"
	factsFile    = "run.json"
	// What the functions' containers are told.
	variablesFile = "variables.json"
)

// openFolder makes the folder if need be, and takes it for this process.
func openFolder(path string) (*folder, error) {
	if err := os.MkdirAll(path, 0o750); err != nil {
		return nil, fmt.Errorf("the data folder cannot be made (set ATRIUM_DATA to another one): %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(path, lockFile), os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the person's own choice of folder
	if err != nil {
		return nil, fmt.Errorf("the data folder cannot be written (set ATRIUM_DATA to another one): %w", err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = lock.Close()
		return nil, fmt.Errorf("the data in %s is in use by a stack that runs already%s: stop it with Ctrl-C first, or set ATRIUM_DATA and PORT to run another one beside it",
			path, holder(filepath.Join(path, factsFile)))
	}
	return &folder{path: path, lock: lock}, nil
}

// holder is the process that a run.json names, in brackets.
func holder(file string) string {
	if f, err := readFacts(file); err == nil {
		return fmt.Sprintf(" (process %d, %s)", f.PIDs.API, f.APIURL)
	}
	return ""
}

func (f *folder) file(name string) string { return filepath.Join(f.path, name) }

func (f *folder) close() error { return f.lock.Close() }

// forget removes what a stack keeps, and the folder if nothing else is in it.
func (f *folder) forget() error {
	tables, err := filepath.Glob(f.file(tableFile) + "*")
	if err != nil {
		return err
	}
	for _, name := range append(tables, f.file(memoryFile), f.file(positionFile), f.file(mailFile), f.file(factsFile), f.file(variablesFile), f.file(lockFile)) {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	_ = os.Remove(f.path) // stays where something of the person's own is in it
	return nil
}

// memory is what a stack knows from one start to the next, beside its table.
type memory struct {
	// SigningKey is what tokens are made with.
	SigningKey string
	// Filled tells that the demonstration agency is complete.
	Filled bool
	// Bare has no demonstration agency at all.
	Bare bool
	// SignIn are the last links that were printed.
	SignIn signIn
}

// recall reads the memory; a new one has a new key.
func (f *folder) recall() (memory, error) {
	text, err := os.ReadFile(f.file(memoryFile))
	if errors.Is(err, fs.ErrNotExist) {
		m := memory{SigningKey: newSigningKey()}
		return m, f.remember(m)
	}
	var m memory
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err == nil && m.SigningKey == "" {
		err = errors.New("it has no SigningKey")
	}
	if err != nil {
		return m, fmt.Errorf("%s cannot be read, and make reset begins anew: %w", f.file(memoryFile), err)
	}
	return m, nil
}

func newSigningKey() string { return rand.Text() + rand.Text() }

func (f *folder) remember(m memory) error { return writeJSON(f.file(memoryFile), m) }

// writeJSON replaces a file at once: a reader sees the old one or the new one.
func writeJSON(path string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	next := path + ".next"
	if err := os.WriteFile(next, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(next, path)
}
