package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"atrium/shared/agent"
	"atrium/shared/assignment"
	"atrium/shared/invitation"
	"atrium/shared/logo"
	"atrium/shared/organization"
	"atrium/shared/roster"
	"atrium/shared/staff"
	"atrium/shared/table"
	"atrium/shared/team"
	"atrium/shared/user"
	"atrium/shared/whole"
	"atrium/shared/workspace"
)

// kinds are all that a workspace consists of: a concept that has items says
// what must hold of them, and is named here where its records lie.
func kinds() whole.Kind {
	client := organization.Whole()
	client.Within = append([]whole.Kind{assignment.Whole(), user.Whole(), team.Whole(), logo.Whole()}, invitation.Whole()...)
	agency := workspace.Whole()
	agency.Within = []whole.Kind{staff.Whole(), logo.Whole(), client, agent.Whole()}
	return agency
}

// maxRounds is how often a workspace is gone through: one mend brings another
// to light, a claim taken away the one that must be made, and the last round
// finds nothing.
const maxRounds = 12

// settle goes through a workspace once; to mend it, until nothing is wrong or
// nothing more can be done.
func (r *repair) settle(ctx context.Context, t *tenant) error {
	r.workspaces++
	for n := 1; ; n++ {
		round := &round{repair: r, tenant: t}
		if err := round.walk(ctx); err != nil {
			return err
		}
		r.mended += round.mended
		if r.mend && n < maxRounds && round.mended+round.refused > 0 {
			continue
		}
		slices.Sort(round.left) // many are looked at side by side
		for _, what := range round.left {
			if _, err := fmt.Fprintf(r.out, "%s: %s\n", t.id, what); err != nil {
				return err
			}
		}
		r.left += len(round.left)
		return nil
	}
}

// round is one walk through a workspace.
type round struct {
	*repair
	tenant *tenant
	mu     sync.Mutex
	// mended were wrong; refused have changed since they were read.
	mended, refused int
	// left are findings that were not mended.
	left []string
}

func (r *round) walk(ctx context.Context) error {
	at := whole.In(r.Table, r.tenant.id)
	at.Hosts, at.Lag = r.tenant.hosts, r.lag
	if err := r.purge(ctx, at); err != nil {
		return err
	}
	return r.kind(ctx, kinds(), at)
}

// take mends a finding, or notes it.
func (r *round) take(ctx context.Context, f whole.Finding) error {
	if !r.mend || len(f.Mend) == 0 {
		return r.leave(f, false)
	}
	// Some mends take people off duty: as if a call of nobody's did it.
	err := roster.Commit(ctx, whole.In(r.Table, r.tenant.id).Call, f.Mend...)
	if refusal := new(table.Refusal); errors.As(err, &refusal) {
		return r.leave(f, true)
	}
	for _, partition := range f.Clear {
		if err == nil {
			err = r.Table.Clear(ctx, partition)
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", f.What, err)
	}
	return r.tell(f)
}

func (r *round) tell(f whole.Finding) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mended++
	_, err := fmt.Fprintf(r.out, "mended: %s: %s\n", r.tenant.id, f.What)
	return err
}

func (r *round) leave(f whole.Finding, refused bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if refused {
		r.refused++
	}
	r.left = append(r.left, f.What)
	return nil
}
