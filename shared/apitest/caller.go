package apitest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/problem"
)

// Caller sends requests as a principal.
type Caller struct {
	world     *World
	Principal access.Principal
}

// Headers are those of a request.
type Headers map[string]string

// Do sends a request. body is nothing (nil), raw (string or []byte), or
// anything that becomes JSON. path begins after /v1.
func (c Caller) Do(method, path string, body any, headers ...Headers) *Answer {
	c.world.T.Helper()
	ctx := c.world.T.Context()
	if c.world.Patience > 0 {
		limited, cancel := context.WithTimeout(ctx, c.world.Patience)
		defer cancel()
		ctx = limited
	}
	r := httptest.NewRequestWithContext(ctx, method, "/v1"+path, reader(c.world.T, body))
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		for name, value := range h {
			r.Header.Set(name, value)
		}
	}
	r = r.WithContext(api.WithCaller(r.Context(), api.Caller{
		Principal: c.Principal, RequestID: "req-test", IP: "192.0.2.1", BaseURL: "https://api.example",
	}))
	w := httptest.NewRecorder()
	c.world.server.ServeHTTP(w, r)
	answer := &Answer{T: c.world.T, Request: method + " " + path, Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
	checkDescribed(c.world.T, r, answer)
	return answer
}

// Get sends a GET.
func (c Caller) Get(path string, h ...Headers) *Answer { return c.Do(http.MethodGet, path, nil, h...) }

// Post sends a POST.
func (c Caller) Post(path string, body any, h ...Headers) *Answer {
	return c.Do(http.MethodPost, path, body, h...)
}

// Put sends a PUT.
func (c Caller) Put(path string, body any, h ...Headers) *Answer {
	return c.Do(http.MethodPut, path, body, h...)
}

// Patch sends a PATCH.
func (c Caller) Patch(path string, body any, h ...Headers) *Answer {
	return c.Do(http.MethodPatch, path, body, h...)
}

// Delete sends a DELETE.
func (c Caller) Delete(path string, h ...Headers) *Answer {
	return c.Do(http.MethodDelete, path, nil, h...)
}

func reader(t testing.TB, body any) io.Reader {
	t.Helper()
	switch b := body.(type) {
	case nil:
		return nil
	case string:
		return strings.NewReader(b)
	case []byte:
		return bytes.NewReader(b)
	default:
		encoded, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		return bytes.NewReader(encoded)
	}
}

// Answer is what came back.
type Answer struct {
	T       testing.TB
	Request string
	Status  int
	Header  http.Header
	Body    []byte
}

// Want fails the test unless the status is this one.
func (a *Answer) Want(status int) *Answer {
	a.T.Helper()
	if a.Status != status {
		a.T.Fatalf("%s: status %d, want %d\n%s", a.Request, a.Status, status, a.Body)
	}
	return a
}

// Refused fails the test unless the answer is a problem document of this
// status and code, with errors at all of these places.
func (a *Answer) Refused(status int, code problem.Code, places ...string) *Answer {
	a.T.Helper()
	a.Want(status)
	var p problem.Problem
	if err := json.Unmarshal(a.Body, &p); err != nil {
		a.T.Fatalf("%s: no problem document: %s", a.Request, a.Body)
	}
	if got := a.Header.Get("Content-Type"); got != "application/problem+json" {
		a.T.Errorf("%s: Content-Type %q, want application/problem+json", a.Request, got)
	}
	if p.Code != code || p.Status != status || p.Title == "" || p.Detail == "" {
		a.T.Fatalf("%s: problem %+v, want code %s", a.Request, p, code)
	}
	for _, place := range places {
		if !has(p.Errors, place) {
			a.T.Errorf("%s: no error at %s in %+v", a.Request, place, p.Errors)
		}
	}
	return a
}

func has(fields []problem.Field, place string) bool {
	for _, f := range fields {
		if f.Location == place && f.Message != "" {
			return true
		}
	}
	return false
}

// Into decodes the body.
func (a *Answer) Into(v any) *Answer {
	a.T.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		a.T.Fatalf("%s: %v\n%s", a.Request, err, a.Body)
	}
	return a
}

// At is a member of the body by its path: "counts.users", "items.0.name".
func (a *Answer) At(path string) any {
	a.T.Helper()
	var value any
	a.Into(&value)
	for part := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[part]
		case []any:
			i := 0
			if _, err := fmt.Sscan(part, &i); err != nil || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

// ID is the body's id.
func (a *Answer) ID() string {
	a.T.Helper()
	s, _ := a.At("id").(string)
	if s == "" {
		a.T.Fatalf("%s: no id in %s", a.Request, a.Body)
	}
	return s
}

// Each is a member of every item of a listing: Each("name").
func (a *Answer) Each(member string) []string {
	a.T.Helper()
	var page struct{ Items []map[string]any }
	a.Into(&page)
	values := make([]string, len(page.Items))
	for i, item := range page.Items {
		values[i], _ = item[member].(string)
	}
	return values
}

// All follows nextCursor from page to page and returns a member of every item.
// path has a query already, or none.
func (c Caller) All(path, member string) []string {
	c.world.T.Helper()
	var all []string
	next := ""
	for range 10_000 {
		page := path
		if next != "" {
			separator := "?"
			if strings.Contains(path, "?") {
				separator = "&"
			}
			page += separator + "cursor=" + next
		}
		a := c.Get(page).Want(http.StatusOK)
		all = append(all, a.Each(member)...)
		if next, _ = a.At("nextCursor").(string); next == "" {
			return all
		}
	}
	c.world.T.Fatalf("%s: no end of pages", path)
	return nil
}
