package catalogue_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/catalogue"
)

// setting is a field of an operation's body, or several, with a value that is
// right as such. What is also sent, in a POST, is in bodies.
type setting struct {
	operation, what, body string
}

// settings are the fields that callers may want to set, and some that nobody may.
var settings = []setting{
	{"update-workspace", "name", `{"name":"Agency"}`},
	{"update-workspace", "supportEmail", `{"supportEmail":"help@agency.example"}`},
	{"update-workspace", "brand", `{"brand":{"primaryColor":"#112233"}}`},
	{"update-workspace", "customTabs", `{"customTabs":[{"key":"reports","title":"Reports","url":"https://r.example"}]}`},
	{"update-workspace", "dashboardHost", `{"dashboardHost":"clients.agency.example"}`},
	{"update-workspace", "externalId", `{"externalId":"crm-1"}`},
	{"update-workspace", "language", `{"language":"fr"}`},
	{"update-workspace", "logoUrl", `{"logoUrl":null}`},
	{"update-workspace", "metadata", `{"metadata":{"k":"v"}}`},
	{"update-workspace", "oidc", `{"oidc":{"issuer":"https://login.example/{new}","clientId":"atrium"}}`},
	{"update-workspace", "sender", `{"sender":{"address":"hello@agency.example"}}`},
	{"update-workspace", "sender.status", `{"sender":{"status":"verified"}}`},

	{"invite-staff", "role: member", `{"email":"{new}@agency.example","name":"n","role":"member"}`},
	{"invite-staff", "role: admin", `{"email":"{new}@agency.example","name":"n","role":"admin"}`},
	{"invite-staff", "role: owner", `{"email":"{new}@agency.example","name":"n","role":"owner"}`},
	{"update-staff", "role: admin", `{"role":"admin"}`},
	{"update-staff", "role: owner", `{"role":"owner"}`},

	{"create-api-key", "name, scopes", `{"name":"n","scopes":["users:read"]}`},
	{"create-api-key", "organizationId", `{"name":"n","scopes":["users:read"],"organizationId":"{o}"}`},
	{"create-api-key", "expiresAt", `{"name":"n","scopes":["users:read"],"expiresAt":"{soon}"}`},

	{"create-agent", "name", `{"name":"n"}`},
	{"create-agent", "the rest", `{"name":"n","description":"d","provider":"Vapi","status":"paused","channels":["web"],"avatarUrl":"https://a.example/a.png","tabs":[{"section":"home","url":"https://a.example"}],"externalId":"{new}","metadata":{"k":"v"}}`},
	{"update-agent", "name", `{"name":"m"}`},
	{"update-agent", "the rest", `{"description":"d","provider":"Vapi","status":"paused","channels":["web"],"avatarUrl":"https://a.example/a.png","tabs":[{"section":"home","url":"https://a.example"}],"externalId":"{new}","metadata":{"k":"v"}}`},
	{"assign-agent", "sections", `{"sections":{"home":"view"}}`},

	{"create-organization", "name", `{"name":"{new}"}`},
	{"create-organization", "the rest", `{"name":"{new}","language":"fr","layout":"horizontal","tabOrder":["conversations"],"ceiling":{"prompt":"none"},"brand":{"primaryColor":"#112233"},"handoff":{"enabled":false},"cannedResponses":[],"billing":true,"metadata":{"k":"v"},"externalId":"{new}"}`},
	{"create-organization", "status", `{"name":"{new}","status":"suspended"}`},
	{"create-organization", "logoUrl", `{"name":"{new}","logoUrl":null}`},
	{"update-organization", "name", `{"name":"organization"}`},
	{"update-organization", "brand", `{"brand":{"primaryColor":"#112233"}}`},
	{"update-organization", "language", `{"language":"fr"}`},
	{"update-organization", "layout", `{"layout":"horizontal"}`},
	{"update-organization", "tabOrder", `{"tabOrder":["settings","home"]}`},
	{"update-organization", "handoff", `{"handoff":{"enabled":false}}`},
	{"update-organization", "cannedResponses", `{"cannedResponses":[]}`},
	{"update-organization", "logoUrl", `{"logoUrl":null}`},
	{"update-organization", "status", `{"status":"active"}`},
	{"update-organization", "ceiling", `{"ceiling":{"prompt":"view"}}`},
	{"update-organization", "billing", `{"billing":true}`},
	{"update-organization", "metadata", `{"metadata":{"k":"v"}}`},
	{"update-organization", "externalId", `{"externalId":"crm-2"}`},
	{"update-organization", "counts", `{"counts":{"users":1000}}`},
	{"update-organization", "deletedAt", `{"deletedAt":null}`},

	{"add-user", "name, email", `{"name":"n","email":"{new}@example.com"}`},
	{"add-user", "role: org_admin", `{"name":"n","email":"{new}@example.com","role":"org_admin"}`},
	{"add-user", "role: owner", `{"name":"n","email":"{new}@example.com","role":"owner"}`},
	{"add-user", "sections", `{"name":"n","email":"{new}@example.com","sections":{"home":"edit"}}`},
	{"add-user", "sections above", `{"name":"n","email":"{new}@example.com","sections":{"settings":"edit"}}`},
	{"add-user", "status: invited", `{"name":"n","email":"{new}@example.com","status":"invited"}`},
	{"add-user", "the rest", `{"name":"n","email":"{new}@example.com","avatarUrl":"https://a.example/a.png","agents":"all","status":"suspended","availability":"online","language":"fr","teams":["support"],"metadata":{"k":"v"},"externalId":"{new}"}`},
	{"import-users", "users", `{"users":[{"name":"n","email":"{new}@example.com"}]}`},
	{"import-users", "dryRun", `{"users":[{"name":"n","email":"{new}@example.com"}],"dryRun":true}`},
	{"import-users", "invite", `{"users":[{"name":"n","email":"{new}@example.com"}],"invite":true}`},
	{"update-user", "name", `{"name":"Ann"}`},
	{"update-user", "email", `{"email":"{new}@example.com"}`},
	{"update-user", "role: org_admin", `{"role":"org_admin"}`},
	{"update-user", "role: admin", `{"role":"admin"}`},
	{"update-user", "sections", `{"sections":{"home":"edit"}}`},
	{"update-user", "sections above", `{"sections":{"settings":"edit"}}`},
	{"update-user", "agents", `{"agents":["{a}"]}`},
	{"update-user", "status", `{"status":"suspended"}`},
	{"update-user", "availability", `{"availability":"online"}`},
	{"update-user", "avatarUrl", `{"avatarUrl":"https://a.example/a.png"}`},
	{"update-user", "language", `{"language":"fr"}`},
	{"update-user", "teams", `{"teams":[]}`},
	{"update-user", "metadata", `{"metadata":{"k":"v"}}`},
	{"update-user", "externalId", `{"externalId":"{new}"}`},
	{"update-user", "id", `{"id":"usr_01jd6v0c8ge2rs2k9v2q1m4t7x"}`},
	{"update-user", "version", `{"version":1}`},
	{"update-user", "lastSeenAt", `{"lastSeenAt":null}`},

	{"create-team", "all", `{"key":"{letters}","label":"l","description":"d","members":["{u}"],"routing":"round_robin","metadata":{"k":"v"}}`},
	{"update-team", "all", `{"label":"l","description":"d","members":["{u}"],"routing":"least_recent","metadata":{"k":"v"}}`},
	{"update-team", "key", `{"key":"other"}`},
	{"update-team", "handoffCount", `{"handoffCount":0}`},
	{"route-handoff", "all", `{"conversationId":"c","requestedBy":"bot"}`},

	{"send-invitation", "email", `{"email":"{new}@example.com"}`},
	{"send-invitation", "role: org_admin", `{"email":"{new}@example.com","role":"org_admin"}`},
	{"send-invitation", "role: owner", `{"email":"{new}@example.com","role":"owner"}`},
	{"send-invitation", "sections", `{"email":"{new}@example.com","sections":{"home":"edit"}}`},
	{"send-invitation", "sections above", `{"email":"{new}@example.com","sections":{"settings":"edit"}}`},
	{"send-invitation", "sendEmail", `{"email":"{new}@example.com","sendEmail":false}`},
	{"send-invitation", "the rest", `{"email":"{new}@example.com","name":"n","teams":["support"],"agents":"all","language":"fr","note":"Hi","expiresInDays":30}`},
	{"send-invitation", "invitations", `{"invitations":[{"email":"{new}@example.com"}]}`},
	{"send-invitation", "state", `{"email":"{new}@example.com","state":"accepted"}`},
	{"preview-invitation", "all", `{"email":"n@example.com","name":"n","role":"user","sections":{"home":"view"},"teams":["support"],"agents":"all","language":"fr","note":"Hi","expiresInDays":30,"sendEmail":true}`},
	{"preview-invitation", "invitations", `{"invitations":[{"email":"n@example.com"}]}`},

	{"impersonate-user", "reason", `{"reason":"They asked."}`},
	{"impersonate-user", "write", `{"reason":"They asked.","write":true}`},

	{"update-me", "name", `{"name":"Me"}`},
	{"update-me", "avatarUrl", `{"avatarUrl":"https://a.example/a.png"}`},
	{"update-me", "language", `{"language":"fr"}`},
	{"update-me", "availability", `{"availability":"online"}`},
	{"update-me", "role", `{"role":"org_admin"}`},
	{"update-me", "sections", `{"sections":{"settings":"edit"}}`},
	{"update-me", "email", `{"email":"other@example.com"}`},
	{"update-me", "agents", `{"agents":"all"}`},
	{"update-me", "status", `{"status":"active"}`},
	{"update-me", "organization", `{"organization":"{o}"}`},
}

