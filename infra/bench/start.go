package main

import (
	"context"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The bounds of a start, and what it is held against: the folders in baseline/.
const (
	empty       = "empty"
	sample      = "sample"
	maxOfEmpty  = 1.8
	maxOfSample = 0.6
)

// start measures how long each function takes from its process being spawned
// to its first request for work.
func (b *bench) start(ctx context.Context) (chapter, error) {
	s := section{
		title: "Start", unit: milliseconds, measured: "start", against: []string{"empty function", "AWS sample"},
		about: "From spawning the process to its first request for work to the Lambda runtime API, which here is a listener on loopback. " +
			"The empty function is `lambda.Start(func() {})`; the sample is AWS's own (aws-samples/serverless-go-demo, put-product) with today's libraries: " +
			b.sampleVersions() + ". All are built alike, and get the environment that AWS Lambda gives and nothing of this machine's: " +
			"with AWS_CA_BUNDLE set, for one, the sample alone would read certificates first, and start twice as slowly.",
	}
	binaries, err := b.build(ctx)
	if err != nil {
		return s, err
	}
	times, err := b.starts(ctx, binaries)
	if err != nil {
		return s, err
	}
	for _, name := range slices.Sorted(maps.Keys(times)) {
		r := result{name: name, measured: times[name], against: []reference{
			{times[empty], atMost(maxOfEmpty)}, {times[sample], atMost(maxOfSample)},
		}}
		if name != empty && name != sample {
			s.results = append(s.results, r)
		}
	}
	return s, nil
}

// starts takes the median of rounds in which every binary is started once.
func (b *bench) starts(ctx context.Context, binaries []string) (map[string]float64, error) {
	runtime, err := listenAsRuntime(ctx)
	if err != nil {
		return nil, err
	}
	defer runtime.close()
	times := make([][]time.Duration, len(binaries))
	// The first round brings the files into memory, and is not counted.
	for round := range b.rounds + 1 {
		for i, binary := range binaries {
			taken, err := runtime.start(ctx, binary)
			if err != nil {
				return nil, err
			}
			if round > 0 {
				times[i] = append(times[i], taken)
			}
		}
	}
	figures := map[string]float64{}
	for i, m := range medians(times) {
		figures[filepath.Base(binaries[i])] = inMilliseconds(m)
	}
	return figures, nil
}

// build builds all functions and both baselines as template.yaml has them
// built, and returns their paths.
func (b *bench) build(ctx context.Context) ([]string, error) {
	bin := filepath.Join(b.temp, "bin")
	baseline := filepath.Join(b.root, "infra", "bench", "baseline")
	for folder, packages := range map[string]string{b.root: "./functions/...", baseline: "./..."} {
		log.Printf("building %s of %s", packages, filepath.Base(folder))
		cmd := exec.CommandContext(ctx, "go", "build", "-tags", "lambda.norpc", "-trimpath", "-ldflags", "-s -w", //nolint:gosec // our own code
			"-o", bin+string(filepath.Separator), packages)
		cmd.Dir, cmd.Env = folder, append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("building %s: %w\n%s", packages, err, out)
		}
	}
	return filepath.Glob(filepath.Join(bin, "*"))
}

// sampleVersions are the SDK's that the sample is built with.
func (b *bench) sampleVersions() string {
	mod, _ := os.ReadFile(filepath.Join(b.root, "infra", "bench", "baseline", "go.mod"))
	var versions []string
	for line := range strings.Lines(string(mod)) {
		module, found := strings.CutPrefix(strings.TrimSpace(line), "github.com/aws/")
		if found && !strings.Contains(line, "// indirect") {
			versions = append(versions, module)
		}
	}
	return strings.Join(versions, ", ")
}
