package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"atrium/shared/apitest"
	"atrium/shared/problem"
)

// What is refused of every request alike, whatever the operation.
func TestRequestsAreRefused(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	asJSON := "application/json"
	for name, tc := range map[string]struct {
		method, path, media, body string
		status                    int
		code                      problem.Code
		place                     string
	}{
		"a parameter twice":        {"GET", "/organizations?limit=1&limit=2", "", "", 422, problem.Invalid, "query.limit"},
		"a filter twice":           {"GET", "/organizations?status=active&status=suspended", "", "", 422, problem.Invalid, "query.status"},
		"a number of nothing":      {"GET", "/organizations?limit=", "", "", 422, problem.Invalid, "query.limit"},
		"a choice of nothing":      {"GET", "/organizations?status=", "", "", 422, problem.Invalid, "query.status"},
		"a flag of nothing":        {"GET", "/agents?assigned=", "", "", 422, problem.Invalid, "query.assigned"},
		"no number":                {"GET", "/organizations?limit=x", "", "", 422, problem.Invalid, "query.limit"},
		"a broken escape":          {"GET", "/organizations?status=%zz", "", "", 400, problem.Malformed, "query"},
		"a semicolon":              {"GET", "/organizations?status=active;limit=1", "", "", 400, problem.Malformed, "query"},
		"a query of control codes": {"GET", "/organizations?q=%00", "", "", 422, problem.Invalid, "query.q"},
		"a query of broken UTF-8":  {"GET", "/organizations?q=%ff", "", "", 422, problem.Invalid, "query.q"},
		"a query turned round":     {"GET", "/organizations?q=%E2%80%AE", "", "", 422, problem.Invalid, "query.q"},
		"another charset":          {"POST", "/organizations", "application/json; charset=iso-8859-1", `{"name":"a"}`, 415, problem.UnsupportedMedia, "header.Content-Type"},
		"no media type at all":     {"POST", "/organizations", "json; =", `{"name":"a"}`, 415, problem.UnsupportedMedia, "header.Content-Type"},
		"a twin":                   {"POST", "/organizations", asJSON, `{"name":"a","name":"b"}`, 400, problem.Malformed, "body"},
		"a twin in other letters":  {"POST", "/organizations", asJSON, `{"name":"a","NAME":"b"}`, 422, problem.Invalid, "body.NAME"},
		"a long s":                 {"POST", "/organizations", asJSON, `{"name":"a","ſtatus":"suspended"}`, 422, problem.Invalid, "body.ſtatus"},
		"a number too large":       {"POST", "/organizations", asJSON, `{"name":1e999}`, 400, problem.Malformed, "body"},
		"a byte too many":          {"POST", "/organizations", asJSON, ofSize(1<<20 + 1), 413, problem.TooLarge, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w.T = t
			got := w.Owner().Do(tc.method, tc.path, tc.body, apitest.Headers{"Content-Type": tc.media})
			if tc.place == "" {
				got.Refused(tc.status, tc.code)
			} else {
				got.Refused(tc.status, tc.code, tc.place)
			}
			for _, foreign := range []string{"json:", "Go ", "strconv", "<nil>", "2006-01-02"} {
				if strings.Contains(string(got.Body), foreign) {
					t.Errorf("speaks of %q: %s", foreign, got.Body)
				}
			}
		})
	}
	w.T = t
	if left := w.Owner().All("/organizations", "name"); len(left) != 0 {
		t.Errorf("refused, yet stored: %q", left)
	}
}

// ofSize is a body of so many bytes, with a member too many in it.
func ofSize(bytes int) string {
	const around = `{"name":"a","x":""}`
	return around[:len(around)-2] + strings.Repeat("x", bytes-len(around)) + around[len(around)-2:]
}

func TestRequestsAreTakenAsTheyAreMeant(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	w.Owner().Get("/organizations?q=").Want(http.StatusOK)
	w.Owner().Post("/organizations", `{"name":"a"}`, apitest.Headers{"Content-Type": "Application/JSON; Charset=UTF-8"}).Want(http.StatusCreated)
	// As many bytes as there may be: what is refused is the member, not the size.
	w.Owner().Post("/organizations", ofSize(1<<20)).Refused(http.StatusUnprocessableEntity, problem.Invalid, "body.x")
}

func TestAnswersAreNobodyElsesToKeep(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	w.Workspace = w.Nobody().Post("/workspaces", `{"name":"A","owner":{"name":"O","email":"o@x.example"}}`).Want(http.StatusCreated).ID()
	w.Owner().Patch("/workspace", `{"dashboardHost":"a.example"}`).Want(http.StatusOK)
	for path, want := range map[string]string{
		"/workspace": "no-store", "/organizations": "no-store", "/organizations/org_x": "no-store",
		"/branding?host=b.example": "no-store", "/branding?host=a.example": "public, max-age=60",
	} {
		if got := w.Owner().Get(path).Header.Get("Cache-Control"); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

// Who makes a hundred thousand mistakes is told of a hundred, in few bytes.
func TestRefusalsStaySmall(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	var body strings.Builder
	body.WriteString(`{"name":"a"`)
	for n := range 20_000 {
		fmt.Fprintf(&body, `,"x%d":0`, n)
	}
	fmt.Fprintf(&body, `,%q:0}`, strings.Repeat("y", 100_000))
	got := w.Owner().Post("/organizations", body.String()).Refused(http.StatusUnprocessableEntity, problem.Invalid)
	if len(got.Body) > 50_000 {
		t.Errorf("%d bytes of faults", len(got.Body))
	}
}
