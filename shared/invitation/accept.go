package invitation

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/session"
	"atrium/shared/staff"
	"atrium/shared/table"
	"atrium/shared/text"
	"atrium/shared/token"
	"atrium/shared/user"
)

// Accept lets in whoever has an invitation's link.
var Accept = api.Operation{
	Name: "accept-invitation", Method: http.MethodPost, Path: "/invitations/{token}/accept", Tag: "Invitations",
	Summary: "Accept an invitation",
	Description: "Makes whoever has the link a user of the organization, or one of the agency's staff, with just what the invitation brings, and opens a session that speaks for them; one by a link that was not mailed never speaks for anybody else who has the address. " +
		"The link works once: of two at the same time one gets in, and the other 410 `accepted`. Into an organization that is not active it is 409, and the invitation stays pending.",
	May:     access.Rule{Public: true},
	Refuses: []int{http.StatusNotFound, http.StatusGone},
	Handler: api.Func[acceptInput, session.Output](accept),
}

type acceptInput struct {
	api.Idempotent
	Link
	Body struct {
		Name string `json:"name" required:"false" maxLength:"120" example:"Ann Lee" doc:"What to be called; as in the invitation unless given."`
	}
}

func accept(ctx context.Context, c *api.Call, in *acceptInput) (*session.Output, error) {
	if in.Body.Name != "" {
		check := text.Check{At: "body"}
		if check.Name("name", &in.Body.Name); check.Err() != nil {
			return nil, check.Err()
		}
	}
	var holder user.Holder
	return api.Optimistic(ctx, func(ctx context.Context) (*session.Output, error) {
		out, err := session.Begin(ctx, c, func(ctx context.Context) (session.Opening, []*table.Write, error) {
			o, err := open(ctx, c, in.Token)
			switch {
			case err != nil:
				return session.Opening{}, nil, err
			case o.record.Staff != "":
				return o.hire(ctx, c, in.Body.Name)
			default:
				return o.admit(ctx, c, cmp.Or(o.record.User, holder.ID), in.Body.Name)
			}
		})
		if errors.As(err, &holder) {
			return nil, api.ErrStale
		}
		return out, err
	})
}

// begins is the session of somebody who has just come to be, beside whatever
// else they are in the workspace: unless anybody may have had the link.
func (o *opened) begins(ctx context.Context, c *api.Call, newcomer session.Person) (session.Opening, error) {
	people, err := session.People(ctx, c.Table, c.Workspace(), token.Person(newcomer.Email))
	if err != nil {
		return session.Opening{}, err
	}
	people = slices.DeleteFunc(people, func(p session.Person) bool { return p.ID == newcomer.ID })
	opening, err := session.Open(c, newcomer.Email, append(people, newcomer), newcomer.ID)
	if o.record.HandedOver() {
		opening = opening.Unproven()
	}
	return opening.Fresh(), err
}

// admit lets somebody into the organization: the user whom it has there, or
// else a new one.
func (o *opened) admit(ctx context.Context, c *api.Call, there, name string) (session.Opening, []*table.Write, error) {
	org := o.record.Organization()
	if o.head.Organization.Status != string(organization.Active) {
		return session.Opening{}, nil, organization.Closed()
	}
	u, writes, err := o.entrant(ctx, c, there, name)
	if err != nil {
		return session.Opening{}, nil, err
	}
	opening, err := o.begins(ctx, c, session.Person{Key: u.Key, ID: u.ID, Name: u.Name, Email: u.Email, Role: u.Role, Status: string(u.Status)})
	if err != nil {
		return opening, nil, err
	}
	return opening, append(writes, o.accepted(c, org)...), nil
}

func (o *opened) entrant(ctx context.Context, c *api.Call, there, name string) (user.Record, []*table.Write, error) {
	if there == "" {
		return o.newcomer(c, name)
	}
	return o.known(ctx, c, there, name)
}

