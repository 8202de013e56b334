// Package session is how people are let in and stay in: a sign-in link opens a
// session, which gives access tokens for a quarter of an hour each and a
// refresh token for the next.
//
// A session is of one person, by their address, within one workspace: there
// they may be several, one of the staff and a user of some organizations, and
// speak for one at a time. Nothing that is stored opens anything (see token).
package session

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/token"
)

// Life is how long a session lives after it was last refreshed.
const Life = 30 * 24 * time.Hour

// Record is a session as the table holds it.
type Record struct {
	table.Key
	ID    string `json:"id"`
	Email string `json:"email"`
	// Principal, Type and Organization are whom it speaks for; empty while none is chosen.
	Principal    string      `json:"principal,omitempty"`
	Type         access.Type `json:"type,omitempty"`
	Organization string      `json:"organization,omitempty"`
	// Generation is the refresh token's, and RotatedAt when it became that.
	Generation int        `json:"generation"`
	RotatedAt  time.Time  `json:"rotatedAt"`
	CreatedAt  time.Time  `json:"createdAt"`
	ExpiresAt  time.Time  `json:"expiresAt"`
	EndedAt    *time.Time `json:"endedAt,omitempty"`
	// Unproven is set where the session was opened by a link that was handed over,
	// and not read in a mail: the address may be anybody's. So it speaks for the
	// principal that the link was for, and for nobody else who has the address.
	Unproven bool `json:"unproven,omitempty"`
	// Actor is set under impersonation.
	Actor *Actor `json:"actor,omitempty"`
	// Expires is ExpiresAt for the table's sweeper.
	Expires int64 `json:"ttl"`
}

// Actor is one of the staff who looks at the dashboard as a user.
type Actor struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
	Write  bool   `json:"write,omitempty"`
}

// Ended tells whether the session opens nothing any more.
func (r Record) Ended(now time.Time) bool {
	return r.ID == "" || r.EndedAt != nil || !now.Before(r.ExpiresAt)
}

// Principal is one of those that a person can be.
type Principal struct {
	ID           string      `json:"id" example:"usr_01jd6v0c8ge2rs2k9v2q1m4t7x"`
	Type         access.Type `json:"type" enum:"staff,user,key"`
	Name         string      `json:"name" example:"Ann Lee"`
	Email        string      `json:"email" example:"ann@example.com"`
	Role         access.Role `json:"role" enum:"owner,admin,member,org_admin,user,key"`
	Organization string      `json:"organization,omitempty" example:"org_01jd6v0c8ge2rs2k9v2q1m4t7x" doc:"Its id; absent for staff."`
	Workspace    string      `json:"workspace" example:"ws_01jd6v0c8ge2rs2k9v2q1m4t7x" doc:"Its id."`
}

// Person is one that somebody can be, as the table's index of people has it:
// a part of a user's record, or of one of the staff.
type Person struct {
	table.Key
	ID       string      `json:"id"`
	Name     string      `json:"name"`
	Email    string      `json:"email"`
	Role     access.Role `json:"role"`
	Status   string      `json:"status"`
	Language string      `json:"language"`
}

// active is the status of those who are let in.
const active = "active"

// Workspace and Organization are where the person is one; staff have no organization.
func (p Person) Workspace() string {
	ws, _, _ := strings.Cut(p.PK, "#")
	return ws
}

// Organization is the user's; empty for staff.
func (p Person) Organization() string {
	if parts := strings.Split(p.PK, "#"); len(parts) == 3 {
		return parts[1]
	}
	return ""
}

// Type is the family.
func (p Person) Type() access.Type {
	if p.Organization() == "" {
		return access.Staff
	}
	return access.Client
}

// Principal is the person as callers see it.
func (p Person) Principal() Principal {
	return Principal{
		ID: p.ID, Type: p.Type(), Name: p.Name, Email: p.Email, Role: p.Role, Organization: p.Organization(), Workspace: p.Workspace(),
	}
}

