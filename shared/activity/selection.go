package activity

import (
	"context"
	"errors"
	"strings"
	"time"

	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// Filters choose from a log; what is left out chooses everything.
type Filters struct {
	Actor  string    `query:"actor" maxLength:"200" example:"stf_01jd6v0c8ge2rs2k9v2q1m4t7x" doc:"What this one did only: the id of a member of staff, a user or an API key."`
	Target string    `query:"target" maxLength:"200" example:"usr_01jd6v0c8ge2rs2k9v2q1m4t7x" doc:"What was done to this one only: an id, or a team's key."`
	Action string    `query:"action" maxLength:"100" example:"organization.updated" doc:"This action only, or all of a kind: organization.*"`
	From   time.Time `query:"from" example:"2026-11-01T00:00:00Z" doc:"Not before this time (RFC 3339)."`
	To     time.Time `query:"to" example:"2026-12-01T00:00:00Z" doc:"Before this time (RFC 3339)."`
}

// selection is the part of a log that a request asks for: a workspace's, or
// one organization's.
type selection struct {
	Filters
	organization string
}

// check refuses a range that ends before it begins.
func (s selection) check() error {
	if s.organization != "" && !id.Is(id.Organization, s.organization) {
		return problem.NotFoundf("organization")
	}
	if !s.From.IsZero() && !s.To.IsZero() && s.From.After(s.To) {
		return problem.AtField("query.from", "must not be after to")
	}
	return nil
}

// name is what makes this list another than others, for its cursors.
func (s selection) name() []string {
	return []string{s.organization, s.Actor, s.Target, s.Action, floor(s.From), floor(s.To)}
}

// floor is below the ids of all that was done at a time or later; "" without one.
// What is between two milliseconds counts as the later, since ids have whole ones.
func floor(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return id.Floor(id.Activity, at.Add(time.Millisecond-time.Nanosecond).Truncate(time.Millisecond))
}

// read is a page of the selection, newest first.
func (s selection) read(ctx context.Context, c *api.Call, limit int, after table.Position) ([]table.Item, table.Position, error) {
	l := table.List{
		Index: s.index(), From: floor(s.From), To: floor(s.To), Descending: true,
		Limit: limit, After: after, Filter: s.filter(),
	}
	switch ws := c.Workspace(); l.Index {
	case table.G1:
		l.Partitions = []string{table.ActivityOf(ws, s.organization)}
	case table.G2:
		l.Partitions = []string{table.ActivityBy(ws, s.Actor)}
	case table.G3:
		l.Partitions = []string{table.ActivityOn(ws, s.Target)}
	default:
		return s.walk(ctx, c, l)
	}
	return c.Table.List(ctx, l)
}

// index is the one that has the selection, or most of it.
func (s selection) index() table.Index {
	switch {
	case s.organization != "":
		return table.G1
	case s.Actor != "":
		return table.G2
	case s.Target != "":
		return table.G3
	default:
		return table.Base
	}
}

// filter leaves out what the index does not; nil when it does all.
func (s selection) filter() (filter *table.Condition) {
	and := func(condition table.Condition) {
		if filter != nil {
			condition = filter.And(condition)
		}
		filter = &condition
	}
	if s.Actor != "" && s.index() != table.G2 {
		and(table.Equals("actor.id", s.Actor))
	}
	if s.Target != "" && s.index() != table.G3 {
		and(table.Equals("target.id", s.Target))
	}
	if kind, all := strings.CutSuffix(s.Action, "*"); all && strings.HasSuffix(kind, ".") {
		and(table.Begins("action", kind))
	} else if s.Action != "" {
		and(table.Equals("action", s.Action))
	}
	return filter
}

// maxMonths bounds how many months one page looks into: a year back, and this
// one. The cursor goes on from there.
const maxMonths = 13

// walk goes back through a workspace's months until the page is full.
func (s selection) walk(ctx context.Context, c *api.Call, l table.List) ([]table.Item, table.Position, error) {
	month, first := s.months(c)
	if l.After != nil {
		month, l.After = resume(l.After)
	}
	var page []table.Item
	for range maxMonths {
		l.Partitions = []string{table.Activity(c.Workspace(), month)}
		items, next, err := c.Table.List(ctx, l)
		page = append(page, items...)
		if err != nil || next != nil || !month.After(first) {
			return page, next, err
		}
		month, l.After = month.AddDate(0, -1, 0), nil
		if l.Limit -= len(items); l.Limit == 0 {
			break
		}
	}
	return page, table.Position{monthPosition: month.Format(time.RFC3339)}, nil
}

// monthPosition marks a position that stands before a whole month, rather
// than behind an item.
const monthPosition = "month"

// resume is the month that a position lies in, and the position within it.
func resume(after table.Position) (time.Time, table.Position) {
	if at, ok := after[monthPosition]; ok {
		month, _ := time.Parse(time.RFC3339, at)
		return month, nil
	}
	return monthOf(id.Time(after["sk"])), after
}

// months are the last month of the selection and the first, which is not
// before the workspace itself.
func (s selection) months(c *api.Call) (last, first time.Time) {
	last, first = c.Now, id.Time(c.Workspace())
	if !s.To.IsZero() && s.To.Before(last) {
		last = s.To
	}
	if s.From.After(first) {
		first = s.From
	}
	return monthOf(last), monthOf(first)
}

func monthOf(at time.Time) time.Time {
	year, month, _ := at.UTC().Date()
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}

// mustExist answers 404 where a log came out empty because there is no such
// organization. It reads the item alone: organization itself records here.
func (s selection) mustExist(ctx context.Context, c *api.Call) error {
	if s.organization == "" {
		return nil
	}
	_, err := table.Get[struct{}](ctx, c.Table, table.OrganizationKey(c.Workspace(), s.organization))
	if errors.Is(err, table.ErrNotFound) {
		return problem.NotFoundf("organization")
	}
	return err
}
