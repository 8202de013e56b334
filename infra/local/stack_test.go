package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"atrium/infra/generate/catalogue"
	"atrium/infra/local/demo"
	"atrium/infra/local/inbox"
)

// TestMain lets this binary be the program itself, for tests that start it.
func TestMain(m *testing.M) {
	if os.Getenv("ATRIUM_TEST_MAIN") != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// program is a started stack.
type program struct {
	*exec.Cmd
	t     *testing.T
	facts facts
	// token is of who has signed in.
	token string
	mails *inbox.Reader
	out   *said
	ended chan struct{}
}

// said is what a program has written so far.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// run starts the program on a data folder, with more environment and arguments.
func run(t *testing.T, data string, env []string, args ...string) *program {
	t.Helper()
	p := &program{t: t, out: &said{}, ended: make(chan struct{})}
	p.Cmd = exec.Command(os.Args[0], args...)
	p.Env = append(os.Environ(), "ATRIUM_TEST_MAIN=1", "ATRIUM_DATA="+data, "PORT=0", "TABLE_PORT=0", "INBOX_PORT=0")
	p.Env = append(p.Env, env...)
	p.Stdout, p.Stderr = p.out, p.out
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		_ = p.Process.Signal(syscall.SIGTERM)
		select {
		case <-p.ended:
		case <-time.After(20 * time.Second):
			_ = p.Process.Kill()
			<-p.ended
		}
	})
	return p
}

// up waits until the stack has published its facts.
func (p *program) up(data string) *program {
	p.t.Helper()
	p.until("the stack is up", func() bool {
		var err error
		p.facts, err = readFacts(filepath.Join(data, factsFile))
		return err == nil && p.facts.PIDs.API == p.Process.Pid
	})
	p.mails = &inbox.Reader{URL: p.facts.InboxURL}
	return p
}

// signIn signs in by a link.
func (p *program) signIn(link string) *program {
	p.t.Helper()
	p.token = p.ask(http.MethodPost, "/v1/session", fmt.Sprintf(`{"code":%q}`, carried(link)), http.StatusOK)["accessToken"].(string)
	return p
}

// carried is what a link carries.
func carried(link string) string {
	_, text, _ := strings.Cut(link, "#")
	return text
}

// mailed is the link to a page in the next mail to an address.
func (p *program) mailed(to, page string) string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Minute)
	defer cancel()
	link, err := p.mails.Link(ctx, to, page)
	if err != nil {
		p.t.Fatal(err)
	}
	return link
}

// another is a further sign-in link for somebody.
func (p *program) another(email string) string {
	p.t.Helper()
	if err := p.mails.Skip(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	p.ask(http.MethodPost, "/v1/sign-in", fmt.Sprintf(`{"email":%q}`, email), http.StatusAccepted)
	return p.mailed(email, "/sign-in")
}

// found opens an agency, and signs its owner in by the mail that comes.
func (p *program) found(owner string) *program {
	p.t.Helper()
	p.ask(http.MethodPost, "/v1/workspaces", fmt.Sprintf(`{"name":"Agency","owner":{"name":"Olga","email":%q}}`, owner), http.StatusCreated)
	return p.signIn(p.mailed(owner, "/sign-in"))
}

func (p *program) until(what string, done func() bool) {
	p.t.Helper()
	// A machine that runs every test at once takes minutes to start what takes it seconds.
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		select {
		case <-p.ended:
			if !done() {
				p.t.Fatalf("the program ended before %s:\n%s", what, p.out)
			}
		default:
		}
		if done() {
			return
		}
	}
	p.t.Fatalf("waited in vain until %s:\n%s", what, p.out)
}

// exit waits for the end, and returns the code and all that was said.
func (p *program) exit() (int, string) {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(time.Minute):
		p.t.Fatal("the program does not end")
	}
	return p.ProcessState.ExitCode(), p.out.String()
}

// ask sends a request of who has signed in, and wants a status.
func (p *program) ask(method, path, body string, status int, headers ...string) map[string]any {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), method, p.facts.APIURL+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if p.token != "" {
		request.Header.Set("Authorization", "Bearer "+p.token)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close() //nolint:errcheck // it was read
	text, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	if response.StatusCode != status {
		p.t.Fatalf("%s %s: %d, want %d\n%s", method, path, response.StatusCode, status, text)
	}
	answer := map[string]any{}
	if len(text) > 0 && json.Unmarshal(text, &answer) != nil {
		p.t.Fatalf("%s %s: no JSON object: %s", method, path, text)
	}
	return answer
}

// page is what browsers get.
func (p *program) page(path string) string {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.facts.DashboardURL+path, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		p.t.Fatalf("%s: %d %v", path, answer.StatusCode, err)
	}
	return string(body)
}

