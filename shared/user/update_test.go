package user_test

import (
	"net/http"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/apitest"
	"atrium/shared/id"
	"atrium/shared/patch"
	"atrium/shared/problem"
)

func TestUpdateChangesWhatItNames(t *testing.T) {
	a := newAgency(t)
	agent := a.agent("Bot", nil)
	user := a.add("Ann Lee", "ann@example.com", map[string]any{"sections": map[string]string{"home": "edit", "prompt": "view"}, "metadata": map[string]string{"a": "1", "b": "2"}, "externalId": "x"})
	for _, step := range []struct {
		name, body string
		want       map[string]any
	}{
		{"nothing", `{}`, map[string]any{"version": 1.0}},
		{"what it is", `{"name":"Ann Lee","role":"user"}`, map[string]any{"version": 1.0}},
		{"name", `{"name":"Ann Li"}`, map[string]any{"version": 2.0, "name": "Ann Li", "email": "ann@example.com", "sections.home": "edit"}},
		{"one section", `{"sections":{"prompt":"edit"}}`, map[string]any{"version": 3.0, "sections.prompt": "edit", "sections.home": "edit"}},
		{"section taken away", `{"sections":{"home":null}}`, map[string]any{"sections.prompt": "edit", "sections.home": "none"}},
		{"default sections", `{"sections":null}`, map[string]any{"sections.prompt": "none", "sections.home": "view"}},
		{"one agent", `{"agents":["` + agent + `"]}`, map[string]any{"agents.0": agent}},
		{"all agents", `{"agents":null}`, map[string]any{"agents": "all"}},
		{"metadata", `{"metadata":{"a":null,"c":"3"}}`, map[string]any{"metadata.a": nil, "metadata.b": "2", "metadata.c": "3"}},
		{"role and back", `{"role":"org_admin"}`, map[string]any{"role": "org_admin"}},
		{"default role", `{"role":null}`, map[string]any{"role": "user"}},
		{"suspended", `{"status":"suspended"}`, map[string]any{"status": "suspended"}},
		{"let in again", `{"status":"active"}`, map[string]any{"status": "active"}},
		{"language", `{"language":"de","avatarUrl":"https://example.com/a.png"}`, map[string]any{"language": "de", "avatarUrl": "https://example.com/a.png"}},
		{"no external id", `{"externalId":null}`, map[string]any{"externalId": "", "version": 14.0}},
	} {
		got := a.Admin().Patch(a.user(user), step.body).Want(http.StatusOK)
		for path, want := range step.want {
			if got.At(path) != want {
				t.Errorf("%s: %s = %v, want %v", step.name, path, got.At(path), want)
			}
		}
		if read := a.Admin().Get(a.user(user)); string(read.Body) != string(got.Body) {
			t.Errorf("%s: read back\n%s\nanswered\n%s", step.name, read.Body, got.Body)
		}
	}
	a.add("Bob", "bob@example.com", map[string]any{"externalId": "x"})
}

