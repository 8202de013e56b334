package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
)

// facts are what programs want to know of a running stack: run.json.
type facts struct {
	APIURL        string `json:"apiUrl"`
	DashboardURL  string `json:"dashboardUrl"`
	InboxURL      string `json:"inboxUrl"`
	TableEndpoint string `json:"tableEndpoint"`
	TableName     string `json:"tableName"`
	SignIn        signIn `json:"signIn"`
	PIDs          pids   `json:"pids"`
}

// signIn are links that sign somebody of the demonstration agency in, once.
type signIn struct {
	Owner    string `json:"owner"`
	OrgAdmin string `json:"orgAdmin"`
	User     string `json:"user"`
}

// pids are the processes of a stack.
type pids struct {
	API   int `json:"api"`
	Table int `json:"table"`
	SES   int `json:"ses"`
}

func readFacts(file string) (facts, error) {
	var f facts
	text, err := os.ReadFile(file) //nolint:gosec // a file of this program
	if err != nil {
		return f, err
	}
	return f, json.Unmarshal(text, &f)
}

// publish writes run.json into the data folder, and into the repository's
// .atrium unless another stack that still runs has written its own there.
func (f facts) publish(places ...string) error {
	for _, file := range slices.Compact(places) {
		if other, err := readFacts(file); err == nil && other.PIDs.API != f.PIDs.API && alive(other.PIDs.API) {
			continue
		}
		if err := writeJSON(file, f); err != nil {
			return err
		}
	}
	return nil
}

// withdraw removes what publish wrote.
func (f facts) withdraw(places ...string) error {
	var failures []error
	for _, file := range slices.Compact(places) {
		if other, err := readFacts(file); err != nil || other.PIDs.API != f.PIDs.API {
			continue
		}
		if err := os.Remove(file); !errors.Is(err, fs.ErrNotExist) {
			failures = append(failures, err)
		}
	}
	return errors.Join(failures...)
}

func alive(pid int) bool { return pid > 0 && syscall.Kill(pid, 0) == nil }

// factsPlaces are where a stack publishes its run.json.
func (s settings) factsPlaces() []string {
	return []string{filepath.Join(s.root, ".atrium", factsFile), filepath.Join(s.data, factsFile)}
}