func (p *program) items(path string) []any {
	p.t.Helper()
	items, _ := p.ask(http.MethodGet, path, "", http.StatusOK)["items"].([]any)
	return items
}

// furnished is a data folder without the demonstration agency, so that a start is quick.
func furnished(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	if err := writeJSON(filepath.Join(data, memoryFile), memory{SigningKey: newSigningKey(), Bare: true}); err != nil {
		t.Fatal(err)
	}
	return data
}

func TestFirstStartFillsAnAgencyAndTheSecondKeepsIt(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	interruptFilling(t, data)
	p := run(t, data, nil).up(data)
	first := p.facts
	for _, line := range []string{"Atrium is ready", "40 organizations, 60 agents, 400 users", first.APIURL + "/v1/openapi.json", first.InboxURL, first.SignIn.Owner, first.SignIn.OrgAdmin, first.SignIn.User} {
		if !strings.Contains(p.out.String(), line) {
			t.Errorf("the start does not say %q:\n%s", line, p.out)
		}
	}
	t.Run("README", func(t *testing.T) { p.t = t; followsTheReadme(p) })
	p.t = t
	p.signIn(p.another(demo.Owner))
	org := "/v1/organizations/" + organizationNamed(p, "Café Río")
	t.Run("consequences", func(t *testing.T) { p.t = t; takesAlong(p, org) })
	p.t = t
	p.ask(http.MethodDelete, org, "", http.StatusAccepted)
	t.Run("agency", func(t *testing.T) { p.t = t; holdsTheAgency(p) })
	t.Run("people", func(t *testing.T) { p.t = t; letsItsPeopleIn(p) })
	p.t = t
	if err := p.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code, said := p.exit(); code != 0 {
		t.Fatalf("Ctrl-C: exit code %d\n%s", code, said)
	}
	gone(t, data, first)

	second := run(t, data, nil).up(data)
	second.token = p.token // the key is kept, and so are sessions
	holdsTheAgency(second)
	holdsTheAgency(second.signIn(second.facts.SignIn.Owner))
}

// interruptFilling starts a stack for the first time, and stops it with Ctrl-C
// while the agency is being filled: as soon as the client that is archived is
// so, which nothing can be added to any more.
func interruptFilling(t *testing.T, data string) {
	t.Helper()
	p := run(t, data, nil)
	p.until("the agency is being filled", func() bool { return p.holds(data, "archived") })
	if err := p.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code, said := p.exit(); code != 0 || strings.Contains(said, "ready") || strings.Contains(said, "ERROR") {
		t.Fatalf("Ctrl-C while filling: exit code %d\n%s", code, said)
	}
}

// holds tells whether a stack's table has something, as its file is read beside it.
func (p *program) holds(data, text string) bool {
	p.t.Helper()
	files, err := filepath.Glob(filepath.Join(data, tableFile) + "*")
	if err != nil {
		p.t.Fatal(err)
	}
	for _, file := range files {
		if content, err := os.ReadFile(file); err == nil && bytes.Contains(content, []byte(text)) {
			return true
		}
	}
	return false
}

// gone fails the test unless nothing of a stack is left but its data.
func gone(t *testing.T, data string, f facts) {
	t.Helper()
	if alive(f.PIDs.Table) || alive(f.PIDs.SES) {
		t.Errorf("of the processes %+v some still run", f.PIDs)
	}
	if _, err := os.Stat(filepath.Join(data, factsFile)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("run.json is still there: %v", err)
	}
	if _, err := os.Stat(filepath.Join(data, tableFile)); err != nil {
		t.Errorf("the data is not: %v", err)
	}
}

func holdsTheAgency(p *program) {
	p.t.Helper()
	organizations := p.items("/v1/organizations?limit=200")
	var users, teams, withLogo float64
	statuses := map[any]int{}
	for _, o := range organizations {
		o := o.(map[string]any)
		counts := o["counts"].(map[string]any)
		users += counts["users"].(float64)
		teams += counts["teams"].(float64)
		statuses[o["status"]]++
		if o["logoUrl"] != nil {
			withLogo++
		}
	}
	agents := len(p.items("/v1/agents?limit=200"))
	if len(organizations) != 40 || agents != 60 || users != 400 || teams < 80 || withLogo != 30 {
		p.t.Errorf("%d organizations (%v with a logo), %d agents, %v users, %v teams", len(organizations), withLogo, agents, users, teams)
	}
	if statuses["suspended"] != 1 || statuses["archived"] != 1 {
		p.t.Errorf("statuses %v, want a suspended and an archived one", statuses)
	}
}

