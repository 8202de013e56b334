package workspace_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/workspace"
)

func TestUpdateMerges(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	open(w)
	a := w.Owner().Patch("/workspace", `{"name":"  Agency   Ltd ","supportEmail":"Help@Agency.example","language":"fr",
		"brand":{"primaryColor":"#112233","footer":"Agency Ltd\n1 Main Street","websiteUrl":"https://agency.example"},
		"sender":{"name":"Agency","address":"Hello@Agency.example"},
		"oidc":{"issuer":"https://login.example/","clientId":"atrium"},
		"customTabs":[{"key":"reports","title":" Reports ","url":"https://r.example"},{"key":"help","title":"Help","url":"https://h.example","icon":"life-ring","alwaysVisible":true}],
		"dashboardHost":"Clients.Agency.example.","metadata":{"plan":"gold"},"externalId":"crm-1"}`).Want(http.StatusOK)
	want := map[string]any{
		"version": 2.0, "name": "Agency Ltd", "supportEmail": "help@agency.example", "language": "fr",
		"brand.footer": "Agency Ltd\n1 Main Street", "sender.address": "hello@agency.example", "sender.status": "pending",
		"oidc.issuer": "https://login.example/", "customTabs.0.title": "Reports", "customTabs.1.alwaysVisible": true,
		"dashboardHost": "clients.agency.example", "metadata.plan": "gold", "externalId": "crm-1",
	}
	check := func() {
		t.Helper()
		for path, want := range want {
			if got := a.At(path); got != want {
				t.Errorf("%s = %v, want %v", path, got, want)
			}
		}
	}
	check()
	a = w.Owner().Patch("/workspace", `{"brand":{"primaryColor":null,"font":"Inter"},"language":null,"customTabs":[],"sender":{"name":"A"}}`).Want(http.StatusOK)
	delete(want, "customTabs.0.title")
	delete(want, "customTabs.1.alwaysVisible")
	want["version"], want["language"], want["brand.primaryColor"], want["brand.font"], want["customTabs.0"] = 3.0, "en", "", "Inter", nil
	check()
	if got := a.Header.Get("ETag"); got != `"3"` {
		t.Errorf("ETag %s", got)
	}
	var whole map[string]json.RawMessage
	a.Into(&whole)
	for _, system := range []string{"id", "version", "createdAt", "updatedAt"} {
		delete(whole, system)
	}
	if same := w.Owner().Patch("/workspace", whole).Want(http.StatusOK); same.At("version") != 3.0 {
		t.Errorf("sending back what was read made version %v", same.At("version"))
	}
}

