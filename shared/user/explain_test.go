package user_test

import (
	"net/http"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/id"
	"atrium/shared/problem"
)

func TestExplainNamesEachOfTheThree(t *testing.T) {
	a := newAgency(t)
	a.patch(`{"ceiling":{"prompt":"view","settings":"none"}}`)
	agent := a.agent("Bot", map[string]string{"conversations": "view", "channels": "none"})
	user := a.add("Ann", "ann@example.com", map[string]any{"sections": map[string]string{
		"home": "edit", "prompt": "view", "conversations": "edit", "channels": "edit", "analytics": "view", "tab:shop": "view",
	}})
	got := a.orgAdmin().Get(a.user(user) + "/access?agent=" + agent).Want(http.StatusOK)
	if got.At("agent") != agent {
		t.Errorf("agent %v", got.At("agent"))
	}
	sections, _ := got.At("sections").(map[string]any)
	if len(sections) != 8 {
		t.Errorf("%d sections, want the 7 and the tab", len(sections))
	}
	for section, want := range map[string][5]string{
		"home":           {"edit", "edit", "edit", "edit", "ceiling"},
		"prompt":         {"view", "view", "edit", "view", "ceiling"},
		"settings":       {"none", "none", "edit", "none", "ceiling"},
		"conversations":  {"view", "edit", "view", "edit", "assignment"},
		"channels":       {"none", "edit", "none", "edit", "assignment"},
		"analytics":      {"view", "edit", "edit", "view", "user"},
		"knowledge_base": {"none", "edit", "edit", "none", "user"},
		"tab:shop":       {"view", "edit", "edit", "view", "user"},
	} {
		for i, member := range []string{"effective", "ceiling", "assignment", "user", "decidedBy"} {
			if value := got.At("sections." + section + "." + member); value != want[i] {
				t.Errorf("%s.%s = %v, want %s", section, member, value, want[i])
			}
		}
	}
	if again := a.Member().Get(a.user(user) + "/access").Want(http.StatusOK); string(again.Body) != string(got.Body) {
		t.Errorf("without the agent, which is the only one:\n%s\nwith it\n%s", again.Body, got.Body)
	}
}

func TestExplainWhatIsShut(t *testing.T) {
	a := newAgency(t)
	one := a.agent("One", nil)
	user := a.add("Ann", "ann@example.com", map[string]any{"agents": []string{one}})
	two := a.agent("Two", nil)
	unassigned := a.Owner().Post("/agents", `{"name":"Three"}`).Want(http.StatusCreated).ID()
	decided := func(agent, effective, by string) {
		t.Helper()
		got := a.Admin().Get(a.user(user) + "/access?agent=" + agent).Want(http.StatusOK)
		if got.At("sections.home.effective") != effective || got.At("sections.home.decidedBy") != by {
			t.Errorf("home: %v, want %s by %s", got.At("sections.home"), effective, by)
		}
	}
	granted := func(agent, assignment string) {
		t.Helper()
		got := a.Admin().Get(a.user(user) + "/access?agent=" + agent)
		for _, section := range []string{"home", "prompt", "tab:reports"} {
			if grant := got.At("sections." + section + ".assignment"); grant != assignment {
				t.Errorf("%s: the assignment grants %v, want %s", section, grant, assignment)
			}
		}
	}
	a.patch(`{"ceiling":{"tab:reports":"view"}}`)
	decided(one, "view", "user")
	decided(two, "none", "agents")
	granted(two, "edit")
	decided(unassigned, "none", "agents")
	granted(unassigned, "none")
	a.Admin().Patch(a.user(user), `{"agents":"all"}`).Want(http.StatusOK)
	decided(two, "view", "user")
	decided(unassigned, "none", "agents")
	a.Admin().Patch(a.user(user), `{"status":"suspended"}`).Want(http.StatusOK)
	decided(one, "none", "status")
	decided(unassigned, "none", "status")
	a.Admin().Patch(a.user(user), `{"status":"active"}`).Want(http.StatusOK)
	decided(one, "view", "user")
	for _, status := range []string{"suspended", "archived"} {
		a.patch(`{"status":"` + status + `"}`)
		decided(one, "none", "status")
	}
}

