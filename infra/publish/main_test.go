package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"atrium/dashboard"
)

// What is published is what `make run` serves, each file as what it is.
func TestWhatIsPublishedIsWhatIsServed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "of-before"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := write(folder); err != nil {
		t.Fatal(err)
	}
	served := dashboard.Handler()
	count := 0
	for _, kind := range []string{"pages", "assets"} {
		root := filepath.Join(folder, kind)
		for name, content := range dashboard.Files() {
			published, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
			if err != nil {
				continue
			}
			count++
			answer := httptest.NewRecorder()
			served.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/"+name, nil))
			if !bytes.Equal(published, content) || !bytes.Equal(published, answer.Body.Bytes()) {
				t.Errorf("%s is not what is served", name)
			}
			if html := answer.Header().Get("Content-Type") == "text/html; charset=utf-8"; html != (kind == "pages") {
				t.Errorf("%s is among the %s", name, kind)
			}
		}
	}
	if count != len(dashboard.Files()) {
		t.Errorf("%d files, of %d", count, len(dashboard.Files()))
	}
	if _, err := os.Stat(filepath.Join(folder, "of-before")); err == nil {
		t.Error("what was there before is still there")
	}
}
