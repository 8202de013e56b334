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

// headers go with every answer. The scripts set colours of brands as properties
// of styles, which is no inline style to a browser.
var headers = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; " +
		"frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
	"Referrer-Policy":            "no-referrer",
	"X-Content-Type-Options":     "nosniff",
	"Cross-Origin-Opener-Policy": "same-origin",
	// No file's name changes with what is in it: browsers ask each time, and are
	// answered 304.
	"Cache-Control": "no-cache",
}

// types are told here, as those of machines differ.
var types = map[string]string{
	".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
}

// Handler serves the pages, and nothing else: it answers GET and HEAD.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /invitation", page("invitation", "Invitation"))
	mux.Handle("GET /sign-in", page("sign-in", "Sign in"))
	for name, content := range assets() {
		mux.Handle("GET /assets/"+name, file(name, content))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		mux.ServeHTTP(w, r)
	})
}

// shell is the document of all pages; their scripts fill it.
var shell = template.Must(template.ParseFS(files, "pages/page.html"))

// page is the document that a script fills. The title stands until it does.
func page(script, title string) http.Handler {
	var document bytes.Buffer
	if err := shell.Execute(&document, struct{ Script, Title string }{script, title}); err != nil {
		panic(err) // a fault in what is embedded: no test passes
	}
	return file("page.html", document.Bytes())
}

// assets are what pages load, by their names.
func assets() map[string][]byte {
	all := map[string][]byte{}
	for _, pattern := range []string{"pages/*.css", "pages/*.js", "pages/words/*.js"} {
		names, _ := fs.Glob(files, pattern) // the patterns are well-formed
		for _, name := range names {
			content, err := files.ReadFile(name)
			if err != nil {
				panic(err)
			}
			all[name[len("pages/"):]] = content
		}
	}
	return all
}

// file serves one content, and 304 to who has it.
func file(name string, content []byte) http.Handler {
	sum := sha256.Sum256(content)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", types[path.Ext(name)])
		w.Header().Set("ETag", tag)
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
	})
}
