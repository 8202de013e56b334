package api

import (
	"reflect"
	"slices"
	"strings"
)

// promise says in the description which members an answer always has. What a
// request may leave out, huma takes for what an answer may: they share fields.
func (s *Server) promise(output reflect.Type) {
	body, ok := output.FieldByName("Body")
	if !ok {
		return
	}
	for _, t := range resources(body.Type) {
		schema := s.huma.OpenAPI().Components.Schemas.Schema(t, true, t.Name())
		if schema.Ref == "" {
			continue
		}
		whole := s.huma.OpenAPI().Components.Schemas.SchemaFromRef(schema.Ref)
		whole.Required = always(t)
	}
}

// resources are the types of things in an answer's body: one, those of a list,
// or what different callers see of one.
func resources(body reflect.Type) []reflect.Type {
	for body.Kind() == reflect.Pointer || body.Kind() == reflect.Slice {
		body = body.Elem()
	}
	switch generic, _, _ := strings.Cut(body.Name(), "["); {
	case generic == "ListBody":
		return append(resources(body.Field(0).Type), body)
	case generic == "View":
		return append(resources(body.Field(0).Type), resources(body.Field(1).Type)...)
	case body.Kind() == reflect.Struct && body.Name() != "":
		return []reflect.Type{body}
	default:
		return nil
	}
}

// always are the members that encoding/json never leaves out.
func always(t reflect.Type) (names []string) {
	for _, field := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.IsExported() && !field.Anonymous && name != "" && name != "-" && !strings.Contains(options, "omit") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