func TestUpdateRefuses(t *testing.T) {
	a := newAgency(t)
	theirs := a.another().agent("Theirs", nil)
	user := a.add("Ann", "ann@example.com")
	a.add("Bob", "bob@example.com", map[string]any{"externalId": "x"})
	a.patch(`{"ceiling":{"prompt":"view"}}`)
	for name, tc := range map[string]struct {
		body   string
		status int
		code   problem.Code
		place  string
	}{
		"no object":                  {`[]`, 422, problem.Invalid, "body"},
		"unknown field":              {`{"id":"usr_x"}`, 422, problem.Invalid, "body.id"},
		"no name":                    {`{"name":null}`, 422, problem.Invalid, "body.name"},
		"no address":                 {`{"email":null}`, 422, problem.Invalid, "body.email"},
		"address taken":              {`{"email":"Bob@example.com"}`, 409, problem.EmailTaken, "body.email"},
		"external id taken":          {`{"externalId":"x"}`, 409, problem.ExternalIDTaken, "body.externalId"},
		"above the ceiling":          {`{"sections":{"prompt":"edit"}}`, 422, problem.Invalid, "body.sections.prompt"},
		"unknown section":            {`{"sections":{"x":"edit"}}`, 422, problem.Invalid, "body.sections.x"},
		"agent of another":           {`{"agents":["` + theirs + `"]}`, 422, problem.Invalid, "body.agents[0]"},
		"no agents":                  {`{"agents":[]}`, 422, problem.Invalid, "body.agents"},
		"agents that are no list":    {`{"agents":7}`, 422, problem.Invalid, "body.agents"},
		"team that is not there":     {`{"teams":["nowhere"]}`, 422, problem.Invalid, "body.teams[0]"},
		"invited":                    {`{"status":"invited"}`, 422, problem.Invalid, "body.status"},
		"unknown role":               {`{"role":"owner"}`, 422, problem.Invalid, "body.role"},
		"language of a wrong length": {`{"language":"english"}`, 422, problem.Invalid, "body.language"},
	} {
		t.Run(name, func(t *testing.T) { a.Admin().Patch(a.user(user), tc.body).Refused(tc.status, tc.code, tc.place) })
	}
	if got := a.Admin().Get(a.user(user)).At("version"); got != 1.0 {
		t.Errorf("version %v after nothing but refusals", got)
	}
}

// TestLoweredCeilingLeavesGrants: they stay as they are, and without effect.
func TestLoweredCeilingLeavesGrants(t *testing.T) {
	a := newAgency(t)
	user := a.add("Ann", "ann@example.com", map[string]any{"sections": map[string]string{"prompt": "edit"}})
	a.patch(`{"ceiling":{"prompt":"none"}}`)
	if got := a.Admin().Patch(a.user(user), `{"name":"Anna"}`).Want(http.StatusOK).At("sections.prompt"); got != "edit" {
		t.Errorf("prompt is %v", got)
	}
	a.Admin().Patch(a.user(user), `{"sections":{"prompt":"edit"}}`).Refused(422, problem.Invalid, "body.sections.prompt")
}

func TestUnassignedAgentMayStay(t *testing.T) {
	a := newAgency(t)
	one, two := a.agent("One", nil), a.agent("Two", nil)
	user := a.add("Ann", "ann@example.com", map[string]any{"agents": []string{one}})
	a.Owner().Delete("/organizations/" + a.org + "/agents/" + one).Want(http.StatusNoContent)
	a.Admin().Patch(a.user(user), map[string]any{"agents": []string{one, two}}).Want(http.StatusOK)
	a.Admin().Patch(a.user(user), map[string]any{"agents": []string{two}}).Want(http.StatusOK)
	a.Admin().Patch(a.user(user), map[string]any{"agents": []string{two, one}}).Refused(422, problem.Invalid, "body.agents[1]")
}

func TestChangedAddressAndNameAreFound(t *testing.T) {
	a := newAgency(t)
	user := a.add("Ann Lee", "ann@example.com")
	find := func(q string) int { return len(a.Admin().Get(a.users() + "?q=" + q).Want(http.StatusOK).Each("id")) }
	expect := func(when string, want map[string]int) {
		t.Helper()
		for q, n := range want {
			if got := find(q); got != n {
				t.Errorf("%s: %q finds %d, want %d", when, q, got, n)
			}
		}
	}
	a.Admin().Patch(a.user(user), `{"email":"lee@new.example"}`).Want(http.StatusOK)
	expect("new address", map[string]int{"ann": 1, "lee": 1, "ann@example.com": 0, "lee@new": 1, "ann%20lee@new": 1})
	a.Admin().Patch(a.user(user), `{"name":"Bea Lee"}`).Want(http.StatusOK)
	expect("new name", map[string]int{"ann": 0, "bea": 1, "lee": 1, "lee@new": 1, "bea%20lee@new.example": 1})
	a.Admin().Patch(a.user(user), `{"name":"Cem Lee","email":"cem@example.com"}`).Want(http.StatusOK)
	expect("both", map[string]int{"bea": 0, "lee@": 0, "cem": 1, "cem@example.com": 1})
	a.add("Ann Lee", "ann@example.com")
	a.Admin().Patch(a.user(user), `{"email":"ann@example.com"}`).Refused(409, problem.EmailTaken, "body.email")
}