func TestUpdateRefuses(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	open(w)
	tabs := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = fmt.Sprintf(`{"key":"t%d","title":"T","url":"https://t.example"}`, i)
		}
		return `{"customTabs":[` + strings.Join(list, ",") + `]}`
	}
	w.Owner().Patch("/workspace", tabs(20)).Want(http.StatusOK)
	for name, tc := range map[string]struct{ body, place string }{
		"no object":                  {`[]`, "body"},
		"name taken away":            {`{"name":null}`, "body.name"},
		"unknown field":              {`{"brand":{"colour":"#fff"}}`, "body.brand.colour"},
		"a colour by name":           {`{"brand":{"primaryColor":"red"}}`, "body.brand.primaryColor"},
		"a script for an address":    {`{"brand":{"websiteUrl":"javascript:alert(1)"}}`, "body.brand.websiteUrl"},
		"a policy over http":         {`{"brand":{"privacyUrl":"http://x.example"}}`, "body.brand.privacyUrl"},
		"bidi in the footer":         {`{"brand":{"footer":"a\u202eb"}}`, "body.brand.footer"},
		"a header in the sender":     {`{"sender":{"name":"A\r\nBcc: x@y.example"}}`, "body.sender.name"},
		"no sender's address":        {`{"sender":{"address":"A <a@b.example>"}}`, "body.sender.address"},
		"no reply address":           {`{"sender":{"replyTo":"x"}}`, "body.sender.replyTo"},
		"a sender verified by hand":  {`{"sender":{"address":"a@b.example","status":"verified"}}`, "body.sender.status"},
		"an unknown status":          {`{"sender":{"status":"ok"}}`, "body.sender.status"},
		"no support address":         {`{"supportEmail":"x"}`, "body.supportEmail"},
		"an issuer over http":        {`{"oidc":{"issuer":"http://x.example","clientId":"c"}}`, "body.oidc.issuer"},
		"an issuer with a query":     {`{"oidc":{"issuer":"https://x.example?a=b","clientId":"c"}}`, "body.oidc.issuer"},
		"an issuer without a client": {`{"oidc":{"issuer":"https://x.example"}}`, "body.oidc.clientId"},
		"a client without an issuer": {`{"oidc":{"clientId":"c"}}`, "body.oidc.issuer"},
		"an address for a host":      {`{"dashboardHost":"https://x.example"}`, "body.dashboardHost"},
		"a port too high":            {`{"dashboardHost":"x.example:65536"}`, "body.dashboardHost"},
		"21 tabs":                    {tabs(21), "body.customTabs"},
		"a tab without a key":        {`{"customTabs":[{"title":"T","url":"https://t.example"}]}`, "body.customTabs[0].key"},
		"a tab with a wrong key":     {`{"customTabs":[{"key":"9","title":"T","url":"https://t.example"}]}`, "body.customTabs[0].key"},
		"two tabs with one key":      {`{"customTabs":[{"key":"t","title":"T","url":"https://t.example"},{"key":"t","title":"U","url":"https://t.example"}]}`, "body.customTabs[1].key"},
		"a tab without a title":      {`{"customTabs":[{"key":"t","title":" ","url":"https://t.example"}]}`, "body.customTabs[0].title"},
		"a tab without an address":   {`{"customTabs":[{"key":"t","title":"T","url":""}]}`, "body.customTabs[0].url"},
		"a tab over http":            {`{"customTabs":[{"key":"t","title":"T","url":"http://t.example"}]}`, "body.customTabs[0].url"},
		"an unknown language":        {`{"language":"tlh"}`, "body.language"},
		"metadata of a wrong type":   {`{"metadata":{"a":1}}`, "body.metadata.a"},
		"a padded external id":       {`{"externalId":" x"}`, "body.externalId"},
		"another logo":               {`{"logoUrl":"https://evil.example/x.png"}`, "body.logoUrl"},
	} {
		t.Run(name, func(t *testing.T) {
			w.T = t
			w.Owner().Patch("/workspace", tc.body).Refused(http.StatusUnprocessableEntity, problem.Invalid, tc.place)
		})
	}
	w.T = t
	w.Owner().Patch("/workspace", `{"name":"x"}`, apitest.Headers{"If-Match": `"1"`}).Refused(http.StatusPreconditionFailed, problem.Stale, "header.If-Match")
	if a := w.Owner().Get("/workspace"); a.At("version") != 2.0 {
		t.Errorf("refused, yet changed: %s", a.Body)
	}
}

func TestOnlyOwnersAndAdminsChangeTheWorkspace(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	open(w)
	org := w.Owner().Post("/organizations", `{"name":"Acme"}`).Want(http.StatusCreated).ID()
	w.Member().Patch("/workspace", `{"name":"x"}`).Refused(http.StatusForbidden, problem.Forbidden)
	w.Client(access.OrgAdmin, org, "usr_a").Get("/workspace").Refused(http.StatusForbidden, problem.Forbidden)
	w.Key("", access.OrganizationsWrite).Get("/workspace").Refused(http.StatusForbidden, problem.Forbidden)
	w.Nobody().Get("/workspace").Refused(http.StatusUnauthorized, problem.Unauthenticated)
	mine := w.Workspace
	open(w)
	w.Owner().Patch("/workspace", `{"name":"Other"}`).Want(http.StatusOK)
	w.Workspace = mine
	if a := w.Owner().Get("/workspace").Want(http.StatusOK); a.At("name") != "Agency" || a.ID() != mine {
		t.Errorf("another workspace's change reached this one: %s", a.Body)
	}
}

// verify does what the mail's machinery does once the address is proven.
func verify(t *testing.T, w *apitest.World) {
	t.Helper()
	err := w.Table.Commit(t.Context(), table.Update(table.WorkspaceKey(w.Workspace), table.Set("sender.status", workspace.Verified)))
	if err != nil {
		t.Fatal(err)
	}
}

