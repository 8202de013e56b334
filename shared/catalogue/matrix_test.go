package catalogue_test

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/catalogue"
	"atrium/shared/problem"
	"atrium/shared/session"
	"atrium/shared/staff"
	"atrium/shared/table"
)

var updateGolden = flag.Bool("update", false, "write the golden files instead of comparing with them")

// golden compares with a file of testdata, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *updateGolden {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what it was. If that is meant, run `go test ./shared/catalogue -update`, and look at what changed.\n%s", path, firstDifference(string(got), string(want)))
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

// place is where a caller aims: whose organization, whose agent.
type place string

const (
	own               place = "own organization"
	otherOrganization place = "another organization"
	otherWorkspace    place = "another workspace"
)

var places = []place{own, otherOrganization, otherWorkspace}

// TestAuthorizationMatrix sends every operation with every kind of credential to
// every place, and compares what came of it with testdata/matrix.golden: a
// table to be read by people. An operation that is not in it fails, and so
// does one whose rule changed.
func TestAuthorizationMatrix(t *testing.T) {
	f := newFixture(apitest.NewStreamed(t))
	golden(t, "matrix.golden", f.matrix(f.people(), placesOf))
}

// TestScopeMatrix does the same with an API key of each scope, to what is its own.
func TestScopeMatrix(t *testing.T) {
	f := newFixture(apitest.New(t))
	golden(t, "scopes.golden", f.matrix(f.keys(), func(api.Operation) []place { return []place{own} }))
}

// matrix is what comes of every route, at the places that make a difference to
// it, for each caller.
func (f *fixture) matrix(callers []caller, placesOf func(api.Operation) []place) []byte {
	var matrix bytes.Buffer
	fmt.Fprintf(&matrix, "%-26s %-22s", "operation", "at")
	for _, c := range callers {
		fmt.Fprintf(&matrix, " %-*s", c.width(), c.name)
	}
	matrix.WriteString("\n")
	for _, o := range catalogue.Operations {
		for _, route := range o.Routes() {
			for _, at := range placesOf(route) {
				fmt.Fprintf(&matrix, "%-26s %-22s", route.Name, at.label(route))
				for _, c := range callers {
					cell := f.probe(c, route, at)
					f.sane(c, route, at, cell)
					fmt.Fprintf(&matrix, " %-*s", c.width(), cell)
				}
				matrix.WriteString("\n")
			}
		}
	}
	return regexp.MustCompile(" +\n").ReplaceAll(matrix.Bytes(), []byte("\n"))
}

// placesOf are those that make a difference to a route.
func placesOf(route api.Operation) []place {
	switch {
	case strings.Contains(route.Path, "{o}"):
		return places
	case strings.Contains(route.Path, "{"):
		return []place{own, otherWorkspace}
	default:
		return []place{own}
	}
}

func (p place) label(route api.Operation) string {
	if p == own && !strings.Contains(route.Path, "{o}") {
		return "own workspace"
	}
	return string(p)
}

// ids are the things that a path can name.
type ids map[string]string

type fixture struct {
	w      *apitest.World
	things map[place]ids
}

// newFixture makes two organizations with all that belongs to one, and another
// workspace with the same.
func newFixture(w *apitest.World) *fixture {
	f := &fixture{w: w, things: map[place]ids{}}
	w.Workspace = f.workspace("another agency")
	f.things[otherWorkspace] = f.furnish("organization")
	w.Workspace = f.workspace("agency")
	f.things[own] = f.furnish("organization")
	f.things[otherOrganization] = f.furnish("another organization")
	return f
}

func (f *fixture) workspace(name string) string {
	body := map[string]any{"name": name, "owner": map[string]string{"name": "Olga", "email": "olga@example.com"}}
	return f.w.Nobody().Post("/workspaces", body).Want(http.StatusCreated).ID()
}

