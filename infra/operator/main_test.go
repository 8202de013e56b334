package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/problem"
)

// run is what the command says on a world's table.
func run(t *testing.T, w *apitest.World, name string, variables map[string]string) (string, error) {
	t.Helper()
	do, err := command([]string{name})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	env := func(name string) string { return variables[name] }
	if err := do(t.Context(), &operator{table: w.Table, where: "the table", now: time.Now, env: env, out: &out}); err != nil {
		return out.String(), errors.New(plain(err))
	}
	return out.String(), nil
}

// done fails unless the command does it, and says so in one line.
func done(t *testing.T, w *apitest.World, name string, variables map[string]string, says ...string) {
	t.Helper()
	said, err := run(t, w, name, variables)
	if err != nil || strings.Count(said, "\n") != 1 {
		t.Fatalf("%v: %q", err, said)
	}
	for _, want := range says {
		if !strings.Contains(said, want) {
			t.Errorf("%q does not say %q", said, want)
		}
	}
}

// mailed fails unless somebody got a sign-in link that lets them in.
func mailed(t *testing.T, w *apitest.World, email string) apitest.Caller {
	t.Helper()
	post := &apitest.Postbox{}
	w.Deliver(w.Courier(post))
	for _, mail := range post.Mails() {
		if mail.Get("Destination.ToAddresses.member.1") != email {
			continue
		}
		_, link, _ := strings.Cut(mail.Get("Message.Body.Text.Data"), "/sign-in#")
		code, _, _ := strings.Cut(link, "\n")
		session := w.Nobody().Post("/session", map[string]string{"code": strings.TrimSpace(code)}).Want(http.StatusOK)
		return w.Bearing(session.At("accessToken"))
	}
	t.Fatalf("nothing was mailed to %s", email)
	return apitest.Caller{}
}

func TestAnAgencyIsOpenedWithItsOwner(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	done(t, w, "owner", map[string]string{"WORKSPACE": "Agency Ltd", "NAME": "Olga Brandt", "EMAIL": "olga@agency.example"},
		"Agency Ltd is open as ws_", "Olga Brandt is its owner", "olga@agency.example")
	olga := mailed(t, w, "olga@agency.example")
	if me := olga.Get("/me").Want(http.StatusOK); me.At("principal.role") != "owner" || me.At("workspace.name") != "Agency Ltd" {
		t.Errorf("%s", me.Body)
	}
}

// agency is a workspace with an owner, as somebody opened it.
func agency(t *testing.T) (w *apitest.World, owner apitest.Caller) {
	t.Helper()
	w = apitest.NewStreamed(t)
	w.Workspace = w.Nobody().Post("/workspaces", `{"name":"Agency Ltd","owner":{"name":"Olga","email":"olga@agency.example"}}`).Want(http.StatusCreated).ID()
	return w, mailed(t, w, "olga@agency.example")
}

func TestSomebodyIsMadeAnOwner(t *testing.T) {
	t.Parallel()
	w, olga := agency(t)
	max := map[string]string{"WORKSPACE_ID": w.Workspace, "NAME": "Max Weber", "EMAIL": "Max@Agency.example"}
	done(t, w, "owner", max, "Max Weber is an owner of "+w.Workspace+" now", "max@agency.example")
	if me := mailed(t, w, "max@agency.example").Get("/me").Want(http.StatusOK); me.At("principal.role") != "owner" {
		t.Errorf("%s", me.Body)
	}
	done(t, w, "owner", max, "Max Weber is an owner of "+w.Workspace+" already")
	log := olga.Get("/activity").Want(http.StatusOK)
	if log.At("items.0.action") != "staff.added" || log.At("items.0.actor.name") != "Operator" || log.At("items.0.target.name") != "Max Weber" {
		t.Errorf("%s", log.Body)
	}
	// With two owners, one can go.
	olga.Delete("/staff/" + olga.Principal.ID).Want(http.StatusNoContent)
}

func TestWhoIsOnTheStaffIsRaised(t *testing.T) {
	t.Parallel()
	w, olga := agency(t)
	max := w.Hire("Max", access.Member, "active")
	done(t, w, "owner", map[string]string{"WORKSPACE_ID": w.Workspace, "NAME": "Max", "EMAIL": max.Principal.Email}, "who was member, is an owner")
	if got := olga.Get("/staff?role=owner").Each("name"); len(got) != 2 {
		t.Errorf("the owners are %v", got)
	}
	olga.Post("/staff", `{"email":"eve@agency.example","name":"Eve","role":"member"}`).Want(http.StatusCreated)
	said, err := run(t, w, "owner", map[string]string{"WORKSPACE_ID": w.Workspace, "NAME": "Eve", "EMAIL": "eve@agency.example"})
	if err == nil || said != "" || !strings.Contains(err.Error(), "has not accepted") {
		t.Errorf("%v, %q", err, said)
	}
}

