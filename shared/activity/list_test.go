package activity_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// lives makes a world whose workspace opened at a time, and lets the test tell the time.
func lives(t *testing.T, since time.Time) (w *apitest.World, at func(time.Time)) {
	t.Helper()
	w = apitest.New(t)
	now := since
	w.Now = func() time.Time { return now }
	w.Workspace = id.New(id.Workspace, since)
	return w, func(moment time.Time) { now = moment }
}

// done is something that was done, without all that goes with doing it.
type done struct {
	at           time.Time
	actor        string
	organization string
	action       string
	target       string
}

// record writes what was done as operations do, and returns the ids of it.
func record(w *apitest.World, all ...done) []string {
	w.T.Helper()
	writes := make([]*table.Write, len(all))
	for i, d := range all {
		c := &api.Call{Now: d.at.UTC().Truncate(time.Millisecond)}
		c.Principal = access.Principal{Type: access.Staff, ID: d.actor, Name: "Sam", Workspace: w.Workspace}
		writes[i] = activity.Record(c, d.organization, d.action, activity.Party{Type: "user", ID: d.target, Name: "Ann"}, nil)
	}
	for chunk := range slices.Chunk(writes, table.MaxItems) {
		if err := w.Table.Commit(w.T.Context(), chunk...); err != nil {
			w.T.Fatal(err)
		}
	}
	return w.Owner().All("/activity?limit=200", "id")
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 12, 0, 0, 0, time.UTC)
}

func TestListShowsWhatWasDone(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	org := w.Owner().Post("/organizations", `{"name":"Acme"}`).Want(http.StatusCreated).ID()
	w.Admin().Patch("/organizations/"+org, `{"layout":"horizontal"}`).Want(http.StatusOK)
	for _, path := range []string{"/activity", "/organizations/" + org + "/activity"} {
		a := w.Owner().Get(path).Want(http.StatusOK)
		for member, want := range map[string]any{
			"items.0.action": "organization.updated", "items.0.actor.type": "staff", "items.0.actor.id": apitest.StaffID(access.Admin), "items.0.actor.name": "Sam admin",
			"items.0.target.type": "organization", "items.0.target.id": org, "items.0.target.name": "Acme",
			"items.0.changes.0.field": "layout", "items.0.changes.0.before": "vertical", "items.0.changes.0.after": "horizontal",
			"items.0.requestId": "req-test", "items.0.ip": "192.0.2.1",
			"items.1.action": "organization.created", "items.2": nil, "nextCursor": nil,
		} {
			if got := a.At(member); got != want {
				t.Errorf("%s: %s = %v, want %v", path, member, got, want)
			}
		}
		if strings.Contains(string(a.Body), `"pk"`) {
			t.Errorf("%s shows keys: %s", path, a.Body)
		}
	}
}

func TestWhoMayReadTheLog(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	org := w.Owner().Post("/organizations", `{"name":"Acme"}`).Want(http.StatusCreated).ID()
	other := w.Owner().Post("/organizations", `{"name":"Other"}`).Want(http.StatusCreated).ID()
	admin, user := w.Client(access.OrgAdmin, org, "usr_a"), w.Client(access.User, org, "usr_u")
	stranger := *w
	stranger.Workspace = id.New(id.Workspace, time.Now())
	for _, export := range []string{"", "/export"} {
		all, own, others := "/activity"+export, "/organizations/"+org+"/activity"+export, "/organizations/"+other+"/activity"+export
		for _, caller := range []apitest.Caller{w.Member(), w.Key("", access.ActivityRead)} {
			caller.Get(all).Want(http.StatusOK)
			caller.Get(own).Want(http.StatusOK)
		}
		admin.Get(own).Want(http.StatusOK)
		w.Key(org, access.ActivityRead).Get(own).Want(http.StatusOK)
		admin.Get(all).Refused(http.StatusForbidden, problem.Forbidden)
		admin.Get(others).Refused(http.StatusNotFound, problem.NotFound)
		user.Get(own).Refused(http.StatusForbidden, problem.Forbidden)
		w.Key(org, access.ActivityRead).Get(all).Refused(http.StatusForbidden, problem.Forbidden)
		w.Key("", access.OrganizationsWrite).Get(all).Refused(http.StatusForbidden, problem.Forbidden)
		w.Nobody().Get(all).Refused(http.StatusUnauthorized, problem.Unauthenticated)
		stranger.Owner().Get(own).Refused(http.StatusNotFound, problem.NotFound)
		if a := stranger.Owner().Get(all).Want(http.StatusOK); strings.Contains(string(a.Body), org) {
			t.Errorf("another workspace reads %s", a.Body)
		}
		w.Owner().Get("/organizations/org_01jd6v0c8ge2rs2k9v2q1m4t7x/activity"+export).Refused(http.StatusNotFound, problem.NotFound)
		w.Owner().Get("/organizations/org_x%23/activity"+export).Refused(http.StatusNotFound, problem.NotFound)
	}
}

