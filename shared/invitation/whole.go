package invitation

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"atrium/shared/table"
	"atrium/shared/whole"
)

// Whole is what must hold of an organization's invitations: each that is
// pending has its address, and nothing else has; and a user whom it is for is
// there. Those whose time is over are left to the sweeper.
func Whole() []whole.Kind {
	return []whole.Kind{
		{Name: "invitation", Partition: func(at whole.At) string { return table.Invitations(at.Workspace(), at.Organization) }},
		{
			Name:      "pending invitation",
			Partition: func(at whole.At) string { return table.PendingKey(at.Workspace(), at.Organization, "").PK },
			Among:     claimed,
		},
	}
}

// byAddress are pending invitations by the address that each is to have: one
// to an address, save where a half was kept.
type byAddress map[string][]Record

func claimed(ctx context.Context, at whole.At) ([]whole.Finding, error) {
	records, err := pending(ctx, at)
	if err != nil {
		return nil, err
	}
	found, err := forNobody(ctx, at, records)
	if err != nil {
		return nil, err
	}
	rows := table.Query{PK: table.PendingKey(at.Workspace(), at.Organization, "").PK}
	for {
		page, err := at.Table.Query(ctx, rows)
		if err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			var claim pendingClaim
			if err := item.Decode(&claim); err != nil {
				return nil, err
			}
			found = append(found, records.held(at, claim)...)
		}
		if rows.After = page.Next; page.Next == nil {
			return append(found, records.unheld()...), nil
		}
	}
}

func pending(ctx context.Context, at whole.At) (byAddress, error) {
	records, only := byAddress{}, table.Equals("state", Pending)
	q := table.Query{PK: table.Invitations(at.Workspace(), at.Organization), Filter: &only}
	for {
		page, err := at.Table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			var r Record
			if err := item.Decode(&r); err != nil {
				return nil, err
			}
			if r.StateAt(at.Now) == Pending {
				records[r.Email] = append(records[r.Email], r)
			}
		}
		if q.After = page.Next; page.Next == nil {
			return records, nil
		}
	}
}

// forNobody are the findings of pending invitations whose user is gone, or has
// another address: they are taken back.
func forNobody(ctx context.Context, at whole.At, records byAddress) (found []whole.Finding, err error) {
	var forUsers []Record
	for r := range records.all() {
		if r.User != "" {
			forUsers = append(forUsers, r)
		}
	}
	users, wants := make([]struct {
		Email string `json:"email"`
	}, len(forUsers)), make([]*table.Want, len(forUsers))
	for i, r := range forUsers {
		wants[i] = &table.Want{Key: table.UserKey(at.Workspace(), at.Organization, r.User), Into: &users[i]}
	}
	if err := at.Table.Fetch(ctx, wants...); err != nil {
		return nil, err
	}
	for i, r := range forUsers {
		if users[i].Email != r.Email {
			found = append(found, r.strayed(at))
		}
	}
	return found, nil
}

func (b byAddress) all() iter.Seq[Record] {
	return func(yield func(Record) bool) {
		for _, rivals := range b {
			for _, r := range rivals {
				if !yield(r) {
					return
				}
			}
		}
	}
}

func (r Record) strayed(at whole.At) whole.Finding {
	elsewhere := table.Either(table.Absent(), table.Not(table.Equals("email", r.Email)))
	return whole.Finding{
		What: fmt.Sprintf("invitation %s is for user %s, who is not there, or has another address", r.ID, r.User),
		Mend: []*table.Write{
			r.ended(at.Call, Revoked).replace(r), r.released(),
			table.Check(table.UserKey(at.Workspace(), at.Organization, r.User), elsewhere),
		},
	}
}

// held holds a claim against the pending invitations to its address. The one
// that it is of has it; what others there are, are not pending any more. The
// address is then done with.
func (b byAddress) held(at whole.At, claim pendingClaim) (found []whole.Finding) {
	rivals := b[claim.SK]
	i := slices.IndexFunc(rivals, func(r Record) bool { return r.ID == claim.ID })
	switch {
	case i >= 0:
		delete(b, claim.SK)
		if !claim.ExpiresAt.Equal(rivals[i].ExpiresAt) {
			found = append(found, rivals[i].outlived(claim))
		}
		for _, r := range slices.Delete(rivals, i, i+1) {
			found = append(found, r.outrun(at, claim))
		}
	case len(rivals) > 0 || at.Now.Before(claim.ExpiresAt):
		found = append(found, claim.stray(at))
	}
	return found
}

// outlived is that an invitation was sent again, and its address is taken for
// as long as it was before.
func (r Record) outlived(claim pendingClaim) whole.Finding {
	return whole.Finding{
		What: fmt.Sprintf("%s is taken until %s for invitation %s, which is pending until %s",
			claim.SK, claim.ExpiresAt.Format(time.RFC3339), r.ID, r.ExpiresAt.Format(time.RFC3339)),
		Mend: []*table.Write{table.Put(r.claim()).If(table.Equals("id", r.ID)), r.still()},
	}
}

// outrun is that an invitation is pending, and so is another, which has the address.
func (r Record) outrun(at whole.At, claim pendingClaim) whole.Finding {
	return whole.Finding{
		What: fmt.Sprintf("invitation %s is pending, and %s is taken for %s", r.ID, claim.SK, claim.ID),
		Mend: []*table.Write{
			r.ended(at.Call, Revoked).replace(r),
			table.Check(claim.Key, table.Equals("id", claim.ID)),
			table.Check(table.InvitationKey(at.Workspace(), at.Organization, claim.ID), table.Equals("state", Pending)),
		},
	}
}

// stray is that an address is taken for what is not pending, or is so no longer.
func (claim pendingClaim) stray(at whole.At) whole.Finding {
	f := whole.Finding{
		What: fmt.Sprintf("%s is taken for invitation %s, which is not pending", claim.SK, claim.ID),
		Mend: []*table.Write{table.Delete(claim.Key).If(table.Equals("id", claim.ID).And(table.Equals("ttl", claim.Expires)))},
	}
	if at.Now.Before(claim.ExpiresAt) {
		over := table.Either(table.Absent(), table.Not(table.Equals("state", Pending)))
		f.Mend = append(f.Mend, table.Check(table.InvitationKey(at.Workspace(), at.Organization, claim.ID), over))
	}
	return f
}

func (r Record) still() *table.Write {
	return table.Check(r.Key, table.Equals("version", r.Version).And(table.Equals("state", Pending)))
}

// unheld are the findings of pending invitations whose address is not taken. Of
// two to one address the first to be mended gets it; the other is outrun in
// the round that follows.
func (b byAddress) unheld() (found []whole.Finding) {
	for r := range b.all() {
		found = append(found, whole.Finding{
			What: fmt.Sprintf("invitation %s is pending, and has not its address", r.ID),
			Mend: []*table.Write{table.Create(r.claim()), r.still()},
		})
	}
	return found
}