func TestUpdateHoldsToVersions(t *testing.T) {
	a := newAgency(t)
	user := a.add("Ann", "ann@example.com")
	match := func(tag string) apitest.Headers { return apitest.Headers{"If-Match": tag} }
	a.Admin().Patch(a.user(user), `{"name":"B"}`, match(`"2"`)).Refused(412, problem.Stale, "header.If-Match")
	a.Admin().Patch(a.user(user), `{"name":"B"}`, match(`"1"`)).Want(http.StatusOK)
	a.Admin().Patch(a.user(user), `{"name":"C"}`, match("*")).Want(http.StatusOK)
	var group sync.WaitGroup
	fields := []string{"avatarUrl", "externalId", "language", "name"}
	values := []string{"https://example.com/x", "x", "it", "D"}
	for i, field := range fields {
		group.Go(func() { a.Admin().Patch(a.user(user), map[string]any{field: values[i]}).Want(http.StatusOK) })
	}
	group.Wait()
	got := a.Admin().Get(a.user(user))
	for i, field := range fields {
		if got.At(field) != values[i] {
			t.Errorf("%s = %v, want %v: a change was lost", field, got.At(field), values[i])
		}
	}
}

func TestUpdateKeepsTheRosters(t *testing.T) {
	a := newAgency(t)
	a.teams("one", "two", "three")
	user := a.add("Ann", "ann@example.com", map[string]any{"teams": []string{"one", "two"}, "availability": "online"})
	bob := a.add("Bob", "bob@example.com", map[string]any{"teams": []string{"one"}})
	for _, step := range []struct {
		name, body string
		on, off    []string
		shown      string
	}{
		{"as added", `{}`, []string{"one", "two"}, nil, "Ann"},
		{"other name", `{"name":"Anna"}`, []string{"one", "two"}, nil, "Anna"},
		{"other teams", `{"teams":["three","two"]}`, []string{"three", "two"}, nil, "Anna"},
		{"away", `{"availability":"away"}`, nil, []string{"three", "two"}, ""},
		{"other name while away", `{"name":"Bea"}`, nil, []string{"three", "two"}, ""},
		{"back", `{"availability":"online"}`, []string{"three", "two"}, nil, "Bea"},
		{"suspended, and on one more", `{"status":"suspended","teams":["one","two","three"]}`, nil, []string{"one", "three", "two"}, ""},
		{"let in, on one", `{"status":"active","teams":["one"]}`, []string{"one"}, nil, "Bea"},
		{"on none", `{"teams":null}`, nil, nil, ""},
	} {
		a.Admin().Patch(a.user(user), step.body).Want(http.StatusOK)
		var on, off []string
		for _, team := range []string{"one", "three", "two"} {
			r := a.roster(team)
			if r.Size != len(r.Members()) {
				t.Errorf("%s: %s has %d members, and counts %d", step.name, team, len(r.Members()), r.Size)
			}
			if card, ready := r.OnDuty[user]; ready {
				on = append(on, team)
				if card.Name != step.shown || card.Email != "ann@example.com" {
					t.Errorf("%s: %s shows %+v", step.name, team, card)
				}
			} else if r.OffDuty[user] {
				off = append(off, team)
			}
		}
		if !slices.Equal(on, step.on) || !slices.Equal(off, step.off) {
			t.Errorf("%s: on duty %v and off %v, want %v and %v", step.name, on, off, step.on, step.off)
		}
	}
	if r := a.roster("one"); !r.OffDuty[bob] || r.Size != 1 {
		t.Errorf("another member was touched: %+v", r)
	}
}

