package staff

import (
	"context"
	"errors"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/patch"
	"atrium/shared/table"
)

// Remove takes somebody out of the agency.
var Remove = api.Operation{
	Name: "remove-staff", Method: http.MethodDelete, Path: "/staff/{id}", Tag: "Staff",
	Summary: "Remove somebody from the staff",
	Description: "Takes somebody out of the agency for good: their sessions end, or their invitation if they have not accepted it yet. The address is free again. " +
		"Only owners remove owners. Everybody who may call this may also leave by it; the last owner cannot (409 `last_owner`).",
	May:     access.Rule{Staff: access.Admin},
	Status:  http.StatusNoContent,
	Rights:  true,
	Handler: api.Func[removeInput, api.Empty](remove),
}

type removeInput struct {
	api.Conditional
	ID string `path:"id" doc:"The person's id."`
}

func remove(ctx context.Context, c *api.Call, in *removeInput) (*api.Empty, error) {
	return api.Optimistic(ctx, func(ctx context.Context) (*api.Empty, error) {
		r, err := Load(ctx, c, in.ID)
		if err != nil {
			return nil, err
		}
		if err := in.Demands(r); err != nil {
			return nil, err
		}
		if err := mayMake(c, r.Role, r.Role); err != nil {
			return nil, err
		}
		return &api.Empty{}, r.remove(ctx, c)
	})
}

// remove takes the person out, and ends their invitation. One that has ended
// already, as by the one who was invited, needs no end.
func (r Record) remove(ctx context.Context, c *api.Call) error {
	if r.Status != Invited || r.Invitation == "" {
		return c.Commit(ctx, r.removed(c)...)
	}
	err := c.Commit(ctx, append(r.removed(c), r.uninvited(c))...)
	if errors.Is(err, errEnded) {
		return c.Commit(ctx, r.removed(c)...)
	}
	return err
}

// removed are the writes that take the person out of everything.
func (r Record) removed(c *api.Call) []*table.Write {
	was := struct {
		Name   string      `json:"name"`
		Email  string      `json:"email"`
		Role   access.Role `json:"role"`
		Status Status      `json:"status"`
	}{r.Name, r.Email, r.Role, r.Status}
	writes := []*table.Write{
		table.Delete(r.Key).If(table.Equals("version", r.Version)).ElseError(api.ErrStale),
		table.Delete(table.StaffEmailKey(c.Workspace(), r.Email)),
		activity.Record(c, "", "staff.removed", r.Party(), patch.Gone(was)),
	}
	return append(writes, counted(c.Workspace(), r.Person, Person{})...)
}

// errEnded says that an invitation is not pending.
var errEnded = errors.New("staff: the invitation has ended")

// uninvited is the write that ends the person's invitation, and with it the
// mail, if that is still to be sent. Who knows all of an invitation knows this
// package: so it is written by its attributes here.
func (r Record) uninvited(c *api.Call) *table.Write {
	revoke := table.Set("state", "revoked").
		Set(table.Path("updatedAt"), table.Value(c.Now)).Add(table.Path("version"), table.Value(1)).
		Remove(table.Path("outbox")).Remove(table.Path("gs3pk")).Remove(table.Path("gs3sk"))
	return table.Update(table.InvitationKey(c.Workspace(), "", r.Invitation), revoke).
		If(table.Equals("state", "pending")).ElseError(errEnded)
}
