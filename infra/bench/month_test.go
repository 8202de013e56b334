package main

import (
	"fmt"
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

// An operation that nobody calls in the month costs nothing in it.
func TestAMonthsBillAddsUp(t *testing.T) {
	handoffs, unused := charge{name: "route-handoff", writes: 1, memory: 512, taken: 1}, charge{name: "delete-team", writes: 1e9, memory: 512, taken: 1}
	one := amounts(bill{handoffs, unused}.ofMonth(1))
	// 90,000 handoffs, 22,500 times the authorizer, 2,510 mails and 43,200 sweeps.
	for what, want := range map[string]float64{
		"DynamoDB: reads and writes":       0.09*0.625 + 0.0225*2*0.125 + 0.00251*(2*0.125+4*0.625) + 0.0432*0.125,
		"DynamoDB: 2 GB, and its recovery": 2 * (0.25 + 0.20),
		"Lambda: 158,210 calls":            0.15821*0.20 + (0.09*1+0.0225*2+0.00251*100+0.0432*20)/1000*0.5*13.3334,
		"API Gateway: 90,000 requests":     0.09,
		"CloudFront":                       0.09 + 0.36*0.085,
		"SES: 2,510 mails":                 2.51 * 0.16,
		"logs":                             (158_210*1_250 + 90_000*300) / 1e9 * 0.50,
		"traces of all calls":              0.15821 * 5,
		"alarms of 14 metrics":             1.40,
		"CloudWatch's page":                3,
		"2 secrets":                        0.80,
	} {
		if got, ok := one[what]; !ok || math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: $%v, want $%v of %v", what, got, want, one)
		}
	}
}

func amounts(lines []line) map[string]float64 {
	amounts := map[string]float64{}
	for _, l := range lines {
		amounts[l.what] = l.dollars
	}
	return amounts
}

// What follows from how much is done grows with it; what is paid by the month does
// not; and metrics, which cost by the hours in which something is done, grow less.
func TestTheBillOfTenTimesTheClients(t *testing.T) {
	b := bill{{name: "route-handoff", writes: 1, memory: 512, taken: 1}, {name: "get-me", reads: 2, memory: 512, taken: 1}}
	one, ten := b.ofMonth(1), b.ofMonth(10)
	for i := range one {
		grows := ten[i].dollars / one[i].dollars
		least, most := 5.0, 10+1e-9
		switch {
		case strings.HasPrefix(one[i].what, "metrics"):
			least, most = 1.01, 5
		case strings.Contains(one[i].what, "alarms"), strings.Contains(one[i].what, "page"), strings.Contains(one[i].what, "secrets"):
			least, most = 1, 1
		case strings.HasPrefix(one[i].what, "Lambda"): // whose sweeps are as many as before
			least = 2
		}
		if one[i].dollars <= 0 || grows < least || grows > most {
			t.Errorf("%s: $%v, and %v times that", one[i].what, one[i].dollars, grows)
		}
	}
	small, most := sum(one)
	text := b.ofMonths()
	for _, want := range []string{
		fmt.Sprintf("| **together** | **$%.2f** |", small),
		fmt.Sprintf("The largest part of the smaller bill is %s, with %.0f %%;", most.what, 100*most.dollars/small),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestMetricsCostByTheHoursInWhichTheyAreSent(t *testing.T) {
	for _, tc := range []struct{ often, least, most float64 }{
		{0, 0, 0}, {1, 0.99, 1}, {10, 9, 10}, {220, 130, 150}, {100_000, 219.9, 220},
	} {
		if got := hoursUsed(tc.often, 220); got < tc.least || got > tc.most {
			t.Errorf("%v times: in %v hours, want between %v and %v", tc.often, got, tc.least, tc.most)
		}
	}
	// Not even with no pause are there more than all functions' metrics for the whole month.
	all := float64((len(month) + 2) * metricsOfOne * allHours)
	if got := (traffic{authorized: 1e12, times: 1e12}).metricHours(); got > all {
		t.Errorf("%v hours of metrics, of %v", got, all)
	}
}

func TestPricesSayWhereTheyAreFrom(t *testing.T) {
	list := listOfPrices()
	for _, p := range prices {
		if p.of == "" || p.page == "" || p.seen == "" {
			t.Errorf("%+v", p)
		}
		if row := fmt.Sprintf("| [%s](https://aws.amazon.com/%s/) | %g | %s |\n", p.of, p.page, p.dollars, p.seen); !strings.Contains(list, row) {
			t.Errorf("no %q in\n%s", row, list)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[float64]string{0: "0", 999: "999", 1000: "1,000", 90000: "90,000", 1234567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("%v is %s, want %s", n, got, want)
		}
	}
}