// TestExplainTellsClientsOfTheirOwnAgentsOnly: another one of the agency's is
// to them as if there were none.
func TestExplainTellsClientsOfTheirOwnAgentsOnly(t *testing.T) {
	a := newAgency(t)
	agent := a.agent("One", nil)
	user := a.add("Ann", "ann@example.com")
	theirs := a.another().agent("Theirs", nil)
	path := a.user(user) + "/access?agent="
	for name, c := range map[string]apitest.Caller{"org_admin": a.orgAdmin(), "key of the organization": a.Key(a.org, access.UsersRead)} {
		t.Run(name, func(*testing.T) {
			c.Get(path + agent).Want(http.StatusOK)
			other, none := c.Get(path+theirs).Refused(404, problem.NotFound), c.Get(path+id.New(id.Agent, time.Now())).Refused(404, problem.NotFound)
			if string(other.Body) != string(none.Body) {
				t.Errorf("another's\n%s\nnone\n%s", other.Body, none.Body)
			}
		})
	}
	for _, c := range []apitest.Caller{a.Member(), a.Key("", access.UsersRead)} {
		if got := c.Get(path + theirs).Want(http.StatusOK); got.At("sections.home.decidedBy") != "agents" {
			t.Errorf("%s", got.Body)
		}
	}
}

func TestExplainRefuses(t *testing.T) {
	a := newAgency(t)
	user := a.add("Ann", "ann@example.com")
	path := a.user(user) + "/access"
	a.Admin().Get(path).Refused(422, problem.Invalid, "query.agent")
	agent := a.agent("One", nil)
	a.Admin().Get(path).Want(http.StatusOK)
	a.agent("Two", nil)
	a.Admin().Get(path).Refused(422, problem.Invalid, "query.agent")
	other := a.another()
	for name, p := range map[string]string{
		"nonsense for an agent": path + "?agent=x", "no agent": path + "?agent=" + id.New(id.Agent, time.Now()),
		"nonsense for a user": a.user("x") + "/access?agent=" + agent, "no user": a.user(id.New(id.User, time.Now())) + "/access?agent=" + agent,
		"user of another": other.user(user) + "/access?agent=" + agent, "no organization": "/organizations/" + id.New(id.Organization, time.Now()) + "/users/" + user + "/access",
		"no user, no agent": other.user(user) + "/access",
	} {
		t.Run(name, func(*testing.T) { a.Admin().Get(p).Refused(404, problem.NotFound) })
	}
	a.stranger().Get(path+"?agent="+agent).Refused(404, problem.NotFound)
	a.Client(access.OrgAdmin, other.org, "usr_x").Get(path).Refused(404, problem.NotFound)
	a.Client(access.User, a.org, user).Get(path+"?agent="+agent).Refused(403, problem.Forbidden)
}

// A custom tab is a section like others, though nobody has said anything of it.
func TestExplainNamesCustomTabs(t *testing.T) {
	w := apitest.New(t)
	w.Workspace = w.Nobody().Post("/workspaces", `{"name":"A","owner":{"name":"O","email":"o@x.example"}}`).Want(http.StatusCreated).ID()
	w.Owner().Patch("/workspace", `{"customTabs":[{"key":"reports","title":"Reports","url":"https://r.example"}]}`).Want(http.StatusOK)
	org := "/organizations/" + w.Owner().Post("/organizations", `{"name":"Acme"}`).Want(http.StatusCreated).ID()
	agent := w.Owner().Post("/agents", `{"name":"Bot"}`).Want(http.StatusCreated).ID()
	user := w.Owner().Post(org+"/users", `{"name":"Ann","email":"ann@example.com"}`).Want(http.StatusCreated).ID()
	for assignment, assigned := range []bool{false, true} {
		want := []string{"none", "edit"}[assignment]
		if assigned {
			w.Owner().Put(org+"/agents/"+agent, `{}`).Want(http.StatusCreated)
		}
		got := w.Owner().Get(org + "/users/" + user + "/access?agent=" + agent).Want(http.StatusOK)
		tab, _ := got.At("sections").(map[string]any)["tab:reports"].(map[string]any)
		if tab["ceiling"] != "edit" || tab["assignment"] != want || tab["user"] != "none" || tab["effective"] != "none" {
			t.Errorf("assigned %v: %v", assigned, tab)
		}
	}
}
