package user_test

import (
	"fmt"
	"maps"
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
)

func TestAddFillsInWhatWasLeftOut(t *testing.T) {
	a := newAgency(t)
	added := a.Admin().Post(a.users(), `{"name":"  Ann   Lee ","email":" Ann.LEE@Bücher.example "}`).Want(http.StatusCreated)
	for path, want := range map[string]any{
		"name": "Ann Lee", "email": "ann.lee@xn--bcher-kva.example", "role": "user", "agents": "all", "status": "active", "availability": "offline",
		"avatarUrl": "", "language": "", "externalId": "", "version": 1.0, "lastSeenAt": nil, "teams.0": nil,
		"sections.home": "view", "sections.conversations": "none", "sections.analytics": "none", "sections.knowledge_base": "none",
		"sections.channels": "none", "sections.prompt": "none", "sections.settings": "none",
	} {
		if got := added.At(path); got != want {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
	if !strings.Contains(string(added.Body), `"teams":[]`) || !strings.Contains(string(added.Body), `"metadata":{}`) {
		t.Errorf("no empty list and map in %s", added.Body)
	}
	got := a.Member().Get(a.user(added.ID())).Want(http.StatusOK)
	if string(got.Body) != string(added.Body) || got.Header.Get("ETag") != `"1"` {
		t.Errorf("read back %s\n%s\nwrote\n%s", got.Header.Get("ETag"), got.Body, added.Body)
	}
	a.counted(1)
}

func TestAddTakesEveryField(t *testing.T) {
	a := newAgency(t)
	a.teams("support", "after_sales")
	agent := a.agent("Bot", nil)
	body := map[string]any{
		"name": "Łucja 👩‍🚀", "email": "l@example.com", "avatarUrl": "https://example.com/l.png", "role": "org_admin", "language": "fr",
		"sections": map[string]string{"prompt": "edit", "tab:shop": "view"}, "agents": []string{agent}, "teams": []string{"support", "after_sales"},
		"status": "suspended", "availability": "online", "metadata": map[string]string{"k": "v"}, "externalId": "crm-1",
	}
	added := a.orgAdmin().Post(a.users(), body).Want(http.StatusCreated)
	for path, want := range map[string]any{
		"name": "Łucja 👩‍🚀", "role": "org_admin", "sections.prompt": "edit", "sections.tab:shop": "view", "sections.home": "none", "agents.0": agent,
		"teams.0": "after_sales", "teams.1": "support", "status": "suspended", "availability": "online", "metadata.k": "v", "externalId": "crm-1", "language": "fr",
	} {
		if got := added.At(path); got != want {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
	if got := a.Admin().Get(a.user(added.ID())).Want(http.StatusOK); string(got.Body) != string(added.Body) {
		t.Errorf("read back\n%s\nwrote\n%s", got.Body, added.Body)
	}
	if r := a.roster("support"); r.Size != 1 || !r.OffDuty[added.ID()] {
		t.Errorf("suspended, and on the roster as %+v", r)
	}
}

func TestAddRefuses(t *testing.T) {
	a := newAgency(t)
	other := a.another()
	other.teams("theirs")
	theirs, long, twice := other.agent("Theirs", nil), strings.Repeat("é", 121), a.agent("Bot", nil)
	a.patch(`{"ceiling":{"prompt":"view","settings":"none"}}`)
	a.add("Ann", "ann@example.com", map[string]any{"externalId": "crm-1"})
	many := func(n int, make func(i int) string) []string {
		list := []string{}
		for i := range n {
			list = append(list, make(i))
		}
		return list
	}
	with := func(field string, value any) map[string]any {
		body := map[string]any{"name": "Bob", "email": "bob@example.com"}
		body[field] = value
		return body
	}
	for name, tc := range map[string]struct {
		body   any
		status int
		code   problem.Code
		places []string
	}{
		"no body":                    {"", 400, problem.Malformed, nil},
		"not JSON":                   {"{", 400, problem.Malformed, nil},
		"no object":                  {"[]", 422, problem.Invalid, []string{"body"}},
		"nothing":                    {"{}", 422, problem.Invalid, []string{"body.name", "body.email"}},
		"unknown field":              {with("lastSeenAt", "2026-01-01T00:00:00Z"), 422, problem.Invalid, []string{"body.lastSeenAt"}},
		"blank name":                 {with("name", " \u2003"), 422, problem.Invalid, []string{"body.name"}},
		"long name":                  {with("name", long), 422, problem.Invalid, []string{"body.name"}},
		"control character":          {with("name", "a\nb"), 422, problem.Invalid, []string{"body.name"}},
		"lone surrogate":             {`{"name":"a\ud800","email":"b@example.com"}`, 422, problem.Invalid, []string{"body.name"}},
		"bidi override":              {with("name", "a\u202eb"), 422, problem.Invalid, []string{"body.name"}},
		"no address":                 {with("email", "bob"), 422, problem.Invalid, []string{"body.email"}},
		"address without a name":     {with("email", "@example.com"), 422, problem.Invalid, []string{"body.email"}},
		"long address":               {with("email", strings.Repeat("a", 250)+"@example.com"), 422, problem.Invalid, []string{"body.email"}},
		"all faults at once":         {map[string]any{"name": " ", "email": "bob", "language": "xx", "externalId": " x"}, 422, problem.Invalid, []string{"body.name", "body.email", "body.language", "body.externalId"}},
		"script for a picture":       {with("avatarUrl", "javascript:alert(1)"), 422, problem.Invalid, []string{"body.avatarUrl"}},
		"staff role":                 {with("role", "admin"), 422, problem.Invalid, []string{"body.role"}},
		"unknown section":            {with("sections", map[string]string{"billing": "view"}), 422, problem.Invalid, []string{"body.sections.billing"}},
		"unknown grant":              {with("sections", map[string]string{"home": "admin"}), 422, problem.Invalid, []string{"body.sections.home"}},
		"above the ceiling":          {with("sections", map[string]string{"home": "edit", "prompt": "edit", "settings": "view"}), 422, problem.Invalid, []string{"body.sections.prompt", "body.sections.settings"}},
		"some agents":                {with("agents", "some"), 422, problem.Invalid, []string{"body.agents"}},
		"no agents":                  {with("agents", []string{}), 422, problem.Invalid, []string{"body.agents"}},
		"51 agents":                  {with("agents", many(51, func(int) string { return id.New(id.Agent, time.Now()) })), 422, problem.Invalid, []string{"body.agents"}},
		"agent that is no id":        {with("agents", []string{"x#y"}), 422, problem.Invalid, []string{"body.agents[0]"}},
		"agent that is not assigned": {with("agents", []string{theirs}), 422, problem.Invalid, []string{"body.agents[0]"}},
		"team of another":            {with("teams", []string{"theirs"}), 422, problem.Invalid, []string{"body.teams[0]"}},
		"empty team":                 {with("teams", []string{""}), 422, problem.Invalid, []string{"body.teams[0]"}},
		"team twice":                 {with("teams", []string{"a", "b", "a"}), 422, problem.Invalid, []string{"body.teams[2]"}},
		"agent twice":                {with("agents", []string{twice, twice}), 422, problem.Invalid, []string{"body.agents[1]"}},
		"list for a team":            {with("teams", []any{[]any{}}), 422, problem.Invalid, []string{"body.teams[0]"}},
		"list for an agent":          {with("agents", []any{[]any{}}), 422, problem.Invalid, []string{"body.agents"}},
		"object for an agent":        {with("agents", []any{map[string]int{"a": 1}}), 422, problem.Invalid, []string{"body.agents"}},
		"21 teams":                   {with("teams", many(21, func(i int) string { return nth("t_%c", 'a'+i) })), 422, problem.Invalid, []string{"body.teams"}},
		"invited":                    {with("status", "invited"), 422, problem.Invalid, []string{"body.status"}},
		"unknown status":             {with("status", "gone"), 422, problem.Invalid, []string{"body.status"}},
		"unknown availability":       {with("availability", "busy"), 422, problem.Invalid, []string{"body.availability"}},
		"unknown language":           {with("language", "xx"), 422, problem.Invalid, []string{"body.language"}},
		"metadata of a wrong type":   {with("metadata", map[string]int{"k": 7}), 422, problem.Invalid, []string{"body.metadata.k"}},
		"metadata too long":          {with("metadata", map[string]string{"k": strings.Repeat("v", 501)}), 422, problem.Invalid, []string{"body.metadata.k"}},
		"address taken":              {with("email", "ANN@Example.com"), 409, problem.EmailTaken, []string{"body.email"}},
		"external id taken":          {with("externalId", "crm-1"), 409, problem.ExternalIDTaken, []string{"body.externalId"}},
	} {
		t.Run(name, func(t *testing.T) { a.Admin().Post(a.users(), tc.body).Refused(tc.status, tc.code, tc.places...) })
	}
	a.counted(1)
	if got := len(a.activities()); got != 4 {
		t.Errorf("%d activities, want 4: opened, an agent assigned, changed, and one user added", got)
	}
}

// TestWhatIsNoListOfAgentsIsToldSo, in a body, a patch, a file.
func TestWhatIsNoListOfAgentsIsToldSo(t *testing.T) {
	a := newAgency(t)
	user := a.add("Ann", "ann@example.com")
	const want = `must be "all", or a list of up to 50 agents' ids`
	for _, agents := range []string{`"some"`, `[]`, `[5]`, `{}`, `7`, `["all"]`, `[["a"]]`} {
		body := `{"name":"Bob","email":"bob@example.com","agents":` + agents + `}`
		added := a.Admin().Post(a.users(), body).Refused(422, problem.Invalid, "body.agents")
		patched := a.Admin().Patch(a.user(user), `{"agents":`+agents+`}`).Refused(422, problem.Invalid, "body.agents")
		if added.At("errors.0.message") != want || patched.At("errors.0.message") != want {
			t.Errorf("%s: %s and %s", agents, added.Body, patched.Body)
		}
	}
	file := "name,email,agents\nBob,bob@example.com,all;agt_01jd6v0c8gf4zs3w7x5h2n6p9q\n"
	row := reported(a.Admin().Post(a.imports(), file, asCSV)).Rows[0]
	if row.Status != "failed" || row.Problem.Errors[0].Message != want {
		t.Errorf("%+v", row)
	}
}

// TestAddTakesTheMostOfEverything: it is one transaction, of a hundred items,
// also where one of the staff does it as somebody else.
func TestAddTakesTheMostOfEverything(t *testing.T) {
	a := newAgency(t)
	teams, agents, words := make([]string, 40), make([]string, 50), make([]string, 60)
	for i := range teams {
		teams[i] = "t" + strings.Repeat("t", i)
	}
	a.teams(teams...)
	for i := range agents {
		agents[i] = a.agent(nth("Bot %d", i), nil)
	}
	for i := range words {
		words[i] = string(rune('一' + i))
	}
	body := map[string]any{"name": strings.Join(words, " "), "email": "ann@example.com", "externalId": "x", "teams": teams[:20], "agents": agents}
	user := a.impersonated(access.OrgAdmin).Post(a.users(), body, apitest.Headers{"Idempotency-Key": "k"}).Want(http.StatusCreated).ID()
	for i, want := range map[int]int{0: 1, 21: 1, 22: 0} {
		if got := a.Admin().Get(a.users() + "?q=" + escape(words[i])).Each("id"); len(got) != want {
			t.Errorf("word %d finds %v", i+1, got)
		}
	}
	slices.Reverse(words)
	a.Admin().Patch(a.user(user), map[string]any{"name": strings.Join(words, " "), "email": "b@example.com", "externalId": "y", "teams": teams[20:]}).Want(http.StatusOK)
	a.Admin().Delete(a.user(user)).Want(http.StatusNoContent)
}

// TestAddUnderACeiling: what is not asked for is never above it.
func TestAddUnderACeiling(t *testing.T) {
	a := newAgency(t)
	a.patch(`{"ceiling":{"home":"none","prompt":"view"}}`)
	a.add("Ann", "ann@example.com")
	a.add("Bob", "bob@example.com", map[string]any{"sections": map[string]string{"prompt": "view", "home": "none", "channels": "edit"}})
	a.Owner().Post(a.users(), `{"name":"Cem","email":"cem@example.com","sections":{"home":"view"}}`).Refused(422, problem.Invalid, "body.sections.home")
	a.orgAdmin().Post(a.users(), `{"name":"Cem","email":"cem@example.com","sections":{"prompt":"edit"}}`).Refused(422, problem.Invalid, "body.sections.prompt")
}

func TestAddToWhatIsNotThereOrClosed(t *testing.T) {
	a := newAgency(t)
	body := `{"name":"Ann","email":"ann@example.com"}`
	a.stranger().Post(a.users(), body).Refused(404, problem.NotFound)
	a.Admin().Post("/organizations/nonsense/users", body).Refused(404, problem.NotFound)
	a.Admin().Post("/organizations/"+id.New(id.Organization, time.Now())+"/users", body).Refused(404, problem.NotFound)
	other := a.another()
	a.Client(access.OrgAdmin, other.org, "usr_x").Post(a.users(), body).Refused(404, problem.NotFound)
	a.Member().Post(a.users(), body).Refused(403, problem.Forbidden)
	a.Client(access.User, a.org, "usr_x").Post(a.users(), body).Refused(403, problem.Forbidden)
	a.patch(`{"status":"suspended"}`)
	a.orgAdmin().Post(a.users(), body).Refused(403, problem.OrganizationShut)
	a.Admin().Post(a.users(), body).Want(http.StatusCreated)
	a.patch(`{"status":"archived"}`)
	a.Admin().Post(a.users(), `{"name":"Bob","email":"bob@example.com"}`).Refused(409, problem.ReadOnly)
	a.counted(1)
}

func TestAddressIsOfOneUserOnly(t *testing.T) {
	a := newAgency(t)
	var created, taken atomic.Int32
	var group sync.WaitGroup
	for i := range 12 {
		group.Go(func() {
			switch got := a.Admin().Post(a.users(), map[string]any{"name": nth("Ann %d", i), "email": "ann@example.com"}); got.Status {
			case http.StatusCreated:
				created.Add(1)
			case http.StatusConflict:
				got.Refused(409, problem.EmailTaken, "body.email")
				taken.Add(1)
			}
		})
	}
	group.Wait()
	if created.Load() != 1 || taken.Load() != 11 {
		t.Errorf("%d created and %d taken, want 1 and 11", created.Load(), taken.Load())
	}
	a.counted(1)
	a.another().add("Ann", "ann@example.com")
}

func TestAddIsIdempotent(t *testing.T) {
	a := newAgency(t)
	once := apitest.Headers{"Idempotency-Key": "k"}
	body := `{"name":"Ann","email":"ann@example.com"}`
	var mu sync.Mutex
	var group sync.WaitGroup
	ids, replayed := map[string]int{}, 0
	for range 6 {
		group.Go(func() {
			got := a.Admin().Post(a.users(), body, once).Want(http.StatusCreated)
			mu.Lock()
			defer mu.Unlock()
			ids[got.ID()]++
			if got.Header.Get("Idempotent-Replayed") == "true" {
				replayed++
			}
		})
	}
	group.Wait()
	if len(ids) != 1 || replayed != 5 {
		t.Errorf("%v users, %d replays, want 1 and 5", ids, replayed)
	}
	user := slices.Collect(maps.Keys(ids))[0]
	a.Admin().Patch(a.user(user), `{"name":"Anna"}`).Want(http.StatusOK)
	if got := a.Admin().Post(a.users(), body, once).Want(http.StatusCreated); got.At("name") != "Anna" {
		t.Errorf("a replay shows %v, want the user as it is", got.At("name"))
	}
	a.Admin().Post(a.users(), `{"name":"Bob","email":"bob@example.com"}`, once).Refused(422, problem.IdempotencyReused, "header.Idempotency-Key")
	a.counted(1)
}

func TestAddStopsAtAFullTeam(t *testing.T) {
	a := newAgency(t)
	a.teams("support")
	a.crowd("support", 499)
	a.add("The last", "last@example.com", map[string]any{"teams": []string{"support"}})
	a.Admin().Post(a.users(), `{"name":"One more","email":"more@example.com","teams":["support"]}`).Refused(409, problem.LimitReached)
	a.counted(1)
}

func TestAddIsRecorded(t *testing.T) {
	a := newAgency(t)
	user := a.add("Ann", "ann@example.com", map[string]any{"role": "org_admin"})
	items := a.activities()
	var got struct {
		Action  string
		Target  struct{ Type, ID, Name string }
		Actor   struct{ ID string }
		Changes []struct {
			Field         string
			Before, After any
		}
	}
	if err := items[len(items)-1].Decode(&got); err != nil {
		t.Fatal(err)
	}
	want := "[{email  ann@example.com} {name  Ann} {role user org_admin}]"
	if got.Action != "user.added" || got.Target.ID != user || got.Target.Name != "Ann" || got.Actor.ID != "stf_0000000000000000000000000a" || fmt.Sprint(got.Changes) != want {
		t.Errorf("recorded %+v, want changes %s", got, want)
	}
}
