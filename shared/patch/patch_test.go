package patch_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atrium/shared/patch"
)

// document is any JSON object, as merge-patch sees it.
type document map[string]any

func anyValue(depth int) *rapid.Generator[any] {
	leaf := rapid.OneOf(
		rapid.Just[any](true), rapid.Just[any]("x"), rapid.Just[any]("ü\u2028"), rapid.Map(rapid.IntRange(0, 3), func(i int) any { return float64(i) }),
		rapid.Just[any]([]any{"a", 1.0}),
	)
	if depth == 0 {
		return leaf
	}
	return rapid.OneOf(leaf, rapid.Map(anyObject(depth-1, false), func(d document) any { return map[string]any(d) }))
}

func anyObject(depth int, nulls bool) *rapid.Generator[document] {
	value := anyValue(depth)
	if nulls {
		value = rapid.OneOf(value, rapid.Just[any](nil))
	}
	return rapid.Map(rapid.MapOf(rapid.SampledFrom([]string{"a", "b", "c"}), value), func(m map[string]any) document { return m })
}

func apply(t *rapid.T, current document, p any) document {
	raw, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	merged, err := patch.Parse[document](string(raw)).Apply(current)
	if err != nil {
		t.Fatal(err)
	}
	return merged
}

// The laws of RFC 7396 that callers lean on.
func TestMergePatchLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		current := anyObject(2, false).Draw(t, "current")
		p := anyObject(2, true).Draw(t, "patch")
		once := apply(t, current, p)
		if twice := apply(t, once, p); !reflect.DeepEqual(once, twice) {
			t.Errorf("applied twice: %v, once: %v", twice, once)
		}
		if same := apply(t, current, document{}); !reflect.DeepEqual(same, current) {
			t.Errorf("an empty patch made %v of %v", same, current)
		}
		for name, value := range p {
			_, isObject := value.(map[string]any)
			switch {
			case value == nil && once[name] != nil:
				t.Errorf("null left %s: %v", name, once[name])
			case value != nil && !isObject && !reflect.DeepEqual(once[name], value):
				t.Errorf("%s = %v, want %v", name, once[name], value)
			}
		}
		for name, value := range current {
			if _, named := p[name]; !named && !reflect.DeepEqual(once[name], value) {
				t.Errorf("%s was not named, yet changed to %v", name, once[name])
			}
		}
	})
}

// Diff tells all that happened: undoing every change gives the old document back.
func TestDiffTellsEveryChange(t *testing.T) {
	type thing struct {
		Document document `json:"document"`
	}
	rapid.Check(t, func(t *rapid.T) {
		before := anyObject(0, false).Draw(t, "before")
		after := anyObject(0, false).Draw(t, "after")
		undone := maps.Clone(after)
		for _, change := range patch.Diff(thing{before}, thing{after}) {
			if reflect.DeepEqual(change.Before, change.After) {
				t.Errorf("%s did not change", change.Field)
			}
			name := strings.TrimPrefix(change.Field, "document.")
			if change.Before == nil {
				delete(undone, name)
			} else {
				undone[name] = change.Before
			}
		}
		if !reflect.DeepEqual(undone, before) {
			t.Errorf("undone %v, was %v", undone, before)
		}
	})
}

func TestDiffNamesNestedFields(t *testing.T) {
	type brand struct {
		Color string `json:"color"`
		Font  string `json:"font"`
	}
	type thing struct {
		Name  string            `json:"name"`
		Brand brand             `json:"brand"`
		Tags  []string          `json:"tags"`
		Meta  map[string]string `json:"meta"`
	}
	got := patch.Diff(
		thing{Name: "a", Brand: brand{"red", "Inter"}, Tags: []string{"x"}, Meta: map[string]string{"k": "1"}},
		thing{Name: "a", Brand: brand{"blue", "Inter"}, Tags: []string{"x", "y"}, Meta: nil},
	)
	want := []patch.Change{
		{Field: "brand.color", Before: "red", After: "blue"},
		{Field: "meta.k", Before: "1", After: nil},
		{Field: "tags", Before: []any{"x"}, After: []any{"x", "y"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestGoneTellsWhatThereWas(t *testing.T) {
	type thing struct {
		Name  string            `json:"name"`
		Notes string            `json:"notes"`
		Tags  []string          `json:"tags"`
		Users []string          `json:"users"`
		Meta  map[string]string `json:"meta"`
	}
	got := patch.Gone(thing{Name: "a", Tags: []string{}, Users: []string{"x"}, Meta: map[string]string{"k": "1"}})
	want := []patch.Change{{Field: "meta.k", Before: "1"}, {Field: "name", Before: "a"}, {Field: "users", Before: []any{"x"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestMembers(t *testing.T) {
	if got := patch.Parse[document](`{"b":null,"a":{"x":1}}`).Members(); !reflect.DeepEqual(got, []string{"a", "b"}) {
		t.Errorf("members %q", got)
	}
}
