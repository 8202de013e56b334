package me_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"atrium/shared/access"
	"atrium/shared/apitest"
)

// agency is a workspace with one organization.
type agency struct {
	*apitest.World
	org string
}

// newAgency has a brand, two tabs of its own, and a client whose ceiling keeps
// it from prompts and lets it see analytics only.
func newAgency(t *testing.T) agency {
	t.Helper()
	t.Parallel()
	w := apitest.New(t)
	w.Workspace = w.Nobody().Post("/workspaces", `{"name":"Agency Ltd","owner":{"name":"Olga","email":"olga@agency.example"}}`).Want(http.StatusCreated).ID()
	w.Owner().Patch("/workspace", `{"supportEmail":"help@agency.example","brand":{"primaryColor":"#112233","font":"Inter","footer":"1 Main Street"},"customTabs":[`+
		`{"key":"reports","title":"Reports","url":"https://reports.example"},{"key":"news","title":"News","url":"https://news.example","alwaysVisible":true}]}`).Want(http.StatusOK)
	a := agency{World: w}
	a.org = a.open("Café del Mar", `{"brand":{"primaryColor":"#abcdef"},"ceiling":{"prompt":"none","analytics":"view"},"layout":"horizontal","tabOrder":["settings","home"],"language":"es","billing":true,"metadata":{"secret":"of the agency"}}`)
	return a
}

// open opens an organization, and changes it.
func (a agency) open(name, patch string) string {
	a.T.Helper()
	org := a.Owner().Post("/organizations", map[string]any{"name": name}).Want(http.StatusCreated).ID()
	a.Owner().Patch("/organizations/"+org, patch).Want(http.StatusOK)
	return org
}

// in is the same with another organization.
func (a agency) in(org string) agency { return agency{World: a.World, org: org} }

func (a agency) path() string         { return "/organizations/" + a.org }
func (a agency) user(u string) string { return a.path() + "/users/" + u }

// agent registers one, and assigns it with these sections.
func (a agency) agent(name string, sections map[string]string, more ...map[string]any) string {
	a.T.Helper()
	body := map[string]any{"name": name}
	for _, fields := range more {
		for field, value := range fields {
			body[field] = value
		}
	}
	agent := a.Owner().Post("/agents", body).Want(http.StatusCreated).ID()
	a.Owner().Put(a.path()+"/agents/"+agent, map[string]any{"sections": sections}).Want(http.StatusCreated)
	return agent
}

// add adds a user, and is them.
func (a agency) add(name, email string, more map[string]any) apitest.Caller {
	a.T.Helper()
	body := map[string]any{"name": name, "email": email}
	for field, value := range more {
		body[field] = value
	}
	added := a.Owner().Post(a.path()+"/users", body).Want(http.StatusCreated)
	role, _ := added.At("role").(string)
	return a.As(access.Principal{
		Type: access.Client, ID: added.ID(), Name: name, Email: email, Role: access.Role(role),
		Workspace: a.Workspace, Organization: a.org, Session: "ses_x",
	})
}

// unchosen is a person who is still to say who they are.
func (a agency) unchosen(email string) apitest.Caller {
	return a.As(access.Principal{Type: access.Unchosen, Email: email, Workspace: a.Workspace, Session: "ses_x"})
}

// sections are grants as JSON has them.
type sections = map[string]string

// grants are the sections at a place of an answer.
func grants(t *testing.T, answer *apitest.Answer, path string) sections {
	t.Helper()
	var s sections
	encoded, err := json.Marshal(answer.At(path))
	if err == nil {
		err = json.Unmarshal(encoded, &s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// holds fails the test unless each place of an answer has its value.
func holds(t *testing.T, name string, answer *apitest.Answer, want map[string]any) {
	t.Helper()
	for path, value := range want {
		if got := answer.At(path); got != value {
			t.Errorf("%s: %s = %v, want %v", name, path, got, value)
		}
	}
}