func organizationNamed(p *program, name string) string {
	p.t.Helper()
	for _, o := range p.items("/v1/organizations?limit=200") {
		if o := o.(map[string]any); o["name"] == name {
			return o["id"].(string)
		}
	}
	p.t.Fatalf("there is no %s", name)
	return ""
}

// letsItsPeopleIn fails unless the printed links sign in whom they are for, and
// the agency's people came in by invitation, or have not yet.
func letsItsPeopleIn(p *program) {
	p.t.Helper()
	owner := p.token
	defer func() { p.token = owner }()
	statuses := map[any]int{}
	for _, person := range p.items("/v1/staff") {
		statuses[person.(map[string]any)["status"]]++
	}
	deliveries := map[any]int{}
	for _, name := range []string{"Harbour Lights Hotel", "Smile Studio Dental", "Inmobiliaria Peñalver", "Brightside Tutoring"} {
		for _, i := range p.items("/v1/organizations/" + organizationNamed(p, name) + "/invitations") {
			i := i.(map[string]any)
			deliveries[i["state"].(string)+" "+i["delivery"].(map[string]any)["state"].(string)]++
		}
	}
	if statuses["active"] != 3 || statuses["invited"] != 1 || deliveries["accepted delivered"] != 4 || deliveries["pending delivered"] != 1 ||
		deliveries["pending bounced"] != 1 || deliveries["pending complained"] != 1 || deliveries["pending suppressed"] != 1 {
		p.t.Errorf("staff: %v, invitations: %v", statuses, deliveries)
	}
	for link, role := range map[string]string{p.facts.SignIn.OrgAdmin: "org_admin", p.facts.SignIn.User: "user"} {
		p.token = ""
		me := p.signIn(link).ask(http.MethodGet, "/v1/me", "", http.StatusOK)
		if principal := me["principal"].(map[string]any); principal["role"] != role || me["organization"].(map[string]any)["name"] != "Harbour Lights Hotel" {
			p.t.Errorf("the link of the %s signs %v in", role, me)
		}
		p.ask(http.MethodGet, "/v1/organizations", "", http.StatusForbidden)
	}
}

// followsTheReadme fails unless the README's calls, pasted into a terminal, do
// what the README says of them.
func followsTheReadme(p *program) {
	p.t.Helper()
	said := p.paste(readmeScript(p.t))
	for _, want := range []string{
		`"available":true,"team":"customer_support","user":{"id":"usr_`,
		`"analytics":{"effective":"view","ceiling":"edit","assignment":"view","user":"edit","decidedBy":"assignment"}`,
		`"principal":{"id":"usr_`, `"name":"Bo Ruiz"`,
		`"sections":{"analytics":"view","channels":"none","conversations":"none","home":"view","knowledge_base":"none","prompt":"none","settings":"none","tab:reports":"none"}`,
		`"delivery":{"state":"bounced","reason":"The recipient's server refused the mail for good.`,
	} {
		if !strings.Contains(said, want) {
			p.t.Errorf("it does not say %s:\n%s", want, said)
		}
	}
}

// readmeScript is the README's block of calls.
func readmeScript(t *testing.T) string {
	t.Helper()
	root, err := catalogue.Root()
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(readme), "```sh\nAPI=")
	script, _, _ := strings.Cut(after, "```")
	if !found {
		t.Fatal("the README has no calls")
	}
	return "API=" + script
}

// paste runs a script of the README against this stack.
func (p *program) paste(script string) string {
	p.t.Helper()
	file := filepath.Join(p.t.TempDir(), factsFile)
	if err := p.facts.publish(file); err != nil {
		p.t.Fatal(err)
	}
	script = strings.NewReplacer("http://localhost:3000", p.facts.APIURL, "http://localhost:8005", p.facts.InboxURL, ".atrium/run.json", file).Replace(script)
	bash := exec.CommandContext(p.t.Context(), "bash", "-c", script)
	said, err := bash.CombinedOutput()
	if err != nil {
		p.t.Fatalf("%v\n%s", err, said)
	}
	return string(said)
}

// takesAlong fails unless what follows from a change follows here, too: a
// deleted agent takes its assignments along.
func takesAlong(p *program, org string) {
	p.t.Helper()
	agent := p.items(org + "/agents")[0].(map[string]any)["id"].(string)
	p.ask(http.MethodDelete, "/v1/agents/"+agent, "", http.StatusNoContent)
	p.until("the assignment is gone", func() bool {
		return p.ask(http.MethodGet, org, "", http.StatusOK)["counts"].(map[string]any)["agents"] == 0.0
	})
}

