package team_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"atrium/shared/activity"
	"atrium/shared/apitest"
	"atrium/shared/id"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/table"
)

func TestAMemberComesAndGoes(t *testing.T) {
	a := newAgency(t)
	a.create("support")
	user := a.hire(1, true)[0]
	added := a.Admin().Put(a.member("support", user), nil).Want(http.StatusCreated)
	if added.Header.Get("ETag") != `"2"` || fmt.Sprint(added.At("members")) != "["+user+"]" {
		t.Errorf("ETag %s, members %v", added.Header.Get("ETag"), added.At("members"))
	}
	again := a.Admin().Put(a.member("support", user), nil).Want(http.StatusOK)
	if string(again.Body) != string(added.Body) || again.Header.Get("ETag") != `"2"` {
		t.Errorf("again\n%s\nfirst\n%s", again.Body, added.Body)
	}
	if u := a.read(user); !slices.Equal(u.Teams, []string{"support"}) || u.Version != 2 {
		t.Errorf("user has teams %v at version %d", u.Teams, u.Version)
	}
	a.Admin().Delete(a.member("support", user)).Want(http.StatusNoContent)
	if u := a.read(user); len(u.Teams) != 0 || u.Version != 3 {
		t.Errorf("user has teams %v at version %d", u.Teams, u.Version)
	}
	a.Admin().Delete(a.member("support", user)).Refused(404, problem.NotFound)
	if got := a.Admin().Get(a.team("support")); got.At("version") != 3.0 || fmt.Sprint(got.At("members")) != "[]" {
		t.Errorf("left with %s", got.Body)
	}
}

func TestOnlyUsersOfTheOrganizationJoin(t *testing.T) {
	a := newAgency(t)
	a.create("support")
	user := a.hire(1, true)[0]
	other := agency{World: a.World, org: a.Owner().Post("/organizations", `{"name":"Other"}`).Want(http.StatusCreated).ID()}
	for name, path := range map[string]string{
		"no user's id":         a.member("support", "you"),
		"nobody":               a.member("support", id.New(id.User, time.Now())),
		"another one's user":   a.member("support", other.hire(1, true)[0]),
		"no such team":         a.member("sales", user),
		"no team's key":        a.member("Support", user),
		"another organization": other.member("support", user),
		"no organization's id": "/organizations/x/teams/support/members/" + user,
	} {
		t.Run(name, func(t *testing.T) {
			a.Admin().Put(path, nil).Refused(404, problem.NotFound)
			a.Admin().Delete(path).Refused(404, problem.NotFound)
		})
	}
	if r := a.stored("support"); r.Size != 0 {
		t.Errorf("%d members", r.Size)
	}
}

func TestATeamStopsAt500Members(t *testing.T) {
	a := newAgency(t)
	users := a.hire(501, false)
	a.create("support", users[:50]...)
	var group sync.WaitGroup
	for i := 50; i < 500; i += 90 {
		// What 90 calls one by one would make: the limit is the point here.
		group.Go(func() { a.seat("support", users[i:min(i+90, 500)]) })
	}
	group.Wait()
	a.Admin().Put(a.member("support", users[500]), nil).Refused(409, problem.LimitReached)
	a.Admin().Delete(a.member("support", users[0])).Want(http.StatusNoContent)
	got := a.Admin().Put(a.member("support", users[500]), nil).Want(http.StatusCreated)
	if members, _ := got.At("members").([]any); len(members) != 500 {
		t.Errorf("%d members, want 500", len(members))
	}
	a.Admin().Patch(a.team("support"), `{"label":"Crowd"}`).Want(http.StatusOK)
	a.Admin().Delete(a.team("support")).Want(http.StatusNoContent)
	a.Admin().Get(a.team("support")).Refused(404, problem.NotFound)
	for i, user := range users {
		if teams := a.read(user).Teams; len(teams) != 0 {
			t.Fatalf("user %d is still on %v", i, teams)
		}
	}
	a.counted(0)
}