func TestANewSenderAddressIsPendingAgain(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	open(w)
	w.Owner().Patch("/workspace", `{"sender":{"address":"a@b.example"}}`).Want(http.StatusOK)
	verify(t, w)
	for _, step := range []struct {
		body string
		want string
	}{
		{`{"sender":{"name":"Agency"}}`, "verified"},
		{`{"sender":{"status":"verified","address":"a@b.example"}}`, "verified"},
		{`{"sender":{"status":"verified","address":"c@d.example"}}`, "pending"},
	} {
		if a := w.Owner().Patch("/workspace", step.body).Want(http.StatusOK); a.At("sender.status") != step.want {
			t.Errorf("after %s the status is %v, want %s", step.body, a.At("sender.status"), step.want)
		}
	}
	verify(t, w)
	w.Owner().Patch("/workspace", `{"sender":{"status":"pending"}}`).Refused(http.StatusUnprocessableEntity, problem.Invalid, "body.sender.status")
	if a := w.Owner().Patch("/workspace", `{"sender":null}`).Want(http.StatusOK); a.At("sender.status") != "pending" || a.At("sender.address") != "" {
		t.Errorf("taken away, the sender is %v", a.At("sender"))
	}
}

func TestUpdateIsRecorded(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	open(w)
	w.Admin().Patch("/workspace", `{"brand":{"font":"Inter"}}`).Want(http.StatusOK)
	a := w.Owner().Get("/activity").Want(http.StatusOK)
	for path, want := range map[string]any{
		"items.0.action": "workspace.updated", "items.0.actor.id": "stf_0000000000000000000000000a", "items.0.changes.0.field": "brand.font",
		"items.0.changes.0.before": "", "items.0.changes.0.after": "Inter", "items.0.changes.1": nil,
		"items.0.requestId": "req-test", "items.0.ip": "192.0.2.1",
	} {
		if got := a.At(path); got != want {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
}

func TestConcurrentChangesAllCount(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	open(w)
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			w.Owner().Patch("/workspace", fmt.Sprintf(`{"metadata":{"k%d":"v"}}`, i)).Want(http.StatusOK)
		})
	}
	group.Wait()
	var got struct {
		Version  int
		Metadata map[string]string
	}
	w.Owner().Get("/workspace").Into(&got)
	if len(got.Metadata) != 8 || got.Version != 9 {
		t.Errorf("%d of 8 changes kept, version %d", len(got.Metadata), got.Version)
	}
}

func TestAHostBelongsToOneWorkspace(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	workspaces := make([]string, 4)
	for i := range workspaces {
		workspaces[i] = open(w)
	}
	owners := make([]apitest.Caller, len(workspaces))
	for i := range owners {
		w.Workspace = workspaces[i]
		owners[i] = w.Owner()
	}
	statuses := make([]int, len(workspaces))
	var group sync.WaitGroup
	for i := range owners {
		group.Go(func() { statuses[i] = owners[i].Patch("/workspace", `{"dashboardHost":"c.example"}`).Status })
	}
	group.Wait()
	winner := slices.Index(statuses, http.StatusOK)
	slices.Sort(statuses)
	if !slices.Equal(statuses, []int{http.StatusOK, http.StatusConflict, http.StatusConflict, http.StatusConflict}) {
		t.Fatalf("statuses %v", statuses)
	}
	loser := (winner + 1) % len(owners)
	owners[loser].Patch("/workspace", `{"dashboardHost":"C.Example.:443"}`).Refused(http.StatusConflict, problem.HostTaken, "body.dashboardHost")
	owners[winner].Patch("/workspace", `{"dashboardHost":"d.example"}`).Want(http.StatusOK)
	owners[loser].Patch("/workspace", `{"dashboardHost":"c.example"}`).Want(http.StatusOK)
	owners[winner].Patch("/workspace", `{"dashboardHost":null}`).Want(http.StatusOK)
	owners[loser].Patch("/workspace", `{"dashboardHost":"d.example"}`).Want(http.StatusOK)
}
