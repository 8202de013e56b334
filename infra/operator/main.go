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
	"strings"
	"syscall"
	"time"

	"atrium/infra/generate/catalogue"
	"atrium/infra/place"
	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/workspace"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := start(ctx, os.Args[1:], os.Getenv, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, plain(err))
		os.Exit(1)
	}
}

// plain is an error in one line for a person at a terminal, who has to know
// whether anything was done.
func plain(err error) string {
	why, p := err.Error(), (*problem.Problem)(nil)
	switch {
	case !errors.As(err, &p):
	case p.Code == problem.OutcomeUnknown:
		return "This may or may not have been done, as the table did not answer in time: look, before you repeat it."
	case len(p.Errors) > 0:
		why = p.Errors[0].Error()
	default:
		why = p.Detail
	}
	return "Nothing was done: " + strings.ReplaceAll(why, "\n", "; ")
}

// patience is how long all of it may take. A command makes a few calls.
const patience = 30 * time.Second

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
	if err := p.Reach(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
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

// agency is the workspace that is meant, and a call within it.
func (o *operator) agency(ctx context.Context) (*api.Call, workspace.Record, error) {
	ws := o.env("WORKSPACE_ID")
	if !id.Is(id.Workspace, ws) {
		return nil, workspace.Record{}, fmt.Errorf("WORKSPACE_ID is %q: give an agency's id, such as ws_01jd6v0c8ge2rs2k9v2q1m4t7x", ws)
	}
	c := o.in(ws)
	r, err := workspace.Load(ctx, c)
	var p *problem.Problem
	if errors.As(err, &p) && p.Code == problem.NotFound {
		err = fmt.Errorf("there is no agency %s in %s: look at WORKSPACE_ID, and at TABLE_NAME and AWS_REGION", ws, o.where)
	}
	return c, r, err
}

func (o *operator) say(format string, values ...any) error {
	_, err := fmt.Fprintf(o.out, format+"\n", values...)
	return err
}
