// Repair holds the table against what must hold between its items, and mends
// what does not: after a restore to a point in time, which may hold half of a
// transaction that was under way.
//
//	go run ./infra/repair                  says what is wrong
//	go run ./infra/repair -mend            mends it
//	go run ./infra/repair -workspace ws_…  one workspace only
//
// It may run while the API is in use: each mend is a conditional write, made
// from what was read, and what was changed meanwhile is looked at again. It
// ends with 0 when everything is whole, with 1 when something is wrong (that
// is, with -mend, when something is left), and with 2 when it could not tell.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"atrium/infra/generate/catalogue"
	"atrium/infra/place"
	"atrium/shared/id"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	wrong, err := start(ctx, os.Stdout)
	stop()
	switch {
	case err != nil:
		fmt.Fprintf(os.Stderr, "The table was not looked at to its end: %v\n", err)
		os.Exit(2)
	case wrong:
		os.Exit(1)
	}
}

// start does what the arguments and the environment say. It tells whether
// something is wrong in the end.
func start(ctx context.Context, out io.Writer) (wrong bool, err error) {
	mend := flag.Bool("mend", false, "mend what is wrong")
	only := flag.String("workspace", "", "the id of the one workspace to look at")
	flag.Parse()
	if *only != "" && !id.Is(id.Workspace, *only) {
		return false, fmt.Errorf("-workspace is %q, which is no id of a workspace: give one like ws_01jd6v0c8ge2rs2k9v2q1m4t7x", *only)
	}
	if flag.NArg() > 0 {
		return false, fmt.Errorf("%q is not understood: there are -mend and -workspace only", flag.Arg(0))
	}
	root, err := catalogue.Root()
	if err != nil {
		return false, err
	}
	p, err := place.Find(ctx, os.Getenv, root)
	if err != nil {
		return false, err
	}
	return (&repair{Place: p, mend: *mend, only: *only, lag: time.Second, out: out}).run(ctx)
}

// repair is one run of the command.
type repair struct {
	place.Place
	mend bool
	// only is the workspace to look at; empty for all.
	only string
	// lag is how far an index may be behind.
	lag time.Duration
	out io.Writer
	tally
}

// tally is what came of it.
type tally struct{ workspaces, mended, left int }

func (r *repair) run(ctx context.Context) (wrong bool, err error) {
	tenants, err := r.tenants(ctx, r.only)
	if err != nil {
		return false, err
	}
	if r.only != "" && len(tenants) == 0 {
		return false, fmt.Errorf("there is no workspace %s in %s", r.only, r.Where)
	}
	for _, t := range tenants {
		if err := r.settle(ctx, t); err != nil {
			return false, errors.Join(err, context.Cause(ctx))
		}
	}
	_, err = fmt.Fprintln(r.out, r.summary())
	return r.left > 0, err
}

func (r *repair) summary() string {
	looked := fmt.Sprintf("%s looked at in %s", count(r.workspaces, "workspace"), r.Where)
	switch {
	case r.left == 0 && r.mended == 0:
		return looked + ": everything is whole."
	case r.left == 0:
		return fmt.Sprintf("%s: %s mended, and everything is whole now.", looked, count(r.mended, "thing"))
	case r.mend:
		return fmt.Sprintf("%s: %s mended, %d left. Run it again; what is left then, only a person can mend.", looked, count(r.mended, "thing"), r.left)
	default:
		return fmt.Sprintf("%s: found %s wrong. make repair-table mends what can be mended.", looked, count(r.left, "thing"))
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
