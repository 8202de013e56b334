package organization

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/logo/address"
	"atrium/shared/problem"
	"atrium/shared/search"
	"atrium/shared/table"
	"atrium/shared/text"
)

// Record is an organization as the table holds it.
type Record struct {
	table.Key
	table.Indexed
	Organization
	// Logo is the hash that LogoURL is made of.
	Logo string `json:"logo,omitempty"`
	// TeamKeys are its teams: as many as Counts.Teams says.
	TeamKeys []string `json:"teamKeys,omitempty,stringset"`
	// Expires is PurgeAt for the table's sweeper.
	Expires int64 `json:"ttl,omitempty"`
}

// nameClaim takes a name, and is the search entry of its first word.
type nameClaim struct {
	search.Entry
}

func newRecord(ws string, o Organization) Record {
	r := Record{Key: table.OrganizationKey(ws, o.ID), Organization: o}
	r.index(ws)
	return r
}

// index puts the record into the lists it belongs to, and into its shortest form.
func (r *Record) index(ws string) {
	r.Ceiling = r.Ceiling.Limits()
	r.LogoURL = nil
	byName := table.ByName(text.Plain(r.Name), r.ID)
	r.Indexed = table.Indexed{
		G2PK: table.OrganizationsOf(ws, string(r.Status)), G2SK: byName,
		G3PK: table.OrganizationsOf(ws, string(r.Status)), G3SK: r.ID,
	}
	if r.Status != Deleted {
		r.G1PK, r.G1SK = table.Organizations(ws), byName
	}
}

// Shown is the organization as callers see it.
func (r Record) Shown(c *api.Call) Organization {
	o := r.Organization
	o.complete()
	o.LogoURL = address.Of(c, "/organizations/"+o.ID, r.Logo)
	return o
}

// Load reads an organization of the caller's workspace, or answers 404.
func Load(ctx context.Context, c *api.Call, org string) (Record, error) {
	if !id.Is(id.Organization, org) {
		return Record{}, problem.NotFoundf("organization")
	}
	r, err := table.Get[Record](ctx, c.Table, table.OrganizationKey(c.Workspace(), org))
	if errors.Is(err, table.ErrNotFound) || err == nil && r.gone(c.Now) {
		return Record{}, problem.NotFoundf("organization")
	}
	return r, err
}

// MustExist answers 404 where a list under an organization came out empty
// because there is no such organization.
func MustExist(ctx context.Context, c *api.Call, org string) error {
	_, err := Load(ctx, c, org)
	return err
}

// Count is the write that adds to one of an organization's counts. Its
// condition proves that the organization is there and can be changed by the
// caller; conditions of further writes can be added to it.
func Count(c *api.Call, org, what string, by int) *table.Write {
	return Refusing(c, table.Update(table.OrganizationKey(c.Workspace(), org), table.Increase("counts."+what, by)).If(open(c)))
}

// CountIn is Count of newcomers, and of the invitations that some of them have.
func CountIn(c *api.Call, org string, users, invitations int) *table.Write {
	pending := table.Path("counts.pendingInvitations")
	counted := table.Increase("counts.users", users).Set(pending, pending.Plus(table.Value(invitations)))
	return Refusing(c, table.Update(table.OrganizationKey(c.Workspace(), org), counted).If(open(c)))
}

// Open is the check that Count makes, without counting anything.
func Open(c *api.Call, org string) *table.Write {
	return Refusing(c, table.Check(table.OrganizationKey(c.Workspace(), org), open(c)))
}

// Enter is the write that makes an invitation's person a user, as far as the
// organization counts them: another one, unless they were counted before. Only
// an active organization takes anybody in.
func Enter(c *api.Call, org string, users int) *table.Write {
	update := table.Increase("counts.pendingInvitations", -1)
	if users != 0 {
		counted := table.Path("counts.users")
		update = update.Set(counted, counted.Plus(table.Value(users)))
	}
	return table.Update(table.OrganizationKey(c.Workspace(), org), update).If(table.Equals("status", Active)).ElseError(Closed())
}

// Closed is the answer to who accepts an invitation to an organization that is not active.
func Closed() error {
	return problem.New(problem.ReadOnly, "This organization is not active, and takes nobody in. The invitation stays as it is; try again later, or ask whoever invited you.")
}

// WithTeam adds to a write on an organization's item that it has a team;
// missing is the error for when it has not.
func WithTeam(w *table.Write, team string, missing error) {
	w.Guard(table.Contains("teamKeys", team), func(old table.Item) error {
		var r Record
		if err := old.Decode(&r); err != nil || old == nil || slices.Contains(r.TeamKeys, team) {
			return err
		}
		return missing
	})
}

// ErrGone says that an organization that something was counted out of is not
// there any more.
var ErrGone = fmt.Errorf("organization: gone: %w", api.ErrStale)

// Discount is the write that takes one off a count because something else went
// for good: it asks neither for a status nor who calls, but only that the
// organization is still there, or else is ErrGone.
func Discount(c *api.Call, org, what string) *table.Write {
	return table.Update(table.OrganizationKey(c.Workspace(), org), table.Increase("counts."+what, -1)).
		If(table.Exists()).ElseError(ErrGone)
}

// Refusing gives a write on an organization's item the reasons that Admits
// gives. Where those do not tell, further says what else did not hold.
func Refusing(c *api.Call, w *table.Write, further ...func(Record) error) *table.Write {
	return w.Else(func(old table.Item) error {
		var r Record
		if err := old.Decode(&r); err != nil {
			return err
		}
		if err := r.Admits(c); err != nil {
			return err
		}
		for _, reason := range further {
			if err := reason(r); err != nil {
				return err
			}
		}
		return api.ErrStale
	})
}

// open is the condition that Admits puts in words.
func open(c *api.Call) table.Condition {
	if c.Principal.Type == access.Client {
		return table.Equals("status", Active)
	}
	return table.OneOf("status", Active, Suspended)
}

func (r Record) claim(ws string) nameClaim {
	words := search.Words(r.Name)
	first := firstWord(r.Name)
	return nameClaim{search.Entry{
		Key: table.Key{PK: table.OrganizationWords(ws), SK: first + "#=" + text.Fold(r.Name)},
		ID:  r.ID, Word: first, Words: words,
	}}
}

// firstWord is the word whose search entry the name's claim is.
func firstWord(name string) string {
	if words := search.Words(name); len(words) > 0 {
		return words[0]
	}
	return ""
}

// named are the writes that take the record's name and make it found.
func (r Record) named(ws string) []*table.Write {
	claim := table.Create(r.claim(ws)).ElseError(problem.New(problem.NameTaken,
		"An organization with this name exists already. Choose another name.",
		problem.Field{Location: "body.name", Message: "is taken"}))
	return append([]*table.Write{claim}, search.Add(table.OrganizationWords(ws), r.ID, search.Words(r.Name), firstWord(r.Name))...)
}

// unnamed are the writes that give the record's name free.
func (r Record) unnamed(ws string) []*table.Write {
	return append([]*table.Write{table.Delete(r.claim(ws).Key)},
		search.Remove(table.OrganizationWords(ws), r.ID, search.Words(r.Name), firstWord(r.Name))...)
}
