package logo_test

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/lambdahttp"
	"atrium/shared/logo"
	"atrium/shared/problem"
)

func TestGetIsPublicAndForEver(t *testing.T) {
	t.Parallel()
	w, org := world(t)
	for _, path := range []string{"/organizations/" + org, "/workspace"} {
		at := address(w.Owner().Put(path+"/logo", asPNG(t, plain(2, 2, red)), isPNG).Want(http.StatusOK))
		w.Workspace = "ws_01jd6v0c8ge2rs2k9v2q1m4t7x"
		for _, caller := range []apitest.Caller{w.Nobody(), w.Owner()} {
			a := caller.Get(at).Want(http.StatusOK)
			for name, want := range map[string]string{
				"Content-Type": "image/png", "Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff",
			} {
				if got := a.Header.Get(name); got != want {
					t.Errorf("%s: %s %q, want %q", path, name, got, want)
				}
			}
			tag := a.Header.Get("ETag")
			b := caller.Get(at, apitest.Headers{"If-None-Match": `"x", W/` + tag}).Want(http.StatusNotModified)
			if len(b.Body) > 0 || b.Header.Get("ETag") != tag || b.Header.Get("Cache-Control") == "" {
				t.Errorf("%s: 304 with %d bytes and %v", path, len(b.Body), b.Header)
			}
			caller.Get(at, apitest.Headers{"If-None-Match": `"x"`}).Want(http.StatusOK)
		}
		w.Workspace = "ws_" + at[strings.LastIndexByte(at, '/')+1:strings.LastIndexByte(at, '-')]
	}
}

func TestGetRefuses(t *testing.T) {
	t.Parallel()
	w, org := world(t)
	at := address(w.Owner().Put("/organizations/"+org+"/logo", asPNG(t, plain(2, 2, red)), isPNG).Want(http.StatusOK))
	own := at[strings.LastIndexByte(at, '/')+1:]
	ws, hash, _ := strings.Cut(own, "-")
	w.Meter.Take()
	for name, tc := range map[string]struct {
		path  string
		calls int
	}{
		"another hash":          {"/organizations/" + org + "/logo/" + ws + "-" + strings.Repeat("0", 32), 1},
		"another owner":         {"/workspace/logo/" + own, 1},
		"another workspace":     {"/organizations/" + org + "/logo/01jd6v0c8ge2rs2k9v2q1m4t7x-" + hash, 1},
		"no workspace":          {"/organizations/" + org + "/logo/" + hash, 0},
		"a malformed workspace": {"/organizations/" + org + "/logo/x%23-" + hash, 0},
		"a short hash":          {"/organizations/" + org + "/logo/" + ws + "-abc", 0},
		"a hash in capitals":    {"/organizations/" + org + "/logo/" + ws + "-" + strings.Repeat("A", 32), 0},
		"a hash with more":      {"/organizations/" + org + "/logo/" + own + "-x", 0},
		"no organization":       {"/organizations/x%23/logo/" + own, 0},
	} {
		t.Run(name, func(t *testing.T) {
			w.T = t
			w.Nobody().Get(tc.path).Refused(http.StatusNotFound, problem.NotFound)
			if used := w.Meter.Take(); len(used) != tc.calls {
				t.Errorf("asked the table %d times, want %d", len(used), tc.calls)
			}
		})
	}
}

