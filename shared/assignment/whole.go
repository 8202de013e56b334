package assignment

import (
	"context"
	"errors"

	"atrium/shared/agent"
	"atrium/shared/organization"
	"atrium/shared/table"
	"atrium/shared/whole"
)

// Whole is what must hold of an organization's assignments: each has its
// agent, and stands where the organization's name of today belongs.
func Whole() whole.Kind {
	return whole.Kind{
		Name:      "assignment",
		Partition: func(at whole.At) string { return table.Assignments(at.Workspace(), at.Organization) },
		Judge:     whole.Judge(judge),
	}
}

func judge(ctx context.Context, at whole.At, r Record) (whole.Verdict, error) {
	agentKey := table.AgentKey(at.Workspace(), r.Agent)
	a, err := table.Get[agent.Record](ctx, at.Table, agentKey)
	if errors.Is(err, table.ErrNotFound) {
		return whole.Verdict{
			Wrong: []string{"is of an agent that is not there"}, Was: r,
			While: []*table.Write{table.Check(agentKey, table.Absent())},
		}, nil
	}
	var o organization.Record
	if err := errors.Join(err, at.Around.Decode(&o)); err != nil {
		return whole.Verdict{}, err
	}
	be := r
	be.Indexed = pair{organization: o, agent: a}.newRecord(at.Workspace(), r.Assignment).Indexed
	return whole.Verdict{Was: r, Be: be, While: []*table.Write{at.Still()}}, nil
}
