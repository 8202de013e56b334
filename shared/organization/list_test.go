package organization_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"atrium/shared/apitest"
	"atrium/shared/id"
	"atrium/shared/problem"
)

func TestListSorts(t *testing.T) {
	w := apitest.New(t)
	names := []string{"zebra", "Äpfel & Co", "apple", "東京カフェ", "Ørsted", "مقهى"}
	for _, name := range names {
		open(w, name)
	}
	if got, want := w.Owner().All("/organizations?limit=2", "name"), []string{"Äpfel & Co", "apple", "Ørsted", "zebra", "مقهى", "東京カフェ"}; !sameOrder(got, want) {
		t.Errorf("by name %q, want %q", got, want)
	}
	agent := w.Owner().Post("/agents", `{"name":"Bot"}`).Want(http.StatusCreated).ID()
	for _, org := range w.Owner().All("/organizations", "id") {
		w.Owner().Put("/organizations/"+org+"/agents/"+agent, `{}`).Want(http.StatusCreated)
	}
	slices.Reverse(names)
	for _, filter := range []string{"", "&status=active", "&agent=" + agent} {
		if got := w.Owner().All("/organizations?limit=2&sort=-createdAt"+filter, "name"); !slices.Equal(got, names) {
			t.Errorf("newest first%s: %q, want %q", filter, got, names)
		}
	}
}

// sameOrder compares, but for "apple" and "Äpfel", whose order is by their plain letters.
func sameOrder(got, want []string) bool {
	return len(got) == len(want) && slices.Equal(got[2:], want[2:])
}

func TestListFiltersByStatus(t *testing.T) {
	w := apitest.New(t)
	ids := map[string]string{}
	for _, name := range []string{"active one", "suspended one", "archived one", "deleted one"} {
		ids[name] = open(w, name)
	}
	w.Owner().Patch("/organizations/"+ids["suspended one"], `{"status":"suspended"}`).Want(http.StatusOK)
	w.Owner().Patch("/organizations/"+ids["archived one"], `{"status":"archived"}`).Want(http.StatusOK)
	w.Owner().Delete("/organizations/" + ids["deleted one"]).Want(http.StatusAccepted)
	for _, sort := range []string{"", "&sort=-createdAt", "&q=one"} {
		for _, status := range []string{"active", "suspended", "archived", "deleted"} {
			got := w.Owner().All("/organizations?status="+status+sort, "name")
			if !slices.Equal(got, []string{status + " one"}) {
				t.Errorf("status=%s%s: %q", status, sort, got)
			}
		}
		if got := w.Owner().All("/organizations?limit=1"+sort, "name"); len(got) != 3 || slices.Contains(got, "deleted one") {
			t.Errorf("all%s: %q", sort, got)
		}
	}
}

func TestSearch(t *testing.T) {
	w := apitest.New(t)
	for _, name := range []string{
		"Café del Mar", "Del Monte & Delta", "O’Neill’s Bar", "Łódź Motors", "Straße 7", "東京カフェ", "مقهى البحر", "Jean-Luc (Paris)", "🍕",
	} {
		open(w, name)
	}
	for q, want := range map[string][]string{
		"caf":         {"Café del Mar"},
		"CAFÉ":        {"Café del Mar"},
		"mar":         {"Café del Mar"},
		"del":         {"Café del Mar", "Del Monte & Delta"},
		"del mar":     {"Café del Mar"},
		"m d c":       {"Café del Mar"},
		"ar":          nil,
		"delta":       {"Del Monte & Delta"},
		"o'nei":       {"O’Neill’s Bar"},
		"lodz":        {"Łódź Motors"},
		"strasse":     {"Straße 7"},
		"7":           {"Straße 7"},
		"東京":          {"東京カフェ"},
		"البح":        {"مقهى البحر"},
		"luc":         {"Jean-Luc (Paris)"},
		"jean-luc":    {"Jean-Luc (Paris)"},
		"(paris":      {"Jean-Luc (Paris)"},
		"café nobody": nil,
		"&":           nil,
	} {
		got := w.Owner().All("/organizations?q="+escape(q), "name")
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("q=%s: %q, want %q", q, got, want)
		}
	}
}

func escape(q string) string {
	return strings.NewReplacer(" ", "%20", "&", "%26", "(", "%28", "'", "%27").Replace(q)
}

