// Package dashboard serves the web app, whose sources are in src: one app for the
// agency's staff and for its clients' people. It exists so that whoever shows it,
// this machine or CloudFront, tells browsers the same of it.
//
// What opens something rides in the fragment of a link, which browsers send to
// nobody: only a script of the page can use it, and does when a person presses
// a button. Scanners of mail follow links and run scripts; they find a page that
// waits. It is for the same reason that no page is made for a person here: all
// are the same few files for everybody, and speak to the API themselves.
//
// The API is beside the pages, on each host that shows them: under /v1. So there
// is no CORS, and pages may speak to their own origin alone; only pictures may
// come from elsewhere, as logos do, and what agents' own tabs show, in frames.
package dashboard

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// Built is where `make dashboard` puts the app, below the repository's root.
const Built = "dashboard/dist"

// Headers go with every answer; infra/dashboard.yaml has CloudFront send the same.
// Scripts set colours of brands as properties of styles, which is no inline style
// to a browser.
var Headers = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; " +
		"frame-src https:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
	"Referrer-Policy":            "no-referrer",
	"X-Content-Type-Options":     "nosniff",
	"Cross-Origin-Opener-Policy": "same-origin",
}

// How long browsers keep files: the name of an asset changes with what is in it;
// the one page is asked for each time, and mostly answered 304.
const (
	ForGood = "public, max-age=31536000, immutable"
	NotLong = "no-cache"
)

// App is the web app as it was built.
type App struct {
	files map[string]file
}

// file is one content, as it is and compressed.
type file struct {
	name, tag     string
	plain, zipped []byte
}

// page is the one document; assets are what it loads.
const (
	page   = "index.html"
	assets = "assets/"
)

// Open reads the app that was built below a repository's root.
func Open(root string) (*App, error) {
	folder := os.DirFS(filepath.Join(root, filepath.FromSlash(Built)))
	if _, err := fs.Stat(folder, page); errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("the dashboard is not built: run make dashboard")
	}
	app := &App{files: map[string]file{}}
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		app.files[name], err = read(name, content)
		return err
	})
	return app, err
}

func read(name string, content []byte) (file, error) {
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return file{}, err
	}
	if _, err := w.Write(content); err != nil {
		return file{}, err
	}
	if err := w.Close(); err != nil {
		return file{}, err
	}
	sum := sha256.Sum256(content)
	return file{name: name, tag: `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`, plain: content, zipped: zipped.Bytes()}, nil
}

// ServeHTTP answers GET and HEAD: with an asset, and for whatever else has no
// extension with the one page, as it is there that addresses mean something.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for name, value := range Headers {
		w.Header().Set(name, value)
	}
	w.Header().Set("Cache-Control", NotLong)
	name := page
	if path.Ext(r.URL.Path) != "" || strings.HasPrefix(r.URL.Path, "/"+assets) {
		name = strings.TrimPrefix(r.URL.Path, "/")
	}
	found, ok := a.files[name]
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "The dashboard is only looked at.", http.StatusMethodNotAllowed)
	case !ok || r.URL.Path == "/"+page:
		http.NotFound(w, r)
	default:
		if strings.HasPrefix(name, assets) {
			w.Header().Set("Cache-Control", ForGood)
		}
		found.serve(w, r)
	}
}

// serve sends one content, compressed to who takes that, and 304 to who has it.
func (f file) serve(w http.ResponseWriter, r *http.Request) {
	content := f.plain
	w.Header().Set("Content-Type", kind(f.name))
	w.Header().Set("ETag", f.tag)
	w.Header().Set("Vary", "Accept-Encoding")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && r.Header.Get("Range") == "" {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Length", strconv.Itoa(len(f.zipped)))
		content = f.zipped
	}
	http.ServeContent(w, r, f.name, time.Time{}, bytes.NewReader(content))
}

// kind is the media type of a file, told here as those of machines differ.
func kind(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	default:
		return "text/html; charset=utf-8"
	}
}
