package api

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"atrium/shared/problem"
)

// leanRegistry leaves out the schemas of answers: they serve the description
// only, and making them would be a fifth of a function's start.
type leanRegistry struct {
	huma.Registry
	answers map[reflect.Type]bool
}

func newLeanRegistry(whole huma.Registry) *leanRegistry {
	return &leanRegistry{Registry: whole, answers: map[reflect.Type]bool{reflect.TypeFor[problem.Problem](): true}}
}

// answersWith notes the body type of an output.
func (r *leanRegistry) answersWith(output reflect.Type) {
	if body, ok := output.FieldByName("Body"); ok {
		r.answers[body.Type] = true
	}
}

// Schema is an empty one for answers.
func (r *leanRegistry) Schema(t reflect.Type, allowRef bool, hint string) *huma.Schema {
	if r.answers[t] {
		return &huma.Schema{}
	}
	return r.Registry.Schema(t, allowRef, hint)
}

// refuseHidden panics where an input embeds a struct that is not exported:
// huma passes over its parameters without a word.
func refuseHidden(o Operation, input reflect.Type) {
	for field := range input.Fields() {
		if field.Anonymous && !field.IsExported() {
			panic("api: the input of " + o.Name + " embeds " + field.Name + ", which is not exported: its parameters would not be read")
		}
	}
}
