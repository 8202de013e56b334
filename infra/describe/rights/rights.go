// Package rights is what each function may do with the table: what the tests of
// the repository saw it do, all of it and nothing else. template.yaml's roles
// follow from rights.txt, a test fails as soon as a function does what is not in
// it, and `make test` fails in the end if something in it was not seen.
package rights

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// File holds them, from the repository's root.
var File = filepath.Join("infra", "describe", "rights", "rights.txt")

const introduction = "# What each function does with the table, as the tests saw it; of those that are guarded, also to which\n" +
	"# kinds of items. Written by make rights; make generate writes it into template.yaml.\n"

// Rights are what functions do, by their names, in the words of IAM: "table
// PutItem", "gs1 Query", and "keys *#user" for the partitions that they name.
type Rights map[string]map[string]bool

// Guarded are the functions that are held to the kinds of items that they deal
// with, and why: who takes one of them over finds no session and no API key
// behind it. Where a function opens sessions, or does for an agency's people what
// they ask for, it reaches so many kinds that a list of them guards nothing.
var Guarded = map[string]string{
	"get-logo":           "anybody may call it",
	"get-branding":       "anybody may call it",
	"create-workspace":   "anybody may call it",
	"request-sign-in":    "anybody may call it, with any address",
	"view-invitation":    "anybody may call it, with what may be a token",
	"decline-invitation": "anybody may call it, with what may be a token",
	"end-session":        "anybody may call it, with what may be a token",
	"record-mail-event":  "what it is told comes from whoever mails are sent to",
}

// Add adds one, and tells whether it is new.
func (r Rights) Add(function, right string) bool {
	if r[function] == nil {
		r[function] = map[string]bool{}
	}
	isNew := !r[function][right]
	r[function][right] = true
	return isNew
}

// Of are a function's on the table or on one of its indexes, or the keys, in order.
func (r Rights) Of(function, on string) (rights []string) {
	for right := range r[function] {
		if where, what, _ := strings.Cut(right, " "); where == on {
			rights = append(rights, what)
		}
	}
	slices.Sort(rights)
	return rights
}

// Beyond are the rights of r that others lack, as text.
func (r Rights) Beyond(others Rights) (more []string) {
	for function, rights := range r {
		for right := range rights {
			if !others[function][right] {
				more = append(more, function+": "+right)
			}
		}
	}
	slices.Sort(more)
	return more
}

// String has a line for each function.
func (r Rights) String() string {
	var text strings.Builder
	for _, function := range slices.Sorted(maps.Keys(r)) {
		fmt.Fprintf(&text, "%s: %s\n", function, strings.Join(slices.Sorted(maps.Keys(r[function])), ", "))
	}
	return text.String()
}

// Read reads the file.
func Read(root string) (Rights, error) {
	text, err := os.ReadFile(filepath.Join(root, File)) //nolint:gosec // a file of this repository
	return parse(string(text)), err
}

// Write writes it.
func (r Rights) Write(root string) error {
	return os.WriteFile(filepath.Join(root, File), []byte(introduction+r.String()), 0o644) //nolint:gosec // for all to read
}

func parse(text string) Rights {
	r := Rights{}
	for line := range strings.Lines(text) {
		function, more, found := strings.Cut(strings.TrimSpace(line), ": ")
		if !found || strings.HasPrefix(function, "#") {
			continue
		}
		for right := range strings.SplitSeq(more, ", ") {
			r.Add(function, right)
		}
	}
	return r
}
