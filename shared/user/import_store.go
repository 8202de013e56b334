package user

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"

	"golang.org/x/sync/errgroup"

	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/organization"
	"atrium/shared/problem"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// importer stores the rows of one import.
type importer struct {
	call   *api.Call
	org    string
	dryRun bool
	// invites is set where newcomers are invited.
	invites Invites
	rows    []*row
	// room is how many more can join each team that rows name.
	room map[string]int
	// stored is set when some rows were; deposed is why the caller may not store more.
	stored  bool
	deposed error
}

// run stores what can be stored, and notes in each row what became of it. An
// error is that of the whole: nothing was stored then.
func (im *importer) run(ctx context.Context) error {
	failRepeats(im.rows)
	if err := im.prepare(ctx, pending(im.rows)); err != nil {
		return err
	}
	if im.dryRun {
		im.seated(pending(im.rows))
		return nil
	}
	for _, batch := range im.batches(pending(im.rows)) {
		im.store(ctx, batch)
	}
	if im.stored {
		return nil
	}
	return im.deposed
}

// pending are the rows that have not failed.
func pending(rows []*row) []*row {
	return slices.DeleteFunc(slices.Clone(rows), func(r *row) bool { return r.problem != nil })
}

// prepare reads all that the rows depend on, in two round trips whatever their
// number, and works out what each comes to.
func (im *importer) prepare(ctx context.Context, rows []*row) error {
	s, users, err := im.look(ctx, rows)
	if err != nil {
		return err
	}
	for i, r := range rows {
		if err := im.plan(s, r, users[i]); err != nil {
			r.fail(err)
		}
	}
	return nil
}

// look reads the organization, and of the rows: who has the address already,
// which agents there are, and which teams have room for how many.
func (im *importer) look(ctx context.Context, rows []*row) (setting, []Record, error) {
	var o organization.Record
	c, claims := im.call, make([]emailClaim, len(rows))
	wants := []*table.Want{{Key: table.OrganizationKey(c.Workspace(), im.org), Into: &o}}
	for i, r := range rows {
		wants = append(wants, &table.Want{Key: table.UserEmailKey(c.Workspace(), im.org, r.email), Into: &claims[i]})
		if im.invites != nil {
			var known []*table.Want
			r.invitee, known = im.invites.Look(c, im.org, r.email)
			wants = append(wants, known...)
		}
	}
	var agents map[string]bool
	var group errgroup.Group
	group.Go(func() error { return c.Table.Fetch(ctx, wants...) })
	group.Go(func() (err error) {
		agents, err = im.agents(ctx, rows)
		return err
	})
	if err := group.Wait(); err != nil {
		return setting{}, nil, err
	}
	if err := o.Admits(c); err != nil {
		return setting{}, nil, err
	}
	isTeam := func(key string) bool { return slices.Contains(o.TeamKeys, key) }
	assigned := func(agent string) bool { return agents[agent] }
	users, err := im.users(ctx, claims, named(rows, isTeam))
	return setting{org: im.org, ceiling: o.Ceiling, assigned: assigned, isTeam: isTeam}, users, err
}

// agents are all that are assigned to the organization, by id: a thousand rows
// may name 50,000. None are read when no row names any.
func (im *importer) agents(ctx context.Context, rows []*row) (map[string]bool, error) {
	agents := map[string]bool{}
	if !slices.ContainsFunc(rows, func(r *row) bool { return len(r.given.Agents.IDs) > 0 }) {
		return agents, nil
	}
	assigned := table.Query{PK: table.Assignments(im.call.Workspace(), im.org), KeysOnly: true}
	for {
		page, err := im.call.Table.Query(ctx, assigned)
		if err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			agents[table.KeyOf(item).SK] = true
		}
		if assigned.After = page.Next; page.Next == nil {
			return agents, nil
		}
	}
}

// named are the teams that rows name, of those that there are.
func named(rows []*row, isTeam func(key string) bool) []string {
	var teams []string
	for _, r := range rows {
		for _, team := range r.given.Teams {
			if isTeam(team) {
				teams = append(teams, team)
			}
		}
	}
	slices.Sort(teams)
	return slices.Compact(teams)
}

