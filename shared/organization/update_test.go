package organization_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/organization"
	"atrium/shared/problem"
)

func TestUpdateMergesAndCounts(t *testing.T) {
	w := apitest.New(t)
	path := "/organizations/" + open(w, "Acme")
	a := w.Owner().Patch(path, `{"brand":{"primaryColor":"#112233"},"ceiling":{"prompt":"view"},"metadata":{"a":"1","b":"2"}}`).Want(http.StatusOK)
	if a.Header.Get("ETag") != `"2"` || a.At("version") != 2.0 {
		t.Errorf("version %v, ETag %s", a.At("version"), a.Header.Get("ETag"))
	}
	a = w.Owner().Patch(path, `{"brand":{"font":"Inter"},"metadata":{"a":null,"c":"3"},"language":null}`).Want(http.StatusOK)
	for member, want := range map[string]any{
		"brand.primaryColor": "#112233", "brand.font": "Inter", "ceiling.prompt": "view", "ceiling.home": "edit",
		"metadata.a": nil, "metadata.b": "2", "metadata.c": "3", "language": "en", "name": "Acme",
	} {
		if got := a.At(member); got != want {
			t.Errorf("%s = %v, want %v", member, got, want)
		}
	}
	same := w.Owner().Patch(path, `{"name":"Acme"}`).Want(http.StatusOK)
	if same.At("version") != 3.0 {
		t.Errorf("a patch that changes nothing made version %v", same.At("version"))
	}
}

func TestHandoffIsOnUnlessSwitchedOff(t *testing.T) {
	w := apitest.New(t)
	a := w.Owner().Post("/organizations", `{"name":"Shut","handoff":{"enabled":false,"smart":true}}`).Want(http.StatusCreated)
	path := "/organizations/" + a.ID()
	for _, step := range []struct {
		patch   string
		enabled bool
	}{
		{`{}`, false}, {`{"handoff":{"enabled":null}}`, true}, {`{"handoff":{"enabled":false}}`, false},
		{`{"handoff":{"smart":false}}`, false}, {`{"handoff":null}`, true},
	} {
		w.Owner().Patch(path, step.patch).Want(http.StatusOK)
		if got := w.Owner().Get(path).At("handoff.enabled"); got != step.enabled {
			t.Errorf("after %s it is %v", step.patch, got)
		}
	}
	on := w.Owner().Post("/organizations", `{"name":"On","handoff":{"smart":true,"messages":{"pt-BR":"x","default":"y"}}}`).Want(http.StatusCreated)
	if on.At("handoff.enabled") != true {
		t.Errorf("off, though nobody said so: %s", on.Body)
	}
}

// The log shows a change as it was and as it is: both have to fit one item.
func TestLargeChangesAreRecorded(t *testing.T) {
	w := apitest.New(t)
	path := "/organizations/" + open(w, "Acme")
	for _, letter := range []string{"客", "户"} {
		large := map[string]any{"cannedResponses": answers(44, letter)}
		w.Owner().Patch(path, large).Want(http.StatusOK)
	}
	changes := w.Owner().Get(path + "/activity?limit=1").At("items.0.changes")
	if text := fmt.Sprint(changes); !strings.Contains(text, "客") || !strings.Contains(text, "户") {
		t.Errorf("the change is not whole: %.200s", text)
	}
}

// answers are canned responses as long as they may be.
func answers(n int, letter string) []map[string]string {
	all := make([]map[string]string, n)
	for i := range all {
		all[i] = map[string]string{"title": strings.Repeat(letter, 120), "text": strings.Repeat(letter, 1000)}
	}
	return all
}

