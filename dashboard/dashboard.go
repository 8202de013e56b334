// Package dashboard is what clients and the agency's staff see in a browser. So
// far it is the two pages that the button of a mail opens: /invitation and
// /sign-in. They exist so that nobody has to know the API to be let in.
//
// What opens something rides in the fragment of a link, which browsers send to
// nobody: only a script of the page can use it, and does when a person presses
// a button. Scanners of mail follow links and run scripts; they find a page that
// waits. It is for the same reason that no page is made for a person here: all
// are the same few files for everybody, and speak to the API themselves.
//
// The API is beside the pages, on each host that shows them: under /v1. So there
// is no CORS, and pages may speak to their own origin alone; only pictures may
// come from elsewhere, as logos do.
package dashboard

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"time"
)

//go:embed pages
var files embed.FS

// Paths are what Handler serves, as patterns of a http.ServeMux.
var Paths = []string{"/invitation", "/sign-in", "/assets/"}

// Headers go with every answer; infra/dashboard.yaml has CloudFront send the same.
// The scripts set colours of brands as properties of styles, which is no inline
// style to a browser.
var Headers = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; " +
		"frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
	"Referrer-Policy":            "no-referrer",
	"X-Content-Type-Options":     "nosniff",
	"Cross-Origin-Opener-Policy": "same-origin",
	// No file's name changes with what is in it: browsers ask each time, and are
	// answered 304.
	"Cache-Control": "no-cache",
}

// Type is the media type of a file, told here as those of machines differ. A page
// has no extension, as its address has none.
func Type(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	default:
		return "text/html; charset=utf-8"
	}
}

// Handler serves the pages, and nothing else: it answers GET and HEAD.
func Handler() http.Handler {
	mux := http.NewServeMux()
	for name, content := range Files() {
		mux.Handle("GET /"+name, file(name, content))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range Headers {
			w.Header().Set(name, value)
		}
		mux.ServeHTTP(w, r)
	})
}

// Files are all that there is to serve, by their paths, without a slash at the front.
func Files() map[string][]byte {
	all := map[string][]byte{"invitation": page("invitation", "Invitation"), "sign-in": page("sign-in", "Sign in")}
	for _, pattern := range []string{"pages/*.css", "pages/*.js", "pages/words/*.js"} {
		names, _ := fs.Glob(files, pattern) // the patterns are well-formed
		for _, name := range names {
			content, err := files.ReadFile(name)
			if err != nil {
				panic(err)
			}
			all["assets/"+name[len("pages/"):]] = content
		}
	}
	return all
}

// shell is the document of all pages; their scripts fill it.
var shell = template.Must(template.ParseFS(files, "pages/page.html"))

// page is the document that a script fills. The title stands until it does.
func page(script, title string) []byte {
	var document bytes.Buffer
	if err := shell.Execute(&document, struct{ Script, Title string }{script, title}); err != nil {
		panic(err) // a fault in what is embedded: no test passes
	}
	return document.Bytes()
}

// file serves one content, and 304 to who has it.
func file(name string, content []byte) http.Handler {
	sum := sha256.Sum256(content)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", Type(name))
		w.Header().Set("ETag", tag)
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
	})
}
