package team_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/id"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// agency is a world with one organization in it.
type agency struct {
	*apitest.World
	org string
}

func newAgency(t *testing.T) agency {
	t.Helper()
	t.Parallel()
	w := apitest.New(t)
	org := w.Owner().Post("/organizations", map[string]any{"name": "Café del Mar"}).Want(http.StatusCreated).ID()
	return agency{World: w, org: org}
}

func (a agency) teams() string                  { return "/organizations/" + a.org + "/teams" }
func (a agency) team(key string) string         { return a.teams() + "/" + key }
func (a agency) handoffs(key string) string     { return a.team(key) + "/handoffs" }
func (a agency) member(key, user string) string { return a.team(key) + "/members/" + user }

// create makes a team of users.
func (a agency) create(key string, members ...string) {
	a.T.Helper()
	a.Admin().Post(a.teams(), map[string]any{"key": key, "members": members}).Want(http.StatusCreated)
}

// staffed is a team of so many users, all of them online.
func (a agency) staffed(key string, n int) []string {
	a.T.Helper()
	users := a.hire(n, true)
	a.create(key, users...)
	return users
}

// user is a user's item, as far as teams read and write it.
type user struct {
	table.Key
	api.Resource
	Name         string   `json:"name"`
	Email        string   `json:"email"`
	AvatarURL    string   `json:"avatarUrl"`
	Status       string   `json:"status"`
	Availability string   `json:"availability"`
	Teams        []string `json:"teams,omitempty,stringset"`
}

// hire puts users into the organization, in the order of their ids.
func (a agency) hire(n int, online bool) []string {
	a.T.Helper()
	users, writes := make([]string, n), make([]*table.Write, n)
	for i := range users {
		users[i] = id.New(id.User, time.Now())
	}
	slices.Sort(users)
	for i := range users {
		u := user{
			Key:      table.UserKey(a.Workspace, a.org, users[i]),
			Resource: api.Resource{ID: users[i], Version: 1, CreatedAt: time.Now(), UpdatedAt: time.Now()},
			Name:     fmt.Sprint("User ", i), Email: fmt.Sprintf("user%d@client.example", i), Status: "active", Availability: "offline",
		}
		if online {
			u.Availability = "online"
		}
		writes[i] = table.Create(u)
	}
	for i := 0; i < n; i += table.MaxItems {
		if err := a.Table.Commit(a.T.Context(), writes[i:min(i+table.MaxItems, n)]...); err != nil {
			a.T.Fatal(err)
		}
	}
	return users
}

// read is a user's item as it is.
func (a agency) read(id string) user {
	a.T.Helper()
	u, err := table.Get[user](a.T.Context(), a.Table, table.UserKey(a.Workspace, a.org, id))
	if err != nil {
		a.T.Fatal(err)
	}
	return u
}

// turn puts a user on or off duty on a team, as a change of their availability does.
func (a agency) turn(key, id string, onDuty bool) {
	a.T.Helper()
	u := a.read(id)
	availability := map[bool]string{true: "online", false: "away"}[onDuty]
	a.show(key, roster.Card{ID: id, Name: u.Name, Email: u.Email}, onDuty,
		table.Update(u.Key, table.Set("availability", availability).Add(table.Path("version"), table.Value(1))))
}

// show puts a member on or off duty on a team's item.
func (a agency) show(key string, card roster.Card, onDuty bool, others ...*table.Write) {
	a.T.Helper()
	c := a.call()
	if err := roster.Commit(a.T.Context(), c, append(others, roster.Show(c, a.org, key, card, onDuty))...); err != nil {
		a.T.Fatal(err)
	}
}

// call is one of the workspace's, from within.
func (a agency) call() *api.Call {
	return &api.Call{Table: a.Table, Caller: api.Caller{Principal: access.Principal{Workspace: a.Workspace}}}
}

// record is what the table holds of a team beside what is shown.
type record struct {
	roster.Roster
	Turns map[string]int `json:"turns"`
}

func (a agency) stored(key string) record {
	a.T.Helper()
	r, err := table.Get[record](a.T.Context(), a.Table, table.TeamKey(a.Workspace, a.org, key))
	if err != nil {
		a.T.Fatal(err)
	}
	return r
}

// counted fails the test unless the organization counts so many teams.
func (a agency) counted(want int) {
	a.T.Helper()
	if got := a.Owner().Get("/organizations/" + a.org).Want(http.StatusOK).At("counts.teams"); got != float64(want) {
		a.T.Errorf("counts.teams = %v, want %d", got, want)
	}
}