func TestUpdateRefuses(t *testing.T) {
	w := apitest.New(t)
	org := open(w, "Acme")
	open(w, "Taken")
	path := "/organizations/" + org
	for name, tc := range map[string]struct {
		body   string
		status int
		code   problem.Code
		place  string
	}{
		"no object":             {`"x"`, 422, problem.Invalid, "body"},
		"name taken away":       {`{"name":null}`, 422, problem.Invalid, "body.name"},
		"name of another":       {`{"name":"TAKEN"}`, 409, problem.NameTaken, "body.name"},
		"unknown field":         {`{"nam":"x"}`, 422, problem.Invalid, "body.nam"},
		"a field of the system": {`{"counts":{"users":7}}`, 422, problem.Invalid, "body.counts"},
		"wrong type deep down":  {`{"brand":{"font":7}}`, 422, problem.Invalid, "body.brand.font"},
		"bidi in a message":     {`{"handoff":{"messages":{"en":"\u202e"}}}`, 422, problem.Invalid, "body.handoff.messages.en"},
		"deleted by a patch":    {`{"status":"deleted"}`, 422, problem.Invalid, "body.status"},
		"another logo":          {`{"logoUrl":"https://evil.example/x.png"}`, 422, problem.Invalid, "body.logoUrl"},
	} {
		t.Run(name, func(t *testing.T) {
			w.T = t
			w.Owner().Patch(path, tc.body).Refused(tc.status, tc.code, tc.place)
		})
	}
	w.T = t
	if a := w.Owner().Get(path); a.At("version") != 1.0 {
		t.Errorf("refused, yet changed: %s", a.Body)
	}
	w.Owner().Patch("/organizations/org_01jd6v0c8ge2rs2k9v2q1m4t7x", `{"name":"x"}`).Refused(http.StatusNotFound, problem.NotFound)
	w.Owner().Patch("/organizations/org_x%23y", `{"name":"x"}`).Refused(http.StatusNotFound, problem.NotFound)
}

func TestIfMatch(t *testing.T) {
	w := apitest.New(t)
	path := "/organizations/" + open(w, "Acme")
	w.Owner().Patch(path, `{"layout":"horizontal"}`, apitest.Headers{"If-Match": `"1"`}).Want(http.StatusOK)
	w.Owner().Patch(path, `{"layout":"vertical"}`, apitest.Headers{"If-Match": `"1"`}).Refused(http.StatusPreconditionFailed, problem.Stale, "header.If-Match")
	w.Owner().Delete(path, apitest.Headers{"If-Match": `"1"`}).Refused(http.StatusPreconditionFailed, problem.Stale, "header.If-Match")
	w.Owner().Patch(path, `{"layout":"vertical"}`, apitest.Headers{"If-Match": `"1", "2"`}).Want(http.StatusOK)
	gone := "/organizations/" + open(w, "Gone")
	w.Owner().Delete(gone, apitest.Headers{"If-Match": `"1"`}).Want(http.StatusAccepted)
	w.Owner().Delete(gone, apitest.Headers{"If-Match": `"1"`}).Refused(http.StatusPreconditionFailed, problem.Stale, "header.If-Match")
	w.Owner().Delete(gone).Want(http.StatusAccepted)
	w.Owner().Delete(path, apitest.Headers{"If-Match": "*"}).Want(http.StatusAccepted)
}

func TestAnOrgAdminChangesTheirOwnDetailsOnly(t *testing.T) {
	w := apitest.New(t)
	org := open(w, "Acme")
	admin := w.Client(access.OrgAdmin, org, "usr_a")
	admin.Patch("/organizations/"+org, `{"name":"Acme Ltd","layout":"horizontal","tabOrder":["conversations","tab:reports"],"handoff":{"enabled":false},"cannedResponses":[{"title":"Hi","text":"Hello\nthere"}]}`).Want(http.StatusOK)
	for member, value := range map[string]string{"status": `"suspended"`, "ceiling": `{}`, "billing": "true", "metadata": "{}", "externalId": `"x"`} {
		admin.Patch("/organizations/"+org, fmt.Sprintf(`{%q:%s}`, member, value)).Refused(http.StatusForbidden, problem.Forbidden, "body."+member)
	}
	other := open(w, "Other")
	admin.Patch("/organizations/"+other, `{"name":"x"}`).Refused(http.StatusNotFound, problem.NotFound)
	w.Owner().Patch("/organizations/"+org, `{"status":"suspended"}`).Want(http.StatusOK)
	admin.Patch("/organizations/"+org, `{"layout":"vertical"}`).Refused(http.StatusForbidden, problem.OrganizationShut)
	admin.Get("/organizations/"+org).Refused(http.StatusForbidden, problem.OrganizationShut)
}

func TestAUserSeesTheFaceOfTheirOrganizationOnly(t *testing.T) {
	w := apitest.New(t)
	org := open(w, "Acme")
	a := w.Client(access.User, org, "usr_u").Get("/organizations/" + org).Want(http.StatusOK)
	var seen map[string]any
	a.Into(&seen)
	want := []string{"brand", "id", "language", "layout", "logoUrl", "name"}
	var got []string
	for member := range seen {
		got = append(got, member)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("sees %q, want %q", got, want)
	}
}

