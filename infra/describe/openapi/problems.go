package openapi

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"atrium/shared/api"
	"atrium/shared/problem"
)

// refusal is a response that many operations share.
type refusal struct {
	name        string
	description string
	example     *problem.Problem
}

// problems are the refusals by status.
var problems = map[int]refusal{
	http.StatusBadRequest: {"Malformed", "The request cannot be read: broken JSON, or a cursor of another list.",
		problem.New(problem.Malformed, "The body is not valid JSON: see errors.", problem.Field{Location: "body", Message: "is not valid JSON at byte 12: unexpected end of JSON input"})},
	http.StatusUnauthorized: {"Unauthenticated", "Nobody is signed in, or no longer.",
		problem.New(problem.Unauthenticated, "Sign in, or send an API key, as Authorization: Bearer ….")},
	http.StatusForbidden: {"Forbidden", "The caller's role or scopes do not allow it.",
		problem.New(problem.Forbidden, "You may not do this in your role. Ask an admin.")},
	http.StatusNotFound: {"NotFound", "There is no such thing, or none that the caller may know of.",
		problem.NotFoundf("organization")},
	http.StatusConflict: {"Conflict", "It does not go with what is there: something is taken, full, or read-only. The code says what.",
		problem.New(problem.NameTaken, "An organization with this name exists already. Choose another name.", problem.Field{Location: "body.name", Message: "is taken"})},
	http.StatusGone: {"Gone", "The link is dead. The code says why: expired, revoked, declined, accepted, replaced or used.",
		problem.New(problem.LinkExpired, "This invitation has expired. Ask for a new one.")},
	http.StatusPreconditionFailed: {"Stale", "Somebody else changed it since the version in If-Match.",
		problem.New(problem.Stale, "Somebody changed this since you read it. Read it again, and repeat your change on what it is now.", problem.Field{Location: "header.If-Match", Message: `the current version is "4"`})},
	http.StatusRequestEntityTooLarge: {"TooLarge", "The body is too large.",
		problem.New(problem.TooLarge, "The body is too large: at most 1048576 bytes are taken.")},
	http.StatusUnsupportedMediaType: {"UnsupportedMediaType", "The body is of a media type that the operation does not take.",
		problem.New(problem.UnsupportedMedia, "Send the body as application/json or application/merge-patch+json.", problem.Field{Location: "header.Content-Type", Message: "is not accepted here"})},
	http.StatusUnprocessableEntity: {"Invalid", "The request can be read, but what it says is not valid: see `errors`.",
		problem.AtField("body.name", "must not be empty")},
	http.StatusTooManyRequests: {"TooManyRequests", "Too many requests. Wait for as long as Retry-After says.",
		problem.New(problem.RateLimited, "Too many sign-in links were asked for. Wait a few minutes, and look into your mails meanwhile.")},
	http.StatusInternalServerError: {"Internal", "Something went wrong on our side.", problem.Of(nil)},
	http.StatusServiceUnavailable: {"Throttled", "AWS did not take it in time. With the code `throttled` nothing was changed; with `outcome_unknown` it may have been. `unavailable`: an operator has to mend something first; nothing was changed.",
		problem.New(problem.Throttled, "The database did not take this in time. Nothing was changed; try again.")},
}

func key(status int) string { return strconv.Itoa(status) }

func problemResponses() map[string]*huma.Response {
	responses := map[string]*huma.Response{}
	for status, p := range problems {
		example := *p.example
		example.Status, example.Title, example.Instance = status, http.StatusText(status), "JKJaXmPLvHcESHA="
		responses[p.name] = &huma.Response{
			Description: p.description, Headers: problemHeaders(status),
			Content: map[string]*huma.MediaType{"application/problem+json": {
				Schema: &huma.Schema{Ref: "#/components/schemas/" + reflect.TypeFor[problem.Problem]().Name()}, Example: example,
			}},
		}
	}
	return responses
}

func problemHeaders(status int) map[string]*huma.Param {
	switch status {
	case http.StatusUnauthorized:
		return map[string]*huma.Param{"WWW-Authenticate": {Schema: &huma.Schema{Type: "string", Examples: []any{"Bearer"}}}}
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return map[string]*huma.Param{"Retry-After": {Description: "Seconds to wait.", Schema: &huma.Schema{Type: "integer", Examples: []any{1}}}}
	default:
		return nil
	}
}

// problemsOf are the statuses of an operation's problems, as they follow from
// its declaration: who may, what it takes, what it is called with.
func problemsOf(route api.Operation, op *huma.Operation) []int {
	statuses := slices.Clone(route.Refuses)
	when := func(applies bool, some ...int) {
		if applies {
			statuses = append(statuses, some...)
		}
	}
	reads := len(op.Parameters) > 0 || op.RequestBody != nil
	has := func(in, name string) bool {
		return slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == in && (name == "" || p.Name == name) })
	}
	when(!route.May.Public, http.StatusUnauthorized, http.StatusForbidden)
	when(strings.Contains(route.Path, "{"), http.StatusNotFound)
	when(has("query", "cursor"), http.StatusBadRequest)
	when(has("query", "") || has("header", "Idempotency-Key"), http.StatusUnprocessableEntity)
	when(has("header", "If-Match"), http.StatusPreconditionFailed)
	when(route.Method != http.MethodGet, http.StatusConflict)
	when(op.RequestBody != nil, http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity)
	when(reads || !route.May.Public, http.StatusInternalServerError, http.StatusServiceUnavailable)
	return statuses
}
