package api

import (
	"context"
	"errors"
	"time"

	"atrium/shared/access"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// Commit makes an operation's writes, all or none. The authorizer may have
// found out up to a minute ago what the caller is. Where the operation changes
// who may do what (Operation.Rights), the same transaction holds only if the
// caller still is that: who was demoted a second ago changes nothing any more.
func (c *Call) Commit(ctx context.Context, writes ...*table.Write) error {
	if c.rights {
		for _, still := range c.stillActing() {
			writes = still.among(writes)
		}
	}
	return c.Table.Commit(ctx, writes...)
}

// MostActing is how many items a transaction checks at most to see whether the
// caller may still act: under impersonation the user, and who really acts.
const MostActing = 2

// Room is how many items a transaction of the operation can have besides.
func (c *Call) Room() int {
	if !c.rights {
		return table.MaxItems
	}
	return table.MaxItems - len(c.stillActing())
}

// errActing is in every refusal that is for who acts, not for what is done.
var errActing = errors.New("api: the caller is not what they were")

// NoLongerActing tells whether a change was refused because the caller is not
// what they were: then nothing else that they ask for is granted either.
func NoLongerActing(err error) bool { return errors.Is(err, errActing) }

// acting is an item that lets the caller act, and what must still hold of it.
type acting struct {
	key     table.Key
	holds   table.Condition
	refused func(old table.Item) error
}

// stillActing are the caller's own item, and under impersonation the real actor's.
func (c *Call) stillActing() []acting {
	p := c.Principal
	switch p.Type {
	case access.Staff:
		return []acting{c.acting(table.StaffKey(p.Workspace, p.ID), p.Role)}
	case access.Client:
		all := []acting{c.acting(table.UserKey(p.Workspace, p.Organization, p.ID), p.Role)}
		if p.Actor != nil {
			all = append(all, c.posing(p.Actor.ID))
		}
		return all
	case access.APIKey:
		return []acting{c.keyActing(table.APIKeyKey(p.Workspace, p.ID))}
	default:
		return nil
	}
}

// posing is one of the staff who acts as a user: that is over when they are no
// admin any more.
func (c *Call) posing(id string) acting {
	holds := table.Equals("status", active).And(table.OneOf("role", access.Owner, access.Admin))
	return acting{table.StaffKey(c.Workspace(), id), holds, func(table.Item) error { return gone() }}
}

// keyActing is an API key's. Times are compared as text here, which of two in
// the same second takes the one without a fraction for the later: so both are
// without. A key expires at a full second.
func (c *Call) keyActing(key table.Key) acting {
	inTime := table.Either(table.HasNot("expiresAt"), table.More("expiresAt", c.Now.Truncate(time.Second)))
	return acting{key, table.Exists().And(inTime), func(old table.Item) error {
		var now struct {
			ExpiresAt *time.Time `json:"expiresAt"`
		}
		if err := old.Decode(&now); err != nil {
			return err
		}
		switch {
		case old == nil:
			return problem.Credential(problem.KeyUnknown)
		case Expired(now.ExpiresAt, c.Now):
			return problem.Credential(problem.KeyExpired)
		default:
			return nil
		}
	}}
}

func (c *Call) acting(key table.Key, role access.Role) acting {
	holds := table.Equals("role", role).And(table.Equals("status", active))
	return acting{key, holds, func(old table.Item) error {
		var now struct {
			Role   access.Role `json:"role"`
			Status string      `json:"status"`
		}
		if err := old.Decode(&now); err != nil {
			return err
		}
		switch {
		case now.Status != active:
			return gone()
		case now.Role == role:
			return nil
		default:
			return c.demoted(now.Role)
		}
	}}
}

// active is the status of staff and users who may act.
const active = "active"

// gone is the answer to who may not act at all any more.
func gone() error {
	return problem.New(problem.SessionEnded, "You may not act here any more. Sign in again, or ask an admin.")
}

// demoted is the answer to who has another role since the authorizer looked:
// what that role may not do either is refused for good, the rest until a fresh
// access token says what the caller is.
func (c *Call) demoted(role access.Role) error {
	p := c.Principal
	p.Role = role
	if c.may.Decide(p, p.Organization) != access.Allowed {
		return forbidden()
	}
	return problem.New(problem.RightsChanged, "Your role has changed. Refresh your session, and repeat the request.")
}

// among adds the condition to the write of the same item, if there is one: a
// transaction names an item once only.
func (a acting) among(writes []*table.Write) []*table.Write {
	check := table.Check(a.key, a.holds).Else(func(old table.Item) error {
		if err := a.mayNot(old); err != nil {
			return err
		}
		return ErrStale
	})
	for _, w := range writes {
		if w.SameItem(check) {
			w.Guard(a.holds, a.mayNot)
			return writes
		}
	}
	return append([]*table.Write{check}, writes...)
}

// mayNot is why the caller may not act any more, marked as that.
func (a acting) mayNot(old table.Item) error {
	err := a.refused(old)
	if err == nil {
		return nil
	}
	return errors.Join(err, errActing)
}

// Expired tells whether a time that may be missing is over. TTL only sweeps:
// the clock decides.
func Expired(at *time.Time, now time.Time) bool { return at != nil && !now.Before(*at) }
