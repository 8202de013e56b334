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
// By round robin the queue is in order of ids, and nothing says who was last:
// when somebody comes or goes, the number falls on another place of another
// queue, so that one may be passed over, or take two in a row. It is accepted,
// as all take turns alike from then on. To know who was last takes a second
// write, or a read before the first, and whoever wants that has least_recent.
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
func (r Record) takes(turn int) roster.Card {
	queue := r.queue()
	return queue[(turn-r.noted()-1)%len(queue)]
}

// queue are those on duty, who has waited longest first.
func (r Record) queue() []roster.Card {
	queue := r.Ready()
	slices.SortStableFunc(queue, func(a, b roster.Card) int { return cmp.Compare(r.Turns[a.ID], r.Turns[b.ID]) })
	return queue
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
	queue, noted := r.queue(), r.noted()
	for turn := max(noted, upTo-len(queue)) + 1; turn <= upTo; turn++ {
		turns[queue[(turn-noted-1)%len(queue)].ID] = turn
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

// give is the write that takes the next turn for the one whose it was when the
// team was read. It holds as long as it is still theirs.
func (r Record) give(card roster.Card) *table.Write {
	update := table.Increase("handoffCount", 1)
	if r.Routing == LeastRecent {
		update = update.Set(table.Path("turns"), table.Value(r.turns(r.HandoffCount+1)))
	}
	return table.Update(r.Key, update).
		If(table.Equals("handoffCount", r.HandoffCount)).If(table.Equals("routing", r.Routing)).
		If(table.Equals("closed", false)).If(table.Has("onDuty." + card.ID)).ElseError(api.ErrStale)
}

// noting are the turns that a team goes on with when its routing changes: by
// round robin none are noted; else those that it just dealt out, so that it
// goes on with the same person.
func (r Record) noting() map[string]int {
	if r.Routing != LeastRecent {
		return nil
	}
	return r.turns(r.HandoffCount)
}
