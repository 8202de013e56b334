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

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
)

func TestCreateAnswersWithTheWholeTeam(t *testing.T) {
	a := newAgency(t)
	users := a.hire(2, true)
	body := map[string]any{"key": "customer_support", "members": []string{users[1], users[0], users[1]}, "metadata": map[string]string{"queue": "7"}}
	created := a.Admin().Post(a.teams(), body).Want(http.StatusCreated)
	for path, want := range map[string]any{
		"id": "customer_support", "key": "customer_support", "label": "Customer support", "description": "", "routing": "round_robin",
		"version": 1.0, "handoffCount": 0.0, "members.0": users[0], "members.1": users[1], "members.2": nil, "metadata.queue": "7",
	} {
		if got := created.At(path); got != want {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
	if got := a.Member().Get(a.team("customer_support")).Want(http.StatusOK); string(got.Body) != string(created.Body) {
		t.Errorf("read back\n%s\nwrote\n%s", got.Body, created.Body)
	}
	for _, user := range users {
		if u := a.read(user); !slices.Equal(u.Teams, []string{"customer_support"}) || u.Version != 2 {
			t.Errorf("user has teams %v at version %d", u.Teams, u.Version)
		}
	}
	a.counted(1)
}

func TestCreateWithoutMembersHasNone(t *testing.T) {
	a := newAgency(t)
	for name, members := range map[string]string{"left_out": ``, "empty": `,"members":[]`, "null": `,"members":null`} {
		made := a.Admin().Post(a.teams(), `{"key":"`+name+`"`+members+`}`).Want(http.StatusCreated)
		if got, is := made.At("members").([]any); !is || len(got) != 0 {
			t.Errorf("%s: members %v, want []", name, made.At("members"))
		}
	}
}

func TestCreateRefuses(t *testing.T) {
	a := newAgency(t)
	users := a.hire(51, false)
	other := agency{World: a.World, org: a.Owner().Post("/organizations", `{"name":"Other"}`).Want(http.StatusCreated).ID()}
	stranger := other.hire(1, true)[0]
	for name, tc := range map[string]struct {
		body   any
		status int
		code   problem.Code
		place  string
	}{
		"no body":                  {"", 400, problem.Malformed, ""},
		"no object":                {`[]`, 422, problem.Invalid, "body"},
		"no key":                   {`{"label":"x"}`, 422, problem.Invalid, "body.key"},
		"empty key":                {`{"key":""}`, 422, problem.Invalid, "body.key"},
		"upper-case key":           {`{"key":"Support"}`, 422, problem.Invalid, "body.key"},
		"key with a digit":         {`{"key":"support2"}`, 422, problem.Invalid, "body.key"},
		"key that begins with _":   {`{"key":"_support"}`, 422, problem.Invalid, "body.key"},
		"key with a line feed":     {`{"key":"support\n"}`, 422, problem.Invalid, "body.key"},
		"key of 41 characters":     {map[string]any{"key": strings.Repeat("k", 41)}, 422, problem.Invalid, "body.key"},
		"empty label":              {`{"key":"a","label":""}`, 422, problem.Invalid, "body.label"},
		"blank label":              {`{"key":"a","label":"  "}`, 422, problem.Invalid, "body.label"},
		"long label":               {map[string]any{"key": "a", "label": strings.Repeat("é", 121)}, 422, problem.Invalid, "body.label"},
		"bidi label":               {`{"key":"a","label":"x\u202ey"}`, 422, problem.Invalid, "body.label"},
		"control in description":   {`{"key":"a","description":"x\u0007"}`, 422, problem.Invalid, "body.description"},
		"long description":         {map[string]any{"key": "a", "description": strings.Repeat("d", 1001)}, 422, problem.Invalid, "body.description"},
		"no such routing":          {`{"key":"a","routing":"random"}`, 422, problem.Invalid, "body.routing"},
		"metadata of a wrong type": {`{"key":"a","metadata":{"k":7}}`, 422, problem.Invalid, "body.metadata.k"},
		"metadata too long":        {map[string]any{"key": "a", "metadata": map[string]string{"k": strings.Repeat("v", 501)}}, 422, problem.Invalid, "body.metadata.k"},
		"unknown field":            {`{"key":"a","handoffCount":7}`, 422, problem.Invalid, "body.handoffCount"},
		"51 members":               {map[string]any{"key": "a", "members": users}, 422, problem.Invalid, "body.members"},
		"member that is no id":     {`{"key":"a","members":["you"]}`, 422, problem.Invalid, "body.members[0]"},
		"member that is not there": {map[string]any{"key": "a", "members": []string{users[0], id.New(id.User, time.Now())}}, 422, problem.Invalid, "body.members[1]"},
		"member of another one":    {map[string]any{"key": "a", "members": []string{stranger}}, 422, problem.Invalid, "body.members[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			got := a.Admin().Post(a.teams(), tc.body)
			if tc.place == "" {
				got.Refused(tc.status, tc.code)
				return
			}
			got.Refused(tc.status, tc.code, tc.place)
		})
	}
	a.counted(0)
}

func TestCreateUnderAnUnknownOrganizationIs404(t *testing.T) {
	a := newAgency(t)
	elsewhere := a.World.As(access.Principal{Type: access.Staff, ID: "stf_x", Role: access.Owner, Workspace: id.New(id.Workspace, time.Now())})
	members := map[string]any{"key": "a", "members": a.hire(1, true)}
	a.Admin().Post("/organizations/nonsense/teams", `{"key":"a"}`).Refused(404, problem.NotFound)
	a.Admin().Post("/organizations/"+id.New(id.Organization, time.Now())+"/teams", `{"key":"a"}`).Refused(404, problem.NotFound)
	elsewhere.Post(a.teams(), `{"key":"a"}`).Refused(404, problem.NotFound)
	elsewhere.Post(a.teams(), members).Refused(404, problem.NotFound)
	a.counted(0)
}

func TestCreateTakesAKeyOnce(t *testing.T) {
	a := newAgency(t)
	users := a.hire(1, true)
	var created, taken atomic.Int32
	var group sync.WaitGroup
	for i := range 12 {
		group.Go(func() {
			body := map[string]any{"key": "support", "members": users[:i%2]}
			switch got := a.Admin().Post(a.teams(), body); got.Status {
			case http.StatusCreated:
				created.Add(1)
			case http.StatusConflict:
				got.Refused(409, problem.KeyTaken, "body.key")
				taken.Add(1)
			}
		})
	}
	group.Wait()
	if created.Load() != 1 || taken.Load() != 11 {
		t.Errorf("%d created, %d taken, want 1 and 11", created.Load(), taken.Load())
	}
	a.counted(1)
	other := a.Owner().Post("/organizations", `{"name":"Other"}`).Want(http.StatusCreated).ID()
	a.Admin().Post("/organizations/"+other+"/teams", `{"key":"support"}`).Want(http.StatusCreated)
}

func TestCreateStopsAt200Teams(t *testing.T) {
	a := newAgency(t)
	key := func(i int) string { return "t" + string(rune('a'+i/26)) + string(rune('a'+i%26)) }
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := worker; i < 203; i += 8 {
				if got := a.Admin().Post(a.teams(), map[string]any{"key": key(i)}); got.Status != http.StatusCreated {
					got.Refused(409, problem.LimitReached)
				}
			}
		})
	}
	group.Wait()
	a.counted(200)
	keys := a.Member().All(a.teams()+"?limit=70", "key")
	if len(keys) != 200 || !slices.IsSorted(keys) || len(slices.Compact(keys)) != 200 {
		t.Errorf("%d keys listed, in order: %v", len(keys), slices.IsSorted(keys))
	}
}

