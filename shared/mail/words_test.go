package mail

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	tree "text/template/parse"

	"atrium/shared/access"
	"atrium/shared/text"
)

// TestEveryPhraseInEveryLanguage compares each language with English: the same
// phrases, which say the same names, and no sentence left in English.
func TestEveryPhraseInEveryLanguage(t *testing.T) {
	if !slices.Equal(languages, text.Languages) {
		t.Fatalf("mails are written in %q; Atrium speaks %q", languages, text.Languages)
	}
	english := phrases(t, "en")
	for _, language := range languages[1:] {
		t.Run(language, func(t *testing.T) {
			own := phrases(t, language)
			if want, got := slices.Sorted(maps.Keys(english)), slices.Sorted(maps.Keys(own)); !slices.Equal(got, want) {
				t.Fatalf("has the phrases\n%q; want\n%q", got, want)
			}
			for name, phrase := range own {
				if strings.TrimSpace(phrase) == "" {
					t.Errorf("%s is empty", name)
				}
				if want, got := says(english[name]), says(phrase); !slices.Equal(got, want) {
					t.Errorf("%s says %q; in English %q", name, got, want)
				}
				if words := action.ReplaceAllString(phrase, ""); len(strings.Fields(words)) > 2 && phrase == english[name] {
					t.Errorf("%s is still English: %s", name, phrase)
				}
			}
		})
	}
}

var (
	action  = regexp.MustCompile(`\{\{.*?\}\}`)
	content = regexp.MustCompile(`\{\{(?:name|word|template|if|else if) [^}]*\}\}`)
)

// says are the names and other phrases in a phrase, each once. How a date is
// put together, and which number is singular, is each language's own.
func says(phrase string) []string {
	all := content.FindAllString(phrase, -1)
	all = slices.DeleteFunc(all, func(s string) bool { return strings.Contains(s, "eq .Day") })
	slices.Sort(all)
	return slices.Compact(all)
}

// phrases are a language's, by name.
func phrases(t *testing.T, language string) map[string]string {
	t.Helper()
	file, err := files.ReadFile("words/" + language + ".tmpl")
	if err != nil {
		t.Fatal(err)
	}
	functions := map[string]any{"name": fmt.Sprint, "word": fmt.Sprint, "or": fmt.Sprint, "eq": fmt.Sprint, "ne": fmt.Sprint}
	trees, err := tree.Parse(language, string(file), "", "", functions)
	if err != nil {
		t.Fatal(err)
	}
	delete(trees, language)
	all := map[string]string{}
	for name, t := range trees {
		all[name] = t.Root.String()
	}
	return all
}

// TestEveryValueHasItsWord asks for what the API's values are called.
func TestEveryValueHasItsWord(t *testing.T) {
	var values []string
	for _, section := range access.BuiltIn {
		values = append(values, "section."+section)
	}
	for _, grant := range []access.Grant{access.None, access.View, access.Edit} {
		values = append(values, "grant."+string(grant))
	}
	for _, role := range []string{"org_admin", "user", "owner", "admin", "member"} {
		values = append(values, "role."+role)
	}
	for month := range 12 {
		values = append(values, fmt.Sprintf("month.%d", month+1))
	}
	for _, language := range languages {
		seen := map[string]string{}
		all := phrases(t, language)
		for _, value := range values {
			kind, _, _ := strings.Cut(value, ".")
			word := all[value]
			if twin, ok := seen[kind+word]; word == "" || ok && value != "role.admin" {
				t.Errorf("%s: %s is called %q, as is %s", language, value, word, twin)
			}
			seen[kind+word] = value
		}
	}
}

func TestSpokenLanguages(t *testing.T) {
	for asked, want := range map[string]string{"de": "de", "pt-BR": "pt", "FR_ca": "fr", "nl": "en", "": "en", "../../x": "en", "english": "en"} {
		if got := spoken(asked); got != want {
			t.Errorf("%q is answered in %q; want %q", asked, got, want)
		}
	}
}
