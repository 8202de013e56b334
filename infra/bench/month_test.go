package main

import (
	"math"
	"slices"
	"strings"
	"testing"

	"atrium/shared/api"
	"atrium/shared/catalogue"
)

func TestTheMonthIsOfOperationsThatThereAre(t *testing.T) {
	for name, often := range month {
		if often <= 0 || !slices.ContainsFunc(catalogue.Operations, func(o api.Operation) bool { return o.Name == name }) {
			t.Errorf("%s, %v times: there is no such operation", name, often)
		}
	}
}

// What follows from how much is done grows with it; what is paid by the month does not.
func TestAMonthsBillAddsUp(t *testing.T) {
	b := bill{{name: "route-handoff", writes: 1, memory: 512, taken: 1}, {name: "get-me", reads: 2, memory: 512, taken: 1}}
	one, ten := b.ofMonth(1), b.ofMonth(10)
	calls := (month["route-handoff"]*b[0].total() + month["get-me"]*b[1].total()) / 1e6
	if math.Abs(one[0].dollars-calls) > 1e-9 || math.Abs(ten[0].dollars-10*calls) > 1e-9 {
		t.Errorf("%v and %v for the requests, want %v and ten times that", one[0].dollars, ten[0].dollars, calls)
	}
	for i := range one {
		fixed := strings.HasPrefix(one[i].what, "metrics") || strings.Contains(one[i].what, "alarms")
		if grows := ten[i].dollars > one[i].dollars; one[i].dollars <= 0 || grows == fixed {
			t.Errorf("%s: %v, and %v at ten times the size", one[i].what, one[i].dollars, ten[i].dollars)
		}
	}
	if text := b.ofMonths(); !strings.Contains(text, "| **together** | **$") {
		t.Errorf("no sum in\n%s", text)
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[float64]string{0: "0", 999: "999", 1000: "1,000", 90000: "90,000", 1234567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("%v is %s, want %s", n, got, want)
		}
	}
}