func TestCreateRefusesAUserOn20Teams(t *testing.T) {
	a := newAgency(t)
	users := a.hire(1, true)
	for i := range 20 {
		a.create("t"+string(rune('a'+i)), users...)
	}
	got := a.Admin().Post(a.teams(), map[string]any{"key": "one_more", "members": users}).Refused(409, problem.LimitReached)
	if !strings.Contains(fmt.Sprint(got.At("detail")), "User 0") {
		t.Errorf("detail %q does not name the user", got.At("detail"))
	}
	a.Admin().Put(a.member("ta", users[0]), nil).Want(http.StatusOK)
	a.create("empty")
	a.Admin().Put(a.member("empty", users[0]), nil).Refused(409, problem.LimitReached)
	a.counted(21)
}

func TestCreateIsIdempotent(t *testing.T) {
	a := newAgency(t)
	once := apitest.Headers{"Idempotency-Key": "k-1"}
	body := map[string]any{"key": "support", "members": a.hire(1, true)}
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() { a.Admin().Post(a.teams(), body, once).Want(http.StatusCreated) })
	}
	group.Wait()
	a.Admin().Patch(a.team("support"), `{"label":"Help"}`).Want(http.StatusOK)
	again := a.Admin().Post(a.teams(), body, once).Want(http.StatusCreated)
	if again.Header.Get("Idempotent-Replayed") != "true" || again.At("label") != "Help" {
		t.Errorf("replayed %q, label %v", again.Header.Get("Idempotent-Replayed"), again.At("label"))
	}
	a.Admin().Post(a.teams(), `{"key":"other"}`, once).Refused(422, problem.IdempotencyReused)
	a.counted(1)
}

// TestCreateAnswersAgainWhateverHappenedSince: a retry is told of the team that
// it made, though its members could not be put on one now.
func TestCreateAnswersAgainWhateverHappenedSince(t *testing.T) {
	a := newAgency(t)
	users := a.hire(1, true)
	for i := range 19 {
		a.create("t"+string(rune('a'+i)), users...)
	}
	once := apitest.Headers{"Idempotency-Key": "k"}
	body := map[string]any{"key": "twentieth", "members": users}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() { a.Admin().Post(a.teams(), body, once).Want(http.StatusCreated) })
	}
	group.Wait()
	again := func() {
		t.Helper()
		if got := a.Admin().Post(a.teams(), body, once).Want(http.StatusCreated); got.ID() != "twentieth" || got.Header.Get("Idempotent-Replayed") != "true" {
			t.Errorf("replayed %q: %s", got.Header.Get("Idempotent-Replayed"), got.Body)
		}
	}
	again()
	if err := a.Table.Commit(t.Context(), table.Delete(table.UserKey(a.Workspace, a.org, users[0]))); err != nil {
		t.Fatal(err)
	}
	again()
	a.Admin().Post(a.teams(), body).Refused(422, problem.Invalid, "body.members[0]")
	a.counted(20)
}
