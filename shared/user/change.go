package user

import (
	"context"
	"slices"

	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/external"
	"atrium/shared/patch"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// change takes a user from the version that was read to the next.
type change struct {
	org           string
	before, after Record
}

// fields are the changed ones, for the activity log.
func (ch change) fields() []patch.Change {
	return patch.Diff(ch.before.Shown().Fields, ch.after.Shown().Fields)
}

// nothing tells whether everything stays as it is.
func (ch change) nothing() bool { return len(ch.fields()) == 0 }

// commit makes the change, and returns the user as it then is.
func (ch change) commit(ctx context.Context, c *api.Call) (Record, error) {
	if ch.nothing() {
		return ch.before, nil
	}
	return ch.after, roster.Commit(ctx, c, append(ch.writes(c), ch.joins(c)...)...)
}

// writes are all that follow from the change, but for joins.
func (ch change) writes(c *api.Call) []*table.Write {
	before, after := ch.before, ch.after
	main := table.Change(before, after).If(table.Equals("version", before.Version)).ElseError(api.ErrStale)
	writes := []*table.Write{main, activity.Record(c, ch.org, "user.updated", after.Party(), ch.fields())}
	writes = append(writes, after.readdressed(c, ch.org, before)...)
	writes = append(writes, external.Exchange(below(c, ch.org), "user", before.ExternalID, after.ExternalID, after.ID)...)
	return append(writes, ch.rosters(c)...)
}

// rosters are the writes that tell the user's teams: those left, and, when what
// they hold of the user has changed, those kept.
func (ch change) rosters(c *api.Call) []*table.Write {
	var writes []*table.Write
	before, after := ch.before, ch.after
	for _, team := range before.Teams {
		switch {
		case !slices.Contains(after.Teams, team):
			writes = append(writes, roster.Leave(c, ch.org, team, after.ID, before.OnDuty()))
		case after.OnDuty() != before.OnDuty():
			writes = append(writes, roster.Show(c, ch.org, team, after.Card(), after.OnDuty()))
		case after.OnDuty() && after.Card() != before.Card():
			writes = append(writes, roster.Renew(c, ch.org, team, after.Card()))
		}
	}
	return writes
}

// joined are the teams that are new to the user.
func (ch change) joined() []string { return except(ch.after.Teams, ch.before.Teams) }

// left are those that the user is no longer on.
func (ch change) left() []string { return except(ch.before.Teams, ch.after.Teams) }

func except(teams, others []string) []string {
	var rest []string
	for _, team := range teams {
		if !slices.Contains(others, team) {
			rest = append(rest, team)
		}
	}
	return rest
}

// joins are the writes that make the user a member of those.
func (ch change) joins(c *api.Call) []*table.Write {
	var writes []*table.Write
	for _, team := range ch.joined() {
		missing := notATeam(slices.Index(ch.after.Teams, team))
		writes = append(writes, roster.Join(c, ch.org, team, ch.after.Card(), ch.after.OnDuty(), missing))
	}
	return writes
}
