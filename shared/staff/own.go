package staff

import (
	"context"

	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/patch"
	"atrium/shared/table"
	"atrium/shared/text"
)

// Rename stores the person under another name, one version on: it is all that
// staff may change of themselves. Where it is the same, nothing is written. It
// returns api.ErrStale when somebody else has changed the person since.
func (r Record) Rename(ctx context.Context, c *api.Call, name string) (Record, error) {
	check := text.Check{At: "body"}
	check.Name("name", &name)
	if err := check.Err(); err != nil || name == r.Name {
		return r, err
	}
	after := r
	after.Name, after.Resource = name, r.Next(c.Now)
	changed := []patch.Change{{Field: "name", Before: r.Name, After: name}}
	return after, c.Commit(ctx,
		table.Change(r, after).If(table.Equals("version", r.Version)).ElseError(api.ErrStale),
		activity.Record(c, "", "staff.updated", after.Party(), changed),
	)
}
