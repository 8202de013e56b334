package api

import (
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// View is a resource of which some callers see the whole, and others a part.
type View[W Tagged, P any] struct {
	Whole W
	// Part, when set, is all that the caller sees.
	Part *P
}

// ETag is the whole's: what can be changed has one version, however much of it is seen.
func (v View[W, P]) ETag() string { return v.Whole.ETag() }

func (v View[W, P]) shown() any {
	if v.Part != nil {
		return v.Part
	}
	return v.Whole
}

// MarshalJSON leaves out what the caller may not see.
func (v View[W, P]) MarshalJSON() ([]byte, error) { return json.Marshal(v.shown()) }

// Schema says that it is either.
func (View[W, P]) Schema(r huma.Registry) *huma.Schema {
	whole, part := reflect.TypeFor[W](), reflect.TypeFor[P]()
	return &huma.Schema{OneOf: []*huma.Schema{r.Schema(whole, true, whole.Name()), r.Schema(part, true, part.Name())}}
}
