package dashboard_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"atrium/dashboard"
	"atrium/shared/apitest"
	"atrium/shared/text"
)

// ask sends a request to the pages alone.
func ask(t *testing.T, method, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	dashboard.Handler().ServeHTTP(w, r)
	return w
}

// sources are the addresses of all files that are served.
func sources(t *testing.T) []string {
	t.Helper()
	all := []string{"/invitation", "/sign-in"}
	err := filepath.WalkDir("pages", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && filepath.Ext(path) != ".html" {
			all = append(all, "/assets/"+filepath.ToSlash(strings.TrimPrefix(path, "pages"+string(filepath.Separator))))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryFileIsServedWithItsHeaders(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
		"Referrer-Policy":         "no-referrer", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache",
	}
	kinds := map[string]string{"": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
	for _, path := range sources(t) {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			r := ask(t, method, path)
			if r.Code != http.StatusOK || r.Header().Get("Content-Type") != kinds[filepath.Ext(path)] {
				t.Errorf("%s %s: %d %s", method, path, r.Code, r.Header().Get("Content-Type"))
			}
			if empty := r.Body.Len() == 0; empty != (method == http.MethodHead) {
				t.Errorf("%s %s: empty is %v", method, path, empty)
			}
			for name, value := range want {
				if got := r.Header().Get(name); got != value {
					t.Errorf("%s %s: %s is %q", method, path, name, got)
				}
			}
		}
	}
}

func TestWhoHasAFileIsNotSentItAgain(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/invitation", "/assets/page.css"} {
		tag := ask(t, http.MethodGet, path).Header().Get("ETag")
		if got := ask(t, http.MethodGet, path, "If-None-Match", tag).Code; got != http.StatusNotModified {
			t.Errorf("%s: %d", path, got)
		}
	}
}

func TestNothingElseIsServed(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		r := ask(t, method, "/invitation")
		if r.Code != http.StatusMethodNotAllowed || r.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d, Allow %q", method, r.Code, r.Header().Get("Allow"))
		}
	}
	for _, path := range []string{"/", "/assets/", "/assets/page.html", "/assets/words/", "/assets/none.js", "/invitation/", "/dashboard.go"} {
		r := ask(t, http.MethodGet, path)
		if r.Code != http.StatusNotFound || r.Header().Get("Content-Security-Policy") == "" {
			t.Errorf("%s: %d", path, r.Code)
		}
	}
}

// Whose software it is stands in nothing that a browser gets, and nothing in
// the document needs more than its policy allows.
func TestFilesKeepToTheirPolicy(t *testing.T) {
	t.Parallel()
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|<script[^>]*>[^<]`)
	remote := regexp.MustCompile(`(?i)\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|https?://)`)
	for _, path := range sources(t) {
		got := ask(t, http.MethodGet, path).Body.String()
		if strings.Contains(strings.ToLower(got), "atrium") {
			t.Errorf("%s says whose software it is", path)
		}
		if filepath.Ext(path) == "" && inline.MatchString(got) {
			t.Errorf("%s: %q", path, inline.FindString(got))
		}
		if remote.MatchString(got) {
			t.Errorf("%s: %q", path, remote.FindString(got))
		}
	}
}

// words are a language's, by their keys.
func words(t *testing.T, language string) map[string]string {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("pages", "words", language+".js"))
	if err != nil {
		t.Fatal(err)
	}
	object := strings.TrimSuffix(strings.TrimPrefix(string(file), "export default "), ";\n")
	all := map[string]string{}
	if err := json.Unmarshal([]byte(object), &all); err != nil {
		t.Fatalf("%s: %v", language, err)
	}
	return all
}

func TestEveryLanguageSaysEverything(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("pages/words/*.js")
	if err != nil || len(files) != len(text.Languages) {
		t.Errorf("there are %d languages and %d files of words: %v", len(text.Languages), len(files), err)
	}
	english, place := words(t, "en"), regexp.MustCompile(`\{\w+\}`)
	places := func(sentence string) []string { return slices.Sorted(slices.Values(place.FindAllString(sentence, -1))) }
	for _, language := range text.Languages {
		own := words(t, language)
		if !slices.Equal(slices.Sorted(maps.Keys(own)), slices.Sorted(maps.Keys(english))) {
			t.Errorf("%s has other keys than English", language)
		}
		for key, sentence := range own {
			if sentence == "" || !slices.Equal(places(sentence), places(english[key])) {
				t.Errorf("%s: %s is %q, in English %q", language, key, sentence, english[key])
			}
		}
	}
}

// The scripts' own keys are all there, and no others are.
func TestEveryWordIsSaid(t *testing.T) {
	t.Parallel()
	var scripts strings.Builder
	for _, path := range sources(t) {
		if !strings.HasPrefix(path, "/assets/words/") {
			scripts.WriteString(ask(t, http.MethodGet, path).Body.String())
		}
	}
	english := words(t, "en")
	for _, said := range regexp.MustCompile(`say\('([^']+)'`).FindAllStringSubmatch(scripts.String(), -1) {
		if english[said[1]] == "" {
			t.Errorf("nobody has the words %s", said[1])
		}
	}
	made := regexp.MustCompile(`^(role|may|section|grant|invitation|staff|link)\.|\.(title|text)$|^(website|privacy|terms)$`)
	for key := range english {
		if !made.MatchString(key) && !strings.Contains(scripts.String(), "'"+key+"'") {
			t.Errorf("nobody says %s", key)
		}
	}
}

// What a mail calls a role or a section, the page that it leads to does, too.
func TestPagesSpeakAsMailsDo(t *testing.T) {
	t.Parallel()
	defined := regexp.MustCompile(`\{\{define "((?:role|may|section)\.\w+|grant\.(?:view|edit)|website|privacy|terms)"\}\}([^{]*)\{\{end\}\}`)
	for _, language := range text.Languages {
		mails, err := os.ReadFile(filepath.Join(apitest.Root(), "shared", "mail", "words", language+".tmpl"))
		if err != nil {
			t.Fatal(err)
		}
		own, found := words(t, language), defined.FindAllStringSubmatch(string(mails), -1)
		if len(found) < 20 {
			t.Errorf("%s: only %d words of mails were found", language, len(found))
		}
		for _, word := range found {
			if own[word[1]] != word[2] {
				t.Errorf("%s: %s is %q in mails and %q on pages", language, word[1], word[2], own[word[1]])
			}
		}
	}
}
