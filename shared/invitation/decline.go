package invitation

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/patch"
	"atrium/shared/staff"
	"atrium/shared/table"
)

// Decline turns an invitation down.
var Decline = api.Operation{
	Name: "decline-invitation", Method: http.MethodPost, Path: "/invitations/{token}/decline", Tag: "Invitations",
	Summary:     "Decline an invitation",
	Description: "Turns an invitation down. Its link is dead from now on; whoever invited sees it. A dead link is 410, with a code that says why.",
	May:         access.Rule{Public: true},
	Status:      http.StatusNoContent,
	Refuses:     []int{http.StatusNotFound, http.StatusConflict, http.StatusGone},
	Handler:     api.Func[declineInput, api.Empty](decline),
}

type declineInput struct {
	api.Idempotent
	Link
}

func decline(ctx context.Context, c *api.Call, in *declineInput) (*api.Empty, error) {
	plan := func(ctx context.Context) (p api.Plan[api.Empty], err error) {
		o, err := open(ctx, c, in.Token)
		if err == nil {
			p.Made, p.Writes = o.record.ID, o.record.declined(c)
		}
		return p, err
	}
	nothing := func(context.Context, string) (api.Empty, error) { return api.Empty{}, nil }
	return api.Optimistic(ctx, func(ctx context.Context) (*api.Empty, error) {
		_, _, err := api.OncePlanned(ctx, c, plan, nothing)
		return &api.Empty{}, err
	})
}

// declined are the writes of an invitation that is turned down.
func (r Record) declined(c *api.Call) []*table.Write {
	after := r.ended(c, Declined)
	if r.Staff == "" {
		return after.leaves(c, r, "invitation.declined")
	}
	return append(staff.Uninvited(c, r.Staff, r.Email),
		after.replace(r), activity.Record(c, "", "invitation.declined", after.Party(), patch.Diff(r.life(), after.life())))
}