// TestTeamsAndUserAgree: whoever changes them, and however often at once.
func TestTeamsAndUserAgree(t *testing.T) {
	a := newAgency(t)
	a.teams("one", "two")
	user := a.add("Ann", "ann@example.com")
	var group sync.WaitGroup
	for _, availability := range []string{"online", "away", "online"} {
		group.Go(func() {
			a.Admin().Patch(a.user(user), map[string]any{"availability": availability}).Want(http.StatusOK)
		})
	}
	for _, team := range []string{"one", "two"} {
		group.Go(func() {
			a.Admin().Put("/organizations/"+a.org+"/teams/"+team+"/members/"+user, nil).Want(http.StatusCreated)
		})
	}
	group.Wait()
	got := a.Admin().Get(a.user(user))
	for _, team := range []string{"one", "two"} {
		_, on := a.roster(team).OnDuty[user]
		if on != (got.At("availability") == "online") {
			t.Errorf("%s has the user on duty: %v, who is %v", team, on, got.At("availability"))
		}
	}
}

func TestLargestChangeFitsOneTransaction(t *testing.T) {
	a := newAgency(t)
	words := func(prefix string) string {
		name := ""
		for i := range 24 {
			name += prefix + string(rune('a'+i)) + " "
		}
		return name
	}
	var before, after []string
	for i := range 20 {
		before, after = append(before, nth("b_%c", 'a'+i)), append(after, nth("a_%c", 'a'+i))
	}
	a.teams(append(slices.Clone(before), after...)...)
	agents := make([]string, 50)
	var group sync.WaitGroup
	for i := range agents {
		group.Go(func() { agents[i] = a.agent(nth("Agent %d", i), nil) })
	}
	group.Wait()
	user := a.add(words("b"), "b@example.com", map[string]any{"teams": before, "agents": agents, "availability": "online", "externalId": "b"})
	a.Admin().Patch(a.user(user), map[string]any{"name": words("a"), "email": "a@example.com", "teams": after, "externalId": "a"}).Want(http.StatusOK)
	if n := len(a.Admin().Get(a.users() + "?q=at").Each("id")); n != 1 {
		t.Errorf("the 20th word finds %d", n)
	}
	a.Admin().Delete(a.user(user)).Want(http.StatusNoContent)
	if n := a.left(); n != 0 {
		t.Errorf("%d items are left behind", n)
	}
}

func TestUpdateAndRemoveWhereTheyMay(t *testing.T) {
	a := newAgency(t)
	user := a.add("Ann", "ann@example.com")
	for _, missing := range []string{"nonsense", "usr_x", id.New(id.User, time.Now())} {
		a.Admin().Get(a.user(missing)).Refused(404, problem.NotFound)
		a.Admin().Patch(a.user(missing), `{}`).Refused(404, problem.NotFound)
		a.Admin().Delete(a.user(missing)).Refused(404, problem.NotFound)
	}
	for name, elsewhere := range map[string]agency{"another organization": a.another(), "none": {World: a.World, org: id.New(id.Organization, time.Now())}, "nonsense": {World: a.World, org: "x"}} {
		t.Run(name, func(*testing.T) {
			a.Admin().Get(elsewhere.user(user)).Refused(404, problem.NotFound)
			a.Admin().Patch(elsewhere.user(user), `{}`).Refused(404, problem.NotFound)
			a.Admin().Delete(elsewhere.user(user)).Refused(404, problem.NotFound)
		})
	}
	for name, tc := range map[string]struct {
		who    apitest.Caller
		status int
		code   problem.Code
	}{
		"another workspace": {a.stranger(), 404, problem.NotFound},
		"another client":    {a.Client(access.OrgAdmin, id.New(id.Organization, time.Now()), user), 404, problem.NotFound},
		"a user":            {a.Client(access.User, a.org, user), 403, problem.Forbidden},
		"a member":          {a.Member(), 403, problem.Forbidden},
		"a reading key":     {a.Key("", access.UsersRead), 403, problem.Forbidden},
		"nobody":            {a.Nobody(), 401, problem.Unauthenticated},
	} {
		t.Run(name, func(*testing.T) {
			tc.who.Patch(a.user(user), `{"name":"X"}`).Refused(tc.status, tc.code)
			tc.who.Delete(a.user(user)).Refused(tc.status, tc.code)
		})
	}
	a.patch(`{"status":"suspended"}`)
	a.orgAdmin().Patch(a.user(user), `{"name":"X"}`).Refused(403, problem.OrganizationShut)
	a.orgAdmin().Delete(a.user(user)).Refused(403, problem.OrganizationShut)
	a.Admin().Patch(a.user(user), `{"name":"Y"}`).Want(http.StatusOK)
	a.patch(`{"status":"archived"}`)
	a.Admin().Patch(a.user(user), `{"name":"Z"}`).Refused(409, problem.ReadOnly)
	a.Admin().Delete(a.user(user)).Refused(409, problem.ReadOnly)
	a.Member().Get(a.user(user)).Want(http.StatusOK)
	a.counted(1)
}

