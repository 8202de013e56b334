package activity_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// exported are the ids in JSON Lines.
func exported(t *testing.T, a *apitest.Answer) []string {
	t.Helper()
	var ids []string
	for line := range bytes.Lines(a.Body) {
		var item activity.Item
		if err := json.Unmarshal(line, &item); err != nil || item.ID == "" {
			t.Fatalf("line %q: %v", line, err)
		}
		ids = append(ids, item.ID)
	}
	return ids
}

func TestExportIsTheListAsAFile(t *testing.T) {
	t.Parallel()
	w, at := lives(t, day(2024, time.June, 1))
	ids, _ := history(w, at)
	a := w.Owner().Get("/activity/export").Want(http.StatusOK)
	if got := exported(t, a); !slices.Equal(got, ids) {
		t.Errorf("exported %q, listed %q", got, ids)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/x-ndjson", "Content-Disposition": `attachment; filename="activity-2026-11-24.jsonl"`,
		"X-Content-Type-Options": "nosniff", "X-Next-Cursor": "", "Link": "",
	} {
		if got := a.Header.Get(name); got != want {
			t.Errorf("%s %q, want %q", name, got, want)
		}
	}
	first, _, _ := bytes.Cut(a.Body, []byte("\n"))
	if page := w.Owner().Get("/activity?limit=1"); !bytes.Contains(page.Body, first) {
		t.Errorf("a line is %s\nbut an item %s", first, page.Body)
	}
	for _, query := range []string{"actor=stf_1", "target=usr_2&action=user.*", "from=2026-10-31T12:07:00Z", "actor=stf_0&to=2026-01-01T00:00:00Z"} {
		want := w.Owner().All("/activity?"+query, "id")
		if got := exported(t, w.Owner().Get("/activity/export?"+query).Want(http.StatusOK)); !slices.Equal(got, want) || len(got) == 0 {
			t.Errorf("%s: exported %q, listed %q", query, got, want)
		}
	}
}

func TestExportAsCSV(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	const name = "=HYPERLINK(\"https://evil.example\"),\nAcme"
	c := &api.Call{Now: time.Now().UTC().Truncate(time.Millisecond)}
	c.Principal = access.Principal{Type: access.Staff, ID: "stf_a", Name: "@Żaneta, \"Zed\"", Workspace: w.Workspace}
	changes := []patch.Change{{Field: "name", Before: "a", After: "=b"}}
	if err := w.Table.Commit(t.Context(), activity.Record(c, "", "-1+2", activity.Party{Type: "user", ID: "\tusr", Name: name}, changes)); err != nil {
		t.Fatal(err)
	}
	a := w.Owner().Get("/activity/export?format=csv").Want(http.StatusOK)
	if got := a.Header.Get("Content-Type"); got != "text/csv; charset=utf-8" {
		t.Errorf("Content-Type %q", got)
	}
	if got := a.Header.Get("Content-Disposition"); !strings.HasSuffix(got, `.csv"`) {
		t.Errorf("Content-Disposition %q", got)
	}
	rows, err := csv.NewReader(bytes.NewReader(a.Body)).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v: %s", len(rows), err, a.Body)
	}
	want := map[string]string{
		"at": c.Now.Format(time.RFC3339Nano), "actorType": "staff", "actorId": "stf_a", "actorName": "'@Żaneta, \"Zed\"",
		"action": "'-1+2", "targetType": "user", "targetId": "'\tusr", "targetName": "'" + name,
		"changes": `[{"field":"name","before":"a","after":"=b"}]`, "requestId": "", "ip": "",
		"onBehalfOfType": "", "onBehalfOfId": "", "onBehalfOfName": "", "reason": "",
	}
	for i, column := range rows[0] {
		if value, ok := want[column]; ok && rows[1][i] != value {
			t.Errorf("%s %q, want %q", column, rows[1][i], value)
		}
	}
	if len(rows[0]) != len(want)+1 || rows[0][0] != "id" || !strings.HasPrefix(rows[1][0], "act_") || !bytes.HasSuffix(a.Body, []byte("\r\n")) {
		t.Errorf("header %q, row %q", rows[0], rows[1])
	}
}

