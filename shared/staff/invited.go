package staff

import (
	"context"
	"errors"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// Load reads one of the caller's staff, or answers 404.
func Load(ctx context.Context, c *api.Call, person string) (Record, error) {
	if !id.Is(id.Staff, person) {
		return Record{}, noPerson()
	}
	r, err := table.Get[Record](ctx, c.Table, table.StaffKey(c.Workspace(), person))
	if errors.Is(err, table.ErrNotFound) {
		err = noPerson()
	}
	return r, err
}

func noPerson() error { return problem.NotFoundf("member of the staff") }

// Holder says who of the staff has an address.
type Holder struct{ ID string }

func (h Holder) Error() string { return "staff: " + h.ID + " has the address" }

// EmailTaken is the answer to who would be the second of an address.
func EmailTaken(person string) error {
	taken := problem.New(problem.EmailTaken, "Somebody with this address is among the staff already.",
		problem.Field{Location: "body.email", Message: "is taken"})
	taken.ID = person
	return taken
}

// AddInvited are the writes that make somebody staff who is still to accept an
// invitation; the error is a Holder where the address is somebody's.
func (p Person) AddInvited(c *api.Call, invitation string) []*table.Write {
	r := NewRecord(c.Workspace(), p)
	r.Invitation = invitation
	claim := p.claim(c.Workspace()).Else(func(old table.Item) error { return Holder{old.String("id")} })
	return []*table.Write{claim, table.Create(r)}
}

// Reinvited is the person with another invitation, one version on.
func (r Record) Reinvited(c *api.Call, name string, role access.Role, invitation string) Record {
	r.Name, r.Role, r.Invitation, r.Resource = name, role, invitation, r.Next(c.Now)
	return r
}

// Uninvited are the writes that undo AddInvited, as when the person declines.
func Uninvited(c *api.Call, person, email string) []*table.Write {
	still := table.Equals("status", Invited)
	return []*table.Write{
		table.Delete(table.StaffKey(c.Workspace(), person)).If(still).ElseError(api.ErrStale),
		table.Delete(table.StaffEmailKey(c.Workspace(), email)),
	}
}

// Arrived is an invited person who has accepted, by the name they give.
func (r Record) Arrived(c *api.Call, name string) Record {
	if name != "" {
		r.Name = name
	}
	r.Status, r.LastSeenAt, r.Resource = Active, &c.Now, r.Next(c.Now)
	return r
}
