package invitation

import (
	"atrium/shared/api"
	"atrium/shared/outbox"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/user"
)

// Import is import-users, which invites those whom it imports when it is asked to.
var Import = user.Import(imports{})

// imports makes the invitations of an import. Each is stored with its user, and
// makes them active once it is accepted.
type imports struct{}

// invitee is what is known of an address that may be invited.
type invitee struct {
	claim      pendingClaim
	suppressed outbox.Suppression
}

// Look is what to read of an address.
func (imports) Look(c *api.Call, org, email string) (user.Invitee, []*table.Want) {
	i := &invitee{}
	return i, []*table.Want{
		{Key: table.PendingKey(c.Workspace(), org, email), Into: &i.claim},
		{Key: table.SuppressedKey(c.Workspace(), email), Into: &i.suppressed},
	}
}

// Invite is the invitation of a user who comes to be by the same transaction.
// One that is pending already is kept, and from now on is theirs.
func (i *invitee) Invite(c *api.Call, org string, u user.Record) (writes []*table.Write, pending int, err error) {
	switch {
	case i.suppressed.Holds(c.Now):
		return nil, 0, problem.New(problem.Suppressed, i.suppressed.Reason+" Import this user without invite, or send an invitation and pass its link on yourself.",
			problem.Field{Location: "body.email", Message: "takes no mail"})
	case i.claim.ID != "" && c.Now.Before(i.claim.ExpiresAt):
		return []*table.Write{bound(c, org, i.claim.ID, u.ID)}, 0, nil
	}
	r := newRecord(c, org, Draft{Email: u.Email, Fields: Fields{
		Name: u.Name, Role: u.Role, Sections: u.Sections, Teams: u.Teams, Agents: u.Agents, Language: u.Language,
	}})
	r.User = u.ID
	writes = []*table.Write{table.Create(r), r.noted(c, org)}
	if i.claim.ID == "" {
		return append(writes, table.Create(r.claim()).ElseError(api.ErrStale)), 1, nil
	}
	// That one was counted, and this one takes its place.
	return append(writes, r.replacing(c, org, i.claim.ID)...), 0, nil
}

// bound is the write that makes a pending invitation a user's: it is not for
// anybody else who has the address by the time it is accepted.
func bound(c *api.Call, org, invitation, user string) *table.Write {
	return table.Update(table.InvitationKey(c.Workspace(), org, invitation), table.Set("user", user)).
		If(table.Equals("state", Pending)).ElseError(api.ErrStale)
}

// replacing are the writes that take the address from an invitation whose time
// ended unswept.
func (r Record) replacing(c *api.Call, org, expired string) []*table.Write {
	gone := table.InvitationKey(c.Workspace(), org, expired)
	return []*table.Write{
		table.Put(r.claim()).If(table.Equals("id", expired)).ElseError(api.ErrStale),
		table.Update(gone, table.Set("state", Expired)).If(table.Equals("state", Pending)).ElseError(api.ErrStale),
	}
}