func TestRemoveTakesTheUserOutOfEverything(t *testing.T) {
	a := newAgency(t)
	a.teams("one", "two")
	body := map[string]any{"teams": []string{"one", "two"}, "availability": "online", "externalId": "x"}
	user := a.add("Ann Lee", "ann@example.com", body)
	a.Admin().Delete(a.user(user), apitest.Headers{"If-Match": `"7"`}).Refused(412, problem.Stale)
	a.Admin().Delete(a.user(user), apitest.Headers{"If-Match": `"1"`}).Want(http.StatusNoContent)
	a.Admin().Delete(a.user(user)).Refused(404, problem.NotFound)
	a.counted(0)
	if n := a.left(); n != 0 {
		t.Errorf("%d items are left behind", n)
	}
	for _, team := range []string{"one", "two"} {
		if r := a.roster(team); r.Size != 0 || r.Has(user) {
			t.Errorf("%s still has the user: %+v", team, r)
		}
	}
	items := a.activities()
	var last activity.Item
	if err := items[len(items)-1].Decode(&last); err != nil {
		t.Fatal(err)
	}
	want := []patch.Change{
		{Field: "agents", Before: "all"}, {Field: "availability", Before: "online"}, {Field: "email", Before: "ann@example.com"},
		{Field: "externalId", Before: "x"}, {Field: "name", Before: "Ann Lee"}, {Field: "role", Before: "user"},
		{Field: "sections.home", Before: "view"}, {Field: "status", Before: "active"}, {Field: "teams", Before: []any{"one", "two"}},
	}
	if last.Action != "user.removed" || !reflect.DeepEqual(last.Changes, want) {
		t.Errorf("recorded %s of %+v", last.Action, last.Changes)
	}
	a.add("Ann Lee", "ann@example.com", body)
}

func TestRemoveAtOnceCountsOnce(t *testing.T) {
	a := newAgency(t)
	user := a.add("Ann", "ann@example.com")
	a.add("Bob", "bob@example.com")
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() { a.Admin().Delete(a.user(user)) })
	}
	group.Wait()
	a.counted(1)
}

// TestInvitedStaysInvited: only the invitation's acceptance lets a user in.
func TestInvitedStaysInvited(t *testing.T) {
	a := newAgency(t)
	a.Admin().Post(a.users()+"/import", `{"users":[{"name":"Ann","email":"ann@example.com"}],"invite":true}`).Want(http.StatusOK)
	user := a.Admin().Get(a.users() + "?status=invited").Want(http.StatusOK).Each("id")[0]
	for _, status := range []string{`"active"`, `"suspended"`, `null`} {
		a.Admin().Patch(a.user(user), `{"status":`+status+`}`).Refused(422, problem.Invalid, "body.status")
	}
	a.Admin().Patch(a.user(user), `{"status":"invited","name":"Anna"}`).Want(http.StatusOK)
}

// TestChangeSurvivesFaults: whatever becomes of a call, the change is made once.
func TestChangeSurvivesFaults(t *testing.T) {
	for _, fault := range apitest.Faults {
		t.Run(string(fault), func(t *testing.T) {
			a := newAgency(t)
			a.teams("one")
			user := a.add("Ann", "ann@example.com")
			failed := a.Break(fault, 1, 1)
			a.Admin().Patch(a.user(user), `{"teams":["one"],"availability":"online"}`).Want(http.StatusOK)
			a.Mend()
			if r := a.roster("one"); failed.Load() != 1 || r.Size != 1 || r.OnDuty[user].Name != "Ann" {
				t.Errorf("%d faults; roster %+v", failed.Load(), r)
			}
		})
	}
}
