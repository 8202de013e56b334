package team_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"atrium/shared/apitest"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
)

func TestUpdateChangesWhatTheBodyNames(t *testing.T) {
	a := newAgency(t)
	a.staffed("support", 2)
	for name, tc := range map[string]struct {
		body string
		want map[string]any
	}{
		"label":       {`{"label":"  Help   desk "}`, map[string]any{"label": "Help desk"}},
		"no label":    {`{"label":null}`, map[string]any{"label": "Support"}},
		"description": {`{"description":"One\nTwo"}`, map[string]any{"description": "One\nTwo"}},
		"routing":     {`{"routing":"least_recent"}`, map[string]any{"routing": "least_recent"}},
		"no routing":  {`{"routing":null}`, map[string]any{"routing": "round_robin"}},
		"metadata":    {`{"metadata":{"a":"1","b":"2"}}`, map[string]any{"metadata.a": "1"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := a.Admin().Patch(a.team("support"), tc.body).Want(http.StatusOK)
			for path, want := range tc.want {
				if got.At(path) != want {
					t.Errorf("%s = %v, want %v", path, got.At(path), want)
				}
			}
			if members, _ := got.At("members").([]any); len(members) != 2 {
				t.Errorf("members %v, want the same two", members)
			}
			if read := a.Admin().Get(a.team("support")); string(read.Body) != string(got.Body) || read.Header.Get("ETag") != got.Header.Get("ETag") {
				t.Errorf("read back\n%s\nwrote\n%s", read.Body, got.Body)
			}
		})
	}
}

func TestUpdateWithoutAnyChangeMakesNoVersion(t *testing.T) {
	a := newAgency(t)
	users := a.staffed("support", 2)
	slices.Reverse(users)
	for _, body := range []any{`{}`, `{"label":"Support"}`, map[string]any{"members": users}} {
		if got := a.Admin().Patch(a.team("support"), body).Want(http.StatusOK).At("version"); got != 1.0 {
			t.Errorf("version %v, want 1", got)
		}
	}
}

func TestUpdateRefuses(t *testing.T) {
	a := newAgency(t)
	users := a.hire(51, true)
	a.create("support", users[0])
	for name, tc := range map[string]struct {
		body  any
		place string
	}{
		"the key":                  {`{"key":"other"}`, "body.key"},
		"the same key":             {`{"key":"support"}`, "body.key"},
		"the id":                   {`{"id":"other"}`, "body.id"},
		"no object":                {`["label"]`, "body"},
		"empty label":              {`{"label":""}`, "body.label"},
		"blank label":              {`{"label":" "}`, "body.label"},
		"no such routing":          {`{"routing":"random"}`, "body.routing"},
		"51 members":               {map[string]any{"members": users}, "body.members"},
		"members that are no list": {`{"members":"all"}`, "body.members"},
		"member that is not there": {map[string]any{"members": []string{users[1], id.New(id.User, time.Now())}}, "body.members[1]"},
	} {
		t.Run(name, func(t *testing.T) {
			a.Admin().Patch(a.team("support"), tc.body).Refused(422, problem.Invalid, tc.place)
		})
	}
	if got := a.Admin().Get(a.team("support")).At("version"); got != 1.0 {
		t.Errorf("version %v after nothing but refusals", got)
	}
}

func TestUpdateReplacesTheMembers(t *testing.T) {
	a := newAgency(t)
	users := a.hire(5, true)
	a.create("support", users[:3]...)
	want := []string{users[1], users[3], users[4]}
	got := a.Admin().Patch(a.team("support"), map[string]any{"members": want}).Want(http.StatusOK)
	if got.At("version") != 2.0 || fmt.Sprint(got.At("members")) != fmt.Sprint(want) {
		t.Errorf("version %v with members %v, want 2 with %v", got.At("version"), got.At("members"), want)
	}
	for i, user := range users {
		if on := len(a.read(user).Teams) == 1; on != slices.Contains(want, user) {
			t.Errorf("user %d says on the team: %v", i, on)
		}
	}
	if r := a.stored("support"); r.Size != 3 || !slices.Equal(r.Members(), want) || len(r.OnDuty) != 3 {
		t.Errorf("stored roster %+v", r)
	}
	a.Admin().Patch(a.team("support"), `{"members":null}`).Want(http.StatusOK)
	if r := a.stored("support"); r.Size != 0 || len(r.Members()) != 0 {
		t.Errorf("roster %+v after all have left", r)
	}
}

// TestUpdateReplacesAllMembers, however many leave: in one change as long as
// that fits, and in the version asked for also where it takes several.
func TestUpdateReplacesAllMembers(t *testing.T) {
	for size, version := range map[int]float64{48: 2, 49: 3, 500: 13} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			a := newAgency(t)
			users := a.hire(size+50, true)
			a.create("support")
			for some := range slices.Chunk(users[:size], 90) {
				a.seat("support", some)
			}
			named := apitest.Headers{"If-Match": `"1"`}
			got := a.Admin().Patch(a.team("support"), map[string]any{"members": users[size:], "label": "Help"}, named).Want(http.StatusOK)
			if r := a.stored("support"); r.Size != 50 || !slices.Equal(r.Members(), users[size:]) || got.At("version") != version {
				t.Errorf("%d members at version %v", r.Size, got.At("version"))
			}
			for i, user := range users {
				if on := len(a.read(user).Teams) == 1; on != (i >= size) {
					t.Fatalf("user %d says on the team: %v", i, on)
				}
			}
		})
	}
}