// furnish makes an organization with one of everything.
func (f *fixture) furnish(name string) ids {
	owner := f.w.Owner()
	things := ids{"hash": "0123-4567"}
	things["o"] = owner.Post("/organizations", map[string]any{"name": name}).Want(http.StatusCreated).ID()
	org := "/organizations/" + things["o"]
	things["a"] = owner.Post("/agents", map[string]any{"name": "agent of " + name}).Want(http.StatusCreated).ID()
	owner.Put(org+"/agents/"+things["a"], map[string]any{}).Want(http.StatusCreated)
	things["u"] = owner.Post(org+"/users", map[string]any{"name": "Ann", "email": "ann@example.com"}).Want(http.StatusCreated).ID()
	things["t"] = "support"
	owner.Post(org+"/teams", map[string]any{"key": "support", "label": "Support", "members": []string{things["u"]}}).Want(http.StatusCreated)
	invited := owner.Post(org+"/invitations", map[string]any{"email": "bob@example.com", "sendEmail": false}).Want(http.StatusCreated)
	things["i"] = invited.ID()
	_, things["token"], _ = strings.Cut(fmt.Sprint(invited.At("acceptUrl")), "#")
	newcomer := owner.Post(org+"/invitations", map[string]any{"email": "cleo@example.com", "sendEmail": false}).Want(http.StatusCreated)
	_, link, _ := strings.Cut(fmt.Sprint(newcomer.At("acceptUrl")), "#")
	things["refresh"], _ = f.w.Nobody().Post("/invitations/"+link+"/accept", `{}`).Want(http.StatusOK).At("refreshToken").(string)
	things["code"] = f.code("olga@example.com")
	things["key"] = owner.Post("/api-keys", map[string]any{"name": "bots", "scopes": []string{"handoffs:write"}}).Want(http.StatusCreated).ID()
	things["staff"] = f.w.Hire("Mia of "+name, access.Member, staff.Active).Principal.ID
	return things
}

// code is what the last sign-in link carries that an address was sent in the workspace.
func (f *fixture) code(email string) string {
	f.w.T.Helper()
	rows, err := f.w.Table.Query(f.w.T.Context(), table.Query{PK: table.SignIns(f.w.Workspace)})
	if err != nil {
		f.w.T.Fatal(err)
	}
	links, err := api.Decode[session.SignIn](rows.Items)
	if err != nil {
		f.w.T.Fatal(err)
	}
	links = slices.DeleteFunc(links, func(l session.SignIn) bool { return l.Email != email || l.UsedAt != nil })
	if len(links) == 0 {
		f.w.T.Fatalf("no link for %s", email)
	}
	code, err := links[len(links)-1].Code(f.w.Config.Keys)
	if err != nil {
		f.w.T.Fatal(err)
	}
	return code
}

// at is text with the ids of the things at a place for {o}, {u} …; {id} is of
// what the path names before it.
func (f *fixture) at(at place, text string) string {
	text = strings.NewReplacer("/staff/{id}", "/staff/{staff}", "/api-keys/{id}", "/api-keys/{key}").Replace(text)
	for name, id := range f.things[at] {
		text = strings.ReplaceAll(text, "{"+name+"}", id)
	}
	return text
}

// probe sends a request that changes nothing even where it is let in, and says
// what came of it: yes, or the status it was refused with.
func (f *fixture) probe(c caller, route api.Operation, at place) string {
	path := strings.TrimPrefix(route.Path, api.Prefix)
	if route.Method == http.MethodPost {
		// Whoever comes by a link needs no role, and a right one would work once.
		path = strings.ReplaceAll(path, "{token}", "forged")
	}
	path = f.at(at, path)
	headers := apitest.Headers{}
	var body any
	switch route.Method {
	case http.MethodPost:
		// Let in, it is told that the body is wrong; where there is nothing to
		// be let in to, a right body must not be told so.
		body = `{"no such member":1}`
		if at == otherWorkspace || at == otherOrganization && confined(c) {
			body = f.body(route)
		} else if bodies[route.Name] == "" {
			body, headers["Idempotency-Key"] = nil, strings.Repeat("k", 300)
		}
	case http.MethodPut, http.MethodPatch, http.MethodDelete:
		headers["If-Match"] = `"0"`
		body = f.body(route)
		if route.May.Public {
			body = `{"refreshToken":"forged"}` // a right one would end a session, or turn it
		}
	}
	if len(route.Takes) > 0 && strings.HasPrefix(route.Takes[0], "image/") {
		headers["Content-Type"] = route.Takes[0]
		body = pixel
	}
	if strings.Contains(path, "/branding") {
		path += "?host=nobody.example"
	}
	answer := c.Do(route.Method, path, body, headers)
	switch answer.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
		return fmt.Sprint(answer.Status)
	case http.StatusOK, http.StatusPreconditionFailed, http.StatusUnprocessableEntity:
		return "yes"
	default:
		f.w.T.Errorf("%s as %s at %s: %d\n%s", route.Name, c.name, at, answer.Status, answer.Body)
		return "?"
	}
}

