package team

import (
	"context"

	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/patch"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// change takes a team from the version that was read to the next.
type change struct {
	before  Record
	details Details
	joining []person
	leaving []string
}

// commit writes the change and all that follows from it, and returns the team as it is then.
func (ch change) commit(ctx context.Context, c *api.Call, org, action string, changes []patch.Change) (Record, error) {
	after := ch.after(c)
	joins, err := ch.joins(c, org)
	if err != nil {
		return after, err
	}
	writes := append([]*table.Write{ch.write(after), activity.Record(c, org, action, after.Shown().Party(), changes)}, joins...)
	for _, user := range ch.leaving {
		writes = append(writes, leaves(c, org, after.ID, user))
	}
	return after, roster.Commit(ctx, c, writes...)
}

// joins are the writes that note the team with those who join, or why they cannot.
func (ch change) joins(c *api.Call, org string) ([]*table.Write, error) {
	if len(ch.joining) > 0 && ch.before.Size+len(ch.joining)-len(ch.leaving) > roster.MaxMembers {
		return nil, roster.Full(ch.before.ID)
	}
	writes := make([]*table.Write, len(ch.joining))
	for i, p := range ch.joining {
		w, err := p.joins(c, org, ch.before.ID)
		if err != nil {
			return nil, err
		}
		writes[i] = w
	}
	return writes, nil
}

// without takes some members off a team that more are to leave than can at once.
func (r Record) without(ctx context.Context, c *api.Call, org string, leaving []string) (Record, error) {
	ch := change{before: r, details: r.Details, leaving: leaving}
	return ch.commit(ctx, c, org, "team.updated", []patch.Change{{Field: "members", Before: leaving}})
}

func (ch change) after(c *api.Call) Record {
	after := ch.before
	after.Resource, after.Details, after.Roster = ch.before.Next(c.Now), ch.details, ch.before.Clone()
	for _, p := range ch.joining {
		after.Put(p.card(), p.onDuty())
	}
	for _, user := range ch.leaving {
		after.Drop(user)
	}
	if ch.reroutes() {
		after.goOn(ch.before)
	}
	return after
}

// write names each member that comes or goes by itself: who else goes on and
// off duty meanwhile is not this change's to say, nor what is handed off.
func (ch change) write(after Record) *table.Write {
	update := table.Set("version", after.Version).Set(table.Path("updatedAt"), table.Value(after.UpdatedAt)).
		Set(table.Path("label"), table.Value(after.Label)).
		Set(table.Path("description"), table.Value(after.Description)).
		Set(table.Path("routing"), table.Value(after.Routing)).
		Set(table.Path("metadata"), table.Value(after.Metadata)).
		Set(table.Path("size"), table.Value(after.Size))
	for _, p := range ch.joining {
		update = roster.Seat(update, p.card(), p.onDuty())
	}
	for _, user := range ch.leaving {
		update = roster.Unseat(update, user)
	}
	write := roster.Write(after.Key, update, ch.moves(), func(table.Item) error { return api.ErrStale })
	if ch.reroutes() {
		write = table.Update(after.Key, after.rerouted(update)).If(ch.before.Unmoved()).ElseError(api.ErrStale)
	}
	for _, user := range ch.leaving {
		write.If(ch.before.Seated(user))
	}
	return write.If(table.Equals("version", ch.before.Version))
}

func (ch change) reroutes() bool { return ch.before.Routing != ch.details.Routing }

// moves are who comes on duty and who goes by the change.
func (ch change) moves() []string {
	var moves []string
	for _, p := range ch.joining {
		if p.onDuty() {
			moves = append(moves, roster.Came(p.ID))
		}
	}
	for _, user := range ch.leaving {
		if !ch.before.OffDuty[user] {
			moves = append(moves, roster.Went(user))
		}
	}
	return moves
}
