package main

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"atrium/shared/table"
	"atrium/shared/whole"
)

// batch is how many organizations are asked for at once.
const batch = 100

// purge removes what is left of organizations that are not there. It is what
// follows from a purge; but a restored table has a new stream, which does not
// tell of what was deleted before.
func (r *round) purge(ctx context.Context, at whole.At) error {
	for orgs := range slices.Chunk(slices.Sorted(maps.Keys(r.tenant.organizations)), batch) {
		keys := make([]table.Key, len(orgs))
		for i, org := range orgs {
			keys[i] = table.OrganizationKey(at.Workspace(), org)
		}
		there, err := fetch(ctx, r.Table, keys...)
		if err != nil {
			return err
		}
		for _, key := range keys {
			if there[key] != nil {
				continue
			}
			if err := r.clear(ctx, at, key); err != nil {
				return err
			}
		}
	}
	return nil
}

// clear removes what is left of one that is not there, its assignments too:
// what their agents count is looked at later.
func (r *round) clear(ctx context.Context, at whole.At, gone table.Key) error {
	f := whole.Finding{Mend: []*table.Write{table.Check(gone, table.Absent())}}
	items := 0
	for _, partition := range append(table.Within(at.Workspace(), gone.SK), table.Assignments(at.Workspace(), gone.SK)) {
		keys, err := at.Keys(ctx, table.Query{PK: partition})
		if err != nil {
			return err
		}
		if len(keys) > 0 {
			items, f.Clear = items+len(keys), append(f.Clear, partition)
		}
	}
	if items == 0 {
		return nil
	}
	f.What = fmt.Sprintf("organization %s is not there, but has left %s behind", gone.SK, count(items, "item"))
	return r.take(ctx, f)
}