func TestSearchListsEachOnceAcrossPages(t *testing.T) {
	w := apitest.New(t)
	var want []string
	for i := range 25 {
		want = append(want, open(w, fmt.Sprintf("Delta Delft Delhi %d", i)))
	}
	got := w.Owner().All("/organizations?q=del&limit=4", "id")
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("found %d, want %d once each", len(got), len(want))
	}
}

func TestRenamedIsFoundByTheNewNameOnly(t *testing.T) {
	w := apitest.New(t)
	org := open(w, "Alpha Beta")
	w.Owner().Patch("/organizations/"+org, `{"name":"Beta Gamma"}`).Want(http.StatusOK)
	for q, want := range map[string]int{"alpha": 0, "beta": 1, "gamma": 1} {
		if got := w.Owner().All("/organizations?q="+q, "id"); len(got) != want {
			t.Errorf("q=%s finds %d, want %d", q, len(got), want)
		}
	}
	open(w, "Alpha Beta") // the name is free again
	w.Owner().Patch("/organizations/"+org, `{"name":"beta GAMMA"}`).Want(http.StatusOK)
	if got := w.Owner().All("/organizations?q=gamma", "name"); !slices.Equal(got, []string{"beta GAMMA"}) {
		t.Errorf("after a change of case: %q", got)
	}
}

func TestCursors(t *testing.T) {
	w := apitest.New(t)
	for i := range 5 {
		open(w, fmt.Sprintf("org %d", i))
	}
	a := w.Owner().Get("/organizations?limit=2").Want(http.StatusOK)
	cursor, _ := a.At("nextCursor").(string)
	last := w.Owner().Get("/organizations?limit=5").Want(http.StatusOK)
	if cursor == "" || last.At("nextCursor") != nil {
		t.Fatalf("nextCursor %q, on the last page %v", cursor, last.At("nextCursor"))
	}
	w.Owner().Get("/organizations?limit=3&cursor=" + cursor).Want(http.StatusOK) // another limit is the same list
	tampered := []byte(cursor)
	tampered[len(tampered)/2] ^= 1
	stranger := w.Owner()
	stranger.Principal.Workspace = id.New(id.Workspace, time.Now())
	for name, a := range map[string]*apitest.Answer{
		"nonsense":          w.Owner().Get("/organizations?cursor=nonsense"),
		"tampered":          w.Owner().Get("/organizations?cursor=" + string(tampered)),
		"of another order":  w.Owner().Get("/organizations?sort=-createdAt&cursor=" + cursor),
		"of another filter": w.Owner().Get("/organizations?status=active&cursor=" + cursor),
		"of another tenant": stranger.Get("/organizations?cursor=" + cursor),
	} {
		t.Run(name, func(t *testing.T) {
			a.T = t
			a.Refused(http.StatusBadRequest, problem.InvalidCursor, "query.cursor")
		})
	}
}

func TestListRefuses(t *testing.T) {
	w := apitest.New(t)
	for query, place := range map[string]string{
		"limit=0": "query.limit", "limit=201": "query.limit", "limit=x": "query.limit", "sort=age": "query.sort",
		"status=asleep": "query.status", "colour=red": "query.colour", "q=" + strings.Repeat("a", 201): "query.q",
	} {
		w.Owner().Get("/organizations?"+query).Refused(http.StatusUnprocessableEntity, problem.Invalid, place)
	}
}

// What was there when the listing began is listed once, whatever comes and goes meanwhile.
func TestCursorsListEverythingOnceUnderConcurrentInserts(t *testing.T) {
	for _, query := range []string{"/organizations?limit=7", "/organizations?limit=7&sort=-createdAt", "/organizations?limit=7&q=shop"} {
		t.Run(query, func(t *testing.T) {
			w := apitest.New(t)
			var before []string
			for i := range 40 {
				before = append(before, open(w, fmt.Sprintf("Shop %02d", i)))
			}
			var group sync.WaitGroup
			group.Go(func() {
				for i := range 40 {
					w.Owner().Post("/organizations", map[string]any{"name": fmt.Sprintf("Shop %02d b", i)})
				}
			})
			seen := map[string]int{}
			for _, org := range w.Owner().All(query, "id") {
				seen[org]++
			}
			group.Wait()
			for _, org := range before {
				if seen[org] != 1 {
					t.Errorf("%s listed %d times", org, seen[org])
				}
			}
			for org, times := range seen {
				if times > 1 {
					t.Errorf("%s listed %d times", org, times)
				}
			}
		})
	}
}