func TestWithoutAHashItRedirects(t *testing.T) {
	t.Parallel()
	w, org := world(t)
	path := "/organizations/" + org
	w.Owner().Get(path+"/logo").Refused(http.StatusNotFound, problem.NotFound)
	w.Owner().Get("/workspace/logo").Refused(http.StatusNotFound, problem.NotFound)
	at := w.Owner().Put(path+"/logo", asPNG(t, plain(2, 2, red)), isPNG).Want(http.StatusOK).At("logoUrl")
	for _, caller := range []apitest.Caller{w.Member(), w.Client(access.User, org, "usr_u"), w.Key(org, access.OrganizationsRead)} {
		if a := caller.Get(path + "/logo").Want(http.StatusFound); a.Header.Get("Location") != at {
			t.Errorf("Location %q, want %q", a.Header.Get("Location"), at)
		}
	}
	at = w.Owner().Put("/workspace/logo", asPNG(t, plain(2, 2, red)), isPNG).Want(http.StatusOK).At("logoUrl")
	if a := w.Member().Get("/workspace/logo").Want(http.StatusFound); a.Header.Get("Location") != at {
		t.Errorf("Location %q, want %q", a.Header.Get("Location"), at)
	}
	w.Nobody().Get(path+"/logo").Refused(http.StatusUnauthorized, problem.Unauthenticated)
	w.Client(access.User, org, "usr_u").Get("/workspace/logo").Refused(http.StatusForbidden, problem.Forbidden)
	w.Owner().Get("/organizations/org_01jd6v0c8ge2rs2k9v2q1m4t7x/logo").Refused(http.StatusNotFound, problem.NotFound)
	w.Owner().Patch(path, `{"status":"suspended"}`).Want(http.StatusOK)
	w.Client(access.User, org, "usr_u").Get(path+"/logo").Refused(http.StatusForbidden, problem.OrganizationShut)
}

// TestThroughLambda holds that API Gateway gets the bytes in base64: anything
// else would reach a browser broken.
func TestThroughLambda(t *testing.T) {
	t.Parallel()
	w, _ := world(t)
	at := address(w.Owner().Put("/workspace/logo", asPNG(t, plain(2, 2, red)), isPNG).Want(http.StatusOK))
	want := w.Nobody().Get(at).Body
	event := events.APIGatewayV2HTTPRequest{Version: "2.0", RawPath: "/v1" + at}
	event.RequestContext.HTTP.Method, event.RequestContext.HTTP.Path = http.MethodGet, "/v1"+at
	answer, err := lambdahttp.Handler(w.Table, logo.Get)(t.Context(), event)
	if err != nil || answer.StatusCode != http.StatusOK || !answer.IsBase64Encoded {
		t.Fatalf("answer %+v, %v", answer, err)
	}
	if got, err := base64.StdEncoding.DecodeString(answer.Body); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, want %d; %v", len(got), len(want), err)
	}
}

func TestCost(t *testing.T) {
	t.Parallel()
	w, org := world(t)
	cost := func(what string, calls int, units float64, do func() *apitest.Answer) *apitest.Answer {
		w.Meter.Take()
		a := do()
		used, sum := w.Meter.Take(), 0.0
		for _, u := range used {
			sum += u.Units
		}
		if len(used) != calls || apitest.Exact() && sum != units {
			t.Errorf("%s: %d calls, %v units, want %d and %v: %+v", what, len(used), sum, calls, units, used)
		}
		return a
	}
	put := func(path string, side int) func() *apitest.Answer {
		return func() *apitest.Answer {
			return w.Owner().Put(path+"/logo", asPNG(t, plain(side, side, red)), isPNG).Want(http.StatusOK)
		}
	}
	// A read; two units for each of resource, activity and picture; one for each index.
	cost("an organization's first", 2, 13, put("/organizations/"+org, 2))
	cost("the workspace's first", 2, 9, put("/workspace", 2))
	// And two for the picture that goes.
	at := address(cost("the workspace's second", 2, 11, put("/workspace", 3)))
	cost("the same again", 1, 1, put("/workspace", 3))
	a := cost("show", 1, 1, func() *apitest.Answer { return w.Nobody().Get(at).Want(http.StatusOK) })
	cost("show what they have", 0, 0, func() *apitest.Answer {
		return w.Nobody().Get(at, apitest.Headers{"If-None-Match": a.Header.Get("ETag")}).Want(http.StatusNotModified)
	})
}