// TestALargeTeamIsDeletedInTheVersionAskedFor: its own first steps make others,
// and what somebody else changes once it has begun does not stop it.
func TestALargeTeamIsDeletedInTheVersionAskedFor(t *testing.T) {
	for _, meanwhile := range []int{0, 1, 2} {
		t.Run(fmt.Sprint("changed before write ", meanwhile), func(t *testing.T) {
			a := newAgency(t)
			users := a.hire(120, false)
			a.create("support", users[:50]...)
			a.seat("support", users[50:])
			tag := a.Admin().Get(a.team("support")).Header.Get("ETag")
			writes := 0
			a.Fault = func(r *http.Request) (*http.Response, error) {
				if strings.HasSuffix(r.Header.Get("X-Amz-Target"), "TransactWriteItems") {
					if writes++; writes == meanwhile {
						at := table.TeamKey(a.Workspace, a.org, "support")
						return nil, a.Table.UpdateOne(t.Context(), table.Update(at, table.Increase("version", 1)), &struct{}{})
					}
				}
				return nil, nil //nolint:nilnil // not broken
			}
			got := a.Admin().Delete(a.team("support"), apitest.Headers{"If-Match": tag})
			a.Mend()
			if meanwhile == 1 {
				got.Refused(412, problem.Stale, "header.If-Match")
				if r := a.stored("support"); r.Size != 120 {
					t.Errorf("%d members are left of a team that was not deleted", r.Size)
				}
				return
			}
			got.Want(http.StatusNoContent)
			a.counted(0)
		})
	}
}

// seat puts members on a team's item directly.
func (a agency) seat(key string, users []string) {
	a.T.Helper()
	update := table.Increase("size", len(users))
	writes := make([]*table.Write, 0, len(users)+1)
	for _, user := range users {
		update = update.Set(table.Path("offDuty."+user), table.Value(true))
		writes = append(writes, table.Update(table.UserKey(a.Workspace, a.org, user),
			table.Increase("version", 1).Add(table.Path("teams"), table.Strings(key))))
	}
	writes = append(writes, table.Update(table.TeamKey(a.Workspace, a.org, key), update))
	if err := a.Table.Commit(a.T.Context(), writes...); err != nil {
		a.T.Error(err)
	}
}

func TestOneUserJoinsOnceAtOnce(t *testing.T) {
	a := newAgency(t)
	a.create("support")
	user := a.hire(1, true)[0]
	var added, already atomic.Int32
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			switch a.Admin().Put(a.member("support", user), nil).Status {
			case http.StatusCreated:
				added.Add(1)
			case http.StatusOK:
				already.Add(1)
			}
		})
	}
	group.Wait()
	if r := a.stored("support"); added.Load() != 1 || already.Load() != 7 || r.Size != 1 {
		t.Errorf("%d added, %d already, size %d", added.Load(), already.Load(), r.Size)
	}
}

func TestChangesAreRecorded(t *testing.T) {
	a := newAgency(t)
	a.create("support")
	user := a.hire(1, true)[0]
	a.Admin().Put(a.member("support", user), nil).Want(http.StatusCreated)
	a.Admin().Put(a.member("support", user), nil).Want(http.StatusOK)
	a.Admin().Patch(a.team("support"), `{"label":"Help"}`).Want(http.StatusOK)
	a.Admin().Delete(a.member("support", user)).Want(http.StatusNoContent)
	a.Admin().Delete(a.team("support")).Want(http.StatusNoContent)
	rows, err := a.Table.Query(t.Context(), table.Query{Index: table.G3, PK: table.ActivityOn(a.Workspace, "support")})
	if err != nil {
		t.Fatal(err)
	}
	who := map[string]any{"id": user, "name": "User 0"}
	want := []struct {
		action        string
		field         string
		before, after any
	}{
		{action: "team.created"},
		{"team.member_added", "members", nil, who},
		{"team.updated", "label", "Support", "Help"},
		{"team.member_removed", "members", who, nil},
		{action: "team.deleted"},
	}
	if len(rows.Items) != len(want) {
		t.Fatalf("%d actions, want %d", len(rows.Items), len(want))
	}
	for i, item := range rows.Items {
		var got activity.Item
		if err := item.Decode(&got); err != nil {
			t.Fatal(err)
		}
		if got.Action != want[i].action || got.Target.ID != "support" || got.Actor.ID != "stf_0000000000000000000000000a" {
			t.Errorf("%s on %v by %v, want %s", got.Action, got.Target, got.Actor, want[i].action)
		}
		var changes []patch.Change
		if want[i].field != "" {
			changes = []patch.Change{{Field: want[i].field, Before: want[i].before, After: want[i].after}}
		}
		if got.Action == "team.deleted" {
			changes = []patch.Change{{Field: "label", Before: "Help"}, {Field: "routing", Before: "round_robin"}}
		}
		if fmt.Sprint(got.Changes) != fmt.Sprint(changes) {
			t.Errorf("%s: %v, want %v", got.Action, got.Changes, changes)
		}
	}
}
