package dashboard_test

import (
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"atrium/dashboard"
	"atrium/shared/apitest"
)

var built = sync.OnceValues(func() (*dashboard.App, error) { return dashboard.Open(apitest.Root()) })

// app is the web app as it was built.
func app(t *testing.T) *dashboard.App {
	t.Helper()
	app, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// ask sends a request to the pages alone.
func ask(t *testing.T, method, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	app(t).ServeHTTP(w, r)
	return w
}

// assets are the addresses of all files but the page.
func assets(t *testing.T) (all []string) {
	t.Helper()
	names, err := fs.Glob(os.DirFS(filepath.Join(apitest.Root(), filepath.FromSlash(dashboard.Built))), "assets/*")
	if err != nil || len(names) < 10 {
		t.Fatalf("%d assets: %v", len(names), err)
	}
	for _, name := range names {
		all = append(all, "/"+name)
	}
	return all
}

var views = []string{"/", "/sign-in", "/invitation", "/clients", "/organizations/org_1/users", "/view/agt_1/tab:reports"}

func TestEveryFileIsServedWithItsHeaders(t *testing.T) {
	t.Parallel()
	kinds := map[string]string{"": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
	for _, path := range append(assets(t), views...) {
		kept := "no-cache"
		if strings.HasPrefix(path, "/assets/") {
			kept = "public, max-age=31536000, immutable"
		}
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			r := ask(t, method, path)
			if r.Code != http.StatusOK || r.Header().Get("Content-Type") != kinds[filepath.Ext(path)] || r.Header().Get("Cache-Control") != kept {
				t.Errorf("%s %s: %d %v", method, path, r.Code, r.Header())
			}
			if empty := r.Body.Len() == 0; empty != (method == http.MethodHead) {
				t.Errorf("%s %s: empty is %v", method, path, empty)
			}
			for name, value := range dashboard.Headers {
				if got := r.Header().Get(name); got != value {
					t.Errorf("%s %s: %s is %q", method, path, name, got)
				}
			}
		}
	}
}

func TestWhoTakesItGetsItCompressed(t *testing.T) {
	t.Parallel()
	for _, path := range append(assets(t), "/") {
		plain, zipped := ask(t, http.MethodGet, path), ask(t, http.MethodGet, path, "Accept-Encoding", "br, gzip")
		reader, err := gzip.NewReader(zipped.Body)
		if err != nil || zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Header().Get("Vary") != "Accept-Encoding" {
			t.Fatalf("%s: %v %v", path, zipped.Header(), err)
		}
		if got, err := io.ReadAll(reader); err != nil || string(got) != plain.Body.String() {
			t.Errorf("%s is another thing when it is compressed: %v", path, err)
		}
	}
}

func TestWhoHasAFileIsNotSentItAgain(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/invitation", assets(t)[0]} {
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
	for _, path := range []string{"/index.html", "/assets/", "/assets/none.js", "/assets/none", "/dashboard.go", "/.env"} {
		r := ask(t, http.MethodGet, path)
		if r.Code != http.StatusNotFound || r.Header().Get("Content-Security-Policy") == "" || r.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d %v", path, r.Code, r.Header())
		}
	}
}

// Whose software it is stands in nothing that a browser gets, and nothing in
// the document needs more than its policy allows.
func TestFilesKeepToTheirPolicy(t *testing.T) {
	t.Parallel()
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|<script[^>]*>[^<]`)
	for _, path := range append(assets(t), "/") {
		got := ask(t, http.MethodGet, path).Body.String()
		if strings.Contains(strings.ToLower(got), "atrium") {
			t.Errorf("%s says whose software it is", path)
		}
		if filepath.Ext(path) == "" && inline.MatchString(got) {
			t.Errorf("%s: %q", path, inline.FindString(got))
		}
	}
}

func TestAnAppThatIsNotBuiltSaysSo(t *testing.T) {
	t.Parallel()
	if _, err := dashboard.Open(t.TempDir()); err == nil || !strings.Contains(err.Error(), "make dashboard") {
		t.Errorf("%v", err)
	}
}