// TestWhatEachMaySet sends every field of every body as everybody who is let
// in, and compares what came of it with testdata/fields.golden: a table to be
// read by people. OWASP API3, the half about writing.
func TestWhatEachMaySet(t *testing.T) {
	f := newFixture(apitest.NewStreamed(t))
	f.w.Owner().Patch("/organizations/"+f.things[own]["o"], `{"ceiling":{"settings":"view","prompt":"view"}}`).Want(http.StatusOK)
	callers := f.members()
	var table bytes.Buffer
	fmt.Fprintf(&table, "%-42s", "field")
	for _, c := range callers {
		fmt.Fprintf(&table, " %-*s", c.width(), c.name)
	}
	n := 0
	for _, s := range settings {
		fmt.Fprintf(&table, "\n%-42s", s.operation+" "+s.what)
		for _, c := range callers {
			n++
			fmt.Fprintf(&table, " %-*s", c.width(), f.set(c, s, n))
		}
	}
	golden(t, "fields.golden", append(bytes.ReplaceAll(table.Bytes(), []byte(" \n"), []byte("\n")), '\n'))
}

// members are those who are let in, each of whom may set something else.
func (f *fixture) members() []caller {
	let := []string{"owner", "admin", "member", "org_admin", "user", "looking-in", "acting", "key", "key-of-org"}
	return slices.DeleteFunc(f.people(), func(c caller) bool { return !slices.Contains(let, c.name) })
}

