package search_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atrium/shared/apitest"
	"atrium/shared/search"
	"atrium/shared/table"
	"atrium/shared/text"
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

// thing is what is searched: a name, and an address perhaps.
type thing struct{ name, address string }

// words are what it is found by, as users are.
func (t thing) words() []string {
	words := search.Words(t.name)
	if t.address != "" {
		words = append(words, t.address)
	}
	slices.Sort(words)
	return words
}

// meets is the contract: each part of what is typed begins the address, or
// each word of it begins one of the name's, or the address.
func (t thing) meets(q string) bool {
	found := false
	for part := range strings.FieldsSeq(q) {
		begun := text.Words(part)
		if len(begun) == 0 {
			continue
		}
		found = true
		apart := !strings.Contains(part, "@")
		for _, start := range begun {
			apart = apart && slices.ContainsFunc(t.words(), func(w string) bool { return strings.HasPrefix(w, start) })
		}
		if !apart && !strings.HasPrefix(t.address, strings.ToLower(part)) {
			return false
		}
	}
	return found
}

// Whatever the names and addresses, and whatever is typed: found is what
// matches, each once.
func TestFindFindsWhatMatchesOnce(t *testing.T) {
	w := apitest.New(t)
	vocabulary := []string{"del", "delta", "delft", "mar", "marina", "o'neill", "straße", "東京", "7", "Saint-Denis", "jean-luc", "luc", "denis", "(jean)", "_lead", "lead"}
	addresses := []string{"", "", "jean-luc@example.com", "jean.l@luc.example", "luc@jean.example", "o'neill-x@example.com", "_lead@example.com", "lead@example.com",
		"-x@example.com", "mar+del@mar.example", "saint-denis@example.com", "'del'@example.com", "d@xn--strae-oqa.example", "#7@example.com"}
	typed := []string{"d", "de", "DEL", "delt", "mar", "mar del", "m d 7", "o'", "stras", "東", "x", "del x", "7 7",
		"jean-luc", "jean-l", "jean-", "JEAN-LUC@ex", "luc", "luc jean-luc", "luc-jean", "jean-luc luc-jean", "jean.l", "jean.luc", "o'neill-x", "o'neill-x mar", "_lead", "_le", "lead", "_", "lead _lead",
		"-x", "-luc", "mar+del", "mar+", "del@", "mar+del@", "denis", "saint-d", "saint-denis", "saint-denis@", "(jean", "'del", "'del'@e", "#7", "#7 del", "& del"}
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		partition := fmt.Sprintf("%s#%d-word", w.Workspace, run)
		things := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) thing {
			name := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 4).Draw(rt, "name")
			return thing{strings.Join(name, " "), rapid.SampledFrom(addresses).Draw(rt, "address")}
		}), 1, 12).Draw(rt, "things")
		q := rapid.SampledFrom(typed).Draw(rt, "q")
		var want []string
		for i, thing := range things {
			id := fmt.Sprintf("thing_%02d", i)
			if err := w.Table.Commit(t.Context(), search.Add(partition, id, thing.words())...); err != nil {
				rt.Fatal(err)
			}
			if thing.meets(q) {
				want = append(want, id)
			}
		}
		got := find(t, w, partition, q, rapid.IntRange(1, 5).Draw(rt, "limit"))
		slices.Sort(got)
		if !slices.Equal(got, want) {
			rt.Errorf("q=%q of %q: found %q, want %q", q, things, got, want)
		}
	})
}

// numbers are those from one to another, as words of a name.
func numbers(from, to int) string {
	var name strings.Builder
	for i := from; i <= to; i++ {
		fmt.Fprintf(&name, "%d ", i)
	}
	return name.String()
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
		"half of a double name":     {"Saint-Denis", "denis", true},
		"a double name, in part":    {"Saint-Denis", "saint-d", true},
		"both halves must match":    {"Saint-Denis", "saint-p", false},
		"a long word to its end":    {strings.Repeat("ab", 60), strings.Repeat("ab", 60), true},
		"a word that goes on":       {strings.Repeat("ab", 60), strings.Repeat("ab", 60) + "a", false},
		"a long word of others":     {strings.Repeat("é", 119) + "x", strings.Repeat("é", 119) + "y", false},
		"the 47th word":             {numbers(1, 60), "47", true},
		"no further one":            {numbers(1, 60), "48", false},
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

// TestAPageOfManyWordsAsksFourOfThem: the longest, whatever was typed.
func TestAPageOfManyWordsAsksFourOfThem(t *testing.T) {
	w := apitest.New(t)
	partition := w.Workspace + "#word"
	name := "a b c d e f g h i j k l m n o p q r s t u v w x y z zzyzx"
	if err := w.Table.Commit(t.Context(), search.Add(partition, "thing", search.Words(name))...); err != nil {
		t.Fatal(err)
	}
	w.Meter.Take()
	ids, _, err := search.Find(t.Context(), w.Table, partition, name, 10, nil)
	if calls := w.Meter.Take(); err != nil || !slices.Equal(ids, []string{"thing"}) || len(calls) != 4 {
		t.Errorf("found %q, %d calls, %v", ids, len(calls), err)
	}
}

// TestANameOfTheMostWordsIsExchangedForAnother: with all else that one change
// can touch, it fits a transaction.
func TestANameOfTheMostWordsIsExchangedForAnother(t *testing.T) {
	w := apitest.New(t)
	for _, path := range []string{"/organizations", "/agents"} {
		made := w.Owner().Post(path, map[string]any{"name": ideographs(0), "externalId": "x"}).Want(http.StatusCreated).ID()
		body := map[string]any{"name": ideographs(60), "externalId": "y"}
		if path == "/organizations" {
			w.Owner().Put(path+"/"+made+"/logo", dot(t), apitest.Headers{"Content-Type": "image/png"}).Want(http.StatusOK)
			body["logoUrl"] = nil
		}
		w.Owner().Patch(path+"/"+made, body).Want(http.StatusOK)
		for q, want := range map[string]int{word(0): 0, word(46): 0, word(60): 1, word(106): 1, word(107): 0} {
			if got := w.Owner().All(path+"?q="+url.QueryEscape(q), "id"); len(got) != want {
				t.Errorf("%s?q=%s finds %d, want %d", path, q, len(got), want)
			}
		}
	}
}

// TestTheLongestWordsFitTheirKeys: those that take the most bytes, folded.
func TestTheLongestWordsFitTheirKeys(t *testing.T) {
	w := apitest.New(t)
	org := w.Owner().Post("/organizations", `{"name":"n"}`).Want(http.StatusCreated).ID()
	for _, letter := range []string{"a", "ß", "ᾷ", "𐌰", "ﬃ", "é", "हि"} {
		name := strings.Repeat(letter, 120/len([]rune(letter)))
		for path, email := range map[string]any{"/organizations": nil, "/agents": nil, "/organizations/" + org + "/users": fmt.Sprintf("u%x@example.com", letter)} {
			body := map[string]any{"name": name}
			if email != nil {
				body["email"] = email
			}
			w.Owner().Post(path, body).Want(http.StatusCreated)
			if got := w.Owner().All(path+"?q="+url.QueryEscape(name), "name"); !slices.Equal(got, []string{name}) {
				t.Errorf("%s: %q finds %q", path, name, got)
			}
		}
	}
}

// word is a word of one letter, and ideographs a name of the 60 from one on.
func word(i int) string { return string(rune('一' + i)) }

func ideographs(from int) string {
	words := make([]string, 60)
	for i := range words {
		words[i] = word(from + i)
	}
	return strings.Join(words, " ")
}

// dot is a picture.
func dot(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
