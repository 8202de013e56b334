package team

import (
	"cmp"
	"slices"

	"atrium/shared/roster"
	"atrium/shared/table"
)

// next is whose turn it is; false when nobody can be handed a chat.
func (r Record) next() (roster.Card, bool) {
	if r.Closed || len(r.OnDuty) == 0 {
		return roster.Card{}, false
	}
	ready := r.Ready()
	if r.Routing == RoundRobin {
		return ready[r.HandoffCount%len(ready)], true
	}
	return slices.MinFunc(ready, func(a, b roster.Card) int {
		return cmp.Compare(r.Turns[a.ID], r.Turns[b.ID])
	}), true
}

// deal is the write that takes the next turn, whosever it is, and counts it:
// callers at once never take the same, and never wait for each other. It holds
// for round robin only, where the number of the turn tells whose it is.
func deal(at table.Key) *table.Write {
	return table.Update(at, table.Increase("handoffCount", 1)).
		If(table.Equals("routing", RoundRobin)).If(table.Equals("closed", false)).If(table.SizeMore("onDuty", 0))
}

// give is the write that takes the next turn for the one whose turn it was when
// the team was read: it holds as long as nobody took it, and they can be handed a chat.
func (r Record) give(card roster.Card) *table.Write {
	update := table.Increase("handoffCount", 1)
	if r.Routing == LeastRecent {
		update = update.Set(table.Path("turns"), table.Value(r.turnsWith(card.ID)))
	}
	return table.Update(r.Key, update).
		If(table.Equals("handoffCount", r.HandoffCount)).If(table.Equals("routing", r.Routing)).
		If(table.Equals("closed", false)).If(table.Has("onDuty." + card.ID))
}

// turnsWith are the members' last turns once a user has taken the next.
func (r Record) turnsWith(user string) map[string]int {
	turns := map[string]int{user: r.HandoffCount + 1}
	for member, turn := range r.Turns {
		if member != user && r.Has(member) {
			turns[member] = turn
		}
	}
	return turns
}

// reckoned are the last turns that a team begins with when its routing becomes
// least recent: those that round robin just dealt out, so that it goes on with
// the same person. Other routings keep none.
func (r Record) reckoned() map[string]int {
	if r.Routing != LeastRecent {
		return nil
	}
	turns, ready := map[string]int{}, r.Ready()
	for turn := max(0, r.HandoffCount-len(ready)); turn < r.HandoffCount; turn++ {
		turns[ready[turn%len(ready)].ID] = turn + 1
	}
	return turns
}
