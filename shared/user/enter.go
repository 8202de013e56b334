package user

import (
	"atrium/shared/api"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// Holder says which user of an organization has an address.
type Holder struct{ ID string }

func (h Holder) Error() string { return "user: " + h.ID + " has the address" }

// Entered is Added where another user may have taken the address meanwhile: the
// error is a Holder then.
func (r Record) Entered(c *api.Call, org string) []*table.Write {
	writes := r.Added(c, org)
	writes[0].Else(func(old table.Item) error { return Holder{old.String("id")} })
	return writes
}

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
