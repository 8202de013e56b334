package openapi

import (
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// ids are examples of each resource's id, by the name of its schema: all share
// one field in Go, which can show one only.
var ids = map[string]string{ //nolint:gosec // names of things, and no secrets
	"Organization": "org_01jd6v0c8ge2rs2k9v2q1m4t7x", "OrganizationSummary": "org_01jd6v0c8ge2rs2k9v2q1m4t7x",
	"Agent": "agt_01jd6v0c8gf4zs3w7x5h2n6p9q", "AssignmentAssigned": "agt_01jd6v0c8gf4zs3w7x5h2n6p9q", "AssignmentSeen": "agt_01jd6v0c8gf4zs3w7x5h2n6p9q",
	"User": "usr_01jd6v0c8gfz8r7m1c4d5e6f7g", "Team": "customer_support",
	"Workspace": "ws_01jd6v0c8ga1b2c3d4e5f6g7h8", "StaffPerson": "stf_01jd6v0c8gb9c8d7e6f5g4h3j2",
	"APIKey": "key_01jd6v0c8gr4s5t6v7w8x9y0z1", "APIKeyIssued": "key_01jd6v0c8gr4s5t6v7w8x9y0z1",
}

// answers are examples of successes whose parts depend on each other, by operation.
var answers = map[string]string{
	"describe-api": `{"openapi":"3.1.0","info":{"title":"Atrium","version":"1"},"paths":{}}`,
	"route-handoff": `{"available":true,"team":"customer_support","user":{"id":"usr_01jd6v0c8gfz8r7m1c4d5e6f7g",` +
		`"name":"Ann Lee","email":"ann@example.com","avatarUrl":""}}`,
}

func (d describer) nameIDs() {
	for name, schema := range d.schemas.Map() {
		property, example := schema.Properties["id"], ids[name]
		if property == nil || example == "" {
			continue
		}
		own := *property
		own.Examples = []any{example}
		schema.Properties["id"] = &own
	}
}

// example is a value that a schema describes, made of the examples of its parts.
func (d describer) example(s *huma.Schema) any {
	if s.Ref != "" {
		s = d.schemas.SchemaFromRef(s.Ref)
	}
	switch {
	case len(s.Examples) > 0:
		return s.Examples[0]
	case s.Default != nil:
		return s.Default
	case len(s.Enum) > 0:
		return s.Enum[0]
	case len(s.OneOf) > 0:
		return d.example(s.OneOf[0])
	case s.Nullable:
		return nil
	case s.Type == huma.TypeObject:
		return d.object(s)
	case s.Type == huma.TypeArray:
		return []any{d.example(s.Items)}
	default:
		return scalar(s)
	}
}

func (d describer) object(s *huma.Schema) map[string]any {
	value := map[string]any{}
	for name, property := range s.Properties {
		if slices.Contains(s.Required, name) || !strings.HasSuffix(name, "At") {
			value[name] = d.example(property)
		}
	}
	return value
}

func scalar(s *huma.Schema) any {
	switch s.Type {
	case huma.TypeBoolean:
		return false
	case huma.TypeInteger, huma.TypeNumber:
		if s.Minimum != nil {
			return *s.Minimum
		}
		return 0
	default:
		if s.Format == "date-time" {
			return "2026-11-24T09:30:00Z"
		}
		return ""
	}
}
