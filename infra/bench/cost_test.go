package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"atrium/shared/catalogue"
)

func TestBillIsOfEveryOperation(t *testing.T) {
	bill, err := testBench(t).bill(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	charged := map[string]charge{}
	for _, c := range bill {
		charged[c.name] = c
	}
	for _, o := range catalogue.Operations {
		c, ok := charged[o.Name]
		if !ok || c.taken <= 0 || c.memory <= 0 || o.Name != "describe-api" && o.Name != "check-health" && c.reads+c.writes <= 0 {
			t.Errorf("%s: %+v", o.Name, c)
		}
		// What changes nothing for want of something to change would come too cheap.
		if o.Method != "GET" && o.Name != "preview-invitation" && c.writes <= 0 {
			t.Errorf("%s writes nothing: %+v", o.Name, c)
		}
	}
}

func TestChargeByListPrices(t *testing.T) {
	c := charge{name: "add", trips: 2, reads: 4, writes: 10, taken: 1200 * time.Microsecond, memory: 512}
	// 4 × 0.125 + 10 × 0.625; 0.2 + 2 ms of half a gigabyte; 1.
	if c.dynamoDB() != 6.75 || c.gateway() != 1 || c.lambda() < 0.2133 || c.lambda() > 0.2134 {
		t.Errorf("DynamoDB %v, Lambda %v, API Gateway %v", c.dynamoDB(), c.lambda(), c.gateway())
	}
	if row := "| add | 2 | 4 | 10 | 1.20 ms | $6.75 | $0.21 | $1.00 | $7.96 |\n"; !strings.Contains(bill{c}.markdown(), row) {
		t.Errorf("no %q in\n%s", row, bill{c}.markdown())
	}
}

func TestCostsMeasuredByThemselvesGoIntoTheReport(t *testing.T) {
	file := filepath.Join(t.TempDir(), "BENCHMARKS.md")
	m, at := machine{cpu: "CPU", cores: 2}, time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string][2]string{
		"# Benchmarks\n\n## Warm\n\nwarm\n\n## Cost\n\nold\n":                       {"# Benchmarks\n\n## Warm\n\nwarm\n\n## Cost\n\n", " |\n"},
		"# Benchmarks\n\n## Cost\n\nold\n\n| old |\n\n## Growth\n\ngrowth of old\n": {"# Benchmarks\n\n## Cost\n\n", " |\n\n## Growth\n\ngrowth of old\n"},
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time as the first
			if err := (bill{{name: "add", writes: 10}}).intoReport(file, m, at); err != nil {
				t.Fatal(err)
			}
		}
		written, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got := string(written)
		if !strings.HasPrefix(got, want[0]) || !strings.HasSuffix(got, want[1]) || strings.Contains(got, "old\n\n|") ||
			strings.Count(got, "| add | 0 | 0 | 10 |") != 1 || strings.Count(got, "Measured by itself, on 27 November 2026. CPU, 2 cores") != 1 {
			t.Error(got)
		}
	}
	if err := os.WriteFile(file, []byte("# Benchmarks\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (bill{}).intoReport(file, m, at); err == nil {
		t.Error("costs went into a report that has no place for them")
	}
}

func TestPricesGoIntoTheReadmeAndNothingElseDoes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "README.md")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("# Before\n" + priceListBegins + "old\n" + priceListEnds + "after\n")
	for range 2 { // the second time as the first
		if err := (bill{{name: "add", writes: 10}}).intoReadme(file); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := string(text)
	if !strings.HasPrefix(got, "# Before\n"+priceListBegins) || !strings.HasSuffix(got, priceListEnds+"after\n") ||
		strings.Count(got, "| add | 0 | 10 | 7.45 |\n") != 1 || strings.Contains(got, "old") {
		t.Error(got)
	}
	write("# Without the lines\n")
	if err := (bill{}).intoReadme(file); err == nil {
		t.Error("prices went into a README that has no place for them")
	}
}
