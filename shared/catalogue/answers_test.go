package catalogue_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/catalogue"
)

// shown are members whose own members are named by whoever fills them, and are
// told alike to everybody who is told of them at all.
var shown = []string{"sections", "ceiling", "metadata", "messages", "before", "after", "assignment"}

// TestWhatEachIsShown reads everything that can be read as everybody who is let
// in, and compares which members they see with testdata/answers.golden: a table
// to be read by people. OWASP API3, the half about reading.
func TestWhatEachIsShown(t *testing.T) {
	f := newFixture(apitest.NewStreamed(t))
	f.live()
	callers := f.members()
	var table bytes.Buffer
	fmt.Fprintf(&table, "%-58s", "member")
	for _, c := range callers {
		fmt.Fprintf(&table, " %-*s", c.width(), c.name)
	}
	for _, o := range catalogue.Operations {
		for _, route := range o.Routes() {
			if route.Method == http.MethodGet && !route.May.Public && o.Name != "get-logo" && o.Name != "export-activity" {
				f.tabulate(&table, callers, route)
			}
		}
	}
	golden(t, "answers.golden", append(bytes.ReplaceAll(table.Bytes(), []byte(" \n"), []byte("\n")), '\n'))
}

// live fills in what else there is to be seen.
func (f *fixture) live() {
	org := f.at(own, "/organizations/{o}")
	f.w.Owner().Patch(org, `{"metadata":{"k":"v"},"externalId":"crm-9","billing":true,"cannedResponses":[{"title":"Hi","text":"Hello"}],"handoff":{"messages":{"en":"Later"}}}`).Want(http.StatusOK)
	f.w.Owner().Patch(f.at(own, org+"/users/{u}"), `{"metadata":{"k":"v"},"externalId":"u-9"}`).Want(http.StatusOK)
	f.w.Owner().Patch(f.at(own, "/agents/{a}"), `{"metadata":{"k":"v"},"externalId":"a-9","tabs":[{"section":"home","url":"https://a.example"}]}`).Want(http.StatusOK)
}

// tabulate adds a row for each member of what a route answers, with who sees it.
func (f *fixture) tabulate(table *bytes.Buffer, callers []caller, route api.Operation) {
	seen, all := make([]map[string]bool, len(callers)), map[string]bool{}
	for i, c := range callers {
		seen[i] = map[string]bool{}
		path := f.at(own, strings.TrimPrefix(route.Path, api.Prefix))
		if strings.Contains(path, "activity") {
			path += "?limit=200"
		}
		answer := c.Do(http.MethodGet, path, nil)
		if answer.Status != http.StatusOK {
			continue
		}
		var body any
		if err := json.Unmarshal(answer.Body, &body); err != nil {
			f.w.T.Fatal(err)
		}
		note(seen[i], "", body)
		maps.Copy(all, seen[i])
	}
	for _, member := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(table, "\n%-58s", route.Name+member)
		for i, c := range callers {
			cell := "-"
			if seen[i][member] {
				cell = "sees"
			}
			fmt.Fprintf(table, " %-*s", max(c.width(), len(cell)), cell)
		}
	}
}

// note notes which members a value has, by their paths.
func note(seen map[string]bool, path string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			seen[path+" "+name] = true
			if !slices.Contains(shown, name) {
				note(seen, path+" "+name, member)
			}
		}
	case []any:
		for _, item := range v {
			note(seen, path, item)
		}
	}
}
