package openapi_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"atrium/infra/describe/openapi"
	"atrium/shared/apitest"
	"atrium/shared/catalogue"
)

func TestDescriptionIsUpToDate(t *testing.T) {
	kept, err := os.ReadFile(filepath.Join(apitest.Root(), openapi.File))
	if err != nil {
		t.Fatal(err)
	}
	now, err := openapi.Current(apitest.Root())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(kept, now) {
		t.Errorf("%s is out of date: run make generate", openapi.File)
	}
}

// The validator checks the document against OpenAPI 3.1 and JSON Schema,
// every reference, that operation ids differ and path parameters are declared,
// and every example against its schema.
func TestDescriptionIsValid(t *testing.T) {
	doc := load(t)
	// huma's own keyword beside pattern, as JSON Schema allows.
	if err := doc.Validate(t.Context(), openapi3.EnableMultiError(), openapi3.AllowExtraSiblingFields("patternDescription")); err != nil {
		t.Error(err)
	}
}

func load(t *testing.T) *openapi3.T {
	t.Helper()
	document, err := openapi.Current(apitest.Root())
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestEveryOperationIsDescribed(t *testing.T) {
	doc := load(t)
	declared := map[string]bool{}
	for _, tag := range doc.Tags {
		declared[tag.Name] = tag.Description != ""
	}
	routes := 0
	for _, o := range catalogue.Operations {
		for _, route := range o.Routes() {
			routes++
			item := doc.Paths.Value(route.Path)
			if item == nil || item.GetOperation(route.Method) == nil {
				t.Errorf("%s: %s %s is not described", o.Name, route.Method, route.Path)
				continue
			}
			op := item.GetOperation(route.Method)
			if op.Summary == "" || op.Description == "" || len(op.Tags) != 1 || !declared[op.Tags[0]] {
				t.Errorf("%s: lacks a summary, a description, or a tag that is described: %q", o.Name, op.Tags)
			}
			if secured := op.Security != nil && len(*op.Security) > 0; secured == route.May.Public {
				t.Errorf("%s: asks for a credential: %v; public: %v", o.Name, secured, route.May.Public)
			}
			checkBodies(t, o.Name, op)
		}
	}
	if got := operations(doc); got != routes {
		t.Errorf("%d operations are described, %d declared", got, routes)
	}
}

func operations(doc *openapi3.T) int {
	n := 0
	for _, item := range doc.Paths.Map() {
		n += len(item.Operations())
	}
	return n
}

func checkBodies(t *testing.T, name string, op *openapi3.Operation) {
	t.Helper()
	if op.RequestBody != nil {
		checkExample(t, name+": request", op.RequestBody.Value.Content["application/json"])
	}
	succeeds := false
	for status, response := range op.Responses.Map() {
		if status[0] < '4' {
			succeeds = true
			checkExample(t, name+": "+status, response.Value.Content["application/json"])
			continue
		}
		if response.Value.Content["application/problem+json"] == nil {
			t.Errorf("%s: %s is no problem document", name, status)
		}
		checkExample(t, name+": "+status, response.Value.Content["application/problem+json"])
	}
	if !succeeds {
		t.Errorf("%s: cannot succeed", name)
	}
}

func checkExample(t *testing.T, place string, media *openapi3.MediaType) {
	t.Helper()
	if media == nil || media.Example != nil {
		return
	}
	t.Errorf("%s: has no example", place)
}

func TestDocumentIsTheSameEveryTime(t *testing.T) {
	first, err := openapi.Document(catalogue.Operations, nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := openapi.Document(catalogue.Operations, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) || !json.Valid(first) {
		t.Error("two documents of the same operations differ")
	}
}
