package workspace_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/problem"
	"atrium/shared/staff"
	"atrium/shared/table"
)

const opening = `{"name":"Agency","owner":{"name":"Olga","email":"Olga@Agency.example"}}`

// open opens a workspace and makes it the one that callers belong to.
func open(w *apitest.World) string {
	w.T.Helper()
	w.Workspace = w.Nobody().Post("/workspaces", opening).Want(http.StatusCreated).ID()
	return w.Workspace
}

func TestCreateOpensAWorkspaceWithItsOwner(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	a := w.Nobody().Post("/workspaces", opening).Want(http.StatusCreated)
	for path, want := range map[string]any{
		"name": "Agency", "version": 1.0, "language": "en", "sender.status": "pending", "dashboardHost": "",
		"brand.primaryColor": "", "oidc.issuer": "", "logoUrl": nil, "supportEmail": "",
	} {
		if got := a.At(path); got != want {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
	if a.Header.Get("ETag") != `"1"` || strings.Contains(string(a.Body), "olga") {
		t.Errorf("ETag %s, body %s", a.Header.Get("ETag"), a.Body)
	}
	w.Workspace = a.ID()
	if b := w.Member().Get("/workspace").Want(http.StatusOK); string(b.Body) != string(a.Body) {
		t.Errorf("read back\n%s\nwrote\n%s", b.Body, a.Body)
	}
	did := w.Owner().Get("/activity").Want(http.StatusOK)
	for path, want := range map[string]any{
		"items.0.action": "workspace.created", "items.0.actor.type": "staff", "items.0.actor.name": "Olga",
		"items.0.target.id": w.Workspace, "items.0.changes.0.field": "name", "items.1": nil,
	} {
		if got := did.At(path); got != want {
			t.Errorf("activity: %s = %v, want %v", path, got, want)
		}
	}
	actor, _ := did.At("items.0.actor.id").(string)
	owner, err := table.Get[staff.Record](t.Context(), w.Table, table.StaffKey(w.Workspace, actor))
	if err != nil || owner.Role != access.Owner || owner.Email != "olga@agency.example" || owner.Status != staff.Active || owner.Version != 1 {
		t.Errorf("owner %+v, %v", owner, err)
	}
	var claim struct{ ID string }
	want := &table.Want{Key: table.StaffEmailKey(w.Workspace, owner.Email), Into: &claim}
	if err := w.Table.Fetch(t.Context(), want); err != nil || claim.ID != owner.ID {
		t.Errorf("the address is claimed by %q, %v", claim.ID, err)
	}
}

func TestCreateRefuses(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	for name, tc := range map[string]struct {
		body   string
		status int
		code   problem.Code
		place  string
	}{
		"no name":               {`{"owner":{"name":"o","email":"o@x.example"}}`, 422, problem.Invalid, "body.name"},
		"an invisible name":     {`{"name":" ","owner":{"name":"o","email":"o@x.example"}}`, 422, problem.Invalid, "body.name"},
		"a name too long":       {`{"name":"` + strings.Repeat("n", 121) + `","owner":{"name":"o","email":"o@x.example"}}`, 422, problem.Invalid, "body.name"},
		"no owner":              {`{"name":"n"}`, 422, problem.Invalid, "body.owner"},
		"an owner without name": {`{"name":"n","owner":{"email":"o@x.example"}}`, 422, problem.Invalid, "body.owner.name"},
		"a broken name":         {`{"name":"n","owner":{"name":"o\nBcc: x","email":"o@x.example"}}`, 422, problem.Invalid, "body.owner.name"},
		"no address":            {`{"name":"n","owner":{"name":"o","email":"nobody"}}`, 422, problem.Invalid, "body.owner.email"},
		"a field of the system": {`{"name":"n","id":"ws_x","owner":{"name":"o","email":"o@x.example"}}`, 422, problem.Invalid, "body.id"},
		"a role for the owner":  {`{"name":"n","owner":{"name":"o","email":"o@x.example","role":"admin"}}`, 422, problem.Invalid, "body.owner.role"},
		"broken JSON":           {`{"name":`, 400, problem.Malformed, "body"},
	} {
		t.Run(name, func(t *testing.T) {
			w.T = t
			w.Nobody().Post("/workspaces", tc.body).Refused(tc.status, tc.code, tc.place)
		})
	}
}

func TestCreateCanBeSwitchedOff(t *testing.T) {
	t.Parallel()
	w := apitest.New(t, api.Configured(api.Config{SignUpClosed: true}))
	w.Nobody().Post("/workspaces", opening).Refused(http.StatusForbidden, problem.SignUpClosed)
	if used := w.Meter.Take(); len(used) > 0 {
		t.Errorf("refused, yet asked the table: %+v", used)
	}
}

func TestCreateTwoWorkspacesOfOneOwner(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	if first, second := open(w), open(w); first == second {
		t.Error("two workspaces have one id")
	}
}

func TestCreateUnderAKeyHappensOnce(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	key := apitest.Headers{"Idempotency-Key": "k1"}
	answers := make([]*apitest.Answer, 4)
	var group sync.WaitGroup
	for i := range answers {
		group.Go(func() { answers[i] = w.Nobody().Post("/workspaces", opening, key).Want(http.StatusCreated) })
	}
	group.Wait()
	replayed := 0
	for _, a := range answers {
		if a.ID() != answers[0].ID() {
			t.Errorf("ids %s and %s", a.ID(), answers[0].ID())
		}
		if a.Header.Get("Idempotent-Replayed") == "true" {
			replayed++
		}
	}
	if replayed != len(answers)-1 {
		t.Errorf("%d of %d were replays", replayed, len(answers))
	}
	w.Nobody().Post("/workspaces", `{"name":"Other","owner":{"name":"o","email":"o@x.example"}}`, key).
		Refused(http.StatusUnprocessableEntity, problem.IdempotencyReused, "header.Idempotency-Key")
	w.Workspace = answers[0].ID()
	w.Owner().Patch("/workspace", `{"name":"Renamed"}`).Want(http.StatusOK)
	if again := w.Nobody().Post("/workspaces", opening, key).Want(http.StatusCreated); again.At("name") != "Renamed" {
		t.Errorf("a replay shows %v, not the workspace as it is", again.At("name"))
	}
}

func TestCost(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	open(w)
	cost := func(what string, calls int, units float64, do func()) {
		w.Meter.Take()
		do()
		used, sum := w.Meter.Take(), 0.0
		for _, u := range used {
			sum += u.Units
		}
		if len(used) != calls || apitest.Exact() && sum != units {
			t.Errorf("%s: %d calls, %v units, want %d and %v: %+v", what, len(used), sum, calls, units, used)
		}
	}
	// Two units an item, and one for each index: the activity stands in two, the
	// owner in one. The sign-in mail is an item, too.
	cost("create", 1, 13, func() { w.Nobody().Post("/workspaces", opening).Want(http.StatusCreated) })
	cost("get", 1, 1, func() { w.Owner().Get("/workspace").Want(http.StatusOK) })
	cost("update", 2, 9, func() { w.Owner().Patch("/workspace", `{"language":"fr"}`).Want(http.StatusOK) })
	cost("take a host", 2, 11, func() { w.Owner().Patch("/workspace", `{"dashboardHost":"a.example"}`).Want(http.StatusOK) })
	cost("change nothing", 1, 1, func() { w.Owner().Patch("/workspace", `{"language":"fr"}`).Want(http.StatusOK) })
	cost("branding", 2, 2, func() { w.Nobody().Get("/branding?host=a.example").Want(http.StatusOK) })
}
