package invitation

import (
	"context"
	"errors"

	"atrium/shared/api"
	"atrium/shared/organization"
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
