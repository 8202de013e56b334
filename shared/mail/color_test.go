package mail

import (
	"testing"

	"pgregory.net/rapid"
)

// TestAnyColorIsReadable draws brands' colours: what is written on a button, a
// link, and a button's edge must stand out, on light and on dark.
func TestAnyColorIsReadable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := color{rapid.Byte().Draw(t, "red"), rapid.Byte().Draw(t, "green"), rapid.Byte().Draw(t, "blue")}
		mustBeReadable(t, c.String())
	})
}

// TestGreysAreReadable are those where black and white are equally far.
func TestGreysAreReadable(t *testing.T) {
	for v := range 256 {
		mustBeReadable(t, color{uint8(v), uint8(v), uint8(v)}.String())
	}
	mustBeReadable(t, "")
}

type fataler interface {
	Fatalf(format string, args ...any)
}

func mustBeReadable(t fataler, brand string) {
	light, dark := painted(brand)
	for _, on := range []struct {
		behind color
		paint
	}{{white, light}, {night, dark}} {
		for _, pair := range []struct {
			what   string
			text   string
			behind color
			least  float64
		}{
			{"label", on.Label, parsed(t, on.Fill), readable}, {"link", on.Link, on.behind, readable}, {"edge", on.Edge, on.behind, visible},
		} {
			if got := contrast(parsed(t, pair.text), pair.behind); got < pair.least {
				t.Fatalf("brand %q: %s %s on %s has a contrast of %.2f; want %.1f", brand, pair.what, pair.text, pair.behind, got, pair.least)
			}
		}
	}
}

func parsed(t fataler, s string) color {
	c, ok := parseColor(s)
	if !ok {
		t.Fatalf("%q is no colour", s)
	}
	return c
}

// TestGoodColorsStayAsTheyAre holds the other end: a brand that can be read is
// not changed.
func TestGoodColorsStayAsTheyAre(t *testing.T) {
	for brand, label := range map[string]string{"#1a73e8": "#ffffff", "#FFD600": "#000000", "#7c3aed": "#ffffff", "#10b981": "#000000"} {
		light, _ := painted(brand)
		if light.Fill != parsed(t, brand).String() || light.Label != label {
			t.Errorf("brand %s is painted %s with %s; want it as it is with %s", brand, light.Fill, light.Label, label)
		}
	}
}

func TestNoColorIsTheBuiltInOne(t *testing.T) {
	want, _ := painted("")
	for _, brand := range []string{"red", "#fff", "1a73e8", "#1a73e8;color:red", "#12345g", "#+12345"} {
		if light, _ := painted(brand); light != want {
			t.Errorf("%q is painted %+v; want the built-in %+v", brand, light, want)
		}
	}
}

// TestContrast holds the measure to WCAG's own examples.
func TestContrast(t *testing.T) {
	for _, tc := range []struct {
		a, b color
		want float64
	}{{white, black, 21}, {white, white, 1}, {color{0x77, 0x77, 0x77}, white, 4.48}, {color{0x76, 0x76, 0x76}, white, 4.54}} {
		if got := contrast(tc.a, tc.b); got < tc.want-0.005 || got > tc.want+0.005 {
			t.Errorf("contrast of %s and %s is %.3f; want %.2f", tc.a, tc.b, got, tc.want)
		}
	}
}