// sane holds what must be so whatever the golden file says.
func (f *fixture) sane(c caller, route api.Operation, at place, cell string) {
	f.w.T.Helper()
	switch {
	case route.May.Public:
	case c.Principal.Refusal == string(problem.OrganizationShut) && cell == "403": // to refresh would not help
	case !c.Principal.Known() && cell != "401",
		c.Principal.Known() && cell == "401",
		at == otherWorkspace && c.Principal.Known() && cell != "404",
		at == otherOrganization && confined(c) && cell != "404",
		c.Principal.ReadOnly() && cell == "yes" && changes(route):
		f.w.T.Errorf("%s as %s at %s: %s", route.Name, c.name, at, cell)
	}
}

// changes tells whether a route changes anything.
func changes(route api.Operation) bool {
	return route.Method != http.MethodGet && route.Name != "preview-invitation"
}

// confined tells whether a caller sees one organization only.
func confined(c caller) bool {
	return c.Principal.Type == access.Client || c.Principal.Organization != ""
}

// body is a right one for an operation that takes one.
func (f *fixture) body(route api.Operation) any {
	body, ok := bodies[route.Name]
	if !ok && route.Method != http.MethodDelete {
		f.w.T.Errorf("%s: put a right body for it into bodies in this file", route.Name)
	}
	if body == "" {
		return nil
	}
	return f.named(body)
}

var bodies = map[string]string{
	"create-workspace":    `{"name":"n","owner":{"name":"o","email":"o@example.com"}}`,
	"update-workspace":    `{"name":"n"}`,
	"update-staff":        `{"role":"admin"}`,
	"create-api-key":      `{"name":"n","scopes":["users:read"]}`,
	"create-organization": `{"name":"n"}`,
	"update-organization": `{"layout":"horizontal"}`,
	"put-logo":            "",
	"create-agent":        `{"name":"n"}`,
	"update-agent":        `{"name":"n"}`,
	"assign-agent":        `{"sections":{"home":"view"}}`,
	"add-user":            `{"name":"n","email":"n@example.com"}`,
	"update-user":         `{"name":"n"}`,
	"import-users":        `{"users":[{"name":"n","email":"n@example.com"}]}`,
	"create-team":         `{"key":"sales","label":"Sales"}`,
	"update-team":         `{"label":"n"}`,
	"add-team-member":     "",
	"remove-team-member":  "",
	"route-handoff":       `{}`,
	"send-invitation":     `{"email":"n@example.com"}`,
	"preview-invitation":  `{"email":"n@example.com"}`,
	"resend-invitation":   "",
	"revoke-invitation":   "",
	"decline-invitation":  "",
	"accept-invitation":   `{"name":"n"}`,
	"request-sign-in":     `{"email":"ann@example.com"}`,
	"create-session":      `{"code":"{code}"}`,
	"refresh-session":     `{"refreshToken":"{refresh}"}`,
	"end-session":         `{"refreshToken":"{refresh}"}`,
	"impersonate-user":    `{"reason":"r"}`,
	"invite-staff":        `{"name":"n","email":"n@example.com","role":"member"}`,
	"update-me":           `{"name":"n"}`,
}

// pixel is a PNG of one.
const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\b\x06\x00\x00\x00\x1f\x15\xc4\x89" +
	"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
