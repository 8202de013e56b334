package user

import (
	"atrium/shared/api"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// Joined are the writes that put a new user on their teams. A team that is
// gone, or full, is api.ErrStale: look again.
func (r Record) Joined(c *api.Call, org string) []*table.Write {
	writes := make([]*table.Write, len(r.Teams))
	for i, team := range r.Teams {
		writes[i] = roster.Join(c, org, team, r.Card(), r.OnDuty(), api.ErrStale)
	}
	return writes
}

// Activated is an invited user who has accepted, by the name they give, with
// the writes of that.
func (r Record) Activated(c *api.Call, org, name string) (Record, []*table.Write) {
	fields := r.Shown().Fields
	fields.Status = Active
	if name != "" {
		fields.Name = name
	}
	after := r.with(c, fields)
	after.LastSeenAt = &c.Now
	ch := change{org: org, before: r, after: after}
	return after, ch.writes(c)
}
