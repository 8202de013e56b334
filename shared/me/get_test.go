package me_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"atrium/shared/access"
	"atrium/shared/agent"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/user"
)

func TestUserSeesTheirOwnDashboard(t *testing.T) {
	a := newAgency(t)
	bot := a.agent("Bot", sections{"conversations": "view"}, map[string]any{
		"description": "Takes bookings.", "channels": []string{"web"}, "avatarUrl": "https://cdn.example/bot.png",
		"provider": "the agency's secret", "metadata": map[string]string{"k": "the agency's secret"}, "externalId": "secret-1",
		"tabs": []map[string]string{
			{"section": "conversations", "url": "https://seen.example"}, {"section": "settings", "url": "https://unseen.example"},
			{"section": "tab:news", "url": "https://always.example"},
		},
	})
	ann := a.add("Ann Lee", "ann@example.com", map[string]any{
		"sections": sections{"home": "view", "conversations": "edit", "prompt": "none", "analytics": "view"}, "avatarUrl": "https://example.com/ann.png", "availability": "away",
	})
	got := ann.Get("/me").Want(http.StatusOK)
	holds(t, "user", got, map[string]any{
		"principal.id": ann.Principal.ID, "principal.type": "user", "principal.name": "Ann Lee", "principal.email": "ann@example.com", "principal.role": "user",
		"principal.organization": a.org, "principal.workspace": a.Workspace, "principal.actor": nil, "principal.avatarUrl": "https://example.com/ann.png",
		"principal.availability": "away", "principal.language": nil, "principal.version": 1.0,
		"organization.id": a.org, "organization.name": "Café del Mar", "organization.layout": "horizontal", "tabOrder.0": "settings", "tabOrder.1": "home", "tabOrder.2": nil, "organization.language": "es", "organization.brand.primaryColor": "#abcdef",
		"workspace.id": a.Workspace, "workspace.name": "Agency Ltd", "workspace.supportEmail": "help@agency.example", "workspace.customTabs.0.key": "news", "workspace.customTabs.1": nil,
		"brand.name": "Café del Mar", "brand.primaryColor": "#abcdef", "brand.font": "Inter", "brand.footer": "1 Main Street", "brand.logoUrl": nil,
		"agents.0.id": bot, "agents.0.name": "Bot", "agents.0.description": "Takes bookings.", "agents.0.channels.0": "web", "agents.0.avatarUrl": "https://cdn.example/bot.png",
		"agents.0.status": "active", "agents.0.tabs.0.url": "https://seen.example", "agents.0.tabs.1.url": "https://always.example", "agents.0.tabs.2": nil, "agents.1": nil,
		"memberships.0.id": ann.Principal.ID, "memberships.0.type": "user", "memberships.0.name": "Ann Lee", "memberships.0.role": "user", "memberships.0.status": "active",
		"memberships.0.current": true, "memberships.0.organization.id": a.org, "memberships.0.organization.name": "Café del Mar", "memberships.1": nil,
	})
	want := sections{
		"home": "view", "conversations": "view", "analytics": "view", "knowledge_base": "none", "channels": "none", "prompt": "none", "settings": "none",
		"tab:reports": "none", "tab:news": "none",
	}
	for _, place := range []string{"sections", "agents.0.sections"} {
		if have := grants(t, got, place); !maps.Equal(have, want) {
			t.Errorf("%s: %v, want %v", place, have, want)
		}
	}
	for _, hidden := range []string{"secret", "unseen.example", "reports.example", "billing", "ceiling", "metadata", "externalId", "provider"} {
		if strings.Contains(string(got.Body), hidden) {
			t.Errorf("%q is told to a user: %s", hidden, got.Body)
		}
	}
	if tag := got.Header.Get("ETag"); tag != `"1"` {
		t.Errorf("ETag %s", tag)
	}
}

