package agent

import (
	"context"
	"fmt"
	"time"

	"atrium/shared/external"
	"atrium/shared/table"
	"atrium/shared/whole"
)

// Whole is what must hold of agents.
func Whole() whole.Kind {
	return whole.Kind{
		Name:      "agent",
		Partition: func(at whole.At) string { return table.Agents(at.Workspace()) },
		Derived: func(at whole.At) []string {
			return []string{table.AgentWords(at.Workspace()), table.ExternalKey(at.Workspace(), externalKind, "").PK}
		},
		Follows: whole.Follows(follows), Yield: whole.Yield(yield), Judge: whole.Judge(judge),
	}
}

func follows(at whole.At, r Record) []*table.Write {
	return append(r.found(at.Workspace()), external.Claim(at.Workspace(), externalKind, r.ExternalID, r.ID)...)
}

// yield gives up the external id, the one thing that an agent has alone.
func yield(at whole.At, r Record, _ table.Key) whole.Verdict {
	be := r
	be.ExternalID, be.Resource = "", r.Next(at.Now)
	return whole.Verdict{
		Wrong: []string{fmt.Sprintf("has the external id %q of another one, and has none from now on", r.ExternalID)},
		Was:   r, Be: be,
	}
}

func judge(ctx context.Context, at whole.At, r Record) (whole.Verdict, error) {
	n, err := organizationsWith(ctx, at, r)
	if err != nil {
		return whole.Verdict{}, err
	}
	be, v := r, whole.Verdict{Was: r}
	if be.OrganizationCount = n; n != r.OrganizationCount {
		v.Wrong = []string{fmt.Sprintf("counts %d organizations, and is assigned to %d", r.OrganizationCount, n)}
	}
	be.index(at.Workspace())
	v.Be = be
	return v, nil
}

// organizationsWith counts the agent's organizations. Only an index has them:
// a number that does not agree is looked at again when the index has caught up.
func organizationsWith(ctx context.Context, at whole.At, r Record) (int, error) {
	of := table.Query{Index: table.G1, PK: table.OrganizationsWith(at.Workspace(), r.ID)}
	keys, err := at.Keys(ctx, of)
	if err != nil || len(keys) == r.OrganizationCount {
		return len(keys), err
	}
	select {
	case <-time.After(at.Lag):
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	keys, err = at.Keys(ctx, of)
	return len(keys), err
}