func TestFrontAnswersWhatNoOperationDoes(t *testing.T) {
	data := furnished(t)
	p := run(t, data, nil).up(data)
	for _, path := range []string{"/", "/clients", "/v2"} {
		if page := p.page(path); !strings.Contains(page, `<div id="app">`) {
			t.Errorf("%s is not the dashboard: %s", path, page)
		}
	}
	for _, route := range []string{"GET /v1/nothing", "PUT /v1/organizations", "POST /v1/none"} {
		method, path, _ := strings.Cut(route, " ")
		if answer := p.ask(method, path, "", http.StatusNotFound); answer["code"] != "not_found" || answer["instance"] == "" {
			t.Errorf("%s: %v", route, answer)
		}
	}
	p.ask(http.MethodGet, "/v1/organizations", "", http.StatusUnauthorized)
	p.found("olga@agency.example").ask(http.MethodPost, "/v1/organizations", `{"name":"A"}`, http.StatusCreated)
	p.ask(http.MethodGet, "/v1/organizations", "", http.StatusUnauthorized, "Authorization", "Bearer "+p.token+"x")
	p.token = ""
	if others := p.found("otto@other.example").items("/v1/organizations"); len(others) != 0 {
		t.Errorf("another workspace's organization is seen: %v", others)
	}
}

func TestOneDataFolderTakesOneStack(t *testing.T) {
	data := furnished(t)
	p := run(t, data, nil).up(data)
	for name, args := range map[string][]string{"a second stack": nil, "a reset": {"-reset"}} {
		code, said := run(t, data, nil, args...).exit()
		if code != 1 || !strings.Contains(said, fmt.Sprintf("process %d", p.Process.Pid)) || !strings.Contains(said, "stop it with Ctrl-C first") {
			t.Errorf("%s: exit code %d: %s", name, code, said)
		}
	}
	p.ask(http.MethodGet, "/v1/openapi.json", "", http.StatusOK)
}

func TestResetForgetsAndLeavesWhatIsNotOurs(t *testing.T) {
	data := furnished(t)
	p := run(t, data, nil).up(data)
	_ = p.Process.Signal(syscall.SIGTERM)
	if code, said := p.exit(); code != 0 {
		t.Fatalf("SIGTERM: exit code %d\n%s", code, said)
	}
	own := filepath.Join(data, "notes.txt")
	if err := os.WriteFile(own, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, said := run(t, data, nil, "-reset").exit(); code != 0 {
		t.Fatalf("exit code %d: %s", code, said)
	}
	left, err := os.ReadDir(data)
	if err != nil || len(left) != 1 || left[0].Name() != "notes.txt" {
		t.Errorf("left are %v, %v; want notes.txt alone", left, err)
	}
}

func TestTakenPortIsToldWithWhatToDo(t *testing.T) {
	taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close() //nolint:errcheck // a listener
	port := taken.Addr().(*net.TCPAddr).Port
	for _, name := range []string{"PORT", "TABLE_PORT", "INBOX_PORT"} {
		code, said := run(t, furnished(t), []string{fmt.Sprintf("%s=%d", name, port)}).exit()
		if code != 1 || !strings.Contains(said, fmt.Sprintf("port %d is taken", port)) || !strings.Contains(said, name+"=") {
			t.Errorf("%s: exit code %d: %s", name, code, said)
		}
	}
	if code, said := run(t, furnished(t), []string{"PORT=many"}).exit(); code != 1 || !strings.Contains(said, "PORT is \"many\"") {
		t.Errorf("exit code %d: %s", code, said)
	}
}

func TestStackEndsWithItsServers(t *testing.T) {
	for name, server := range map[string]func(pids) int{"table": func(p pids) int { return p.Table }, "SES": func(p pids) int { return p.SES }} {
		t.Run(name, func(t *testing.T) {
			data := furnished(t)
			p := run(t, data, nil).up(data)
			if err := syscall.Kill(server(p.facts.PIDs), syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
			if code, said := p.exit(); code != 1 || !strings.Contains(said, "has ended by itself") {
				t.Errorf("exit code %d: %s", code, said)
			}
			gone(t, data, p.facts)
		})
	}
}

func TestServersEndWithTheirStackHoweverThatEnds(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux ends the children of what is killed")
	}
	data := furnished(t)
	p := run(t, data, nil).up(data)
	_ = p.Process.Kill()
	p.exit()
	until, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for (alive(p.facts.PIDs.Table) || alive(p.facts.PIDs.SES)) && until.Err() == nil {
		time.Sleep(10 * time.Millisecond)
	}
	if alive(p.facts.PIDs.Table) || alive(p.facts.PIDs.SES) {
		t.Fatalf("of the processes %+v some outlived it", p.facts.PIDs)
	}
	// A run.json that was left behind is in nobody's way.
	again := run(t, data, nil).up(data)
	again.ask(http.MethodGet, "/v1/openapi.json", "", http.StatusOK)
}
