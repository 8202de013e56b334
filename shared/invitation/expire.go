package invitation

import (
	"context"
	"errors"

	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/table"
)

// Expire is what follows when the address of a pending invitation was given
// free: if that was the sweeper's doing, the invitation has expired, and is
// counted out. Whatever else gave it free has seen to that already.
func Expire(ctx context.Context, c *api.Call, org string, released table.Item) error {
	var claim pendingClaim
	if err := released.Decode(&claim); err != nil {
		return err
	}
	r, err := table.Get[Record](ctx, c.Table, table.InvitationKey(c.Workspace(), org, claim.ID))
	if errors.Is(err, table.ErrNotFound) {
		return nil // the organization is purged
	}
	if err != nil || r.State != Pending || r.StateAt(c.Now) != Expired {
		return err
	}
	after := r.ended(c, Expired)
	// If somebody changed it meanwhile, the stream's record comes again.
	return c.Table.Commit(ctx, after.replace(r), organization.Discount(c, org, "pendingInvitations"))
}

// TakeBack is what follows when the user whom an import invited is gone, or has
// another address: the invitation that is still to be accepted is revoked.
func TakeBack(ctx context.Context, c *api.Call, org, email, user string) error {
	var claim pendingClaim
	if err := c.Table.Fetch(ctx, &table.Want{Key: table.PendingKey(c.Workspace(), org, email), Into: &claim}); err != nil || claim.ID == "" {
		return err
	}
	r, err := table.Get[Record](ctx, c.Table, table.InvitationKey(c.Workspace(), org, claim.ID))
	if errors.Is(err, table.ErrNotFound) {
		return nil // the organization is purged
	}
	if err != nil || r.State != Pending || r.User != user {
		return err
	}
	after := r.ended(c, Revoked)
	// If somebody changed it meanwhile, the stream's record comes again.
	return c.Table.Commit(ctx, after.replace(r), r.released(), organization.Discount(c, org, "pendingInvitations"),
		activity.Record(c, org, "invitation.revoked", after.Party(), patch.Diff(r.life(), after.life())))
}
