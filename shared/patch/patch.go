// Package patch is JSON merge-patch (RFC 7396) as Atrium's PATCH operations
// take it: a member that is left out stays, null puts back the default, an
// object is merged, everything else replaces.
package patch

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	jsonpatch "github.com/evanphx/json-patch/v5"
)

// Of is a merge-patch of a T: its schema is T's, with nothing required and
// everything nullable.
type Of[T any] struct{ raw json.RawMessage }

// Parse makes a patch from its JSON.
func Parse[T any](raw string) Of[T] { return Of[T]{raw: json.RawMessage(raw)} }

// UnmarshalJSON keeps the patch as it came: which members it has matters.
func (p *Of[T]) UnmarshalJSON(data []byte) error {
	p.raw = bytes.Clone(data)
	return nil
}

// MarshalJSON gives the patch as it came.
func (p Of[T]) MarshalJSON() ([]byte, error) { return p.raw, nil }

// Members are the names of the patch's own members.
func (p Of[T]) Members() []string {
	var members map[string]json.RawMessage
	_ = json.Unmarshal(p.raw, &members)
	names := make([]string, 0, len(members))
	for name := range members {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Apply is current with the patch merged into it.
func (p Of[T]) Apply(current T) (T, error) {
	var merged T
	document, err := json.Marshal(current)
	if err != nil {
		return merged, err
	}
	document, err = jsonpatch.MergePatch(document, p.raw)
	if err != nil {
		return merged, err
	}
	return merged, json.Unmarshal(document, &merged)
}

// Schema describes the patch: it is T's own schema, loosened.
func (p Of[T]) Schema(r huma.Registry) *huma.Schema {
	whole := huma.SchemaFromType(r, reflect.TypeFor[T]())
	return loosen(r, whole, false)
}

func loosen(r huma.Registry, s *huma.Schema, nullable bool) *huma.Schema {
	if s.Ref != "" {
		s = r.SchemaFromRef(s.Ref)
	}
	loose := *s
	loose.Required = nil
	loose.Nullable = nullable
	if len(s.Enum) > 0 && nullable {
		loose.Enum = append(slices.Clone(s.Enum), nil)
	}
	if s.Properties != nil {
		loose.Properties = make(map[string]*huma.Schema, len(s.Properties))
		for name, property := range s.Properties {
			// What must be there can be changed, but not taken back.
			loose.Properties[name] = loosen(r, property, !slices.Contains(s.Required, name))
		}
	}
	if values, ok := s.AdditionalProperties.(*huma.Schema); ok {
		loose.AdditionalProperties = loosen(r, values, true)
	}
	loose.PrecomputeMessages()
	return &loose
}

// Change is one field as it was and as it is.
type Change struct {
	Field  string `json:"field" example:"brand.primaryColor" doc:"The field, with dots for what lies within another."`
	Before any    `json:"before" doc:"What it was; null when there was nothing."`
	After  any    `json:"after" doc:"What it is; null when it was taken away."`
}

// Diff lists the fields in which two structs differ, as their JSON has them,
// in order of their names. Objects are compared member by member, lists whole.
// Every field has a json tag, and none is left out when it is empty.
func Diff[T any](before, after T) []Change {
	var changes []Change
	old, new := reflect.ValueOf(before), reflect.ValueOf(after)
	for _, field := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		if field.Anonymous {
			continue
		}
		was, is := old.FieldByIndex(field.Index).Interface(), new.FieldByIndex(field.Index).Interface()
		// Most fields are alike, and need not be turned into JSON to tell.
		if !reflect.DeepEqual(was, is) {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			diff(&changes, name, plain(was), plain(is))
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Field, b.Field) })
	return changes
}

// Gone are the fields of what is removed, as changes to nothing. Empty lists
// say nothing, and are left out.
func Gone[T any](removed T) []Change {
	var nothing T
	changes := slices.DeleteFunc(Diff(removed, nothing), func(ch Change) bool {
		list, ok := ch.Before.([]any)
		return ok && len(list) == 0
	})
	for i := range changes {
		changes[i].After = nil
	}
	return changes
}

func diff(changes *[]Change, path string, before, after any) {
	old, was := before.(map[string]any)
	new, is := after.(map[string]any)
	if (was || before == nil) && (is || after == nil) && (was || is) {
		for name := range old {
			diff(changes, path+"."+name, old[name], new[name])
		}
		for name := range new {
			if _, both := old[name]; !both {
				diff(changes, path+"."+name, nil, new[name])
			}
		}
		return
	}
	if !reflect.DeepEqual(before, after) {
		*changes = append(*changes, Change{Field: path, Before: before, After: after})
	}
}

// plain is a value as JSON shows it.
func plain(v any) any {
	encoded, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	var decoded any
	_ = json.Unmarshal(encoded, &decoded)
	return decoded
}
