package main

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/text"
)

// thing is a resource as the API shows it.
type thing map[string]any

func (x thing) text(member string) string { s, _ := x[member].(string); return s }

func (x thing) number(path string) int {
	var value any = map[string]any(x)
	for part := range strings.SplitSeq(path, ".") {
		value = value.(map[string]any)[part]
	}
	n, _ := value.(float64)
	return int(n)
}

func (x thing) list(member string) []string {
	var all []string
	values, _ := x[member].([]any)
	for _, value := range values {
		all = append(all, fmt.Sprint(value))
	}
	return all
}

// all are the things of a list, of less than a page.
func (a *agency) all(path string) []thing {
	a.T.Helper()
	var page struct{ Items []thing }
	a.Owner().Get(path).Want(http.StatusOK).Into(&page)
	return page.Items
}

func (a *agency) found(path, id string) {
	a.T.Helper()
	if ids := a.Owner().All(path, "id"); !slices.Contains(ids, id) {
		a.T.Errorf("%s does not find %s", path, id)
	}
}

func (a *agency) equal(what string, got, want int) {
	a.T.Helper()
	if got != want {
		a.T.Errorf("%s: %d, but there are %d", what, got, want)
	}
}

// agrees holds that the API says the same in all its answers, and takes no
// name, address or id twice.
func (a *agency) agrees() {
	a.T.Helper()
	if a.dump()[table.WorkspaceKey(a.Workspace)] == nil {
		return // it was opened by half
	}
	if host, _ := a.Owner().Get("/workspace").At("dashboardHost").(string); host != "" {
		a.Nobody().Get("/branding?host=" + host).Want(http.StatusOK)
	}
	a.showsLogo("/workspace")
	a.staffAgrees()
	for _, o := range append(a.all("/organizations"), a.all("/organizations?status=deleted")...) {
		a.organizationAgrees(o)
	}
	for _, agent := range a.all("/agents") {
		a.agentAgrees(agent)
	}
}

// staffAgrees holds that the owners are counted, and no address is taken twice.
func (a *agency) staffAgrees() {
	a.T.Helper()
	counted, err := table.Get[struct{ Owners int }](a.T.Context(), a.Table, table.WorkspaceKey(a.Workspace))
	if err != nil {
		a.T.Fatal(err)
	}
	a.equal("owners", counted.Owners, len(a.all("/staff?role=owner&status=active")))
	there := a.dump()
	for _, person := range a.all("/staff") {
		if there[table.StaffEmailKey(a.Workspace, person.text("email"))].String("id") != person.text("id") {
			a.T.Errorf("%s has not got their address", person.text("name"))
		}
	}
}

func (a *agency) showsLogo(path string) {
	a.T.Helper()
	at, _ := a.Owner().Get(path).Want(http.StatusOK).At("logoUrl").(string)
	if at != "" {
		a.Nobody().Get(strings.TrimPrefix(at, "https://api.example/v1")).Want(http.StatusOK)
	}
}

func (a *agency) organizationAgrees(o thing) {
	a.T.Helper()
	path, deleted := "/organizations/"+o.text("id"), ""
	if o.text("status") == "deleted" {
		deleted = "&status=deleted"
	}
	a.found("/organizations?status="+o.text("status"), o.text("id"))
	for _, word := range text.Words(o.text("name")) {
		a.found("/organizations?q="+url.QueryEscape(word)+deleted, o.text("id"))
	}
	a.Owner().Post("/organizations", fields{"name": o["name"]}).Refused(http.StatusConflict, problem.NameTaken)
	if external := o.text("externalId"); external != "" {
		a.found("/organizations?externalId="+url.QueryEscape(external)+deleted, o.text("id"))
	}
	a.showsLogo(path)
	users, teams := a.all(path+"/users"), a.all(path+"/teams")
	a.equal("counts.agents", o.number("counts.agents"), len(a.all(path+"/agents")))
	a.equal("counts.users", o.number("counts.users"), len(users))
	a.equal("counts.teams", o.number("counts.teams"), len(teams))
	for _, u := range users {
		a.userAgrees(path, o, u, teams)
	}
	for _, t := range teams {
		a.teamAgrees(path, o, t, users)
	}
}

func (a *agency) userAgrees(path string, o, u thing, teams []thing) {
	a.T.Helper()
	for _, word := range append(text.Words(u.text("name")), u.text("email")) {
		a.found(path+"/users?q="+url.QueryEscape(word), u.text("id"))
	}
	if o.text("status") == "active" {
		body := fields{"name": "n", "email": u["email"]}
		a.Owner().Post(path+"/users", body).Refused(http.StatusConflict, problem.EmailTaken)
		if u.text("externalId") != "" {
			body = fields{"name": "n", "email": "n@client.example", "externalId": u["externalId"]}
			a.Owner().Post(path+"/users", body).Refused(http.StatusConflict, problem.ExternalIDTaken)
		}
	}
	var on []string
	for _, t := range teams {
		if slices.Contains(t.list("members"), u.text("id")) {
			on = append(on, t.text("key"))
		}
	}
	if !slices.Equal(on, u.list("teams")) {
		a.T.Errorf("user %s says %v, the teams say %v", u.text("id"), u.list("teams"), on)
	}
}

func (a *agency) teamAgrees(path string, o, t thing, users []thing) {
	a.T.Helper()
	ready, _ := o["handoff"].(map[string]any)["enabled"].(bool)
	ready = ready && o.text("status") == "active"
	available := map[string]string{}
	for _, u := range users {
		if slices.Contains(t.list("members"), u.text("id")) && u.text("status") == "active" && u.text("availability") == "online" {
			available[u.text("id")] = u.text("name") + u.text("email")
		}
	}
	answer := a.Owner().Post(path+"/teams/"+t.text("key")+"/handoffs", nil).Want(http.StatusOK)
	if taken, _ := answer.At("available").(bool); taken != (ready && len(available) > 0) {
		a.T.Errorf("a handoff to %s answers %s, with %v on duty", t.text("key"), answer.Body, available)
	} else if id, _ := answer.At("user.id").(string); taken && available[id] != fmt.Sprint(answer.At("user.name"), answer.At("user.email")) {
		a.T.Errorf("a handoff to %s answers %s, with %v on duty", t.text("key"), answer.Body, available)
	}
}

func (a *agency) agentAgrees(agent thing) {
	a.T.Helper()
	id := agent.text("id")
	for _, word := range text.Words(agent.text("name")) {
		a.found("/agents?q="+url.QueryEscape(word), id)
	}
	if external := agent.text("externalId"); external != "" {
		a.found("/agents?externalId="+url.QueryEscape(external), id)
	}
	with := append(a.all("/organizations?agent="+id), a.all("/organizations?status=deleted&agent="+id)...)
	a.equal("organizationCount", agent.number("organizationCount"), len(with))
	a.found(fmt.Sprintf("/agents?assigned=%t&status=%s", len(with) > 0, agent.text("status")), id)
}
