package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atrium/shared/apitest"
	"atrium/shared/search"
	"atrium/shared/table"
)

// find follows a search to its end.
func find(t testing.TB, w *apitest.World, partition, q string, limit int) []string {
	t.Helper()
	var all []string
	var after table.Position
	for range 100 {
		ids, next, err := search.Find(t.Context(), w.Table, partition, q, limit, after)
		if err != nil {
			t.Fatal(err)
		}
		if len(ids) > limit {
			t.Fatalf("%d found on a page of %d", len(ids), limit)
		}
		all = append(all, ids...)
		if next == nil {
			return all
		}
		after = next
	}
	t.Fatalf("q=%q: no end of pages", q)
	return nil
}

// Whatever the names and whatever is typed: found is what matches, each once.
func TestFindFindsWhatMatchesOnce(t *testing.T) {
	w := apitest.New(t)
	vocabulary := []string{"del", "delta", "delft", "mar", "marina", "o'neill", "straße", "東京", "7"}
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		partition := fmt.Sprintf("%s#%d-word", w.Workspace, run)
		names := rapid.SliceOfN(rapid.Map(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 4), func(words []string) string {
			return strings.Join(words, " ")
		}), 1, 12).Draw(rt, "names")
		for i, name := range names {
			id := fmt.Sprintf("thing_%02d", i)
			if err := w.Table.Commit(t.Context(), search.Add(partition, id, search.Words(name))...); err != nil {
				rt.Fatal(err)
			}
		}
		q := rapid.SampledFrom([]string{"d", "de", "DEL", "delt", "mar", "mar del", "m d 7", "o'", "stras", "東", "x", "del x", "7 7"}).Draw(rt, "q")
		var want []string
		for i, name := range names {
			if search.Matches(name, q) {
				want = append(want, fmt.Sprintf("thing_%02d", i))
			}
		}
		got := find(t, w, partition, q, rapid.IntRange(1, 5).Draw(rt, "limit"))
		slices.Sort(got)
		if !slices.Equal(got, want) {
			rt.Errorf("q=%q of %q: found %q, want %q", q, names, got, want)
		}
	})
}

func TestMatches(t *testing.T) {
	for name, tc := range map[string]struct {
		name, q string
		want    bool
	}{
		"start of the first word":   {"Café del Mar", "caf", true},
		"start of a later word":     {"Café del Mar", "mar", true},
		"not the middle of a word":  {"Café del Mar", "afe", false},
		"all words, in any order":   {"Café del Mar", "mar café", true},
		"but all of them":           {"Café del Mar", "mar sol", false},
		"nothing matches nothing":   {"Café del Mar", " ", false},
		"signs alone match nothing": {"Café & Co", "&", false},
		"an address by its start":   {"ann.lee@example.com", "ann.l", true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := search.Matches(tc.name, tc.q); got != tc.want {
				t.Errorf("%v, want %v", got, tc.want)
			}
		})
	}
}

func TestSearchForACommonAndARareWordFollowsTheRare(t *testing.T) {
	w := apitest.New(t)
	partition := w.Workspace + "#word"
	for i := range 60 {
		name := fmt.Sprintf("Common Thing %d", i)
		if i == 30 {
			name = "Common Zzyzx"
		}
		if err := w.Table.Commit(t.Context(), search.Add(partition, fmt.Sprintf("thing_%02d", i), search.Words(name))...); err != nil {
			t.Fatal(err)
		}
	}
	w.Meter.Take()
	ids, next, err := search.Find(t.Context(), w.Table, partition, "common zzyzx", 10, nil)
	if calls := w.Meter.Take(); err != nil || next != nil || !slices.Equal(ids, []string{"thing_30"}) || len(calls) != 2 {
		t.Errorf("found %q, next %v, %d calls, %v", ids, next, len(calls), err)
	}
}
