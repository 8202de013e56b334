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
	contained := flag.Bool("sam", false, "run the functions in Lambda's containers, by sam local")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	do := runStack
	if *reset {
		do = forget
	}
	s, err := readSettings(os.Getenv, *contained)
	if err == nil {
		err = do(ctx, s, os.Stdout)
	}
	stop()
	// Who stops it while it is still starting has asked for no more than that.
	if err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintf(os.Stderr, "\nAtrium cannot go on: %v\n", err)
		os.Exit(1)
	}
}

// forget removes what the stack keeps.
func forget(_ context.Context, s settings, out io.Writer) error {
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