// users are those who have the addresses; an empty record where nobody has. It
// reads along how large the teams are.
func (im *importer) users(ctx context.Context, claims []emailClaim, teams []string) ([]Record, error) {
	c, records, sizes := im.call, make([]Record, len(claims)), make([]struct{ Size int }, len(teams))
	var wants []*table.Want
	for i, claim := range claims {
		if claim.ID != "" {
			wants = append(wants, &table.Want{Key: table.UserKey(c.Workspace(), im.org, claim.ID), Into: &records[i]})
		}
	}
	for i, team := range teams {
		wants = append(wants, &table.Want{Key: table.TeamKey(c.Workspace(), im.org, team), Into: &sizes[i]})
	}
	err := c.Table.Fetch(ctx, wants...)
	for i, team := range teams {
		im.room[team] = roster.MaxMembers - sizes[i].Size
	}
	return records, err
}

// plan works out what a row comes to.
func (im *importer) plan(s setting, r *row, before Record) (err error) {
	c := im.call
	r.writes, r.pending = nil, 0
	if before.ID == "" {
		r.change, err = im.newcomer(s, r)
	} else {
		r.change, err = s.change(c, before, r.patch, r.given)
	}
	if err != nil {
		return err
	}
	for _, team := range r.change.joined() {
		if !s.isTeam(team) {
			return notATeam(slices.Index(r.change.after.Teams, team))
		}
	}
	switch {
	case before.ID == "":
		r.writes = r.change.after.Added(c, im.org)
		return r.invited(c, im.org)
	case !r.change.nothing():
		r.writes = r.change.writes(c)
	}
	return nil
}

// invited adds to the writes of a newcomer those that invite them, if they are
// to be invited.
func (r *row) invited(c *api.Call, org string) error {
	if r.invitee == nil {
		return nil
	}
	writes, pending, err := r.invitee.Invite(c, org, r.change.after)
	r.writes, r.pending = append(r.writes, writes...), pending
	return err
}

// newcomer is the change from nobody to a new user.
func (im *importer) newcomer(s setting, r *row) (change, error) {
	fields := r.settled
	if err := s.allows(Record{}, fields, r.given); err != nil {
		return change{}, err
	}
	if im.invites != nil && fields.Status == Suspended {
		return change{}, problem.AtField("body.status", "cannot be suspended in an import that invites; leave it out, or import this user without invite")
	}
	if im.invites != nil {
		fields.Status = Invited
	}
	u := User{Resource: im.call.NewResource(id.New(id.User, im.call.Now)), Fields: fields}
	return change{org: im.org, after: NewRecord(im.call, im.org, u)}, nil
}

// batches puts as many rows together as fit one transaction, which may name
// each item once only.
func (im *importer) batches(rows []*row) [][]*row {
	var all [][]*row
	var batch []*row
	for _, r := range rows {
		if len(r.writes) == 0 {
			continue
		}
		larger := append(batch, r)
		if len(batch) > 0 && !im.fit(im.writes(larger)) {
			all, larger = append(all, batch), []*row{r}
		}
		batch = larger
	}
	if len(batch) == 0 {
		return all
	}
	return append(all, batch)
}

// fit tells whether writes can be made together.
func (im *importer) fit(writes []*table.Write) bool {
	for i, w := range writes {
		if slices.ContainsFunc(writes[:i], w.SameItem) {
			return false
		}
	}
	return len(writes) <= im.call.Room()
}

// writes are those of several rows in one transaction: each row's own, and
// what they share, the counts and the teams joined.
func (im *importer) writes(rows []*row) []*table.Write {
	var writes []*table.Write
	added, pending, teams := 0, 0, []string(nil)
	newcomers, missing := map[string][]roster.Newcomer{}, map[string]error{}
	for _, r := range rows {
		writes = append(writes, r.writes...)
		if r.change.before.ID == "" {
			added++
		}
		pending += r.pending
		after := r.change.after
		for _, team := range r.change.joined() {
			if missing[team] == nil {
				teams, missing[team] = append(teams, team), notATeam(slices.Index(after.Teams, team))
			}
			newcomers[team] = append(newcomers[team], roster.Newcomer{Card: after.Card(), OnDuty: after.OnDuty()})
		}
	}
	if added > 0 {
		writes = append(writes, organization.CountIn(im.call, im.org, added, pending))
	}
	for _, team := range teams {
		writes = append(writes, roster.Enroll(im.call, im.org, team, newcomers[team], missing[team]))
	}
	return writes
}

