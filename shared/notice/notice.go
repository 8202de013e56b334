// Package notice tells people by mail that what they may do has changed.
//
// A change is told at once. Whoever sets somebody's grants makes several
// changes in a row, though: those of the next minutes are told together, once
// they are over, and as things are by then.
package notice

import (
	"context"
	"maps"
	"strings"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/letterhead"
	"atrium/shared/mail"
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
	// Before is what the user knows to be allowed, and Role as what.
	Before access.Sections `json:"before"`
	Role   access.Role     `json:"role"`
	// Version is the user's, after the last change that this tells of.
	Version int `json:"version"`
	// QuietUntil is when the next notice may follow.
	QuietUntil time.Time `json:"quietUntil"`
	outbox.Post
	Delivery outbox.Delivery `json:"delivery"`
	// Expires is when the sweeper may take it.
	Expires int64 `json:"ttl"`
}

// Follow does what follows from a change of a user: a notice, where the user
// was let in before and after it and may do something else. It may be told of a
// change twice.
func Follow(ctx context.Context, c *api.Call, before, after user.Record) error {
	if before.Status != user.Active || after.Status != user.Active || alike(before, after) {
		return nil
	}
	org := organizationOf(after.Key)
	key := table.NoticeKey(c.Workspace(), org, after.ID)
	var last Record
	if err := c.Table.Fetch(ctx, &table.Want{Key: key, Into: &last}); err != nil || after.Version <= last.Version {
		return err
	}
	return c.Table.Commit(ctx, last.next(c, key, before, after))
}

// alike tells whether somebody may do the same.
func alike(a, b user.Record) bool {
	return a.Role == b.Role && maps.Equal(a.Sections.Given(), b.Sections.Given())
}

// next is the write of what follows upon the last notice. The courier may be at
// that one: then the stream's record comes again.
func (last Record) next(c *api.Call, key table.Key, before, after user.Record) *table.Write {
	if last.Outbox == outbox.Due || last.Outbox == outbox.Later {
		// That one is still to go out, and tells what is so by then.
		return table.Update(key, table.Set("version", after.Version)).If(table.Equals("outbox", last.Outbox)).
			If(table.Equals("version", last.Version)).ElseError(api.ErrStale)
	}
	r := Record{Key: key, ID: after.ID, Email: after.Email, Before: before.Sections.Given(), Role: before.Role, Version: after.Version}
	r.Post, r.Delivery = last.Queue(c.Now)
	begins := c.Now
	if last.QuietUntil.After(c.Now) {
		begins = last.QuietUntil
		r.Indexed = r.PutOff(key, begins)
	}
	r.QuietUntil = begins.Add(quiet)
	r.Expires = r.QuietUntil.Add(remembered).Unix()
	put := table.Put(r).ElseError(api.ErrStale)
	if last.ID == "" {
		return put.If(table.Absent())
	}
	return put.If(table.Equals("version", last.Version)).If(table.Equals("send", last.Send))
}

func organizationOf(key table.Key) string { return strings.Split(key.PK, "#")[1] }

// Organization is the user's.
func (r Record) Organization() string { return organizationOf(r.Key) }

// User is where the user is.
func (r Record) User() table.Key {
	ws, _, _ := strings.Cut(r.PK, "#")
	return table.UserKey(ws, r.Organization(), r.ID)
}

// Dead says why there is nothing to tell a user any more, as they are now; or
// nothing.
func (r Record) Dead(now user.Record) string {
	switch {
	case now.Status != user.Active || now.Email != r.Email:
		return "The user is not here any more, has been suspended, or has another address."
	case now.Role == r.Role && maps.Equal(now.Sections.Given(), r.Before):
		return "What had been changed was changed back before the user was told."
	default:
		return ""
	}
}

// Mail is the mail to the user as they are now.
func (r Record) Mail(c *api.Call, now user.Record, head letterhead.Head) (mail.Message, error) {
	language := now.Language
	if language == "" {
		language = head.Language()
	}
	m := mail.AccessChanged{
		To: now.Name, Organization: head.Name(), Role: string(now.Role), Link: head.Workspace.Dashboard(c),
		Before: append([]mail.Section{}, head.Sections(r.Before)...), After: head.Sections(now.Sections),
	}
	return m.Render(language, head.Mail(c), c.Now)
}
