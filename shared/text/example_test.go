package text_test

import (
	"fmt"

	"atrium/shared/text"
)

// Names are the same whatever their case and spaces; accents count.
func ExampleFold() {
	fmt.Println(text.Fold("  CAFÉ   del Mar ") == text.Fold("café del mar"))
	fmt.Println(text.Fold("Café") == text.Fold("Cafe"))
	// Output:
	// true
	// false
}

// To search them, accents do not.
func ExampleWords() {
	fmt.Println(text.Words("Łódź & O’Neill's Café"))
	// Output: [lodz o'neill's cafe]
}