// People are all that an address is in a workspace, or in any where ws is
// empty, and is let in as: staff first, then by age.
func People(ctx context.Context, t *table.Table, ws, person string) ([]Person, error) {
	q := table.Query{Index: table.G2, PK: table.Person(person)}
	if ws != "" {
		q.Prefix = table.Principal(ws, "")
	}
	var all []Person
	for {
		rows, err := t.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		people, err := api.Decode[Person](rows.Items)
		if err != nil {
			return nil, err
		}
		all = append(all, people...)
		if q.After = rows.Next; rows.Next == nil {
			break
		}
	}
	all = slices.DeleteFunc(all, func(p Person) bool { return p.Status != active })
	slices.SortFunc(all, func(a, b Person) int {
		return cmp.Or(cmp.Compare(a.Workspace(), b.Workspace()), cmp.Compare(a.Type(), b.Type()), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}

// Tokens are what lets somebody in.
type Tokens struct {
	AccessToken  string      `json:"accessToken" doc:"For Authorization: Bearer …; works for expiresIn seconds."`
	RefreshToken string      `json:"refreshToken,omitempty" doc:"For PUT /session, once. Absent in the replay of a request whose session has been refreshed since."`
	ExpiresIn    int         `json:"expiresIn" example:"900" doc:"Seconds."`
	Principals   []Principal `json:"principals" doc:"All that the person can be here."`
	Principal    *Principal  `json:"principal" doc:"Whom the token speaks for; null while one of several is still to be chosen: then only GET /me works."`
}

// TransformSchema says that the principal may be null: huma knows that of plain types only.
func (Tokens) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	principal := *s.Properties["principal"]
	s.Properties["principal"] = &huma.Schema{
		OneOf: []*huma.Schema{{Ref: principal.Ref}, {Type: "null"}}, Description: principal.Description,
	}
	return s
}

// Opening is a session that is about to begin.
type Opening struct {
	Record Record
	people []Person
	chosen *Person
	// fresh is set where whoever is chosen comes to be in the same transaction.
	fresh bool
}

// Fresh is the opening where whoever is chosen comes to be, or is let in, by
// the writes that it is stored with: those say so themselves.
func (o Opening) Fresh() Opening {
	o.fresh = true
	return o
}

// Unproven is the opening by a link that was handed over.
func (o Opening) Unproven() Opening {
	o.Record.Unproven = true
	o.confine()
	return o
}

// confine leaves nobody to be but the one whom an unproven session speaks for.
func (o *Opening) confine() {
	if o.Record.Unproven {
		o.people = slices.DeleteFunc(slices.Clone(o.people), func(p Person) bool { return p.ID != o.Record.Principal })
	}
}

// Open begins a session of a person, who speaks for the one of that id, or for
// the only one there is.
func Open(c *api.Call, email string, people []Person, principal string) (Opening, error) {
	o := Opening{people: people}
	sid := id.New(id.Session, c.Now)
	o.Record = Record{Key: table.SessionKey(c.Workspace(), sid), ID: sid, Email: email, Generation: 1, RotatedAt: c.Now, CreatedAt: c.Now}
	o.Record.prolong(c.Now)
	return o, o.choose(principal)
}

func (r *Record) prolong(now time.Time) {
	r.ExpiresAt = now.Add(Life)
	r.Expires = r.ExpiresAt.Unix() + 1
}

// choose makes it speak for the one of that id, or for the only one.
func (o *Opening) choose(principal string) error {
	o.chosen = nil
	for i, p := range o.people {
		if p.ID == principal || principal == "" && len(o.people) == 1 {
			o.chosen = &o.people[i]
		}
	}
	if o.chosen == nil {
		o.Record.Principal, o.Record.Type, o.Record.Organization = "", "", ""
		if principal != "" {
			return problem.NotFoundf("principal")
		}
		return nil
	}
	o.Record.Principal, o.Record.Type, o.Record.Organization = o.chosen.ID, o.chosen.Type(), o.chosen.Organization()
	return nil
}

// Writes are those that store the session.
func (o Opening) Writes(c *api.Call) []*table.Write {
	return append([]*table.Write{table.Create(o.Record)}, o.Seen(c)...)
}

// Seen are the writes that hold only if whoever is spoken for is let in, and
// note that they were here.
func (o Opening) Seen(c *api.Call) []*table.Write {
	if o.chosen == nil || o.fresh {
		return nil
	}
	still := table.Equals("status", active).And(table.Equals("email", o.chosen.Email))
	seen := table.Update(o.chosen.Key, table.Set("lastSeenAt", c.Now)).If(still).ElseError(errEnded)
	return append(o.Admitted(c), seen)
}

// Admitted is the check that the organization lets its people in.
func (o Opening) Admitted(c *api.Call) []*table.Write {
	org := o.chosen.Organization()
	if org == "" {
		return nil
	}
	return []*table.Write{table.Check(table.OrganizationKey(c.Workspace(), org), table.Equals("status", active)).
		ElseError(problem.Credential(problem.OrganizationShut))}
}

// Tokens are those of the session as it is.
func (o Opening) Tokens(c *api.Call) (Tokens, error) {
	t := Tokens{ExpiresIn: int(AccessLife / time.Second), Principals: make([]Principal, len(o.people))}
	for i, p := range o.people {
		t.Principals[i] = p.Principal()
	}
	if o.chosen != nil {
		chosen := o.chosen.Principal()
		t.Principal = &chosen
	}
	var err error
	if t.AccessToken, err = o.Record.claims().Sign(c.Config.Keys, c.Now); err != nil {
		return t, err
	}
	t.RefreshToken, err = o.Record.refreshToken(c.Config.Keys)
	return t, err
}

func (r Record) claims() Claims {
	ws, _, _ := strings.Cut(r.PK, "#")
	claims := Claims{Workspace: ws, Principal: r.Principal, Type: r.Type, Organization: r.Organization, Session: r.ID}
	if r.Actor != nil {
		claims.Actor = r.Actor.ID
	}
	return claims
}

func (r Record) refreshToken(keys *token.Keys) (string, error) {
	ws, _, _ := strings.Cut(r.PK, "#")
	return keys.Make(token.Ref{Kind: token.Refresh, Workspace: ws, Owner: token.Person(r.Email), ID: r.ID, Generation: r.Generation})
}

// Replayed are the tokens of a session that was begun by an earlier request,
// under one Idempotency-Key: of a refresh token that has been used since there
// is none any more.
func Replayed(ctx context.Context, c *api.Call, ws, sid string) (Tokens, error) {
	c.Principal.Workspace = ws
	r, err := table.Get[Record](ctx, c.Table, table.SessionKey(ws, sid))
	if errors.Is(err, table.ErrNotFound) || err == nil && r.Ended(c.Now) {
		err = errEnded
	}
	if err != nil {
		return Tokens{}, err
	}
	people, err := People(ctx, c.Table, ws, token.Person(r.Email))
	if err != nil {
		return Tokens{}, err
	}
	o := Opening{Record: r, people: people}
	if err := o.recall(ctx, c); err != nil {
		return Tokens{}, err
	}
	o.confine()
	if err := o.choose(r.Principal); err != nil {
		return Tokens{}, errEnded
	}
	t, err := o.Tokens(c)
	if r.Generation > 1 {
		t.RefreshToken = ""
	}
	return t, err
}