// TestUpdateBegunIsFinished though another change comes in between.
func TestUpdateBegunIsFinished(t *testing.T) {
	a := newAgency(t)
	users := a.hire(120, true)
	a.create("support")
	a.seat("support", users[:60])
	a.seat("support", users[60:])
	writes := 0
	a.Fault = func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.Header.Get("X-Amz-Target"), "TransactWriteItems") {
			if writes++; writes == 2 {
				at := table.TeamKey(a.Workspace, a.org, "support")
				return nil, a.Table.UpdateOne(t.Context(), table.Update(at, table.Increase("version", 1)), &struct{}{})
			}
		}
		return nil, nil //nolint:nilnil // not broken
	}
	a.Admin().Patch(a.team("support"), `{"members":[]}`, apitest.Headers{"If-Match": `"1"`}).Want(http.StatusOK)
	a.Mend()
	if r := a.stored("support"); r.Size != 0 || len(r.Members()) != 0 {
		t.Errorf("%d members", r.Size)
	}
}

// TestUpdateThatCannotBeDoneIsNotBegun: somebody who joins is on 20 teams.
func TestUpdateThatCannotBeDoneIsNotBegun(t *testing.T) {
	a := newAgency(t)
	users := a.hire(111, true)
	a.create("support")
	a.seat("support", users[:60])
	a.seat("support", users[60:110])
	teams := make([]string, 20)
	for i := range teams {
		teams[i] = "t" + letters(i+1)
	}
	if err := a.Table.Commit(t.Context(), table.Update(table.UserKey(a.Workspace, a.org, users[110]),
		table.Edit{}.Add(table.Path("teams"), table.Strings(teams...)))); err != nil {
		t.Fatal(err)
	}
	a.Admin().Patch(a.team("support"), map[string]any{"members": users[110:]}).Refused(409, problem.LimitReached)
	if r := a.stored("support"); r.Size != 110 {
		t.Errorf("%d members are left", r.Size)
	}
}

func TestUpdateHonoursIfMatch(t *testing.T) {
	a := newAgency(t)
	user := a.staffed("support", 1)[0]
	other := a.hire(1, true)[0]
	stale := apitest.Headers{"If-Match": `"7"`}
	a.Admin().Patch(a.team("support"), `{"label":"x"}`, stale).Refused(412, problem.Stale, "header.If-Match")
	a.Admin().Put(a.member("support", other), nil, stale).Refused(412, problem.Stale)
	a.Admin().Put(a.member("support", user), nil, stale).Refused(412, problem.Stale)
	a.Admin().Delete(a.member("support", user), stale).Refused(412, problem.Stale)
	a.Admin().Delete(a.team("support"), stale).Refused(412, problem.Stale)
	a.Admin().Patch(a.team("support"), `{"label":"x"}`, apitest.Headers{"If-Match": `"1"`}).Want(http.StatusOK)
	a.Admin().Delete(a.team("support"), apitest.Headers{"If-Match": `*`}).Want(http.StatusNoContent)
}

func TestUpdatesAtOnceLoseNothing(t *testing.T) {
	a := newAgency(t)
	a.create("support")
	users := a.hire(6, true)
	var group sync.WaitGroup
	for i, user := range users {
		group.Go(func() { a.Admin().Put(a.member("support", user), nil).Want(http.StatusCreated) })
		group.Go(func() {
			a.Admin().Patch(a.team("support"), map[string]any{"metadata": map[string]string{fmt.Sprint("k", i): "v"}}).Want(http.StatusOK)
		})
	}
	group.Wait()
	got := a.Admin().Get(a.team("support"))
	members, _ := got.At("members").([]any)
	metadata, _ := got.At("metadata").(map[string]any)
	if len(members) != 6 || len(metadata) != 6 || got.At("version") != 13.0 {
		t.Errorf("%d members and %d notes at version %v, want 6, 6 and 13", len(members), len(metadata), got.At("version"))
	}
}

func TestUpdateKeepsWhoComesOnDutyMeanwhile(t *testing.T) {
	a := newAgency(t)
	users := a.staffed("support", 3)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 15 {
			a.Admin().Patch(a.team("support"), map[string]any{"label": fmt.Sprint("Label ", i), "members": users[:2+i%2]})
		}
	}()
	for i := range 15 {
		a.turn("support", users[0], i%2 == 0)
	}
	a.turn("support", users[0], false)
	<-done
	if r := a.stored("support"); !r.OffDuty[users[0]] || r.Size != len(r.Members()) {
		t.Errorf("the user who went away is on duty: %+v", r)
	}
}

func TestNothingChangesInAnArchivedOrganization(t *testing.T) {
	a := newAgency(t)
	users := a.staffed("support", 1)
	carla := a.Client("org_admin", a.org, users[0])
	for status, tc := range map[string]struct {
		caller apitest.Caller
		code   problem.Code
		answer int
	}{
		"archived":  {a.Admin(), problem.ReadOnly, http.StatusConflict},
		"suspended": {carla, problem.OrganizationShut, http.StatusForbidden},
	} {
		a.Owner().Patch("/organizations/"+a.org, map[string]any{"status": status}).Want(http.StatusOK)
		tc.caller.Post(a.teams(), `{"key":"new"}`).Refused(tc.answer, tc.code)
		tc.caller.Patch(a.team("support"), `{"label":"x"}`).Refused(tc.answer, tc.code)
		tc.caller.Put(a.member("support", users[0]), nil).Refused(tc.answer, tc.code)
		tc.caller.Delete(a.member("support", users[0])).Refused(tc.answer, tc.code)
		tc.caller.Delete(a.team("support")).Refused(tc.answer, tc.code)
	}
	a.Owner().Patch("/organizations/"+a.org, `{"status":"active"}`).Want(http.StatusOK)
	a.Owner().Patch("/organizations/"+a.org, `{"status":"suspended"}`).Want(http.StatusOK)
	a.Admin().Patch(a.team("support"), `{"label":"`+strings.Repeat("x", 120)+`"}`).Want(http.StatusOK)
}
