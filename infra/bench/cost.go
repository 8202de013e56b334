package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"atrium/infra/describe/sam"
	"atrium/infra/local/dynamo"
	"atrium/shared/api"
	"atrium/shared/table"
)

// tours is how many workspaces are gone through for the times.
const tours = 15

// charge is what one operation costs.
type charge struct {
	name          string
	trips         int
	reads, writes float64
	taken         time.Duration
	// memory of the function, in megabytes.
	memory int
}

// dynamoDB, lambda and gateway are dollars for a million calls.
func (c charge) dynamoDB() float64 { return readUnit.cost(c.reads) + writeUnit.cost(c.writes) }

func (c charge) gateway() float64 { return gatewayRequest.cost(1) }

// lambda bills whole milliseconds.
func (c charge) lambda() float64 {
	milliseconds := (c.taken + time.Millisecond - 1) / time.Millisecond
	return lambdaCall.cost(1) + lambdaMemory.cost(float64(c.memory)/1024*float64(milliseconds)/1000)
}

func (c charge) total() float64 { return c.dynamoDB() + c.gateway() + c.lambda() }

// bill is what all of them cost.
type bill []charge

// cost sends every operation the event of events/ in one workspace after
// another, and reckons what a million such calls cost on AWS.
func (b *bench) cost(ctx context.Context) (chapter, error) { return b.bill(ctx, tours) }

func (b *bench) bill(ctx context.Context, tours int) (bill, error) {
	endpoint, stop, err := b.newTable(ctx, "cost.db")
	if err != nil {
		return nil, err
	}
	defer stop()
	var m meter
	config := dynamo.Config(endpoint, tableName)
	config.Observe = m.observe
	l, stops := labOf(endpoint, config), itinerary()

	charges, times := make(bill, len(stops)), make([][]time.Duration, len(stops))
	// The first tour warms up, and is not counted.
	for n := range tours + 1 {
		v := newVisitor(l, b.root, n)
		for i, o := range stops {
			if err := v.prepare(ctx, o); err != nil {
				return nil, err
			}
			m.take() // what that cost is not the operation's
			taken, err := v.visit(ctx, o)
			if err != nil {
				return nil, err
			}
			charges[i] = chargeOf(o, m.take())
			if n > 0 {
				times[i] = append(times[i], taken)
			}
		}
	}
	for i, m := range medians(times) {
		charges[i].taken = m
	}
	slices.SortFunc(charges, func(a, b charge) int { return strings.Compare(a.name, b.name) })
	return charges, nil
}

// meter notes what calls to the table cost. Some operations make several at once.
type meter struct {
	mu   sync.Mutex
	used []table.Usage
}

func (m *meter) observe(u table.Usage) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.used = append(m.used, u)
}

// take returns what was used since the last time.
func (m *meter) take() []table.Usage {
	m.mu.Lock()
	defer m.mu.Unlock()
	used := m.used
	m.used = nil
	return used
}

func chargeOf(o api.Operation, used []table.Usage) charge {
	c := charge{name: o.Name, trips: len(used), memory: sam.Memory(o)}
	for _, u := range used {
		switch u.Call {
		case "GetItem", "BatchGetItem", "Query":
			c.reads += u.Units
		default:
			c.writes += u.Units
		}
	}
	return c
}

func (bill) heading() string   { return "Cost" }
func (bill) failing() []string { return nil }

const assumptions = "the event of `events/` for each operation, without an Idempotency-Key (one costs 2 write units more), and list prices of us-east-1 without free tiers. " +
	"Capacity is what the local server charges, which is what DynamoDB would. " +
	"The time is measured here, warm, with the local server in DynamoDB's place; each millisecond more costs $0.007. Logs, storage and traffic come on top."

func (b bill) markdown() string {
	var out strings.Builder
	fmt.Fprintf(&out, "## Cost\n\nDollars for a million calls: %s\n\n", assumptions)
	out.WriteString("| | round trips | read units | write units | time | DynamoDB | Lambda | API Gateway | together |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	for _, c := range b {
		fmt.Fprintf(&out, "| %s | %d | %g | %g | %s | $%.2f | $%.2f | $%.2f | $%.2f |\n",
			c.name, c.trips, c.reads, c.writes, milliseconds(inMilliseconds(c.taken)), c.dynamoDB(), c.lambda(), c.gateway(), c.total())
	}
	return out.String()
}

// intoReport puts the bill in the place of the report's own, and says that it was
// measured on another occasion than the rest.
func (b bill) intoReport(file string, m machine, at time.Time) error {
	text, err := os.ReadFile(file) //nolint:gosec // a file of this repository
	if err != nil {
		return err
	}
	heading := "## " + b.heading() + "\n\n"
	before, rest, found := strings.Cut(string(text), heading)
	if !found {
		return fmt.Errorf("%s: there is no chapter %q to put the costs in", file, strings.TrimSpace(heading))
	}
	after := ""
	if i := strings.Index(rest, "\n## "); i >= 0 {
		after = rest[i:]
	}
	occasion := fmt.Sprintf("Measured by itself, on %s. %s.\n\n", at.UTC().Format("2 January 2006"), m)
	chapter := heading + occasion + strings.TrimPrefix(b.markdown(), heading)
	return os.WriteFile(file, []byte(before+chapter+after), 0o644) //nolint:gosec // for all to read
}

// What stands between these lines of the README is written here.
const (
	priceListBegins = "<!-- Written by make bench. -->\n"
	priceListEnds   = "<!-- End of what make bench writes. -->\n"
)

func (b bill) intoReadme(file string) error {
	text, err := os.ReadFile(file) //nolint:gosec // a file of this repository
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(text), priceListBegins)
	_, after, closed := strings.Cut(rest, priceListEnds)
	if !found || !closed {
		return fmt.Errorf("%s: the lines %q and %q must stand around the prices", file, priceListBegins, priceListEnds)
	}
	return os.WriteFile(file, []byte(before+priceListBegins+b.priceList()+priceListEnds+after), 0o644) //nolint:gosec // for all to read
}

// priceList is the bill in short.
func (b bill) priceList() string {
	var out strings.Builder
	fmt.Fprintf(&out, "\nDollars for a million calls: %s How they come about is in [BENCHMARKS.md](BENCHMARKS.md#cost).\n\n", assumptions)
	out.WriteString("| operation | read units | write units | dollars per million |\n|---|--:|--:|--:|\n")
	for _, c := range b {
		fmt.Fprintf(&out, "| %s | %g | %g | %.2f |\n", c.name, c.reads, c.writes, c.total())
	}
	return out.String() + "\n" + b.ofMonths() + "\n" + listOfPrices() + "\n"
}
