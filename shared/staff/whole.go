package staff

import (
	"atrium/shared/table"
	"atrium/shared/whole"
)

// Whole is what must hold of a workspace's staff: each has their address.
func Whole() whole.Kind {
	return whole.Kind{
		Name:      "member of staff",
		Partition: func(at whole.At) string { return table.StaffKey(at.Workspace(), "").PK },
		Derived: func(at whole.At) []string {
			return []string{table.StaffEmailKey(at.Workspace(), "").PK}
		},
		Follows: whole.Follows(func(at whole.At, r Record) []*table.Write {
			listed := NewRecord(at.Workspace(), r.Person)
			listed.Invitation = r.Invitation
			return []*table.Write{r.claim(at.Workspace()).ElseError(EmailTaken("")), table.Create(listed)}
		}),
	}
}
