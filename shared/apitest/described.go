package apitest

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"atrium/shared/openapi"
)

// described is the API's description, to hold answers against.
type described struct {
	routes *http.ServeMux
	// responses are those of a route, by its pattern and the status.
	responses map[string]map[string]any
	// schemas finds a schema by its place in the description.
	schemas  *jsonschema.Compiler
	mu       sync.Mutex
	document any
}

const documentURL = "file:///openapi.json"

var description = sync.OnceValues(func() (*described, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(openapi.Document))
	if err != nil {
		return nil, err
	}
	d := &described{
		routes: http.NewServeMux(), responses: map[string]map[string]any{}, schemas: jsonschema.NewCompiler(), document: document,
	}
	for path, methods := range at(document, "paths") {
		for method, operation := range methods.(map[string]any) {
			pattern := strings.ToUpper(method) + " " + path
			d.routes.HandleFunc(pattern, http.NotFound)
			d.responses[pattern] = at(operation, "responses")
		}
	}
	d.schemas.DefaultDraft(jsonschema.Draft2020)
	return d, d.schemas.AddResource(documentURL, document)
})

// at is an object within objects.
func at(value any, names ...string) map[string]any {
	object, _ := value.(map[string]any)
	for _, name := range names {
		object, _ = object[name].(map[string]any)
	}
	return object
}

// checkDescribed fails the test when an operation answers with a status, or
// with a body, that the API's description does not tell of.
func checkDescribed(t testing.TB, r *http.Request, a *Answer) {
	t.Helper()
	d, err := description()
	if err != nil {
		t.Fatal(err)
	}
	_, pattern := d.routes.Handler(r)
	responses, known := d.responses[pattern]
	if !known {
		return
	}
	if responses[strconv.Itoa(a.Status)] == nil {
		t.Errorf("%s answers %d, which the API's description does not name: say so in the operation's Refuses, and run make generate", pattern, a.Status)
		return
	}
	if err := d.body(pattern, a); err != nil {
		t.Errorf("%s answers %d otherwise than the API's description says: %v\n%s", pattern, a.Status, err, a.Body)
	}
}

// body holds an answer's JSON against its schema.
func (d *described) body(pattern string, a *Answer) error {
	media := a.Header.Get("Content-Type")
	if media != "application/json" && media != "application/problem+json" {
		return nil
	}
	schema, err := d.schema(pattern, strconv.Itoa(a.Status), media)
	if err != nil {
		return err
	}
	body, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.Body))
	if err != nil {
		return err
	}
	return schema.Validate(body)
}

func (d *described) schema(pattern, status, media string) (*jsonschema.Schema, error) {
	method, path, _ := strings.Cut(pattern, " ")
	place := []string{"paths", path, strings.ToLower(method), "responses", status}
	// Problems are described once, and referred to.
	if ref, _ := at(d.document, place...)["$ref"].(string); ref != "" {
		place = strings.Split(strings.TrimPrefix(ref, "#/"), "/")
	}
	pointer := documentURL + "#"
	for _, name := range append(place, "content", media, "schema") {
		pointer += "/" + strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(name)
	}
	d.mu.Lock() // a compiler is for one at a time; it keeps what it has compiled
	defer d.mu.Unlock()
	return d.schemas.Compile(pointer)
}
