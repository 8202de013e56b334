package workspace

import (
	"context"
	"errors"
	"fmt"

	"atrium/shared/access"
	"atrium/shared/staff"
	"atrium/shared/table"
	"atrium/shared/whole"
)

// Whole is what must hold of a workspace: its host is its own, and it has as
// many owners as it counts.
func Whole() whole.Kind {
	return whole.Kind{
		Name:      "workspace",
		Partition: func(at whole.At) string { return table.WorkspaceKey(at.Workspace()).PK },
		Derived:   hosts,
		Owner: func(_ whole.At, claim table.Item) table.Key {
			return table.WorkspaceKey(claim.String("workspace"))
		},
		Follows: whole.Follows(func(_ whole.At, r Record) []*table.Write { return r.moveFrom("") }),
		Yield:   whole.Yield(yield), Judge: whole.Judge(judge), Among: opened,
	}
}

func hosts(at whole.At) []string {
	partitions := make([]string, len(at.Hosts))
	for i, host := range at.Hosts {
		partitions[i] = table.HostKey(host).PK
	}
	return partitions
}

// yield gives up the host.
func yield(at whole.At, r Record, _ table.Key) whole.Verdict {
	be := r
	be.DashboardHost, be.Resource = "", r.Next(at.Now)
	return whole.Verdict{
		Wrong: []string{fmt.Sprintf("has the host %s of another one, and has none from now on", r.DashboardHost)},
		Was:   r, Be: be,
	}
}

// judge counts the owners. Where there are none, opened has more to say.
func judge(ctx context.Context, at whole.At, r Record) (whole.Verdict, error) {
	n, err := people(ctx, at, owner.And(table.Equals("status", staff.Active)))
	if err != nil || n == 0 || n == r.Owners {
		return whole.Verdict{}, err
	}
	be := r
	be.Owners = n
	return whole.Verdict{Wrong: []string{fmt.Sprintf("counts %d owners, and has %d", r.Owners, n)}, Was: r, Be: be}, nil
}

var owner = table.Equals("role", access.Owner)

// people is how many of the staff a condition holds of.
func people(ctx context.Context, at whole.At, filter table.Condition) (int, error) {
	keys, err := at.Keys(ctx, table.Query{PK: table.StaffKey(at.Workspace(), "").PK, Filter: &filter})
	return len(keys), err
}

// opened tells a workspace that was opened by half: it is not there itself, or
// has no owner. One that holds nothing yet goes, as if nobody had asked for it.
// For one that is in use there is nothing to make the other half from.
func opened(ctx context.Context, at whole.At) ([]whole.Finding, error) {
	own, err := table.Get[table.Item](ctx, at.Table, table.WorkspaceKey(at.Workspace()))
	if err != nil && !errors.Is(err, table.ErrNotFound) {
		return nil, err
	}
	// After the workspace: whoever opens it right now writes all at once.
	owned, err := people(ctx, at, owner)
	if err != nil || owned > 0 && own != nil {
		return nil, err
	}
	used, err := inUse(ctx, at)
	if err != nil {
		return nil, err
	}
	if used {
		return []whole.Finding{{What: "workspace is in use, but is not there itself, or has no owner: restore the table to another minute"}}, nil
	}
	return []whole.Finding{half(at, own)}, nil
}

func half(at whole.At, own table.Item) whole.Finding {
	key := table.WorkspaceKey(at.Workspace())
	goes := table.Check(key, table.Absent())
	if own != nil {
		goes = table.Delete(key).If(table.Unchanged(own))
	}
	return whole.Finding{
		What:  "workspace was opened by half, and holds nothing: it goes",
		Mend:  []*table.Write{goes},
		Clear: []string{table.StaffKey(at.Workspace(), "").PK, table.StaffEmailKey(at.Workspace(), "").PK, table.SignIns(at.Workspace())},
	}
}

// inUse tells whether anything was made in the workspace after it was opened
// with its first owner.
func inUse(ctx context.Context, at whole.At) (bool, error) {
	for partition, first := range map[string]int{
		table.Organizations(at.Workspace()): 0, table.Agents(at.Workspace()): 0, table.APIKeys(at.Workspace()): 0,
		table.Logos(at.Workspace(), LogoOwner): 0, table.StaffKey(at.Workspace(), "").PK: 1,
	} {
		rows, err := at.Table.Query(ctx, table.Query{PK: partition, KeysOnly: true, Limit: first + 1})
		if err != nil || len(rows.Items) > first {
			return true, err
		}
	}
	return false, nil
}
