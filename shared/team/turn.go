package team

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"atrium/shared/api"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// Turns are numbered from 1 by the handoff count, and the number says whose
// turn it is: those on duty stand in a queue and take one after the other,
// round and round. So a turn is taken by counting it, which callers at once do
// without ever waiting for each other or getting the same.
//
// By round robin the queue is the roster's: see roster.ByTurns.
//
// To go to who has waited longest the queue is in order of the members' last
// turns, which are noted after each handoff: as long as the same people are on
// duty that is the same order, and when that changes, the notes put everybody
// in their place.

// errNobody is what a turn is refused with when there is nobody to take it.
var errNobody = errors.New("team: nobody is available")

// ready tells whether there is anybody to take a turn.
func (r Record) ready() bool { return !r.Closed && len(r.OnDuty) > 0 }

// takes is who of those on duty, of whom there is one at least, takes a turn.
func (r Record) takes(turn int) roster.Card { return r.OnDuty[r.queue(turn)[0]] }

// queue are those on duty, who takes the turn given first.
func (r Record) queue(turn int) []string {
	if r.Routing == RoundRobin {
		return r.Queue(turn)
	}
	return roster.Turned(r.waiting(), turn-1-r.noted())
}

// waiting are those on duty by their last turns, who has waited longest first.
func (r Record) waiting() []string {
	waiting := slices.Sorted(maps.Keys(r.OnDuty))
	slices.SortStableFunc(waiting, func(a, b string) int { return cmp.Compare(r.Turns[a], r.Turns[b]) })
	return waiting
}

// noted is the turn up to which the members' last ones are noted.
func (r Record) noted() int {
	last := 0
	for turn := range maps.Values(r.Turns) {
		last = max(last, turn)
	}
	return last
}

// turns are the members' last ones up to the turn given.
func (r Record) turns(upTo int) map[string]int {
	turns := maps.Clone(r.Turns)
	if turns == nil {
		turns = map[string]int{}
	}
	maps.DeleteFunc(turns, func(user string, _ int) bool { return !r.Has(user) })
	queue, noted := r.waiting(), r.noted()
	for turn := max(noted, upTo-len(queue)) + 1; turn <= upTo; turn++ {
		turns[queue[(turn-noted-1)%len(queue)]] = turn
	}
	return turns
}

// deal is the write that takes the next turn, whosever it is.
func deal(at table.Key) *table.Write {
	return table.Update(at, table.Increase("handoffCount", 1)).
		If(table.Equals("closed", false)).If(table.SizeMore("onDuty", 0)).
		Else(func(old table.Item) error {
			if old == nil {
				return noTeam()
			}
			return errNobody
		})
}

// remember is the write that notes the turns so far, unless there was another by now.
func (r Record) remember() *table.Write {
	return table.Update(r.Key, table.Set("turns", r.turns(r.HandoffCount))).
		If(table.Equals("handoffCount", r.HandoffCount)).If(table.Equals("routing", LeastRecent))
}

// give is the write that takes the next turn for the one whose it is by the
// team as it was read. It holds as long as it is still theirs.
func (r Record) give() *table.Write {
	update := table.Increase("handoffCount", 1)
	if r.Routing == LeastRecent {
		update = update.Set(table.Path("turns"), table.Value(r.turns(r.HandoffCount+1)))
	}
	return table.Update(r.Key, update).
		If(table.Equals("handoffCount", r.HandoffCount)).If(table.Equals("routing", r.Routing)).
		If(table.Equals("closed", false)).If(r.Unmoved()).ElseError(api.ErrStale)
}

// goOn makes a team whose routing changes go on with the same person, and
// whoever joins with that at the end.
func (r *Record) goOn(before Record) {
	queue := r.Hold(before.queue(r.HandoffCount + 1))
	r.Line, r.LineAt, r.Turns = queue, r.HandoffCount, nil
	if r.Routing == LeastRecent {
		r.Line, r.LineAt, r.Turns = nil, 0, lastTurns(queue, r.HandoffCount)
	}
}

// lastTurns are such that a queue follows from them once so many turns were
// taken: the last is that of who stands at the end.
func lastTurns(queue []string, count int) map[string]int {
	turns := make(map[string]int, len(queue))
	for i, user := range queue {
		turns[user] = count - len(queue) + 1 + i
	}
	return turns
}

// rerouted is a team's update that also changes what the routing goes by. Who
// comes and goes is in that already.
func (r Record) rerouted(update table.Edit) table.Edit {
	line, at, turns := table.Path("line"), table.Path("lineAt"), table.Path("turns")
	if r.Routing == LeastRecent {
		return roster.Cleared(update).Remove(line).Remove(at).Set(turns, table.Value(r.Turns))
	}
	return roster.Cleared(update).Remove(turns).Set(line, table.Value(r.Line)).Set(at, table.Value(r.LineAt))
}