// seated are the rows for whom there is room on the teams they join, and what
// room is left then. The others fail.
func (im *importer) seated(rows []*row) ([]*row, map[string]int) {
	room := maps.Clone(im.room)
	var seated []*row
	for _, r := range rows {
		joined := r.change.joined()
		if full := slices.IndexFunc(joined, func(team string) bool { return room[team] < 1 }); full >= 0 {
			r.fail(roster.Full(joined[full]))
			continue
		}
		for _, team := range joined {
			room[team]--
		}
		for _, team := range r.change.left() {
			room[team]++
		}
		seated = append(seated, r)
	}
	return seated, room
}

// store commits rows together. What has changed since they were worked out, as
// when another import is at work, is looked at once for all of them.
func (im *importer) store(ctx context.Context, rows []*row) {
	rows = im.attempt(ctx, rows)
	if len(rows) == 0 {
		return
	}
	if err := im.prepare(ctx, rows); err != nil {
		failAll(rows, err)
		return
	}
	for _, batch := range im.batches(pending(rows)) {
		im.halve(ctx, batch)
	}
}

// attempt commits rows together, but for those that it is refused for. It
// returns the rows that are to be worked out anew.
func (im *importer) attempt(ctx context.Context, rows []*row) []*row {
	rows, room := im.seated(rows)
	if len(rows) == 0 {
		return nil
	}
	err := im.commit(ctx, rows)
	var refusal *table.Refusal
	switch {
	case err == nil:
		im.room = room
		return nil
	case im.deposed != nil:
		failAll(rows, err)
		return nil
	case !errors.As(err, &refusal):
		slog.ErrorContext(ctx, "import batch failed", "requestId", im.call.RequestID, "rows", len(rows), "error", err.Error())
		failAll(rows, err)
		return nil
	}
	rest, stale := without(rows, refusal)
	if len(rest) == len(rows) {
		return rows
	}
	return append(stale, im.attempt(ctx, rest)...)
}

// commit makes the writes of rows. Who may not act any more is not asked for
// twice: the rest of their rows fails.
func (im *importer) commit(ctx context.Context, rows []*row) error {
	if im.deposed != nil {
		return im.deposed
	}
	err := roster.Commit(ctx, im.call, im.writes(rows)...)
	if api.NoLongerActing(err) {
		im.deposed = err
	}
	im.stored = im.stored || err == nil
	return err
}

// without are the rows that nothing of their own was refused for, and those
// that were worked out on what has changed since. What else was refused fails.
func without(rows []*row, refusal *table.Refusal) (rest, stale []*row) {
	for _, r := range rows {
		switch err := refusal.Among(r.writes); {
		case err == nil:
			rest = append(rest, r)
		case overtaken(err):
			stale = append(stale, r)
		default:
			r.fail(err)
		}
	}
	return rest, stale
}

// overtaken tells whether a row was refused because of what came to be since
// it was worked out: a new version of the user, or a user who has its address.
func overtaken(err error) bool {
	return errors.Is(err, api.ErrStale) || problem.Is(err, problem.EmailTaken)
}

// halve commits rows together, as long as that is refused in halves, and at
// last one by one.
func (im *importer) halve(ctx context.Context, rows []*row) {
	rows = im.attempt(ctx, rows)
	switch half := len(rows) / 2; len(rows) {
	case 0:
	case 1:
		im.again(ctx, rows[0])
	default:
		im.halve(ctx, rows[:half])
		im.halve(ctx, rows[half:])
	}
}

// again stores one row on what is there now.
func (im *importer) again(ctx context.Context, r *row) {
	_, err := api.Optimistic(ctx, func(ctx context.Context) (*row, error) {
		if err := im.prepare(ctx, []*row{r}); err != nil || len(r.writes) == 0 {
			return r, err
		}
		err := im.commit(ctx, []*row{r})
		if overtaken(err) {
			err = api.ErrStale
		}
		return r, err
	})
	if err != nil {
		r.fail(err)
	}
}

func failAll(rows []*row, err error) {
	for _, r := range rows {
		r.fail(err)
	}
}
