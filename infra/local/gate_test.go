package main

import (
	"net/http"
	"testing"
	"time"
)

// A session that has ended lets nobody in any more, once what the gate kept is over.
func TestWhatIsKnownOfACallerIsKeptForSecondsOnly(t *testing.T) {
	t.Parallel()
	data := furnished(t)
	p := run(t, data, nil).up(data).found("olga@agency.example")
	me := p.ask(http.MethodGet, "/v1/me", "", http.StatusOK)
	member := p.ask(http.MethodPost, "/v1/staff", `{"name":"Mo","email":"mo@agency.example","role":"admin"}`, http.StatusCreated)["id"].(string)
	olga := p.token
	p.token = ""
	p.token = p.ask(http.MethodPost, "/v1/invitations/"+carried(p.mailed("mo@agency.example", "/invitation"))+"/accept", `{}`, http.StatusOK)["accessToken"].(string)
	mo := p.token
	p.ask(http.MethodGet, "/v1/organizations", "", http.StatusOK)
	p.token = olga
	p.ask(http.MethodDelete, "/v1/staff/"+member, "", http.StatusNoContent)
	p.token = mo
	// What changes rights is looked up again at once; all else within seconds.
	p.ask(http.MethodPost, "/v1/api-keys", `{"name":"A","scopes":["agents:read"]}`, http.StatusUnauthorized)
	time.Sleep(keptFor)
	if refused := p.ask(http.MethodGet, "/v1/organizations", "", http.StatusUnauthorized); refused["code"] != "session_ended" {
		t.Errorf("who was removed is told %v", refused)
	}
	p.token = olga
	if again := p.ask(http.MethodGet, "/v1/me", "", http.StatusOK); again["principal"].(map[string]any)["id"] != me["principal"].(map[string]any)["id"] {
		t.Errorf("the owner is %v", again)
	}
}
