package patch_test

import (
	"fmt"

	"atrium/shared/patch"
)

type settings struct {
	Name  string `json:"name"`
	Brand struct {
		Color string `json:"color"`
		Font  string `json:"font"`
	} `json:"brand"`
}

// A member that is left out stays, null puts back the default.
func Example() {
	before := settings{Name: "Acme"}
	before.Brand.Color, before.Brand.Font = "red", "Inter"
	after, err := patch.Parse[settings](`{"brand":{"color":"blue","font":null}}`).Apply(before)
	fmt.Println(after, err)
	for _, change := range patch.Diff(before, after) {
		fmt.Printf("%s: %v, was %v\n", change.Field, change.After, change.Before)
	}
	// Output:
	// {Acme {blue }} <nil>
	// brand.color: blue, was red
	// brand.font: , was Inter
}
