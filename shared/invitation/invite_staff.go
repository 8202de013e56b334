package invitation

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/staff"
	"atrium/shared/table"
	"atrium/shared/text"
)

// Staff invites somebody to the agency's staff.
var Staff = api.Operation{
	Name: "invite-staff", Method: http.MethodPost, Path: "/staff", Tag: "Staff",
	Summary: "Invite somebody to the staff",
	Description: "Makes somebody one of the agency's people, `invited` until they accept, and sends them a mail. Only owners invite owners. " +
		"While an invitation is pending, another one to the address is 409 `already_pending`; when it has expired, this sends a new one, in the role given now.",
	May:     access.Rule{Staff: access.Admin},
	Status:  http.StatusCreated,
	Rights:  true,
	Handler: api.Func[staffInput, api.Creation[staff.Person]](inviteStaff),
}

type staffInput struct {
	api.Idempotent
	Body Colleague
}

// Colleague is whom to invite.
type Colleague struct {
	Email string      `json:"email" maxLength:"254" example:"max@agency.example"`
	Name  string      `json:"name" maxLength:"120" example:"Max Weber"`
	Role  access.Role `json:"role" enum:"owner,admin,member" doc:"Only owners may give the role of owner."`
}

func (b *Colleague) settle() error {
	c := text.Check{At: "body"}
	c.Name("name", &b.Name)
	c.Email("email", &b.Email)
	c.OneOf("role", string(b.Role), string(access.Owner), string(access.Admin), string(access.Member))
	return c.Err()
}

func inviteStaff(ctx context.Context, c *api.Call, in *staffInput) (*api.Creation[staff.Person], error) {
	b := in.Body
	if err := b.settle(); err != nil {
		return nil, err
	}
	if b.Role == access.Owner && c.Principal.Role != access.Owner {
		return nil, problem.New(problem.Forbidden, "Only owners invite owners.", problem.Field{Location: "body.role", Message: "is above your own"})
	}
	load := func(ctx context.Context, made string) (staff.Record, error) { return staff.Load(ctx, c, made) }
	var holder staff.Holder
	var replayed bool
	r, err := api.Optimistic(ctx, func(ctx context.Context) (r staff.Record, err error) {
		plan := func(ctx context.Context) (api.Plan[staff.Record], error) { return b.plan(ctx, c, holder.ID) }
		r, replayed, err = api.OncePlanned(ctx, c, plan, load)
		if errors.As(err, &holder) {
			err = api.ErrStale
		}
		return r, err
	})
	if err != nil {
		return nil, err
	}
	return api.Created(r.Person, replayed), nil
}

// plan is the invitation of a person who is new, or of the one who has the
// address, and did not come in while the last invitation worked.
func (b Colleague) plan(ctx context.Context, c *api.Call, holder string) (p api.Plan[staff.Record], err error) {
	inv := b.record(c)
	if holder == "" {
		person := staff.New(c, b.Name, b.Email, b.Role, staff.Invited)
		p.Result, p.Writes = staff.NewRecord(c.Workspace(), person), person.AddInvited(c, inv.ID)
	} else if p, err = b.again(ctx, c, holder, inv.ID); err != nil {
		return p, err
	}
	p.Made, inv.Staff = p.Result.ID, p.Result.ID
	p.Writes = append(p.Writes, table.Create(inv), activity.Record(c, "", "staff.invited", p.Result.Party(), patch.Diff(Colleague{}, b)))
	return p, nil
}

// again is the invitation of a person who was invited before.
func (b Colleague) again(ctx context.Context, c *api.Call, holder, invitation string) (p api.Plan[staff.Record], err error) {
	before, err := staff.Load(ctx, c, holder)
	if problem.Is(err, problem.NotFound) {
		return p, staff.Holder{} // removed since: nobody has it
	}
	if err != nil {
		return p, err
	}
	last, err := b.last(ctx, c, before)
	p.Result = before.Reinvited(c, b.Name, b.Role, invitation)
	p.Writes = append(last, table.Change(before, p.Result).If(table.Equals("version", before.Version)).ElseError(api.ErrStale))
	return p, err
}

// last ends the invitation that a person has not accepted, if its time is over.
func (b Colleague) last(ctx context.Context, c *api.Call, person staff.Record) ([]*table.Write, error) {
	if person.Status != staff.Invited {
		return nil, staff.EmailTaken(person.ID)
	}
	old, err := table.Get[Record](ctx, c.Table, table.InvitationKey(c.Workspace(), "", person.Invitation))
	if err != nil {
		return nil, err
	}
	if old.StateAt(c.Now) == Pending {
		pending := problem.New(problem.AlreadyPending, fmt.Sprintf("An invitation to this address is pending already: %s. Remove the person to take it back.", person.ID),
			problem.Field{Location: "body.email", Message: "has a pending invitation"})
		pending.ID = person.ID
		return nil, pending
	}
	return []*table.Write{old.ended(c, Expired).replace(old)}, nil
}

// record is the invitation itself.
func (b Colleague) record(c *api.Call) Record {
	r := Record{Invitation: Invitation{
		Resource: c.NewResource(id.New(id.Invitation, c.Now)), Email: b.Email, Fields: Fields{Name: b.Name, Role: b.Role}, State: Pending,
		ExpiresAt: expiry(c.Now, defaultDays), InvitedBy: activity.Actor(c.Principal),
	}, Generation: 1, Days: defaultDays}
	r.Key = table.InvitationKey(c.Workspace(), "", r.ID)
	r.post(c.Now)
	return r
}