// history is two years of a workspace: fifteen things, in three of its months.
func history(w *apitest.World, at func(time.Time)) (ids []string, all []done) {
	for i := range 15 {
		when := day(2025, time.January, 10)
		switch {
		case i >= 10:
			when = day(2026, time.November, 1)
		case i >= 5:
			when = day(2026, time.October, 31)
		}
		d := done{at: when.Add(time.Duration(i) * time.Minute), actor: fmt.Sprint("stf_", i%2), action: "user.added", target: fmt.Sprint("usr_", i%3)}
		if i%5 == 0 {
			d.action = "organization.updated"
		}
		all = append(all, d)
	}
	at(day(2026, time.November, 24))
	return record(w, all...), all
}

func TestListGoesThroughTheMonths(t *testing.T) {
	t.Parallel()
	w, at := lives(t, day(2024, time.June, 1))
	ids, all := history(w, at)
	if len(ids) != len(all) {
		t.Fatalf("%d of %d listed", len(ids), len(all))
	}
	for i, act := range ids {
		if want := all[len(all)-1-i].at; !id.Time(act).Equal(want) {
			t.Errorf("number %d is of %v, want %v: newest first", i, id.Time(act), want)
		}
	}
	for _, limit := range []int{1, 2, 4, 5, 7, 14, 15, 200} {
		if paged := w.Owner().All(fmt.Sprint("/activity?limit=", limit), "id"); !slices.Equal(paged, ids) {
			t.Errorf("by pages of %d: %d items, each once and in order wanted: %q", limit, len(paged), paged)
		}
	}
}

func TestAPageLooksIntoAYearAtMost(t *testing.T) {
	t.Parallel()
	w, at := lives(t, day(2020, time.January, 1))
	record(w, done{at: day(2020, time.January, 2), actor: "stf_a", action: "user.added", target: "usr_a"})
	at(day(2026, time.November, 24))
	path, pages := "/activity", 0
	for {
		w.Meter.Take()
		a := w.Owner().Get(path).Want(http.StatusOK)
		pages++
		if calls := len(w.Meter.Take()); calls > 13 {
			t.Errorf("page %d made %d queries", pages, calls)
		}
		next, more := a.At("nextCursor").(string)
		if found := a.Each("id"); len(found) == 1 {
			if more || pages != 7 {
				t.Errorf("found on page %d, more to come: %v", pages, more)
			}
			return
		}
		if !more {
			t.Fatal("the one thing that was done is not listed")
		}
		path = "/activity?cursor=" + next
	}
}

