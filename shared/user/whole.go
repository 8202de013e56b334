package user

import (
	"context"
	"fmt"
	"slices"

	"atrium/shared/external"
	"atrium/shared/table"
	"atrium/shared/whole"
)

// Whole is what must hold of an organization's users, but for their teams:
// those are held against the users where teams are.
func Whole() whole.Kind {
	return whole.Kind{
		Name:      "user",
		Partition: func(at whole.At) string { return table.Users(at.Workspace(), at.Organization) },
		Derived: func(at whole.At) []string {
			return []string{
				table.UserWords(at.Workspace(), at.Organization),
				table.ExternalKey(below(at.Call, at.Organization), "user", "").PK,
			}
		},
		Follows: whole.Follows(follows), Yield: whole.Yield(yield), Judge: whole.Judge(judge),
	}
}

func follows(at whole.At, r Record) []*table.Write {
	return append(r.addressed(at.Call, at.Organization),
		external.Claim(below(at.Call, at.Organization), "user", r.ExternalID, r.ID)...)
}

// yield gives the one that came too late an address that no mail can be sent
// to, until somebody knows the right one; or no external id.
func yield(at whole.At, r Record, lost table.Key) whole.Verdict {
	fields, v := r.Shown().Fields, whole.Verdict{Was: r}
	if lost == r.claim(at.Call, at.Organization).Key {
		fields.Email = r.ID + "@restored.invalid"
		v.Wrong = []string{fmt.Sprintf("has the address of another one, %s, and is %s until it is given the right one", r.Email, fields.Email)}
	} else {
		fields.ExternalID = ""
		v.Wrong = []string{fmt.Sprintf("has the external id %q of another one, and has none from now on", r.ExternalID)}
	}
	v.Be = r.with(at.Call, fields)
	return v
}

func judge(_ context.Context, _ whole.At, r Record) (whole.Verdict, error) {
	// A set has no order of its own; Shown has one.
	slices.Sort(r.Teams)
	be := r
	be.Fields = r.Shown().Fields
	be.index()
	return whole.Verdict{Was: r, Be: be}, nil
}
