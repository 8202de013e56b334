package main

import (
	"fmt"
	"strings"
	"time"
)

// bound is what a ratio has to keep to; the zero value lets anything pass.
type bound struct {
	limit float64
	least bool
}

func atMost(limit float64) bound  { return bound{limit: limit} }
func atLeast(limit float64) bound { return bound{limit: limit, least: true} }

func (b bound) holds(ratio float64) bool {
	switch {
	case b.limit == 0:
		return true
	case b.least:
		return ratio >= b.limit
	default:
		return ratio <= b.limit
	}
}

func (b bound) String() string {
	switch {
	case b.limit == 0:
		return ""
	case b.least:
		return fmt.Sprintf(" (≥ %g)", b.limit)
	default:
		return fmt.Sprintf(" (≤ %g)", b.limit)
	}
}

// reference is a figure that another one is held against. The zero value says
// that there is none.
type reference struct {
	figure float64
	bound  bound
}

// result is a measured figure and what it is held against: a reference for
// each of its section's.
type result struct {
	name     string
	measured float64
	against  []reference
}

func (r result) ratio(i int) float64 { return r.measured / r.against[i].figure }

// verdict is empty where nothing is bound.
func (r result) verdict() string {
	verdict := ""
	for i, ref := range r.against {
		switch {
		case r.breaks(i):
			return "**FAILS**"
		case ref.figure != 0 && ref.bound.limit != 0:
			verdict = "holds"
		}
	}
	return verdict
}

func (r result) breaks(i int) bool {
	ref := r.against[i]
	return ref.figure != 0 && !ref.bound.holds(r.ratio(i))
}

// section is one kind of measurement: a table of results.
type section struct {
	title string
	about string
	// unit of the figures; measured and against head their columns.
	unit     unit
	measured string
	against  []string
	results  []result
}

// unit writes a figure.
type unit func(figure float64) string

func milliseconds(figure float64) string { return fmt.Sprintf("%.2f ms", figure) }
func perSecond(figure float64) string    { return fmt.Sprintf("%.0f /s", figure) }

// inMilliseconds is a time as a figure of that unit.
func inMilliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func (s section) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n%s\n\n| | %s |", s.title, s.about, s.measured)
	for _, heading := range s.against {
		fmt.Fprintf(&b, " %s | ratio |", heading)
	}
	b.WriteString(" |\n|---|--:|" + strings.Repeat("--:|--:|", len(s.against)) + "---|\n")
	for _, r := range s.results {
		fmt.Fprintf(&b, "| %s | %s |", r.name, s.unit(r.measured))
		for i, ref := range r.against {
			b.WriteString(s.cells(ref, r.ratio(i)))
		}
		fmt.Fprintf(&b, " %s |\n", r.verdict())
	}
	return b.String()
}

func (s section) cells(ref reference, ratio float64) string {
	if ref.figure == 0 {
		return " | |"
	}
	return fmt.Sprintf(" %s | %.2f%s |", s.unit(ref.figure), ratio, ref.bound)
}

// failing says of each column which results break their bounds.
func (s section) failing() (columns []string) {
	for i, heading := range s.against {
		var names []string
		for _, r := range s.results {
			if r.breaks(i) {
				names = append(names, r.name)
			}
		}
		switch len(names) {
		case 0:
		case len(s.results):
			columns = append(columns, fmt.Sprintf("beside %s: all %d", heading, len(names)))
		default:
			columns = append(columns, fmt.Sprintf("beside %s: %s", heading, strings.Join(names, ", ")))
		}
	}
	return columns
}

func (s section) heading() string { return s.title }

func document(m machine, at time.Time, chapters []chapter) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Benchmarks\n\nWritten by `make bench` on %s. Each figure is a median, measured by turns with what it is held against.\n\n%s.\n\n",
		at.UTC().Format("2 January 2006"), m)
	for _, c := range chapters {
		for _, failing := range c.failing() {
			fmt.Fprintf(&b, "**%s FAILS** %s.\n\n", c.heading(), failing)
		}
	}
	for i, c := range chapters {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(c.markdown())
	}
	return b.String()
}
