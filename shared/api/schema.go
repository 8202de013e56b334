package api

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"atrium/shared/problem"
)

// schemaName names a type in the description by its package and itself:
// organization.Fields is OrganizationFields, organization.Organization is
// Organization, and a list of those OrganizationList. A type without a name gets its hint, and belongs to the
// package of the operation that is being registered.
func (s *Server) schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch generic, _, _ := strings.Cut(t.Name(), "["); generic {
	case "ListBody":
		return s.schemaName(t.Field(0).Type.Elem(), hint) + "List"
	case "View":
		return s.schemaName(t.Field(0).Type, hint)
	}
	name, concept := huma.DefaultSchemaNamer(t, hint), conceptOf(t)
	if t.Name() == "" && t.Kind() == reflect.Struct {
		concept = s.concept
	}
	if strings.Contains(t.Name(), "[") || strings.HasPrefix(name, concept) || concept == "Api" || concept == "Problem" {
		return name
	}
	return concept + name
}

// conceptOf is the name of a type's package, as the beginning of a name.
func conceptOf(t reflect.Type) string {
	path := t.PkgPath()
	if path == "" {
		return ""
	}
	concept := path[strings.LastIndexByte(path, '/')+1:]
	if concept == "apikey" {
		return "APIKey"
	}
	return strings.ToUpper(concept[:1]) + concept[1:]
}

// Shape is the schema of a type, to hold parts of a RawBody against.
type Shape struct {
	registry huma.Registry
	schema   *huma.Schema
}

// ShapeOf is the schema of T, as the API's description gives it.
func ShapeOf[T any]() Shape {
	registry := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	return Shape{registry: registry, schema: huma.SchemaFromType(registry, reflect.TypeFor[T]())}
}

// Faults are what is wrong with a value, as ReadJSON reads it into an any, at its place.
func (s Shape) Faults(at string, value any) []problem.Field {
	path := huma.NewPathBuffer(nil, 0)
	path.Push(at)
	var result huma.ValidateResult
	huma.Validate(s.registry, s.schema, path, huma.ModeWriteToServer, value, &result)
	return newError(422, "", result.Errors...).Errors
}
