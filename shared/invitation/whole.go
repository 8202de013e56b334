package invitation

import (
	"context"
	"fmt"
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

// byAddress are pending invitations by the address that each is to have.
type byAddress map[string]Record

func claimed(ctx context.Context, at whole.At) ([]whole.Finding, error) {
	records, found, err := pending(ctx, at)
	if err != nil {
		return nil, err
	}
	nobodys, err := forNobody(ctx, at, records)
	if err != nil {
		return nil, err
	}
	found = append(found, nobodys...)
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
			if f, wrong := records.held(at, claim); wrong {
				found = append(found, f)
			}
		}
		if rows.After = page.Next; page.Next == nil {
			return append(found, records.unheld()...), nil
		}
	}
}

// pending are the organization's pending invitations. There is one to an
// address; where a half was kept there may be others, which are findings: an
// address is given again only when whoever had it is done, so the one that
// changed last is the one that is pending, whomever the address is taken for.
func pending(ctx context.Context, at whole.At) (records byAddress, outrun []whole.Finding, err error) {
	records = byAddress{}
	only := table.Equals("state", Pending)
	q := table.Query{PK: table.Invitations(at.Workspace(), at.Organization), Filter: &only}
	for {
		page, err := at.Table.Query(ctx, q)
		if err != nil {
			return nil, nil, err
		}
		for _, item := range page.Items {
			var r Record
			if err := item.Decode(&r); err != nil {
				return nil, nil, err
			}
			if r.StateAt(at.Now) != Pending {
				continue
			}
			if other, ok := records[r.Email]; ok {
				if other.UpdatedAt.After(r.UpdatedAt) {
					r, other = other, r
				}
				outrun = append(outrun, other.outrun(at, r))
			}
			records[r.Email] = r
		}
		if q.After = page.Next; page.Next == nil {
			return records, outrun, nil
		}
	}
}

// forNobody are the findings of pending invitations whose user is gone, or has
// another address: they are taken back.
func forNobody(ctx context.Context, at whole.At, records byAddress) (found []whole.Finding, err error) {
	users := map[string]*struct {
		Email string `json:"email"`
	}{}
	var wants []*table.Want
	for _, r := range records {
		if r.User != "" {
			users[r.ID] = new(struct {
				Email string `json:"email"`
			})
			wants = append(wants, &table.Want{Key: table.UserKey(at.Workspace(), at.Organization, r.User), Into: users[r.ID]})
		}
	}
	if err := at.Table.Fetch(ctx, wants...); err != nil {
		return nil, err
	}
	for _, r := range records {
		if u := users[r.ID]; u != nil && u.Email != r.Email {
			found = append(found, r.strayed(at))
		}
	}
	return found, nil
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

// outrun is that an invitation is pending, and so is a later one to its address.
func (r Record) outrun(at whole.At, by Record) whole.Finding {
	return whole.Finding{
		What: fmt.Sprintf("invitation %s is pending, and so is %s, a later one to the same address", r.ID, by.ID),
		Mend: []*table.Write{r.ended(at.Call, Revoked).replace(r), by.still()},
	}
}

// held holds a claim against the pending invitation to its address, and takes
// the one that it is of from those that are still to be found one.
func (b byAddress) held(at whole.At, claim pendingClaim) (whole.Finding, bool) {
	r, ok := b[claim.SK]
	if ok && r.ID == claim.ID {
		delete(b, claim.SK)
		return r.outlived(claim), !claim.ExpiresAt.Equal(r.ExpiresAt)
	}
	return claim.stray(at), ok || at.Now.Before(claim.ExpiresAt) // where nobody waits for it, what is over is left to the sweeper
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

// unheld are the findings of pending invitations whose address is not taken for them.
func (b byAddress) unheld() (found []whole.Finding) {
	for _, r := range b {
		found = append(found, whole.Finding{
			What: fmt.Sprintf("invitation %s is pending, and has not its address", r.ID),
			Mend: []*table.Write{table.Create(r.claim()), r.still()},
		})
	}
	return found
}