func TestListFilters(t *testing.T) {
	t.Parallel()
	w, at := lives(t, day(2024, time.June, 1))
	ids, all := history(w, at)
	slices.Reverse(ids)
	org := w.Owner().Post("/organizations", `{"name":"Acme"}`).Want(http.StatusCreated).ID()
	created := w.Owner().Get("/organizations/" + org + "/activity").Want(http.StatusOK).Each("id")
	for name, tc := range map[string]struct {
		query string
		keep  func(done) bool
	}{
		"actor":               {"actor=stf_1", func(d done) bool { return d.actor == "stf_1" }},
		"target":              {"target=usr_2", func(d done) bool { return d.target == "usr_2" }},
		"actor and target":    {"actor=stf_1&target=usr_2", func(d done) bool { return d.actor == "stf_1" && d.target == "usr_2" }},
		"action":              {"action=user.added", func(d done) bool { return d.action == "user.added" }},
		"actions of a kind":   {"action=user.*", func(d done) bool { return strings.HasPrefix(d.action, "user.") }},
		"a part of an action": {"action=user", func(done) bool { return false }},
		"a star alone":        {"action=*", func(done) bool { return false }},
		"actor and action":    {"actor=stf_0&action=organization.updated", func(d done) bool { return d.actor == "stf_0" && d.action == "organization.updated" }},
		"from is included":    {"from=2026-10-31T12:07:00Z&actor=stf_1", func(d done) bool { return !d.at.Before(all[7].at) && d.actor == "stf_1" }},
		"to is not":           {"to=2026-10-31T12:07:00Z", func(d done) bool { return d.at.Before(all[7].at) }},
		"from alone":          {"from=2026-10-31T12:07:00Z&to=2026-11-20T00:00:00Z", func(d done) bool { return !d.at.Before(all[7].at) }},
		"a range":             {"from=2025-01-10T12:01:00Z&to=2026-11-01T12:11:00Z", func(d done) bool { return !d.at.Before(all[1].at) && d.at.Before(all[11].at) }},
		"between months":      {"from=2025-02-01T00:00:00Z&to=2026-10-01T00:00:00Z", func(done) bool { return false }},
		"an empty range":      {"from=2026-10-31T12:07:00Z&to=2026-10-31T12:07:00Z", func(done) bool { return false }},
		"another time zone":   {"to=" + url.QueryEscape("2026-10-31T14:07:00+02:00"), func(d done) bool { return d.at.Before(all[7].at) }},
		"between milliseconds": {
			"from=2026-10-31T12:07:00.0001Z&to=2026-10-31T12:09:00.0001Z",
			func(d done) bool { return d.at.After(all[7].at) && !d.at.After(all[9].at) },
		},
		"nobody": {"actor=stf_x%23y", func(done) bool { return false }},
	} {
		t.Run(name, func(t *testing.T) {
			w.T = t
			var want []string
			for i, d := range all {
				if tc.keep(d) {
					want = append(want, ids[i])
				}
			}
			slices.Reverse(want)
			for _, limit := range []string{"2", "50"} {
				got := w.Owner().All("/activity?limit="+limit+"&"+tc.query, "id")
				got = slices.DeleteFunc(got, func(act string) bool { return slices.Contains(created, act) })
				if !slices.Equal(got, want) {
					t.Errorf("by %s: %q, want %q", limit, got, want)
				}
			}
		})
	}
}

func TestListFiltersWithinAnOrganization(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	org := w.Owner().Post("/organizations", `{"name":"Acme"}`).Want(http.StatusCreated).ID()
	other := w.Owner().Post("/organizations", `{"name":"Other"}`).Want(http.StatusCreated).ID()
	var all []done
	for i := range 40 {
		in := []string{org, other, ""}[i%3]
		all = append(all, done{at: time.Now(), actor: fmt.Sprint("stf_", i%2), organization: in, action: "user.added", target: fmt.Sprint("usr_", i%4)})
	}
	record(w, all...)
	for query, want := range map[string]int{
		"": 15, "?actor=stf_0": 7, "?target=usr_3": 4, "?actor=stf_1&target=usr_3": 4, "?actor=stf_0&target=usr_3": 0,
		"?action=organization.*": 1, "?action=user.added&limit=3": 14, "?actor=nobody": 0,
	} {
		if got := w.Owner().All("/organizations/"+org+"/activity"+query, "id"); len(got) != want {
			t.Errorf("%q: %d items, want %d", query, len(got), want)
		}
	}
}

