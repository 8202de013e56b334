package team

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"atrium/shared/organization"
	"atrium/shared/roster"
	"atrium/shared/table"
	"atrium/shared/whole"
)

// Whole is what must hold of an organization's teams, and of who is on them.
func Whole() whole.Kind {
	return whole.Kind{
		Name:      "team",
		Partition: func(at whole.At) string { return table.Teams(at.Workspace(), at.Organization) },
		Judge:     whole.Judge(judge), Among: members,
	}
}

func judge(_ context.Context, at whole.At, r Record) (whole.Verdict, error) {
	var o organization.Record
	if err := at.Around.Decode(&o); err != nil {
		return whole.Verdict{}, err
	}
	be, v := r, whole.Verdict{Was: r, While: []*table.Write{at.Still()}}
	if be.Closed = o.Closes(); be.Closed != r.Closed {
		v.Wrong = append(v.Wrong, fmt.Sprintf("is closed to handoffs: %t, and must be: %t", r.Closed, be.Closed))
	}
	if be.Size = len(r.OnDuty) + len(r.OffDuty); be.Size != r.Size {
		v.Wrong = append(v.Wrong, fmt.Sprintf("counts %d members, and has %d", r.Size, be.Size))
	}
	v.Be = be
	return v, nil
}

// A membership stands in two items, the team's and the user's. Where only one
// has it the team is right, as handoffs go by it: who was taking a team's chats
// goes on taking them. But what is of nobody goes, and so does what would put a
// user on more teams than one can be on.

// memberships are those of an organization, by its teams.
type memberships struct {
	at    whole.At
	teams map[string]Record
	// of are the keys of a user's teams, in order.
	of map[string][]string
}

// members holds both sides of all memberships against each other.
func members(ctx context.Context, at whole.At) ([]whole.Finding, error) {
	m, err := readMemberships(ctx, at)
	if err != nil {
		return nil, err
	}
	var found []whole.Finding
	var one sync.Mutex
	err = at.Table.Each(ctx, table.Query{PK: table.Users(at.Workspace(), at.Organization)}, func(item table.Item) error {
		var p person
		if err := item.Decode(&p); err != nil {
			return err
		}
		one.Lock()
		defer one.Unlock()
		found = append(found, m.judge(p)...)
		delete(m.of, p.ID)
		return nil
	})
	for user, teams := range m.of {
		found = append(found, m.nobody(user, teams)...)
	}
	return found, err
}

func readMemberships(ctx context.Context, at whole.At) (memberships, error) {
	m := memberships{at: at, teams: map[string]Record{}, of: map[string][]string{}}
	var one sync.Mutex
	err := at.Table.Each(ctx, table.Query{PK: table.Teams(at.Workspace(), at.Organization)}, func(item table.Item) error {
		var r Record
		if err := item.Decode(&r); err != nil {
			return err
		}
		one.Lock()
		defer one.Unlock()
		m.teams[r.ID] = r
		for _, user := range r.Members() {
			m.of[user] = append(m.of[user], r.ID)
		}
		return nil
	})
	for _, teams := range m.of {
		slices.Sort(teams)
	}
	return m, err
}

// judge finds what is wrong with a user's memberships.
func (m memberships) judge(p person) []whole.Finding {
	teams := m.of[p.ID]
	still := table.Check(m.user(p.ID), table.Equals("version", p.Version))
	var found []whole.Finding
	for _, key := range teams[min(len(teams), roster.TeamsPerUser):] {
		found = append(found, m.leaves(key, p.ID, "is on too many teams", still))
	}
	teams = teams[:min(len(teams), roster.TeamsPerUser)]
	slices.Sort(p.Teams)
	if !slices.Equal(p.Teams, teams) {
		found = append(found, m.notes(p, teams))
	}
	for _, key := range teams {
		if !m.teams[key].shows(p) {
			found = append(found, whole.Finding{
				What: fmt.Sprintf("team %s has user %s as the user was before", m.name(key), p.ID),
				Mend: []*table.Write{roster.Show(m.at.Call, m.at.Organization, key, p.card(), p.onDuty()), still},
			})
		}
	}
	return found
}

// nobody are the findings for members that are no users.
func (m memberships) nobody(user string, teams []string) []whole.Finding {
	found := make([]whole.Finding, len(teams))
	for i, key := range teams {
		found[i] = m.leaves(key, user, "is no user", table.Check(m.user(user), table.Absent()))
	}
	return found
}

func (m memberships) leaves(key, user, why string, while *table.Write) whole.Finding {
	_, onDuty := m.teams[key].OnDuty[user]
	return whole.Finding{
		What: fmt.Sprintf("team %s has the member %s, who %s", m.name(key), user, why),
		Mend: []*table.Write{roster.Leave(m.at.Call, m.at.Organization, key, user, onDuty), while},
	}
}

// notes is the finding for a user who names other teams than have the user.
func (m memberships) notes(p person, teams []string) whole.Finding {
	update := table.Increase("version", 1).Set(table.Path("updatedAt"), table.Value(m.at.Now))
	if len(teams) == 0 {
		update = update.Remove(table.Path("teams"))
	} else {
		update = update.Set(table.Path("teams"), table.Strings(teams...))
	}
	return whole.Finding{
		What: fmt.Sprintf("user %s of organization %s names the teams [%s], and is on [%s]",
			p.ID, m.at.Organization, strings.Join(p.Teams, " "), strings.Join(teams, " ")),
		Mend: append(m.differing(p, teams), table.Update(m.user(p.ID), update).If(table.Equals("version", p.Version))),
	}
}

// differing are the checks that the teams which a user does not name rightly
// still have the user, or have not: to join or to leave is to write both.
func (m memberships) differing(p person, teams []string) []*table.Write {
	on := table.Either(table.Has("onDuty."+p.ID), table.Has("offDuty."+p.ID))
	var checks []*table.Write
	for _, key := range teams {
		if !slices.Contains(p.Teams, key) {
			checks = append(checks, table.Check(table.TeamKey(m.at.Workspace(), m.at.Organization, key), on))
		}
	}
	for _, key := range p.Teams {
		if !slices.Contains(teams, key) {
			checks = append(checks, table.Check(table.TeamKey(m.at.Workspace(), m.at.Organization, key), table.Not(on)))
		}
	}
	return checks
}

// shows tells whether the team has a member as the person is.
func (r Record) shows(p person) bool {
	card, on := r.OnDuty[p.ID]
	if p.onDuty() {
		return on && card == p.card() && !r.OffDuty[p.ID]
	}
	return !on
}

func (m memberships) name(team string) string { return team + " of organization " + m.at.Organization }

func (m memberships) user(id string) table.Key {
	return table.UserKey(m.at.Workspace(), m.at.Organization, id)
}
