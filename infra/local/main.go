// Local runs the whole of Atrium on one machine: every operation behind one
// HTTP server, over a DynamoDB-compatible server that keeps its data in a file,
// with a local SES for the mails and a demonstration agency in it. `make run`
// builds and starts it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

func main() {
	// The API, its callers and the table's server share a machine here: a few
	// megabytes more are cheaper than collecting garbage at every turn.
	debug.SetGCPercent(800)
	reset := flag.Bool("reset", false, "forget the data instead of starting")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	do := start
	if *reset {
		do = forget
	}
	err := do(ctx, os.Stdout)
	stop()
	// Who stops it while it is still starting has asked for no more than that.
	if err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintf(os.Stderr, "\nAtrium cannot go on: %v\n", err)
		os.Exit(1)
	}
}

// start runs the stack until the context ends, or one of its parts does.
func start(ctx context.Context, out io.Writer) error {
	s, err := readSettings(os.Getenv)
	if err != nil {
		return err
	}
	return runStack(ctx, s, out)
}

// forget removes what the stack keeps.
func forget(_ context.Context, out io.Writer) error {
	s, err := readSettings(os.Getenv)
	if err != nil {
		return err
	}
	folder, err := openFolder(s.data)
	if err != nil {
		return err
	}
	if err := errors.Join(folder.forget(), folder.close()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "Forgot everything in %s. The next start begins with a new agency.\n", s.data)
	return err
}
