package invitation

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/table"
)

// Revoke takes an invitation back.
var Revoke = api.Operation{
	Name: "revoke-invitation", Method: http.MethodPost, Path: "/organizations/{o}/invitations/{i}/revoke", Tag: "Invitations",
	Summary:     "Revoke an invitation",
	Description: "Takes a pending invitation back: its link is dead, and a mail that is not out yet is not sent. One that was accepted, declined or revoked is 409 `not_pending`; remove the user instead.",
	May:         access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.InvitationsWrite},
	Rights:      true,
	Handler:     api.Func[againInput, api.Creation[Invitation]](revoke),
}

func revoke(ctx context.Context, c *api.Call, in *againInput) (*api.Creation[Invitation], error) {
	return in.change(ctx, c, func(before Record) ([]*table.Write, Record, error) {
		if state := before.StateAt(c.Now); state != Pending && state != Expired {
			return nil, before, notPending(state)
		}
		after := before.ended(c, Revoked)
		return after.leaves(c, before, "invitation.revoked"), after, nil
	})
}

// leaves are the writes of an invitation to an organization that is pending no more.
func (r Record) leaves(c *api.Call, before Record, action string) []*table.Write {
	org := r.Organization()
	writes := []*table.Write{
		r.replace(before),
		activity.Record(c, org, action, r.Party(), patch.Diff(before.life(), r.life())),
	}
	if before.State != Pending {
		return append(writes, organization.Open(c, org))
	}
	return append(writes, organization.Count(c, org, "pendingInvitations", -1), r.released())
}