func TestASenderIsVerified(t *testing.T) {
	t.Parallel()
	w, olga := agency(t)
	here := map[string]string{"WORKSPACE_ID": w.Workspace}
	if _, err := run(t, w, "sender", here); err == nil || !strings.Contains(err.Error(), "no address of its own") {
		t.Error(err)
	}
	olga.Patch("/workspace", `{"sender":{"name":"Agency","address":"hello@agency.example"}}`).Want(http.StatusOK)
	other := map[string]string{"WORKSPACE_ID": w.Workspace, "ADDRESS": "other@agency.example"}
	if _, err := run(t, w, "sender", other); err == nil || !strings.Contains(err.Error(), "sends from hello@agency.example") {
		t.Error(err)
	}
	done(t, w, "sender", here, "sends from hello@agency.example from now on")
	done(t, w, "sender", here, "already")
	if status := olga.Get("/workspace").At("sender.status"); status != "verified" {
		t.Errorf("the sender is %v", status)
	}
	log := olga.Get("/activity").Want(http.StatusOK)
	if log.At("items.0.action") != "workspace.updated" || log.At("items.0.actor.name") != "Operator" {
		t.Errorf("%s", log.Body)
	}
}

// What is wrong is said in words, with what to do.
func TestWhatIsMissingOrWrongIsSaid(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	nowhere := "ws_01m86e81e0eext3bd52c5zp4e2"
	for says, tc := range map[string]struct {
		command   string
		variables map[string]string
	}{
		"give NAME and EMAIL":                             {"owner", nil},
		"either WORKSPACE":                                {"owner", map[string]string{"NAME": "Olga", "EMAIL": "olga@agency.example", "WORKSPACE": "Agency", "WORKSPACE_ID": nowhere}},
		"body.owner.email":                                {"owner", map[string]string{"NAME": "Olga", "EMAIL": "olga", "WORKSPACE": "Agency"}},
		"WORKSPACE_ID is \"agency\"":                      {"owner", map[string]string{"NAME": "Olga", "EMAIL": "olga@agency.example", "WORKSPACE_ID": "agency"}},
		"there is no agency " + nowhere + " in the table": {"owner", map[string]string{"NAME": "Olga", "EMAIL": "olga@agency.example", "WORKSPACE_ID": nowhere}},
		"WORKSPACE_ID is \"\"":                            {"sender", nil},
	} {
		said, err := run(t, w, tc.command, tc.variables)
		if err == nil || said != "" || !strings.HasPrefix(err.Error(), "Nothing was done: ") || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, %q; want %q", err, said, says)
		}
	}
	if _, err := command([]string{"everything"}); err == nil {
		t.Error("it does what it does not know")
	}
}

// Where the table cannot be had, that is found out before anything is done.
func TestATableThatIsNotThereIsSaid(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	for says, variables := range map[string]map[string]string{
		"TABLE_NAME is not set":      {"AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:1"},
		"nothing answers for":        {"AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:1", "TABLE_NAME": w.TableName},
		"there is no such table as":  {"AWS_ENDPOINT_URL_DYNAMODB": w.Endpoint, "TABLE_NAME": "elsewhere"},
		"give NAME and EMAIL of the": {"AWS_ENDPOINT_URL_DYNAMODB": w.Endpoint, "TABLE_NAME": w.TableName},
	} {
		err := start(t.Context(), []string{"owner"}, func(name string) string { return variables[name] }, io.Discard)
		if err == nil || !strings.Contains(plain(err), says) || strings.Contains(plain(err), "\n") {
			t.Errorf("%v, want %q", err, says)
		}
	}
}

func TestWhetherAnythingWasDoneIsSaid(t *testing.T) {
	t.Parallel()
	for says, err := range map[string]error{
		"This may or may not have been done":     fmt.Errorf("commit: %w", problem.New(problem.OutcomeUnknown, "The database did not answer.")),
		"Nothing was done: Try again.":           fmt.Errorf("commit: %w", problem.New(problem.Throttled, "Try again.")),
		"Nothing was done: body.name: is needed": problem.New(problem.Invalid, "See the fields.", problem.Field{Location: "body.name", Message: "is needed"}),
		"Nothing was done: one; two":             errors.Join(errors.New("one"), errors.New("two")),
	} {
		if got := plain(err); !strings.HasPrefix(got, says) {
			t.Errorf("%q, want %q", got, says)
		}
	}
}
