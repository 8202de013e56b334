package main

import (
	"strings"
	"testing"
	"time"
)

func TestVerdict(t *testing.T) {
	for name, c := range map[string]struct {
		result result
		want   string
	}{
		"at the upper bound":             {result{measured: 1.5, against: []reference{{1, atMost(1.5)}}}, "holds"},
		"above the upper bound":          {result{measured: 1.6, against: []reference{{1, atMost(1.5)}}}, "**FAILS**"},
		"at the lower bound":             {result{measured: 7, against: []reference{{10, atLeast(0.7)}}}, "holds"},
		"below the lower bound":          {result{measured: 6, against: []reference{{10, atLeast(0.7)}}}, "**FAILS**"},
		"one of two":                     {result{measured: 2, against: []reference{{2, atMost(1.5)}, {1, atMost(1.5)}}}, "**FAILS**"},
		"for information":                {result{measured: 9, against: []reference{{1, bound{}}}}, ""},
		"nothing to hold it against":     {result{measured: 9, against: []reference{{}}}, ""},
		"a bound beside an empty column": {result{measured: 1, against: []reference{{1, atMost(1)}, {}}}, "holds"},
	} {
		if got := c.result.verdict(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestDocumentNamesWhatFails(t *testing.T) {
	s := section{
		title: "Warm", about: "About.", unit: milliseconds, measured: "Atrium", against: []string{"bare", "other"},
		results: []result{
			{"get", 1, []reference{{1, atMost(1.15)}, {}}},
			{"list", 3, []reference{{2, atMost(1.15)}, {4, bound{}}}},
		},
	}
	start := section{
		title: "Start", unit: milliseconds, against: []string{"empty", "sample"},
		results: []result{
			{"get", 2, []reference{{1, atMost(1.5)}, {4, atMost(0.6)}}},
			{"list", 3, []reference{{1, atMost(1.5)}, {4, atMost(0.6)}}},
		},
	}
	got := document(machine{cpu: "CPU", cores: 2, kernel: "Linux 1", golang: "go1"}, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), []chapter{s, start})
	for _, want := range []string{
		"**Warm FAILS** beside bare: list.\n",
		"**Start FAILS** beside empty: all 2.\n",
		"**Start FAILS** beside sample: list.\n",
		"on 24 November 2026.",
		"CPU, 2 cores; Linux 1; go1 ",
		"| | Atrium | bare | ratio | other | ratio | |\n|---|--:|--:|--:|--:|--:|---|\n",
		"| get | 1.00 ms | 1.00 ms | 1.00 (≤ 1.15) | | | holds |\n",
		"| list | 3.00 ms | 2.00 ms | 1.50 (≤ 1.15) | 4.00 ms | 0.75 | **FAILS** |\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestLettersAreAllDifferent(t *testing.T) {
	seen := map[string]bool{}
	for n := range 20_000 {
		key := letters(n)
		if seen[key] || strings.Trim(key, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Fatalf("%d is %q", n, key)
		}
		seen[key] = true
	}
}