// Whatever get-me says of an agent, explain-access says too; and the outer
// sections are the highest of them.
func TestSectionsAreThoseThatAccessExplains(t *testing.T) {
	a := newAgency(t)
	agents := []string{
		a.agent("One", sections{"home": "view", "channels": "none", "tab:reports": "view"}),
		a.agent("Two", sections{"home": "none", "conversations": "view"}),
		a.agent("Three", sections{}),
	}
	for name, own := range map[string]any{"all": "all", "some": agents[:2], "one": agents[1:2]} {
		ann := a.add("Ann", name+"@example.com", map[string]any{"agents": own, "sections": sections{
			"home": "edit", "conversations": "edit", "channels": "view", "analytics": "view", "tab:reports": "edit", "tab:gone": "view",
		}})
		got := ann.Get("/me").Want(http.StatusOK)
		highest := map[string]string{}
		var shown []struct {
			ID       string
			Sections sections
		}
		decode(t, got.At("agents"), &shown)
		for _, agent := range shown {
			explained := explained(t, a.Owner().Get(a.user(ann.Principal.ID)+"/access?agent="+agent.ID).Want(http.StatusOK))
			if !maps.Equal(agent.Sections, explained) {
				t.Errorf("%s: agent %s has %v, explained %v", name, agent.ID, agent.Sections, explained)
			}
			for section, grant := range explained {
				if access.Grant(grant).Above(access.Grant(highest[section])) {
					highest[section] = grant
				}
			}
		}
		if outer := grants(t, got, "sections"); !maps.Equal(outer, highest) {
			t.Errorf("%s: sections %v, want %v", name, outer, highest)
		}
		wanted := map[string]int{"all": 3, "some": 2, "one": 1}[name]
		if len(shown) != wanted {
			t.Errorf("%s: %d agents, want %d", name, len(shown), wanted)
		}
	}
}

func explained(t *testing.T, answer *apitest.Answer) sections {
	t.Helper()
	var access map[string]struct{ Effective string }
	decode(t, answer.At("sections"), &access)
	effective := sections{}
	for section, e := range access {
		effective[section] = e.Effective
	}
	return effective
}

