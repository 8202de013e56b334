package invitation

import (
	"context"
	"fmt"

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
			if f, wrong := held(at, records, item); wrong {
				found = append(found, f)
			}
		}
		if rows.After = page.Next; page.Next == nil {
			return append(found, unheld(records)...), nil
		}
	}
}

// pending are the organization's pending invitations, by address.
func pending(ctx context.Context, at whole.At) (map[string]Record, error) {
	records, only := map[string]Record{}, table.Equals("state", Pending)
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
				records[r.Email] = r
			}
		}
		if q.After = page.Next; page.Next == nil {
			return records, nil
		}
	}
}

// forNobody are the findings of pending invitations whose user is gone, or has
// another address: they are taken back.
func forNobody(ctx context.Context, at whole.At, records map[string]Record) (found []whole.Finding, err error) {
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

// held holds a claim against the pending invitations, and takes the one that
// it is of from those that are still to be found one.
func held(at whole.At, records map[string]Record, item table.Item) (whole.Finding, bool) {
	var claim pendingClaim
	if err := item.Decode(&claim); err != nil || !at.Now.Before(claim.ExpiresAt) {
		return whole.Finding{}, false
	}
	if r, ok := records[claim.SK]; ok && r.ID == claim.ID {
		delete(records, claim.SK)
		return whole.Finding{}, false
	}
	return whole.Finding{
		What: fmt.Sprintf("%s is taken for invitation %s, which is not pending", claim.SK, claim.ID),
		Mend: []*table.Write{
			table.Delete(claim.Key).If(table.Equals("id", claim.ID)),
			table.Check(table.InvitationKey(at.Workspace(), at.Organization, claim.ID), table.Either(table.Absent(), table.Not(table.Equals("state", Pending)))),
		},
	}, true
}

// unheld are the findings of pending invitations whose address is not taken for them.
func unheld(records map[string]Record) (found []whole.Finding) {
	for _, r := range records {
		still := table.Check(r.Key, table.Equals("version", r.Version).And(table.Equals("state", Pending)))
		found = append(found, whole.Finding{
			What: fmt.Sprintf("invitation %s is pending, and has not its address", r.ID),
			Mend: []*table.Write{table.Create(r.claim()), still},
		})
	}
	return found
}
