package apitest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"atrium/shared/openapi"
)

// described are the statuses that the API's description names, by the pattern
// of a route, and the routes themselves.
type described struct {
	routes   *http.ServeMux
	statuses map[string]map[string]json.RawMessage
}

var description = sync.OnceValues(func() (described, error) {
	var document struct {
		Paths map[string]map[string]struct {
			Responses map[string]json.RawMessage `json:"responses"`
		} `json:"paths"`
	}
	d := described{routes: http.NewServeMux(), statuses: map[string]map[string]json.RawMessage{}}
	if err := json.Unmarshal(openapi.Document, &document); err != nil {
		return d, err
	}
	for path, methods := range document.Paths {
		for method, operation := range methods {
			pattern := strings.ToUpper(method) + " " + path
			d.routes.HandleFunc(pattern, http.NotFound)
			d.statuses[pattern] = operation.Responses
		}
	}
	return d, nil
})

// checkDescribed fails the test when an operation answers with a status that
// the API's description does not name.
func checkDescribed(t testing.TB, r *http.Request, status int) {
	t.Helper()
	d, err := description()
	if err != nil {
		t.Fatal(err)
	}
	_, pattern := d.routes.Handler(r)
	named, known := d.statuses[pattern]
	if _, ok := named[strconv.Itoa(status)]; known && !ok {
		t.Errorf("%s answers %d, which the API's description does not name: say so in the operation's Refuses, and run make generate", pattern, status)
	}
}