func decode(t *testing.T, value, into any) {
	t.Helper()
	encoded, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(encoded, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestAgentsAreThoseThatTheUserHas(t *testing.T) {
	a := newAgency(t)
	elsewhere := a.in(a.open("Other", `{}`)).agent("Theirs", nil)
	ann := a.add("Ann", "ann@example.com", nil)
	granted := func(when string, caller apitest.Caller, home string, agents ...string) {
		t.Helper()
		got := caller.Get("/me").Want(http.StatusOK)
		var shown []struct{ ID string }
		decode(t, got.At("agents"), &shown)
		ids := make([]string, len(shown))
		for i, agent := range shown {
			ids[i] = agent.ID
		}
		if !slices.Equal(ids, agents) || got.At("sections.home") != home {
			t.Errorf("%s: agents %v and home %v, want %v and %s", when, ids, got.At("sections.home"), agents, home)
		}
	}
	granted("none is assigned yet", ann, "view")
	one := a.agent("One", nil)
	bob := a.add("Bob", "bob@example.com", map[string]any{"agents": []string{one}})
	two := a.agent("Two", sections{"home": "none"})
	granted("all", ann, "view", one, two)
	granted("one of two", bob, "view", one)
	a.Owner().Delete("/agents/" + one).Want(http.StatusNoContent)
	granted("one was deleted, its assignment still there", ann, "none", two)
	a.Owner().Delete(a.path() + "/agents/" + two).Want(http.StatusNoContent)
	granted("the user's agents are gone", bob, "none")
	if body := ann.Get("/me").Body; strings.Contains(string(body), elsewhere) {
		t.Errorf("another organization's agent is shown: %s", body)
	}
}

// What is beyond the agents that are shown counts for the outer sections.
func TestManyAgents(t *testing.T) {
	a := newAgency(t)
	ann := a.add("Ann", "ann@example.com", map[string]any{"sections": sections{"home": "view", "channels": "edit"}})
	var writes []*table.Write
	for i := range 205 {
		id := fmt.Sprintf("agt_%026d", i)
		limits := access.Sections{"channels": access.None}
		if i == 204 {
			limits = nil
		}
		writes = append(writes,
			table.Put(user.Assigned{Key: table.AssignmentKey(a.Workspace, a.org, id), Sections: limits}),
			table.Put(agent.Record{Key: table.AgentKey(a.Workspace, id), Agent: agent.Agent{
				Resource: api.Resource{ID: id}, Fields: agent.Fields{Face: agent.Face{Name: id, Status: agent.Active, Channels: []string{}}},
			}}),
		)
	}
	for some := range slices.Chunk(writes, 100) {
		if err := a.Table.Commit(t.Context(), some...); err != nil {
			t.Fatal(err)
		}
	}
	got := ann.Get("/me").Want(http.StatusOK)
	holds(t, "many", got, map[string]any{
		"agents.199.name": fmt.Sprintf("agt_%026d", 199), "agents.200": nil, "agents.0.sections.channels": "none", "sections.channels": "edit", "sections.home": "view",
	})
}

func TestStaffKeysAndWhoIsStillToChoose(t *testing.T) {
	a := newAgency(t)
	a.agent("Bot", nil)
	ann := a.add("Ann", "owner@agency.example", nil)
	for _, tc := range []struct {
		name   string
		caller apitest.Caller
		want   map[string]any
		tag    string
		home   string
	}{
		{"owner", a.Owner(), map[string]any{"principal.type": "staff", "principal.role": "owner", "principal.name": "Sam owner", "principal.version": 1.0,
			"memberships.0.type": "staff", "memberships.0.current": true, "memberships.0.organization": nil, "memberships.1.id": ann.Principal.ID, "memberships.1.current": false}, `"1"`, "edit"},
		{"admin", a.Admin(), map[string]any{"principal.role": "admin", "sections.tab:reports": "edit", "workspace.customTabs.0.key": "reports", "workspace.customTabs.1.key": "news"}, `"1"`, "edit"},
		{"member", a.Member(), map[string]any{"principal.role": "member", "workspace.customTabs.0.key": "reports", "memberships.0.role": "member", "memberships.1": nil}, `"1"`, "view"},
		{"key", a.Key("", access.UsersRead), map[string]any{"principal.type": "key", "principal.id": "key_0000000000000000000000000w", "principal.role": "key", "principal.version": nil, "memberships.0": nil}, "", "none"},
		{"still to choose", a.unchosen("owner@agency.example"), map[string]any{"principal": nil, "memberships.0.type": "staff", "memberships.0.current": false,
			"memberships.1.organization.name": "Café del Mar", "memberships.1.current": false, "memberships.2": nil}, "", "none"},
	} {
		got := tc.caller.Get("/me").Want(http.StatusOK)
		holds(t, tc.name, got, tc.want)
		holds(t, tc.name, got, map[string]any{
			"sections.home": tc.home, "organization": nil, "workspace.id": a.Workspace, "brand.primaryColor": "#112233", "brand.name": "Agency Ltd", "agents.0": nil,
		})
		if tag := got.Header.Get("ETag"); tag != tc.tag {
			t.Errorf("%s: ETag %s, want %s", tc.name, tag, tc.tag)
		}
	}
	bound := a.Key(a.org).Get("/me").Want(http.StatusOK)
	holds(t, "key of an organization", bound, map[string]any{"principal.organization": a.org, "organization.name": "Café del Mar", "brand.primaryColor": "#abcdef", "memberships.0": nil})
}

func TestStaffLookAsAUserAndItShows(t *testing.T) {
	a := newAgency(t)
	a.agent("Bot", nil)
	ann := a.add("Ann", "ann@example.com", nil)
	as := ann.Principal
	as.Actor = &access.Actor{ID: apitest.StaffID(access.Owner), Name: "Sam owner", Email: "owner@agency.example", Role: access.Owner, Reason: "a ticket"}
	got := a.As(as).Get("/me").Want(http.StatusOK)
	holds(t, "as a user", got, map[string]any{
		"principal.id": as.ID, "principal.role": "user", "principal.actor.id": apitest.StaffID(access.Owner), "principal.actor.name": "Sam owner",
		"principal.actor.email": "owner@agency.example", "sections.home": "view", "sections.prompt": "none",
	})
}

func TestMembershipsAreAllThatThePersonIsHere(t *testing.T) {
	a := newAgency(t)
	const email = "ann@example.com"
	ann := a.add("Ann", email, map[string]any{"role": "org_admin"})
	other := a.in(a.open("Other", `{}`)).add("Ann at Other", email, nil)
	suspended := a.in(a.open("Suspended", `{}`)).add("Ann", email, nil)
	a.Owner().Patch("/organizations/"+suspended.Principal.Organization, `{"status":"suspended"}`).Want(http.StatusOK)
	out := a.in(a.open("Out", `{}`)).add("Ann", email, map[string]any{"status": "suspended"})
	deleted := a.in(a.open("Deleted", `{}`)).add("Ann", email, nil)
	a.Owner().Delete("/organizations/" + deleted.Principal.Organization).Want(http.StatusAccepted)
	a.add("Bob", "bob@example.com", nil)
	here := a.Workspace
	a.Workspace = a.Nobody().Post("/workspaces", `{"name":"Rival","owner":{"name":"Rita","email":"`+email+`"}}`).Want(http.StatusCreated).ID()
	rival := a.in(a.open("Rival's client", `{}`)).add("Ann", email, nil)
	a.Workspace = here
	type membership struct {
		ID, Name, Role, Status string
		Current                bool
		Organization           struct{ Name, Status string }
	}
	var got []membership
	decode(t, ann.Get("/me").Want(http.StatusOK).At("memberships"), &got)
	type named = struct{ Name, Status string }
	want := []membership{
		{ann.Principal.ID, "Ann", "org_admin", "active", true, named{"Café del Mar", "active"}},
		{other.Principal.ID, "Ann at Other", "user", "active", false, named{"Other", "active"}},
		{suspended.Principal.ID, "Ann", "user", "active", false, named{"Suspended", "suspended"}},
		{out.Principal.ID, "Ann", "user", "suspended", false, named{"Out", "active"}},
	}
	if !slices.Equal(got, want) {
		t.Errorf("memberships\n%+v, want\n%+v", got, want)
	}
	if body := rival.Get("/me").Want(http.StatusOK).Body; strings.Contains(string(body), "Café") || strings.Contains(string(body), "Agency") {
		t.Errorf("one agency shows at another: %s", body)
	}
}

// Somebody may take another's address. What that one is shows to who has
// proven it, by a session, and not to who writes it down.
func TestAnothersAddressOpensNothing(t *testing.T) {
	a := newAgency(t)
	a.in(a.open("Other", `{}`)).add("Victim", "victim@example.com", nil)
	mallory := a.add("Mallory", "mallory@example.com", map[string]any{"role": "org_admin"})
	mallory.Patch(a.user(mallory.Principal.ID), `{"email":"victim@example.com"}`).Want(http.StatusOK)
	got := mallory.Get("/me").Want(http.StatusOK)
	holds(t, "mallory", got, map[string]any{"memberships.0.id": mallory.Principal.ID, "memberships.1": nil})
}

func TestWhoHasCeasedToBeIsToldSo(t *testing.T) {
	a := newAgency(t)
	removed, suspended := a.add("Ann", "ann@example.com", nil), a.add("Bob", "bob@example.com", nil)
	shut := a.in(a.open("Shut", `{}`)).add("Cem", "cem@example.com", nil)
	archived := a.in(a.open("Archived", `{}`)).add("Dan", "dan@example.com", nil)
	a.Owner().Delete(a.user(removed.Principal.ID)).Want(http.StatusNoContent)
	a.Owner().Patch(a.user(suspended.Principal.ID), `{"status":"suspended"}`).Want(http.StatusOK)
	a.Owner().Patch("/organizations/"+shut.Principal.Organization, `{"status":"suspended"}`).Want(http.StatusOK)
	a.Owner().Patch("/organizations/"+archived.Principal.Organization, `{"status":"archived"}`).Want(http.StatusOK)
	fired := a.As(access.Principal{Type: access.Staff, ID: "stf_x", Role: access.Owner, Workspace: a.Workspace})
	moved := removed.Principal
	moved.Workspace = "ws_x"
	for name, tc := range map[string]struct {
		caller apitest.Caller
		status int
		code   problem.Code
	}{
		"removed user":         {removed, http.StatusUnauthorized, problem.SessionEnded},
		"suspended user":       {suspended, http.StatusUnauthorized, problem.SessionEnded},
		"removed staff":        {fired, http.StatusUnauthorized, problem.SessionEnded},
		"another workspace":    {a.As(moved), http.StatusUnauthorized, problem.SessionEnded},
		"suspended client":     {shut, http.StatusForbidden, problem.OrganizationShut},
		"archived client":      {archived, http.StatusForbidden, problem.OrganizationShut},
		"nobody":               {a.Nobody(), http.StatusUnauthorized, problem.Unauthenticated},
		"refused access token": {a.As(access.Principal{Refusal: "token_expired"}), http.StatusUnauthorized, problem.TokenExpired},
	} {
		t.Run(name, func(*testing.T) {
			tc.caller.Get("/me").Refused(tc.status, tc.code)
			tc.caller.Patch("/me", `{"name":"n"}`).Refused(tc.status, tc.code)
		})
	}
}
