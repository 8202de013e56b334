// Package notice tells people by mail that what they may do has changed.
//
// A change is told at once. Whoever sets somebody's grants makes several
// changes in a row, though: those of the next minutes are told together, once
// they are over, and as things are by then.
package notice

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/letterhead"
	"atrium/shared/mail"
	"atrium/shared/organization"
	"atrium/shared/outbox"
	"atrium/shared/table"
	"atrium/shared/user"
)

// quiet is how long no other notice follows upon one; remembered is how long
// after that what SES tells of its mail is still kept.
const (
	quiet      = 10 * time.Minute
	remembered = 24 * time.Hour
)

// Record is the last notice to a user.
type Record struct {
	table.Key
	table.Indexed
	ID    string `json:"id"`
	Email string `json:"email"`
	// Before is what the user could do before the changes that this tells of.
	Before Rights `json:"before"`
	// Version is the user's, after the last change that this tells of.
	Version int `json:"version"`
	// QuietUntil is when the next notice may follow.
	QuietUntil time.Time `json:"quietUntil"`
	outbox.Post
	Delivery outbox.Delivery `json:"delivery"`
	// Expires is when the sweeper may take it.
	Expires int64 `json:"ttl"`
}

// Rights are what a user may do, as far as it is the user's own.
type Rights struct {
	Role      access.Role     `json:"role"`
	Sections  access.Sections `json:"sections"`
	AllAgents bool            `json:"allAgents"`
	AgentIDs  []string        `json:"agents"`
}

func rightsOf(u user.Record) Rights {
	ids := slices.Sorted(slices.Values(u.AgentIDs))
	return Rights{Role: u.Role, Sections: u.Sections.Given(), AllAgents: u.AllAgents, AgentIDs: ids}
}

func (r Rights) equal(other Rights) bool {
	return r.Role == other.Role && maps.Equal(r.Sections, other.Sections) && r.sees(other)
}

// sees tells whether the agents are the same as another's.
func (r Rights) sees(other Rights) bool {
	return r.AllAgents == other.AllAgents && slices.Equal(r.AgentIDs, other.AgentIDs)
}

// agents are how many, as a mail tells.
func (r Rights) agents() string {
	if r.AllAgents {
		return "all"
	}
	return strconv.Itoa(len(r.AgentIDs))
}

// Follow does what follows from a change of a user: a notice, where the user
// was let in before and after it, and somebody else has changed what they may
// do. It may be told of a change twice, and late.
func Follow(ctx context.Context, c *api.Call, before, after user.Record) error {
	own := after.ChangedBy == after.ID
	if own || before.Status != user.Active || after.Status != user.Active || rightsOf(before).equal(rightsOf(after)) {
		return nil
	}
	key := table.NoticeKey(c.Workspace(), organizationOf(after.Key), after.ID)
	var last Record
	if err := c.Table.Fetch(ctx, &table.Want{Key: key, Into: &last}); err != nil || after.Version <= last.Version {
		return err
	}
	w := last.follower(c, key, before, after)
	if last.waits() {
		w = last.extended(after)
	}
	return c.Table.Commit(ctx, w.If(last.still()).ElseError(api.ErrStale))
}

// waits tells whether it is still to go out, and so tells what is so by then.
func (r Record) waits() bool { return r.Outbox == outbox.Due || r.Outbox == outbox.Later }

// still holds while it is as it was read: the courier may be at it. Else the
// stream's record comes again.
func (r Record) still() table.Condition {
	if r.ID == "" {
		return table.Absent()
	}
	same := table.Equals("version", r.Version).And(table.Equals("send", r.Send))
	if r.waits() {
		same = same.And(table.Equals("outbox", r.Outbox))
	}
	return same
}

// extended is the write by which a notice that waits tells of another change,
// too. It is another mail then: an attempt that was begun without is not made.
func (r Record) extended(after user.Record) *table.Write {
	more := table.Set("version", after.Version).Set(table.Path("email"), table.Value(after.Email)).Set(table.Path("send"), table.Value(r.Send+1))
	return table.Update(r.Key, more)
}

// follower is the write of the next notice. One that is being sent is not
// waited for: the next mail tells all that is so.
func (r Record) follower(c *api.Call, key table.Key, before, after user.Record) *table.Write {
	next := Record{Key: key, ID: after.ID, Email: after.Email, Before: rightsOf(before), Version: after.Version}
	next.Post, next.Delivery = r.Queue(c.Now)
	begins := c.Now
	if r.QuietUntil.After(c.Now) {
		begins = r.QuietUntil
		next.Indexed = next.PutOff(key, begins)
	}
	next.QuietUntil = begins.Add(quiet)
	next.Expires = next.QuietUntil.Add(remembered).Unix()
	return table.Put(next)
}

func organizationOf(key table.Key) string { return strings.Split(key.PK, "#")[1] }

// Organization is the user's.
func (r Record) Organization() string { return organizationOf(r.Key) }

// User is where the user is.
func (r Record) User() table.Key {
	ws, _, _ := strings.Cut(r.PK, "#")
	return table.UserKey(ws, r.Organization(), r.ID)
}

// Dead says why there is nothing to tell a user any more, as they and their
// organization are now; or nothing.
func (r Record) Dead(now user.Record, head letterhead.Head) string {
	switch {
	case now.Status != user.Active || now.Email != r.Email:
		return "The user is not here any more, has been suspended, or has another address."
	case head.Organization.Status != string(organization.Active):
		return "The organization lets nobody in."
	case rightsOf(now).equal(r.Before):
		return "What had been changed was changed back before the user was told."
	default:
		return ""
	}
}

// Tells is what to note of the mail to the user as they are now: the stream may
// still have changes to tell of that are in it.
func (r Record) Tells(now user.Record) []outbox.Note {
	return []outbox.Note{{Name: "version", Value: max(r.Version, now.Version)}}
}

// Mail is the mail to the user as they are now.
func (r Record) Mail(c *api.Call, now user.Record, head letterhead.Head) (mail.Message, error) {
	m := mail.AccessChanged{
		To: now.Name, Organization: head.Name(), Role: string(now.Role), Link: head.Workspace.Dashboard(c),
		Before: append([]mail.Section{}, head.Sections(r.Before.Sections)...), After: head.Sections(now.Sections),
	}
	is := rightsOf(now)
	if is.Role != r.Before.Role {
		m.RoleBefore = string(r.Before.Role)
	}
	if !is.sees(r.Before) {
		m.Agents, m.AgentsBefore = is.agents(), r.Before.agents()
	}
	if m.Agents == m.AgentsBefore {
		m.AgentsBefore = "" // as many, and others
	}
	return m.Render(cmp.Or(now.Language, head.Language()), head.Mail(c), c.Now)
}
