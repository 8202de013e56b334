package organization

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"atrium/shared/external"
	"atrium/shared/table"
	"atrium/shared/text"
	"atrium/shared/whole"
)

// Whole is what must hold of organizations.
func Whole() whole.Kind {
	return whole.Kind{
		Name:      "organization",
		Partition: func(at whole.At) string { return table.Organizations(at.Workspace()) },
		Derived: func(at whole.At) []string {
			return []string{table.OrganizationWords(at.Workspace()), table.ExternalKey(at.Workspace(), "org", "").PK}
		},
		Follows: whole.Follows(follows), Yield: whole.Yield(yield), Judge: whole.Judge(judge),
	}
}

// Closes tells whether its teams are closed to handoffs.
func (r Record) Closes() bool { return !r.takesHandoffs() }

func follows(at whole.At, r Record) []*table.Write {
	return append(r.named(at.Workspace()), external.Claim(at.Workspace(), "org", r.ExternalID, r.ID)...)
}

// yield gives the one that came too late another name, or no external id.
func yield(at whole.At, r Record, lost table.Key) whole.Verdict {
	be := r
	be.Resource = r.Next(at.Now)
	v := whole.Verdict{Was: r}
	if lost == r.claim(at.Workspace()).Key {
		be.Name = distinct(r)
		v.Wrong = []string{fmt.Sprintf("has the name of another one, and is %q from now on", be.Name)}
	} else {
		be.ExternalID = ""
		v.Wrong = []string{fmt.Sprintf("has the external id %q of another one, and has none from now on", r.ExternalID)}
	}
	be.index(at.Workspace())
	v.Be = be
	return v
}

// maxName is the longest name, as the API's description gives it.
const maxName = 120

// distinct is a name that nobody else has: with the end of the id, and no
// longer than a name may be.
func distinct(r Record) string {
	suffix := " (" + r.ID[len(r.ID)-6:] + ")"
	name := []rune(r.Name)
	return text.Squeeze(string(name[:min(len(name), maxName-len(suffix))])) + suffix
}

func judge(ctx context.Context, at whole.At, r Record) (whole.Verdict, error) {
	slices.Sort(r.TeamKeys)
	be := r
	if err := be.count(ctx, at); err != nil {
		return whole.Verdict{}, err
	}
	be.Expires = 0
	if r.PurgeAt != nil {
		be.Expires = sweepable(*r.PurgeAt)
	}
	be.index(at.Workspace())
	return whole.Verdict{Wrong: miscounted(r, be), Was: r, Be: be}, nil
}

// count counts what is there.
func (r *Record) count(ctx context.Context, at whole.At) error {
	for partition, count := range map[string]*int{
		table.Assignments(at.Workspace(), r.ID): &r.Counts.Agents,
		table.Users(at.Workspace(), r.ID):       &r.Counts.Users,
	} {
		keys, err := at.Keys(ctx, table.Query{PK: partition})
		if err != nil {
			return err
		}
		*count = len(keys)
	}
	pending := table.Equals("state", "pending")
	invitations, err := at.Keys(ctx, table.Query{PK: table.Invitations(at.Workspace(), r.ID), Filter: &pending})
	if err != nil {
		return err
	}
	r.Counts.PendingInvitations = len(invitations)
	teams, err := at.Keys(ctx, table.Query{PK: table.Teams(at.Workspace(), r.ID)})
	r.TeamKeys, r.Counts.Teams = teams, len(teams)
	return err
}

// miscounted says which counts are wrong.
func miscounted(was, be Record) []string {
	var wrong []string
	say := func(what string, counted, there int) {
		if counted != there {
			wrong = append(wrong, fmt.Sprintf("counts %d %s, and has %d", counted, what, there))
		}
	}
	say("agents", was.Counts.Agents, be.Counts.Agents)
	say("users", was.Counts.Users, be.Counts.Users)
	say("teams", was.Counts.Teams, be.Counts.Teams)
	say("pending invitations", was.Counts.PendingInvitations, be.Counts.PendingInvitations)
	if !slices.Equal(was.TeamKeys, be.TeamKeys) {
		wrong = append(wrong, fmt.Sprintf("names the teams [%s], and has [%s]", strings.Join(was.TeamKeys, " "), strings.Join(be.TeamKeys, " ")))
	}
	return wrong
}