// Whoever acts as a user is the actor in a file, too, and the user beside them.
func TestExportNamesBothActors(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	c := &api.Call{Now: time.Now().UTC().Truncate(time.Millisecond)}
	c.Principal = access.Principal{
		Type: access.Client, ID: "usr_a", Name: "Ann", Workspace: w.Workspace,
		Actor: &access.Actor{ID: "stf_a", Name: "Olga", Role: access.Owner, Reason: "=They asked.", Write: true},
	}
	if err := w.Table.Commit(t.Context(), activity.Record(c, "", "user.updated", activity.Party{Type: "user", ID: "usr_a", Name: "Ann"}, nil)); err != nil {
		t.Fatal(err)
	}
	a := w.Owner().Get("/activity/export?format=csv").Want(http.StatusOK)
	rows, err := csv.NewReader(bytes.NewReader(a.Body)).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v: %s", len(rows), err, a.Body)
	}
	got := map[string]string{}
	for i, column := range rows[0] {
		got[column] = rows[1][i]
	}
	for column, want := range map[string]string{
		"actorType": "staff", "actorId": "stf_a", "actorName": "Olga",
		"onBehalfOfType": "user", "onBehalfOfId": "usr_a", "onBehalfOfName": "Ann", "reason": "'=They asked.",
	} {
		if got[column] != want {
			t.Errorf("%s %q, want %q", column, got[column], want)
		}
	}
}

func TestExportOfNothing(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	if a := w.Owner().Get("/activity/export").Want(http.StatusOK); len(a.Body) != 0 {
		t.Errorf("exported %q", a.Body)
	}
	if a := w.Owner().Get("/activity/export?format=csv").Want(http.StatusOK); !strings.HasPrefix(string(a.Body), "id,at,") || bytes.Count(a.Body, []byte("\n")) != 1 {
		t.Errorf("exported %q", a.Body)
	}
	w.Owner().Get("/activity/export?format=xml").Refused(http.StatusUnprocessableEntity, problem.Invalid, "query.format")
	w.Owner().Get("/activity/export?from=x").Refused(http.StatusUnprocessableEntity, problem.Invalid, "query.from")
	w.Owner().Get("/activity/export?limit=5").Refused(http.StatusUnprocessableEntity, problem.Invalid, "query.limit")
	w.Owner().Get("/activity/export?cursor=x").Refused(http.StatusBadRequest, problem.InvalidCursor, "query.cursor")
}

// TestALongExportGoesOn writes more than one file takes, of text that Lambda's
// answer makes six times as long.
func TestALongExportGoesOn(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	org := w.Owner().Post("/organizations", `{"name":"Acme"}`).Want(http.StatusCreated).ID()
	long := []patch.Change{{Field: "note", Before: strings.Repeat("<", 30_000), After: strings.Repeat("\"", 30_000)}}
	for i := range 5 {
		var writes []*table.Write
		for j := range 5 {
			c := &api.Call{Now: time.Now().UTC().Truncate(time.Millisecond)}
			c.Principal = access.Principal{Type: access.Staff, ID: "stf_long", Workspace: w.Workspace}
			writes = append(writes, activity.Record(c, org, "user.updated", activity.Party{Type: "user", ID: fmt.Sprint("usr_", i, j)}, long))
		}
		if err := w.Table.Commit(t.Context(), writes...); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"/activity/export?action=user.*&from=2026-01-01T00:00:00Z", "/organizations/" + org + "/activity/export"} {
		list := strings.Replace(path, "/export", "", 1)
		want, got, files := w.Owner().All(list, "id"), []string{}, 0
		for next := path; next != ""; files++ {
			a := w.Owner().Get(next).Want(http.StatusOK)
			if sent, err := json.Marshal(string(a.Body)); err != nil || len(sent) > 5_500_000 {
				t.Errorf("%s: a file of %d bytes, %d in Lambda's answer", path, len(a.Body), len(sent))
			}
			got = append(got, exported(t, a)...)
			next = following(t, a)
		}
		if !slices.Equal(got, want) || files < 2 {
			t.Errorf("%s: %d items in %d files, %d listed", path, len(got), files, len(want))
		}
	}
}

// following is the address of the next file, "" on the last.
func following(t *testing.T, a *apitest.Answer) string {
	t.Helper()
	link, cursor := a.Header.Get("Link"), a.Header.Get("X-Next-Cursor")
	if link == "" && cursor == "" {
		return ""
	}
	address, ok := strings.CutSuffix(strings.TrimPrefix(link, "<https://api.example/v1"), `>; rel="next"`)
	if !ok || cursor == "" || !strings.Contains(address, "cursor="+cursor) {
		t.Fatalf("Link %q, X-Next-Cursor %q", link, cursor)
	}
	return address
}
