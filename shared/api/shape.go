package api

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"atrium/shared/problem"
)

// ReadJSON reads JSON as strictly as huma's bodies are read here, for handlers
// that take a RawBody; what is none is a 400.
func ReadJSON(data []byte, v any) error {
	if err := unmarshal(data, v); err != nil {
		return problem.New(problem.Malformed, "The body is not valid JSON: see errors.", problem.Field{Location: "body", Message: err.Error()})
	}
	return nil
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