// set sets a field, and says what came of it: yes, or the status, with the code
// where it is not the status's own. What was changed is changed back.
func (f *fixture) set(c caller, s setting, n int) string {
	route := f.route(s.operation)
	path := f.at(own, strings.TrimPrefix(route.Path, api.Prefix))
	soon := time.Now().AddDate(0, 1, 0).UTC().Format(time.RFC3339)
	body := strings.NewReplacer("{soon}", soon, "{new}", fmt.Sprintf("new-%d", n), "{letters}", "team_"+strings.Repeat("x", n%30)+string(rune('a'+n/30))).Replace(f.at(own, s.body))
	before := f.now(path)
	answer := c.Do(route.Method, path, body)
	f.restore(path, before)
	switch {
	case answer.Status < 300:
		return "yes"
	case answer.Status == http.StatusForbidden || answer.Status == http.StatusUnprocessableEntity:
		return fmt.Sprint(answer.Status)
	default:
		f.w.T.Errorf("%s %s as %s: %d %s", s.operation, s.what, c.name, answer.Status, answer.Body)
		return "?"
	}
}

func (f *fixture) route(operation string) api.Operation {
	i := slices.IndexFunc(catalogue.Operations, func(o api.Operation) bool { return o.Name == operation })
	return catalogue.Operations[i].Routes()[0]
}

// kept are the members that a probe may change so that later ones find another
// world: what they are is put back.
var kept = []string{"status", "role", "email", "teams", "sections", "agents"}

// now is what stands at a path, of what is kept.
func (f *fixture) now(path string) map[string]any {
	if !strings.Contains(path, "/users/usr_") && !strings.Contains(path, "/staff/stf_") || strings.HasSuffix(path, "/impersonate") {
		return nil
	}
	is := map[string]any{}
	answer := f.w.Owner().Get(path)
	if answer.Status != http.StatusOK {
		return map[string]any{"role": "member"} // staff are listed, and not got one by one
	}
	answer.Into(&is)
	maps.DeleteFunc(is, func(name string, _ any) bool { return !slices.Contains(kept, name) })
	return is
}

func (f *fixture) restore(path string, before map[string]any) {
	if before != nil {
		f.w.Owner().Patch(path, before).Want(http.StatusOK)
	}
}

// Whoever adds a field to a body says here who may set it.
func TestEveryFieldThatIsTakenIsTried(t *testing.T) {
	description, err := os.ReadFile(filepath.Join(apitest.Root(), "shared", "openapi", "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			RequestBody struct {
				Content map[string]struct {
					Schema struct {
						Ref        string         `json:"$ref"`
						Properties map[string]any `json:"properties"`
					} `json:"schema"`
				} `json:"content"`
			} `json:"requestBody"`
		} `json:"paths"`
		Components struct {
			Schemas map[string]struct {
				Properties map[string]any `json:"properties"`
			} `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(description, &d); err != nil {
		t.Fatal(err)
	}
	tried := map[string]bool{}
	for _, s := range settings {
		var body map[string]any
		if err := json.Unmarshal([]byte(s.body), &body); err != nil {
			t.Fatalf("%s: %v", s.body, err)
		}
		for name := range body {
			tried[s.operation+" "+name] = true
		}
	}
	for _, methods := range d.Paths {
		for _, o := range methods {
			body, isJSON := o.RequestBody.Content["application/json"]
			if !isJSON || public(o.OperationID) {
				continue
			}
			properties := body.Schema.Properties
			if _, name, isRef := strings.Cut(body.Schema.Ref, "schemas/"); isRef {
				properties = d.Components.Schemas[name].Properties
			}
			for name := range properties {
				if !tried[o.OperationID+" "+name] {
					t.Errorf("%s takes %s: try it in settings, in this file", o.OperationID, name)
				}
			}
		}
	}
}

func public(operation string) bool {
	return slices.ContainsFunc(catalogue.Operations, func(o api.Operation) bool { return o.Name == operation && o.May.Public })
}
