package consequence

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"atrium/shared/agent"
	"atrium/shared/api"
	"atrium/shared/assignment"
	"atrium/shared/id"
	"atrium/shared/table"
)

// An index may lag behind: organizations that an agent's count tells of, but
// the index does not, are looked for again after pauses that double, and then
// in further attempts. The ten that template.yaml allows take longer than
// indexLag. What the index does not tell of by then is not there.
const (
	firstPause = 200 * time.Millisecond
	lastPause  = 16 * firstPause
	indexLag   = time.Minute
)

// departure is an agent that was deleted, on its way out of its organizations.
type departure struct {
	*api.Call
	agent agent.Record
	since time.Time
	mu    sync.Mutex
	// left are the organizations that it was taken from, by their activity's partition.
	left map[string]bool
}

// agentDeleted takes the agent from all its organizations. Where it counted
// more than are found, the record is to come again while it is young.
func agentDeleted(ctx context.Context, c *api.Call, change table.Transition) error {
	d := departure{Call: c, since: change.At, left: map[string]bool{}}
	if err := change.Before.Decode(&d.agent); err != nil {
		return err
	}
	for pause := firstPause; ; pause *= 2 {
		if err := d.look(ctx); err != nil {
			return err
		}
		missing := d.agent.OrganizationCount - len(d.left)
		switch {
		case missing <= 0:
			return nil
		case c.Now.Sub(d.since) > indexLag:
			slog.WarnContext(ctx, "a deleted agent counted more organizations than it had",
				"workspace", c.Workspace(), "agent", d.agent.ID, "missing", missing)
			return nil
		case pause > lastPause:
			return fmt.Errorf("the index does not tell of %d organizations of agent %s yet", missing, d.agent.ID)
		}
		if err := wait(ctx, pause); err != nil {
			return err
		}
	}
}

// look takes the agent from all that the index tells of by now. Where they are
// too few, an earlier attempt may have taken it from some, or from all.
func (d *departure) look(ctx context.Context) error {
	listed := table.Query{Index: table.G1, PK: table.OrganizationsWith(d.Workspace(), d.agent.ID)}
	err := d.Table.Each(ctx, listed, func(item table.Item) error {
		org := item.String("organization")
		d.note(table.ActivityOf(d.Workspace(), org))
		return assignment.Take(ctx, d.Call, org, d.agent.ID, d.agent.Name)
	})
	if err != nil || len(d.left) >= d.agent.OrganizationCount {
		return err
	}
	return d.recall(ctx)
}

// recall notes what was done since the agent was deleted: it is on record, as
// the workspace's own doing.
func (d *departure) recall(ctx context.Context) error {
	own := table.Equals("action", "agent.unassigned").And(table.Equals("actor.id", d.Workspace()))
	done := table.Query{Index: table.G3, PK: table.ActivityOn(d.Workspace(), d.agent.ID), From: id.Floor(id.Activity, d.since), Filter: &own}
	return d.Table.Each(ctx, done, func(item table.Item) error {
		d.note(item.String("gs1pk"))
		return nil
	})
}

func (d *departure) note(organization string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left[organization] = true
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
