// Bench measures what "fast" means here, each figure beside what it is held
// against, in one run on one machine: how long a function takes to start, what
// an operation adds to the bare calls that it makes, whether it grows with the
// table, what the local stack does under load, and what a million calls cost on
// AWS. It writes BENCHMARKS.md, and the prices into the README.
//
//	go run ./infra/bench                  all of it
//	go run ./infra/bench start warm       some of it, to standard output only
//	go run ./infra/bench cost             what calls cost, into both, in seconds
//
// Nothing here passes or fails a build: a bound that does not hold is printed
// as FAILS, and the program ends with 0 unless it could not measure.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	"atrium/infra/generate/catalogue"
)

// bench is one run: its settings, and what all kinds of measurement need.
type bench struct {
	root string // of the repository
	temp string // a folder that goes away at the end

	rounds  int           // of starts
	calls   int           // of each operation, warm
	growth  int           // how many the many are
	load    time.Duration // of each operation, under load
	callers int           // at once, under load
}

// kind is one kind of measurement.
type kind struct {
	name    string
	measure func(b *bench, ctx context.Context) (chapter, error)
}

// chapter is what a measurement comes to, as a part of BENCHMARKS.md.
type chapter interface {
	heading() string
	markdown() string
	// failing says of each bound that is broken by which rows.
	failing() []string
}

var kinds = []kind{
	{"start", (*bench).start},
	{"warm", (*bench).warm},
	{"growth", (*bench).grow},
	{"throughput", (*bench).throughput},
	{"cost", (*bench).cost},
}

func main() {
	log.SetFlags(log.Ltime)
	debug.SetGCPercent(800) // as template.yaml has it for the functions
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	b := &bench{}
	flag.IntVar(&b.rounds, "starts", 21, "how often each function is started")
	flag.IntVar(&b.calls, "calls", 400, "how often each operation is called, warm")
	flag.IntVar(&b.growth, "growth", 100_000, "how many organizations, users and activities are many")
	flag.DurationVar(&b.load, "load", 3*time.Second, "how long each operation is called by all callers")
	flag.IntVar(&b.callers, "callers", 8, "how many call at once")
	flag.Parse()
	chosen, err := choose(flag.Args())
	if err != nil {
		return err
	}
	if b.root, err = catalogue.Root(); err != nil {
		return err
	}
	if b.temp, err = os.MkdirTemp("", "atrium-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.temp) //nolint:errcheck // a temporary folder
	begun := time.Now()
	chapters, err := b.measure(ctx, chosen)
	if err != nil {
		return err
	}
	m := describeMachine(ctx)
	report := document(m, begun, chapters)
	fmt.Print(report)
	all := len(flag.Args()) == 0
	if all {
		if err := os.WriteFile(filepath.Join(b.root, "BENCHMARKS.md"), []byte(report), 0o644); err != nil { //nolint:gosec // for all to read
			return err
		}
	}
	return b.publishPrices(chapters, m, begun, all)
}

// publishPrices writes the prices, where they were reckoned, into the README. A
// part of the measurements is no report; but what calls cost is compared with
// nothing measured beside it, so it goes into the report by itself as well.
func (b *bench) publishPrices(chapters []chapter, m machine, at time.Time, all bool) error {
	for _, c := range chapters {
		bill, ok := c.(bill)
		if !ok {
			continue
		}
		if !all {
			if err := bill.intoReport(filepath.Join(b.root, "BENCHMARKS.md"), m, at); err != nil {
				return err
			}
		}
		return bill.intoReadme(filepath.Join(b.root, "README.md"))
	}
	return nil
}

// choose finds the kinds that were asked for; all when none was.
func choose(names []string) ([]kind, error) {
	if len(names) == 0 {
		return kinds, nil
	}
	var chosen []kind
	for _, name := range names {
		i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no measurement %q: choose among start, warm, growth, throughput and cost", name)
		}
		chosen = append(chosen, kinds[i])
	}
	return chosen, nil
}

func (b *bench) measure(ctx context.Context, chosen []kind) ([]chapter, error) {
	var chapters []chapter
	for _, k := range chosen {
		log.Printf("%s …", k.name)
		c, err := k.measure(b, ctx)
		if err != nil {
			return nil, fmt.Errorf("%s could not be measured: %w", k.name, err)
		}
		chapters = append(chapters, c)
	}
	return chapters, nil
}
