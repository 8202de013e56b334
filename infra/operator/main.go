// Operator does what nobody may by the API: it opens an agency where sign-up is
// closed, makes somebody an owner where no owner is left who could, and says that
// an agency's sender was verified, which only SES's account knows. It works on
// the table of a deployment, with the AWS credentials of whoever runs it, and
// writes what it did into the agency's activity log.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"atrium/infra/generate/catalogue"
	"atrium/infra/place"
	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := start(ctx, os.Args[1:], os.Getenv, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "Nothing was done: %v\n", plain(err))
		os.Exit(1)
	}
}

// plain is an error in words for a person at a terminal.
func plain(err error) error {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return err
	}
	if len(p.Errors) > 0 {
		return &p.Errors[0]
	}
	return fmt.Errorf("%s (%w)", p.Detail, err)
}

// start does what the arguments and the environment say.
func start(ctx context.Context, arguments []string, env func(string) string, out io.Writer) error {
	do, err := command(arguments)
	if err != nil {
		return err
	}
	root, err := catalogue.Root()
	if err != nil {
		return err
	}
	p, err := place.Find(ctx, env, root)
	if err != nil {
		return err
	}
	return do(ctx, &operator{table: p.Table, where: p.Where, now: time.Now, env: env, out: out})
}

func command(arguments []string) (func(context.Context, *operator) error, error) {
	if len(arguments) == 1 {
		switch arguments[0] {
		case "owner":
			return makeOwner, nil
		case "sender":
			return verifySender, nil
		}
	}
	return nil, errors.New("say what to do: owner or sender, as make owner and make verify-sender do")
}

// operator is whoever runs the command.
type operator struct {
	table *table.Table
	where string
	now   func() time.Time
	env   func(string) string
	out   io.Writer
}

// in is a call within a workspace, with an owner's rights. What it does is
// recorded as an operator's: nobody of the agency.
func (o *operator) in(workspace string) *api.Call {
	return &api.Call{
		Table: o.table, Now: o.now().UTC().Truncate(time.Millisecond), Operation: "operator",
		Caller: api.Caller{Principal: access.Principal{Type: access.Staff, ID: "operator", Name: "Operator", Role: access.Owner, Workspace: workspace}},
	}
}

// workspace is the one that is meant; an error where there is none.
func (o *operator) workspace() (string, error) {
	ws := o.env("WORKSPACE_ID")
	if !id.Is(id.Workspace, ws) {
		return "", fmt.Errorf("WORKSPACE_ID is %q: give an agency's id, such as ws_01jd6v0c8ge2rs2k9v2q1m4t7x", ws)
	}
	return ws, nil
}

func (o *operator) say(format string, values ...any) error {
	_, err := fmt.Fprintf(o.out, format+"\n", values...)
	return err
}
