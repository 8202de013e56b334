package invitation

import (
	"context"
	"errors"
	"time"

	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/table"
	"atrium/shared/user"
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
	return countedOut(ctx, c, org, after.replace(r))
}

// TakeBack is what follows when a user is gone, or has another address: what
// was pending to the old one is revoked. It is told of that later, and leaves
// alone what was sent to the address since.
func TakeBack(ctx context.Context, c *api.Call, org string, gone user.Record, at time.Time) error {
	var claim pendingClaim
	if err := c.Table.Fetch(ctx, &table.Want{Key: table.PendingKey(c.Workspace(), org, gone.Email), Into: &claim}); err != nil || claim.ID == "" {
		return err
	}
	r, err := table.Get[Record](ctx, c.Table, table.InvitationKey(c.Workspace(), org, claim.ID))
	if errors.Is(err, table.ErrNotFound) {
		return nil // the organization is purged
	}
	if err != nil || r.State != Pending || r.User != gone.ID && !r.UpdatedAt.Before(at) {
		return err
	}
	after := r.ended(c, Revoked)
	return countedOut(ctx, c, org, after.replace(r), r.released(),
		activity.Record(c, org, "invitation.revoked", after.Party(), patch.Diff(r.life(), after.life())))
}

// countedOut makes the writes of an invitation that is pending no more. If
// somebody changed it meanwhile, the stream's record comes again; an
// organization that is purged meanwhile counts nothing, and takes it along.
func countedOut(ctx context.Context, c *api.Call, org string, writes ...*table.Write) error {
	err := c.Table.Commit(ctx, append([]*table.Write{organization.Discount(c, org, "pendingInvitations")}, writes...)...)
	if errors.Is(err, organization.ErrGone) {
		return nil
	}
	return err
}
