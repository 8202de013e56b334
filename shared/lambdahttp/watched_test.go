package lambdahttp_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/catalogue"
	"atrium/shared/lambdahttp"
	"atrium/shared/telemetry"
)

// agency is a workspace whose functions write their lines into a log.
type agency struct {
	*apitest.World
	log bytes.Buffer
}

// call has an operation answer a request of the owner's, and returns its body.
func (a *agency) call(name, method, path, body string) string {
	a.T.Helper()
	n := slices.IndexFunc(catalogue.Operations, func(o api.Operation) bool { return o.Name == name })
	o := catalogue.Operations[n]
	o.Deadline = time.Second // for those that fail until then
	function := lambdahttp.Watched(telemetry.Of(name, "Atrium"), lambdahttp.Handler(a.Table, o, api.Configured(a.Config)))
	request := event(a.World, method, path, body, apitest.Headers{
		"content-type": "application/json", "authorization": "Bearer an-access-token", "idempotency-key": "a-key-of-the-callers",
	})
	request.RouteKey = method + " " + o.Path
	request.RequestContext.HTTP.SourceIP = "198.51.100.24"
	request.RequestContext.RequestID = "req-1"
	answer, err := function(a.T.Context(), request)
	if err != nil {
		a.T.Fatal(err)
	}
	return answer.Body
}

// member is one of an answer's, as text.
func member(t *testing.T, body, name string) string {
	t.Helper()
	var members map[string]any
	if err := json.Unmarshal([]byte(body), &members); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	text, _ := members[name].(string)
	return text
}

// Whoever reads a log reads of operations, and of nobody's people and secrets,
// whether things go well, are refused or fail.
func TestLogsNameNobody(t *testing.T) {
	a := &agency{World: apitest.New(t)}
	a.Workspace = a.Nobody().Post("/workspaces", `{"name":"Agency","owner":{"name":"Olga","email":"olga@agency.example"}}`).Want(http.StatusCreated).ID()
	before := slog.Default()
	slog.SetDefault(slog.New(telemetry.NewHandler(&a.log)))
	defer slog.SetDefault(before)

	owner := a.Owner()
	org := member(t, a.call("create-organization", http.MethodPost, "/v1/organizations", `{"name":"Zanzibar Bakery"}`), "id")
	base := "/v1/organizations/" + org
	a.call("add-user", http.MethodPost, base+"/users", `{"name":"Quentin Ypsilon","email":"quentin@zanzibar.example"}`)
	a.call("add-user", http.MethodPost, base+"/users", `{"name":"Quentin Ypsilon","email":"quentin@zanzibar.example"}`)
	a.call("list-users", http.MethodGet, base+"/users", "")
	link := member(t, a.call("send-invitation", http.MethodPost, base+"/invitations",
		`{"email":"yolanda@zanzibar.example","name":"Yolanda Xerxes","note":"See you on Xmas","sendEmail":false}`), "acceptUrl")
	_, token, _ := strings.Cut(link, "#")
	secret := member(t, a.call("create-api-key", http.MethodPost, "/v1/api-keys", `{"name":"Warehouse robot","scopes":["users:read"]}`), "secret")
	a.call("request-sign-in", http.MethodPost, "/v1/sign-in", `{"email":"quentin@zanzibar.example"}`)
	for _, fault := range []apitest.Fault{apitest.Throttled, apitest.TimedOut} {
		a.Break(fault, 0, 100)
		a.call("add-user", http.MethodPost, base+"/users", `{"name":"Wilhelmina Vortex","email":"wilhelmina@zanzibar.example"}`)
		a.call("view-invitation", http.MethodGet, "/v1/invitations/"+token, "")
		a.Mend()
	}
	a.call("accept-invitation", http.MethodPost, "/v1/invitations/"+token+"/accept", `{"name":"Yolanda Xerxes-Young"}`)

	log := a.log.String()
	if token == "" || secret == "" {
		t.Fatalf("no token %q or secret %q to look for", token, secret)
	}
	for _, private := range []string{
		"Zanzibar", "zanzibar", "Quentin", "quentin", "Yolanda", "yolanda", "Xmas", "Warehouse", "Wilhelmina", "wilhelmina",
		"198.51.100", "an-access-token", "a-key-of-the-callers", token, secret, owner.Principal.Name, owner.Principal.Email,
	} {
		if private != "" && strings.Contains(log, private) {
			t.Errorf("the log has %q in it:\n%s", private, log)
		}
	}
	levels := map[string]int{}
	for line := range strings.Lines(log) {
		var members map[string]any
		if err := json.Unmarshal([]byte(line), &members); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if members["msg"] != "invocation" {
			continue
		}
		levels[members["level"].(string)]++
		for _, name := range []string{"timestamp", "operation", "requestId", "route", "status", "workspace", "caller", "Latency", "coldStart"} {
			if members[name] == nil {
				t.Errorf("the line has no %s: %s", name, line)
			}
		}
	}
	if levels["INFO"] == 0 || levels["ERROR"] == 0 {
		t.Errorf("not both went well and failed: %v", levels)
	}
}