func TestArchivedIsReadOnlyButForItsStatus(t *testing.T) {
	w := apitest.New(t)
	path := "/organizations/" + open(w, "Acme")
	w.Owner().Patch(path, `{"status":"archived"}`).Want(http.StatusOK)
	w.Owner().Patch(path, `{"name":"x"}`).Refused(http.StatusConflict, problem.ReadOnly)
	w.Owner().Patch(path, `{"name":"x","status":"active"}`).Refused(http.StatusConflict, problem.ReadOnly)
	w.Owner().Patch(path, `{"status":"suspended"}`).Want(http.StatusOK)
	w.Owner().Patch(path, `{"name":"Acme 2"}`).Want(http.StatusOK)
}

func TestDeletionHasAGracePeriod(t *testing.T) {
	w := apitest.New(t)
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	w.Now = func() time.Time { return now }
	path := "/organizations/" + open(w, "Acme")
	a := w.Owner().Delete(path).Want(http.StatusAccepted)
	if a.At("deletedAt") != "2026-11-24T09:00:00Z" || a.At("purgeAt") != "2026-12-24T09:00:00Z" || a.At("status") != "deleted" {
		t.Errorf("deleted: %s", a.Body)
	}
	if again := w.Owner().Delete(path).Want(http.StatusAccepted); again.At("version") != a.At("version") {
		t.Error("a second deletion made another version")
	}
	w.Owner().Get(path).Want(http.StatusOK)
	w.Owner().Post("/organizations", `{"name":"Acme"}`).Refused(http.StatusConflict, problem.NameTaken, "body.name")
	w.Owner().Patch(path, `{"layout":"horizontal"}`).Refused(http.StatusConflict, problem.ReadOnly)

	now = now.Add(organization.Grace - time.Second)
	a = w.Owner().Patch(path, `{"status":"active"}`).Want(http.StatusOK)
	if a.At("deletedAt") != nil || a.At("purgeAt") != nil {
		t.Errorf("brought back: %s", a.Body)
	}
	w.Owner().Delete(path).Want(http.StatusAccepted)

	now = now.Add(organization.Grace)
	w.Owner().Get(path).Refused(http.StatusNotFound, problem.NotFound)
	w.Owner().Patch(path, `{"status":"active"}`).Refused(http.StatusNotFound, problem.NotFound)
	if left := w.Owner().All("/organizations?status=deleted", "id"); len(left) != 0 {
		t.Errorf("past its time, yet listed: %q", left)
	}
}

func TestConcurrentChangesAllCount(t *testing.T) {
	w := apitest.New(t)
	path := "/organizations/" + open(w, "Acme")
	var group sync.WaitGroup
	for i := range 10 {
		group.Go(func() {
			w.Owner().Patch(path, fmt.Sprintf(`{"metadata":{"k%d":"v"}}`, i)).Want(http.StatusOK)
		})
	}
	group.Wait()
	a := w.Owner().Get(path)
	var got struct{ Metadata map[string]string }
	a.Into(&got)
	if len(got.Metadata) != 10 || a.At("version") != 11.0 {
		t.Errorf("%d of 10 changes kept, version %v", len(got.Metadata), a.At("version"))
	}
}

func TestOfTwoWithOneETagOneWins(t *testing.T) {
	w := apitest.New(t)
	path := "/organizations/" + open(w, "Acme")
	statuses := make([]int, 2)
	var group sync.WaitGroup
	for i := range statuses {
		group.Go(func() {
			statuses[i] = w.Owner().Patch(path, fmt.Sprintf(`{"name":"Acme %d"}`, i), apitest.Headers{"If-Match": `"1"`}).Status
		})
	}
	group.Wait()
	slices.Sort(statuses)
	if !slices.Equal(statuses, []int{http.StatusOK, http.StatusPreconditionFailed}) {
		t.Errorf("statuses %v", statuses)
	}
}

func TestAHandoffMessageFollowsTheLanguage(t *testing.T) {
	for name, tc := range map[string]struct {
		messages map[string]string
		language string
		want     string
	}{
		"its language":        {map[string]string{"fr": "Absents", "default": "Away"}, "fr", "Absents"},
		"the default":         {map[string]string{"fr": "Absents", "default": "Away"}, "de", "Away"},
		"the only one":        {map[string]string{"note": "Later"}, "it", "Later"},
		"none, so a built-in": {nil, "de", "Im Moment ist niemand"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := (organization.Handoff{Messages: tc.messages}).Message(tc.language); !strings.HasPrefix(got, tc.want) {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}
