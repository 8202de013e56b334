package roster

import (
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"slices"

	"atrium/shared/api"
	"atrium/shared/table"
)

// ByTurns is the routing by which those on duty stand in a queue, and take one
// turn after the other, round and round.
//
// A turn is taken by counting it: the queue tells from the number whose it is.
// Who comes on duty or goes changes the queue from then on, and not before. So
// each update that puts somebody on or off duty also notes who it was, and how
// many turns were taken by then. It reads nothing for that, and who takes a
// turn has all the notes in what their own update returns: all find the same
// queue, and nobody ever waits for anybody.
//
// Who comes stands at the end, however short they were away. Who goes leaves
// all others in their places.
const ByTurns = "round_robin"

// Notes are put together into a queue before they make the team's item large:
// when they are many, by a handoff, on the side; when there is no room for
// more, by whoever is about to make one.
const (
	manyMoves = 40
	maxMoves  = 200
)

// Rota is what a team's item has to tell whose turn it is.
type Rota struct {
	// HandoffCount is how many turns were taken.
	HandoffCount int `json:"handoffCount"`
	// Line are those who were on duty before the moves, who was next first,
	// when LineAt turns were taken. Those left out follow by their ids: a new
	// team needs no line.
	Line   []string `json:"line,omitempty"`
	LineAt int      `json:"lineAt,omitempty"`
	// Moves are who came on duty and went since, as Came and Went have it, in
	// the order in which it happened. Those of one update follow upon its name,
	// and MovedAt has how many turns were taken by then.
	Moves   []string       `json:"moves"`
	MovedAt map[string]int `json:"movedAt"`
}

// Came is the move of a user who comes on duty.
func Came(user string) string { return "+" + user }

// Went is the move of one who goes.
func Went(user string) string { return "-" + user }

// read takes a move apart. What is none names an update.
func read(move string) (user string, came, ok bool) {
	return move[1:], move[0] == '+', move[0] == '+' || move[0] == '-'
}

// noted is a team's update that also notes its moves.
func noted(update table.Edit, moves []string) table.Edit {
	name := "@" + rand.Text()[:8]
	return update.Set(table.Path("moves"), table.Path("moves").ListAppend(table.Value(append([]string{name}, moves...)))).
		Set(table.Path("movedAt."+name), table.Path("handoffCount"))
}

// Queue are those on duty, who takes the turn of that number first.
func (r Roster) Queue(turn int) []string {
	queue, at := hold(r.Line, r.onDutyBefore()), r.LineAt
	for _, move := range r.Moves {
		user, came, ok := read(move)
		if !ok {
			queue, at = Turned(queue, r.MovedAt[move]-at), r.MovedAt[move]
			continue
		}
		queue = slices.DeleteFunc(queue, func(other string) bool { return other == user })
		if came {
			queue = append(queue, user)
		}
	}
	return Turned(r.Hold(queue), turn-1-at)
}

// onDutyBefore are those who were on duty before the moves.
func (r Roster) onDutyBefore() map[string]bool {
	before := make(map[string]bool, len(r.OnDuty))
	for user := range r.OnDuty {
		before[user] = true
	}
	for _, move := range slices.Backward(r.Moves) {
		user, came, ok := read(move)
		switch {
		case ok && came:
			delete(before, user)
		case ok:
			before[user] = true
		}
	}
	return before
}

// Hold is a queue of just those who are on duty. Who was not in it, as after a
// team's item was mended by hand, follows by their id.
func (r Roster) Hold(queue []string) []string {
	return hold(queue, r.OnDuty)
}

func hold[T any](queue []string, members map[string]T) []string {
	held, others := make([]string, 0, len(members)), maps.Clone(members)
	for _, user := range queue {
		if _, ok := others[user]; ok {
			held = append(held, user)
			delete(others, user)
		}
	}
	return append(held, slices.Sorted(maps.Keys(others))...)
}

// Turned is a queue after so many have taken their turn.
func Turned(queue []string, turns int) []string {
	if len(queue) == 0 {
		return queue
	}
	by := turns % len(queue)
	return slices.Concat(queue[by:], queue[:by])
}

// Crowded tells whether the moves are so many that they should be settled.
func (r Roster) Crowded() bool { return len(r.Moves) > manyMoves }

// Unmoved holds while nobody has come or gone since the roster was read.
func (r Roster) Unmoved() table.Condition {
	if r.Moves == nil {
		return table.Exists().And(table.HasNot("moves"))
	}
	return table.Equals("moves", r.Moves)
}

// Settle is the write that puts the moves together into a line. It changes
// nothing about whose turn it is, so that handoffs may go on meanwhile. Only
// ByTurns has a use for the line.
func (r Roster) Settle(at table.Key, routing string) *table.Write {
	update := Cleared(table.Set("line", r.Queue(r.HandoffCount+1)).Set(table.Path("lineAt"), table.Value(r.HandoffCount)))
	if routing != ByTurns {
		update = Cleared(table.Edit{}).Remove(table.Path("line")).Remove(table.Path("lineAt"))
	}
	return table.Update(at, update).If(r.Unmoved())
}

// Cleared is a team's update that also forgets all moves.
func Cleared(update table.Edit) table.Edit {
	return update.Set(table.Path("moves"), table.Value([]string{})).
		Set(table.Path("movedAt"), table.Value(map[string]int{}))
}

// Write is an update of a team's item that some come on duty by, or go. It may
// find that there is no room to note it: so it is made within Settling.
func Write(at table.Key, update table.Edit, moves []string, refused func(old table.Item) error) *table.Write {
	if len(moves) == 0 {
		return table.Update(at, update).Else(refused)
	}
	return table.Update(at, noted(update, moves)).If(table.SizeLess("moves", maxMoves)).Else(func(old table.Item) error {
		var c crowded
		if err := old.Decode(&c); err != nil {
			return err
		}
		// A team from before there were moves has no room for any, either.
		if old != nil && (c.Moves == nil || len(c.Moves) >= maxMoves) {
			return &c
		}
		return refused(old)
	})
}

// crowded is a team's item that has no room for another move.
type crowded struct {
	table.Key
	Roster
	Routing string `json:"routing"`
}

func (c *crowded) Error() string { return "roster: too many have come and gone on team " + c.SK }

// Settling makes a change that has writes of rosters in it. Where there is no
// room for its moves, those before are settled and it is made again.
func Settling(ctx context.Context, c *api.Call, change func() error) error {
	for {
		err := change()
		var full *crowded
		if !errors.As(err, &full) {
			return err
		}
		err = c.Table.UpdateOne(ctx, full.Settle(full.Key, full.Routing), &struct{}{})
		if err != nil && !errors.Is(err, table.ErrRefused) {
			return err
		}
	}
}

// Commit is the table's, for writes of rosters.
func Commit(ctx context.Context, c *api.Call, writes ...*table.Write) error {
	return Settling(ctx, c, func() error { return c.Commit(ctx, writes...) })
}