// newcomer is the user that the invitation makes, by the name that they give,
// with the writes.
func (o *opened) newcomer(c *api.Call, name string) (user.Record, []*table.Write, error) {
	r, org := o.record, o.record.Organization()
	name = cmp.Or(name, r.Name, strings.Split(r.Email, "@")[0])
	shown := r.Shown(c.Now)
	fields := user.Fields{
		Name: name, Email: r.Email, Role: r.Role, Sections: shown.Sections.Within(o.head.Organization.Ceiling), Agents: shown.Agents, Language: r.Language,
		Teams: slices.DeleteFunc(shown.Teams, func(team string) bool { return !slices.Contains(o.head.Organization.TeamKeys, team) }),
	}
	if err := fields.Settle(); err != nil {
		return user.Record{}, nil, err
	}
	u := user.NewRecord(c, org, user.User{Resource: c.NewResource(id.New(id.User, c.Now)), Fields: fields, LastSeenAt: &c.Now})
	o.speaksFor(c, u, u.Name)
	writes := append(u.Entered(c, org), u.Joined(c, org)...)
	return u, append(writes, organization.Enter(c, org, 1)), nil
}

// known is a user whom there is already, with the writes that let them in. Who
// was waiting to be let in is active from now on. Others were made users under
// the address since they were invited: what they are, they stay, and the
// invitation has come to what it was for.
func (o *opened) known(ctx context.Context, c *api.Call, there, name string) (user.Record, []*table.Write, error) {
	org := o.record.Organization()
	u, err := user.Load(ctx, c, org, there)
	gone := problem.Is(err, problem.NotFound) || err == nil && u.Email != o.record.Email
	switch {
	case gone && o.record.User != "":
		return u, nil, dead[Revoked] // the one it was for: it is about to be taken back
	case gone:
		return u, nil, user.Holder{} // nobody has the address any more
	case err != nil:
		return u, nil, err
	}
	enters := organization.Enter(c, org, 0)
	switch u.Status {
	case user.Invited:
		o.speaksFor(c, u, cmp.Or(name, u.Name))
		after, writes := u.Activated(c, org, name)
		return after, append(writes, enters), nil
	case user.Active:
		o.speaksFor(c, u, u.Name)
		still := table.Check(u.Key, table.Equals("status", user.Active).And(table.Equals("email", u.Email))).ElseError(api.ErrStale)
		return u, []*table.Write{still, enters}, nil
	default:
		return u, nil, problem.New(problem.NotPending, "You are a user here already, and suspended. Ask whoever invited you.")
	}
}

// speaksFor makes a user the caller, by a name.
func (o *opened) speaksFor(c *api.Call, u user.Record, name string) {
	c.Principal = access.Principal{
		Type: access.Client, ID: u.ID, Name: name, Email: u.Email, Role: u.Role, Workspace: c.Workspace(), Organization: o.record.Organization(),
	}
}

// accepted are the writes on the invitation itself.
func (o *opened) accepted(c *api.Call, org string) []*table.Write {
	after := o.record.ended(c, Accepted)
	writes := []*table.Write{
		after.replace(o.record),
		activity.Record(c, org, "invitation.accepted", after.Party(), patch.Diff(o.record.life(), after.life())),
	}
	if org != "" {
		writes = append(writes, o.record.released())
	}
	return writes
}

// hire makes one of the agency's people.
func (o *opened) hire(ctx context.Context, c *api.Call, name string) (session.Opening, []*table.Write, error) {
	before, err := staff.Load(ctx, c, o.record.Staff)
	if problem.Is(err, problem.NotFound) {
		err = dead[Revoked]
	}
	if err != nil {
		return session.Opening{}, nil, err
	}
	after := before.Arrived(c, name)
	c.Principal = after.Person.Principal(c.Workspace())
	opening, err := o.begins(ctx, c, session.Person{Key: after.Key, ID: after.ID, Name: after.Name, Email: after.Email, Role: after.Role, Status: string(after.Status)})
	if err != nil {
		return opening, nil, err
	}
	came := table.Change(before, after).If(table.Equals("version", before.Version)).If(table.Equals("status", staff.Invited)).ElseError(api.ErrStale)
	writes := append([]*table.Write{came}, o.accepted(c, "")...)
	if after.Role == access.Owner {
		writes = append(writes, staff.CountOwners(c.Workspace(), 1))
	}
	return opening, writes, nil
}
