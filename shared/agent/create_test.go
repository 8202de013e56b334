package agent_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/problem"
)

func TestCreateAnswersWithTheWholeResource(t *testing.T) {
	a := newAgency(t)
	made := a.Admin().Post("/agents", `{
		"name":"  Réception  24h ","description":"Takes bookings.\nAlways.","provider":"convocore","status":"paused",
		"channels":["web","whatsapp"],"avatarUrl":"https://cdn.example/a.png",
		"tabs":[{"section":"analytics","url":"https://r.example/1"},{"section":"tab:reports","url":"https://r.example/2"}],
		"metadata":{"plan":"gold"},"externalId":"widget-1"}`).Want(http.StatusCreated)
	for path, want := range map[string]any{
		"name": "Réception 24h", "description": "Takes bookings.\nAlways.", "provider": "convocore", "status": "paused",
		"channels.1": "whatsapp", "avatarUrl": "https://cdn.example/a.png", "tabs.1.section": "tab:reports", "tabs.0.url": "https://r.example/1",
		"metadata.plan": "gold", "externalId": "widget-1", "organizationCount": 0.0, "version": 1.0,
	} {
		if got := made.At(path); got != want {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
	if got := made.Header.Get("ETag"); got != `"1"` {
		t.Errorf("ETag %s", got)
	}
	read := a.Member().Get("/agents/" + made.ID()).Want(http.StatusOK)
	if string(made.Body) != string(read.Body) {
		t.Errorf("read back\n%s\nwrote\n%s", read.Body, made.Body)
	}
}

func TestCreateFillsInWhatIsLeftOut(t *testing.T) {
	a := newAgency(t)
	made := a.Owner().Post("/agents", `{"name":"Bot"}`).Want(http.StatusCreated)
	var got map[string]any
	made.Into(&got)
	for field, want := range map[string]string{
		"description": "", "provider": "", "status": "active", "channels": "[]", "avatarUrl": "", "tabs": "[]",
		"metadata": "map[]", "externalId": "", "organizationCount": "0",
	} {
		value, shown := got[field]
		if !shown || fmt.Sprint(value) != want {
			t.Errorf("%s = %v (shown: %v), want %q", field, value, shown, want)
		}
	}
}

// faulty are bodies that neither create-agent nor update-agent takes.
var faulty = map[string]struct{ body, place string }{
	"empty name":               {`{"name":"  "}`, "body.name"},
	"long name":                {`{"name":"` + strings.Repeat("é", 121) + `"}`, "body.name"},
	"control in a name":        {`{"name":"a\u0007"}`, "body.name"},
	"line feed in a name":      {`{"name":"a\nb"}`, "body.name"},
	"bidi in a description":    {`{"name":"a","description":"\u202e"}`, "body.description"},
	"long description":         {`{"name":"a","description":"` + strings.Repeat("d", 1001) + `"}`, "body.description"},
	"surrogate in a provider":  {`{"name":"a","provider":"\ud83d"}`, "body.provider"},
	"no such status":           {`{"name":"a","status":"asleep"}`, "body.status"},
	"avatar over http":         {`{"name":"a","avatarUrl":"http://x.example/a.png"}`, "body.avatarUrl"},
	"avatar as script":         {`{"name":"a","avatarUrl":"javascript:alert(1)"}`, "body.avatarUrl"},
	"avatar with a password":   {`{"name":"a","avatarUrl":"https://u:p@x.example/"}`, "body.avatarUrl"},
	"empty channel":            {`{"name":"a","channels":["web"," "]}`, "body.channels[1]"},
	"long channel":             {`{"name":"a","channels":["` + strings.Repeat("c", 41) + `"]}`, "body.channels[0]"},
	"the same channel twice":   {`{"name":"a","channels":["web","web"]}`, "body.channels[1]"},
	"a channel of no text":     {`{"name":"a","channels":[7]}`, "body.channels[0]"},
	"21 channels":              {`{"name":"a","channels":["` + strings.Join(strings.Split("abcdefghijklmnopqrstu", ""), `","`) + `"]}`, "body.channels"},
	"a list for a channel":     {`{"name":"a","channels":[[]]}`, "body.channels[0]"},
	"a twin of the name":       {`{"name":"a","nAme":"b"}`, "body.nAme"},
	"tab of no section":        {`{"name":"a","tabs":[{"url":"https://x.example"}]}`, "body.tabs[0].section"},
	"tab of a strange section": {`{"name":"a","tabs":[{"section":"kitchen","url":"https://x.example"}]}`, "body.tabs[0].section"},
	"tab of a bad key":         {`{"name":"a","tabs":[{"section":"tab:Ä","url":"https://x.example"}]}`, "body.tabs[0].section"},
	"tab over http":            {`{"name":"a","tabs":[{"section":"home","url":"http://x.example"}]}`, "body.tabs[0].url"},
	"tab without address":      {`{"name":"a","tabs":[{"section":"home","url":""}]}`, "body.tabs[0].url"},
	"two tabs of one section":  {`{"name":"a","tabs":[{"section":"home","url":"https://x.example"},{"section":"home","url":"https://y.example"}]}`, "body.tabs[1].section"},
	"unknown field of a tab":   {`{"name":"a","tabs":[{"section":"home","url":"https://x.example","icon":"x"}]}`, "body.tabs[0].icon"},
	"metadata of numbers":      {`{"name":"a","metadata":{"k":7}}`, "body.metadata.k"},
	"a long metadata value":    {`{"name":"a","metadata":{"k":"` + strings.Repeat("v", 501) + `"}}`, "body.metadata.k"},
	"padded external id":       {`{"name":"a","externalId":" x"}`, "body.externalId"},
	"long external id":         {`{"name":"a","externalId":"` + strings.Repeat("x", 201) + `"}`, "body.externalId"},
	"unknown field":            {`{"name":"a","nmae":"b"}`, "body.nmae"},
	"a field of the system":    {`{"name":"a","organizationCount":7}`, "body.organizationCount"},
	"no object":                {`["a"]`, "body"},
}

func TestCreateRefuses(t *testing.T) {
	a := newAgency(t)
	each(a, faulty, func(tc struct{ body, place string }) {
		a.Owner().Post("/agents", tc.body).Refused(http.StatusUnprocessableEntity, problem.Invalid, tc.place)
	})
	a.Owner().Post("/agents", `{}`).Refused(http.StatusUnprocessableEntity, problem.Invalid, "body.name")
	a.Owner().Post("/agents", `{"name":`).Refused(http.StatusBadRequest, problem.Malformed, "body")
	if left := a.Owner().All("/agents", "name"); len(left) != 0 {
		t.Errorf("refused, yet stored: %q", left)
	}
}

func TestNamesRepeatAndExternalIDsDoNot(t *testing.T) {
	a := newAgency(t)
	a.register("Bot", map[string]any{"externalId": "x"})
	a.register("Bot", map[string]any{"externalId": "y"})
	a.Owner().Post("/agents", `{"name":"Other","externalId":"x"}`).Refused(http.StatusConflict, problem.ExternalIDTaken, "body.externalId")
	a.Owner().Post("/organizations", `{"name":"Acme","externalId":"x"}`).Want(http.StatusCreated)
	if got := a.Owner().All("/agents", "name"); len(got) != 2 {
		t.Errorf("agents %q, want two", got)
	}
}

func TestCreateIsIdempotentUnderAKey(t *testing.T) {
	a := newAgency(t)
	key := apitest.Headers{"Idempotency-Key": "k"}
	answers := make([]*apitest.Answer, 6)
	var group sync.WaitGroup
	for i := range answers {
		group.Go(func() { answers[i] = a.Owner().Post("/agents", `{"name":"Bot","externalId":"x"}`, key) })
	}
	group.Wait()
	fresh := 0
	for _, answer := range answers {
		if answer.Want(http.StatusCreated); answer.ID() != answers[0].ID() {
			t.Errorf("made %s and %s", answer.ID(), answers[0].ID())
		}
		if answer.Header.Get("Idempotent-Replayed") == "" {
			fresh++
		}
	}
	if got := a.Owner().All("/agents", "id"); fresh != 1 || len(got) != 1 {
		t.Errorf("%d of the answers are fresh, and %d agents there, want one each", fresh, len(got))
	}
	a.Owner().Post("/agents", `{"name":"Another"}`, key).Refused(http.StatusUnprocessableEntity, problem.IdempotencyReused)
}

func TestWhoMay(t *testing.T) {
	a := newAgency(t)
	id := a.register("Bot")
	path := "/agents/" + id
	stranger := agency{apitest.New(t)}
	for name, tc := range map[string]struct {
		caller apitest.Caller
		read   int
		write  int
	}{
		"owner":             {a.Owner(), http.StatusOK, http.StatusOK},
		"admin":             {a.Admin(), http.StatusOK, http.StatusOK},
		"member":            {a.Member(), http.StatusOK, http.StatusForbidden},
		"reading key":       {a.Key("", access.AgentsRead), http.StatusOK, http.StatusForbidden},
		"writing key":       {a.Key("", access.AgentsWrite), http.StatusOK, http.StatusOK},
		"key of other use":  {a.Key("", access.OrganizationsWrite), http.StatusForbidden, http.StatusForbidden},
		"key of one client": {a.Key("org_01jd6v0c8ge2rs2k9v2q1m4t7x", access.AgentsWrite), http.StatusForbidden, http.StatusForbidden},
		"org_admin":         {a.Client(access.OrgAdmin, "org_01jd6v0c8ge2rs2k9v2q1m4t7x", "usr_x"), http.StatusForbidden, http.StatusForbidden},
		"nobody":            {a.Nobody(), http.StatusUnauthorized, http.StatusUnauthorized},
		"another workspace": {stranger.Owner(), http.StatusNotFound, http.StatusNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tc.caller.Get(path).Status; got != tc.read {
				t.Errorf("get: %d, want %d", got, tc.read)
			}
			if got := tc.caller.Patch(path, `{"name":"Bot"}`).Status; got != tc.write {
				t.Errorf("update: %d, want %d", got, tc.write)
			}
		})
	}
}

func TestUnknownAgents(t *testing.T) {
	a := newAgency(t)
	for _, id := range []string{"agt_01jd6v0c8ge2rs2k9v2q1m4t7x", "agt_", "x%23y", "org_01jd6v0c8ge2rs2k9v2q1m4t7x", strings.Repeat("a", 3000)} {
		a.Owner().Get("/agents/"+id).Refused(http.StatusNotFound, problem.NotFound)
		a.Owner().Patch("/agents/"+id, `{"name":"x"}`).Refused(http.StatusNotFound, problem.NotFound)
		a.Owner().Delete("/agents/"+id).Refused(http.StatusNotFound, problem.NotFound)
	}
}