func TestListRefuses(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	org := w.Owner().Post("/organizations", `{"name":"Acme"}`).Want(http.StatusCreated).ID()
	w.Owner().Patch("/organizations/"+org, `{"billing":true}`).Want(http.StatusOK)
	cursor, _ := w.Owner().Get("/activity?limit=1").Want(http.StatusOK).At("nextCursor").(string)
	changed := "A" + cursor[1:]
	if changed == cursor {
		changed = "B" + cursor[1:]
	}
	for _, path := range []string{"/activity", "/organizations/" + org + "/activity"} {
		for name, tc := range map[string]struct {
			query  string
			status int
			code   problem.Code
			place  string
		}{
			"no time":            {"from=yesterday", 422, problem.Invalid, "query.from"},
			"a date alone":       {"to=2026-11-24", 422, problem.Invalid, "query.to"},
			"a range turned":     {"from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z", 422, problem.Invalid, "query.from"},
			"limit 0":            {"limit=0", 422, problem.Invalid, "query.limit"},
			"limit 201":          {"limit=201", 422, problem.Invalid, "query.limit"},
			"unknown parameter":  {"acter=x", 422, problem.Invalid, "query.acter"},
			"a long actor":       {"actor=" + strings.Repeat("x", 201), 422, problem.Invalid, "query.actor"},
			"no cursor":          {"cursor=x", 400, problem.InvalidCursor, "query.cursor"},
			"another list's":     {"actor=" + apitest.StaffID(access.Owner) + "&cursor=" + cursor, 400, problem.InvalidCursor, "query.cursor"},
			"of another time":    {"to=2026-11-24T00:00:00Z&cursor=" + cursor, 400, problem.InvalidCursor, "query.cursor"},
			"changed on its way": {"cursor=" + changed, 400, problem.InvalidCursor, "query.cursor"},
			"an empty time":      {"from=", 422, problem.Invalid, "query.from"},
		} {
			t.Run(name, func(t *testing.T) {
				w.T = t
				w.Owner().Get(path+"?"+tc.query).Refused(tc.status, tc.code, tc.place)
			})
		}
	}
	w.T = t
	w.Owner().Get("/organizations/"+org+"/activity?cursor="+cursor).Refused(http.StatusBadRequest, problem.InvalidCursor, "query.cursor")
	w.Owner().Get("/activity/export?cursor="+cursor).Refused(http.StatusBadRequest, problem.InvalidCursor, "query.cursor")
}

func TestListCost(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	org := w.Owner().Post("/organizations", `{"name":"Acme"}`).Want(http.StatusCreated).ID()
	var all []done
	for range 60 {
		all = append(all, done{at: time.Now(), actor: apitest.StaffID(access.Owner), organization: org, action: "user.added", target: "usr_a"})
	}
	record(w, all...)
	for path, limits := range map[string]struct {
		calls int
		units float64
	}{
		"/activity": {1, 8},
		"/activity?actor=" + apitest.StaffID(access.Owner):       {1, 4},
		"/activity?target=usr_a":                                 {1, 4},
		"/organizations/" + org + "/activity":                    {1, 4},
		"/activity?limit=10&action=user.added":                   {1, 2},
		"/organizations/org_01jd6v0c8ge2rs2k9v2q1m4t7x/activity": {2, 1.5},
	} {
		w.Meter.Take()
		w.Owner().Get(path)
		used, sum := w.Meter.Take(), 0.0
		for _, u := range used {
			sum += u.Units
		}
		if len(used) != limits.calls || apitest.Exact() && sum != limits.units {
			t.Errorf("%s: %d calls, %v units; want %d and %v", path, len(used), sum, limits.calls, limits.units)
		}
	}
}
