package lambdahttp_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/lambdahttp"
	"atrium/shared/logo"
	"atrium/shared/organization"
)

// handle is an operation's function, as the Lambda runtime calls it.
func handle(w *apitest.World, o api.Operation) func(events.APIGatewayV2HTTPRequest) events.APIGatewayV2HTTPResponse {
	function := lambdahttp.Handler(w.Table, o)
	return func(event events.APIGatewayV2HTTPRequest) events.APIGatewayV2HTTPResponse {
		w.T.Helper()
		answer, err := function(w.T.Context(), event)
		if err != nil {
			w.T.Fatal(err)
		}
		return answer
	}
}

// event is what API Gateway sends of a request by the workspace's owner.
func event(w *apitest.World, method, path, body string, headers apitest.Headers) (event events.APIGatewayV2HTTPRequest) {
	w.T.Helper()
	event.RawPath, event.Body, event.Headers = path, body, headers
	event.RequestContext.RequestID, event.RequestContext.DomainName = "req-"+path, "api.agency.example"
	event.RequestContext.HTTP.Method = method
	event.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{
		Lambda: lambdahttp.Context(w.Owner().Principal),
	}
	return event
}

func TestKeysThatDifferInACommaAreTwo(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	create := handle(w, organization.Create)
	for i, key := range []string{"a,b", "a, b", "a ,b", "a", `"a", "b"`} {
		headers := apitest.Headers{"content-type": "application/json", "idempotency-key": key}
		body := fmt.Sprintf(`{"name":"Client %d"}`, i)
		made := create(event(w, http.MethodPost, "/v1/organizations", body, headers))
		if made.StatusCode != http.StatusCreated {
			t.Errorf("key %q: %d %s", key, made.StatusCode, made.Body)
		}
		again := create(event(w, http.MethodPost, "/v1/organizations", body, headers))
		if again.StatusCode != http.StatusCreated || again.Headers["Idempotent-Replayed"] != "true" || again.Body != made.Body {
			t.Errorf("key %q again: %d %s", key, again.StatusCode, again.Body)
		}
	}
}

func TestOfSeveralETagsEachCounts(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	org := w.Owner().Post("/organizations", `{"name":"Acme"}`).Want(http.StatusCreated).ID()
	shown, _ := w.Owner().Put("/organizations/"+org+"/logo", pixel, apitest.Headers{"Content-Type": "image/png"}).Want(http.StatusOK).At("logoUrl").(string)
	path := strings.TrimPrefix(shown, "https://api.example")
	_, hash, _ := strings.Cut(path[strings.LastIndex(path, "/")+1:], "-")

	show, change := handle(w, logo.Get), handle(w, organization.Update)
	for _, tags := range []string{`"other", "` + hash + `"`, `"` + hash + `","other"`} {
		if got := show(event(w, http.MethodGet, path, "", apitest.Headers{"if-none-match": tags})); got.StatusCode != http.StatusNotModified {
			t.Errorf("If-None-Match: %s: %d", tags, got.StatusCode)
		}
	}
	headers := apitest.Headers{"content-type": "application/json", "if-match": `"7", "2"`}
	if got := change(event(w, http.MethodPatch, "/v1/organizations/"+org, `{"billing":true}`, headers)); got.StatusCode != http.StatusOK {
		t.Errorf("If-Match: %d %s", got.StatusCode, got.Body)
	}
}

// What the authorizer says of a caller is what the operation is told.
func TestPrincipalsGoThroughTheGateway(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	for _, scopes := range [][]access.Scope{nil, {access.UsersRead}, {access.UsersWrite, access.OrganizationsRead}} {
		key := w.Key("", scopes...)
		direct := key.Get("/organizations").Status
		through := event(w, http.MethodGet, "/v1/organizations", "", nil)
		through.RequestContext.Authorizer.Lambda = lambdahttp.Context(key.Principal)
		if answer := handle(w, organization.List)(through); answer.StatusCode != direct {
			t.Errorf("with %v: %d, and directly %d", scopes, answer.StatusCode, direct)
		}
	}
}

// A function serves one caller after another: none gets what is another's.
func TestEachEventIsItsOwnCallers(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	get := handle(w, organization.Get)
	org := w.Owner().Post("/organizations", `{"name":"Acme"}`).Want(http.StatusCreated).ID()
	path := "/v1/organizations/" + org
	known := event(w, http.MethodGet, path, "", nil)
	nobody := known
	nobody.RequestContext.Authorizer = nil
	nonsense := known
	nonsense.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{Lambda: map[string]any{"type": true, "workspace": 7}}
	strangers := apitest.New(t)
	stranger := event(strangers, http.MethodGet, path, "", nil)
	for range 2 {
		for name, tc := range map[string]struct {
			event  events.APIGatewayV2HTTPRequest
			status int
		}{
			"the owner": {known, http.StatusOK}, "nobody": {nobody, http.StatusUnauthorized},
			"nonsense": {nonsense, http.StatusUnauthorized}, "an owner elsewhere": {stranger, http.StatusNotFound},
		} {
			answer := get(tc.event)
			if answer.StatusCode != tc.status || answer.Headers["X-Request-Id"] != "req-"+path {
				t.Errorf("%s: %d, request %s", name, answer.StatusCode, answer.Headers["X-Request-Id"])
			}
		}
	}
}

// pixel is a PNG of one.
const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\b\x06\x00\x00\x00\x1f\x15\xc4\x89" +
	"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
