package mail

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Readable is the least contrast between text and what is behind it: WCAG's
// level AA. Visible is the least between a shape and what is behind it.
const (
	readable = 4.5
	visible  = 3.0
)

// What brands are shown on: the card of frame/frame.html, light and dark.
var (
	white = color{255, 255, 255}
	black = color{0, 0, 0}
	night = color{0x1b, 0x1b, 0x1f}
	// The built-in brand: ink on paper, and paper on ink.
	ink   = color{0x1b, 0x1b, 0x1f}
	paper = color{0xf4, 0xf4, 0xf5}
)

type color struct{ r, g, b uint8 }

func (c color) String() string { return fmt.Sprintf("#%02x%02x%02x", c.r, c.g, c.b) }

// parseColor reads #rrggbb.
func parseColor(s string) (c color, ok bool) {
	hex, found := strings.CutPrefix(s, "#")
	n, err := strconv.ParseUint(hex, 16, 32)
	return color{uint8(n >> 16), uint8(n >> 8), uint8(n)}, found && len(hex) == 6 && err == nil
}

// luminance is WCAG's relative luminance.
func (c color) luminance() float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.r) + 0.7152*linear(c.g) + 0.0722*linear(c.b)
}

// contrast is WCAG's, from 1 to 21.
func contrast(a, b color) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// towards is the first colour on the way from c to the end that has the
// contrast wanted against what is behind it: c itself where it has it already.
func (c color) towards(end, behind color, wanted float64) color {
	const steps = 64
	mix := func(from, to uint8, i int) uint8 { return uint8((int(from)*(steps-i) + int(to)*i) / steps) }
	for i := range steps {
		mixed := color{mix(c.r, end.r, i), mix(c.g, end.g, i), mix(c.b, end.b, i)}
		if contrast(mixed, behind) >= wanted {
			return mixed
		}
	}
	return end
}

// Paint is a brand's colour as it can be used on one background.
type paint struct {
	// Fill is a button's; Label what is written on it; Edge the line around it,
	// without which a pale button on white were none.
	Fill, Label, Edge string
	// Link is text's.
	Link string
}

// painted makes the paints for light and for dark.
func painted(brand string) (light, dark paint) {
	c, ok := parseColor(brand)
	if !ok {
		return paint{ink.String(), white.String(), ink.String(), ink.String()}, paint{paper.String(), ink.String(), paper.String(), paper.String()}
	}
	return paintOn(white, black, c), paintOn(night, white, c)
}

// grey tells whether c has hardly any hue. A dark one made lighter looks like a
// button that is switched off.
func (c color) grey() bool { return max(c.r, c.g, c.b)-min(c.r, c.g, c.b) < 24 }

// paintOn makes the paint for what is behind; text stands out from it towards
// the end.
func paintOn(behind, end, c color) paint {
	if c.grey() && contrast(c, behind) < visible && behind == night {
		c = paper
	}
	fill := c
	if behind == night {
		fill = c.towards(end, behind, visible)
	}
	fill, label := labelled(fill)
	return paint{fill.String(), label.String(), fill.towards(end, behind, visible).String(), c.towards(end, behind, readable).String()}
}

// labelled is the fill, and the colour of text on it: black on what is light.
// On colours between, such as most blues and greens, people expect white: these
// become a little darker for it.
func labelled(fill color) (color, color) {
	if contrast(fill, white) < visible {
		return fill, black
	}
	return fill.towards(black, white, readable), white
}
