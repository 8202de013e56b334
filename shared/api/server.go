package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"reflect"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"atrium/shared/access"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// Server answers for one operation, as a Lambda does, or for all of them.
type Server struct {
	huma      huma.API
	mux       *http.ServeMux
	table     *table.Table
	now       func() time.Time
	config    Config
	describes bool
	// lean is set where nothing is described.
	lean *leanRegistry
	// concept is the package of the operation that is being registered.
	concept string
}

// Config is what a deployment has chosen, as far as operations ask for it.
type Config struct {
	// SignUpClosed lets nobody open a workspace.
	SignUpClosed bool
}

// Option changes a Server.
type Option func(*Server)

// Describing makes the server keep the OpenAPI description, which takes time at start.
func Describing() Option { return func(s *Server) { s.describes = true } }

// At makes the server tell the time by a clock of the caller's.
func At(clock func() time.Time) Option { return func(s *Server) { s.now = clock } }

// Configured tells the server what the deployment has chosen.
func Configured(c Config) Option { return func(s *Server) { s.config = c } }

// New makes a server for operations over a table.
func New(t *table.Table, operations []Operation, options ...Option) *Server {
	s := &Server{mux: http.NewServeMux(), table: t, now: time.Now}
	speak.Do(ours)
	for _, option := range options {
		option(s)
	}
	clock := s.now
	s.now = func() time.Time { return clock().UTC().Truncate(time.Millisecond) }
	s.huma = humago.New(s.mux, s.humaConfig())
	for _, o := range operations {
		for _, route := range o.Routes() {
			route.Handler.register(s, route)
		}
	}
	return s
}

// ServeHTTP answers a request whose context holds the Caller.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Request-Id", callerOf(r.Context()).RequestID)
	// What one caller may see is nobody else's to keep; operations say where it is.
	w.Header().Set("Cache-Control", "no-store")
	defer s.recovered(w, r)
	s.mux.ServeHTTP(w, r)
}

// recovered answers 500 where an operation panicked: the caller is told as of
// any other fault, and the cause is logged with the place.
func (s *Server) recovered(w http.ResponseWriter, r *http.Request) {
	cause := recover()
	if cause == nil {
		return
	}
	requestID := callerOf(r.Context()).RequestID
	slog.ErrorContext(r.Context(), "operation panicked", "requestId", requestID, "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
	p := problem.Of(nil)
	p.Instance = requestID
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

// OpenAPI is the description of the operations, as far as it follows from
// their types and declarations. It is complete only on a server that is Describing.
func (s *Server) OpenAPI() *huma.OpenAPI { return s.huma.OpenAPI() }

// describeBody puts the JSON that an operation reads by itself in place of the
// bytes that huma saw it take.
func (s *Server) describeBody(o Operation) {
	schema := s.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeOf(o.Reads), true, "")
	body := s.huma.OpenAPI().Paths[o.Path].Post.RequestBody
	body.Content = map[string]*huma.MediaType{"application/json": {Schema: schema}}
}

func (s *Server) humaConfig() huma.Config {
	schemas := huma.NewMapRegistry("#/components/schemas/", s.schemaName)
	if !s.describes {
		s.lean = newLeanRegistry(schemas)
		schemas = s.lean
	}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI:    "3.1.0",
			Info:       &huma.Info{Title: "Atrium", Version: "1"},
			Components: &huma.Components{Schemas: schemas},
		},
		Formats:       map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat},
		DefaultFormat: "application/json",
	}
}

// admit lets in whom the operation's rule admits, before anything of the
// request is read: a stranger learns nothing from validation.
func (s *Server) admit(o Operation) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		caller := callerOf(ctx.Context())
		switch o.May.Decide(caller.Principal, ctx.Param("o")) {
		case access.Allowed:
			next(ctx)
		case access.Unauthenticated:
			ctx.SetHeader("WWW-Authenticate", "Bearer")
			s.refuse(ctx, problem.New(problem.Unauthenticated, "Sign in, or send an API key, as Authorization: Bearer …."))
		case access.NotFound:
			s.refuse(ctx, problem.NotFoundf("organization"))
		default:
			s.refuse(ctx, s.forbidden(ctx, caller.Principal))
		}
	}
}

// forbidden is a 403 where the path names what is the caller's, and a 404
// where it names what is not: of another workspace nothing is ever said. Only
// a refusal pays for this look.
func (s *Server) forbidden(ctx huma.Context, p access.Principal) *problem.Problem {
	org, agent := ctx.Param("o"), ctx.Param("a")
	switch {
	case org != "" && !s.exists(ctx, id.Organization, org, table.OrganizationKey(p.Workspace, org)):
		return problem.NotFoundf("organization")
	case org == "" && agent != "" && !s.exists(ctx, id.Agent, agent, table.AgentKey(p.Workspace, agent)):
		return problem.NotFoundf("agent")
	default:
		return problem.New(problem.Forbidden, "You may not do this in your role. Ask an admin.")
	}
}

func (s *Server) exists(ctx huma.Context, kind, name string, key table.Key) bool {
	if !id.Is(kind, name) {
		return false
	}
	_, err := table.Get[struct{}](ctx.Context(), s.table, key)
	return !errors.Is(err, table.ErrNotFound)
}

// mediaType answers 415 before the body is read.
func (o Operation) mediaType(s *Server) func(huma.Context, func(huma.Context)) {
	accepted := o.Takes
	if len(accepted) == 0 {
		accepted = []string{"application/json", "application/merge-patch+json"}
	}
	return func(ctx huma.Context, next func(huma.Context)) {
		given := ctx.Header("Content-Type")
		hasBody := o.Method == http.MethodPost || o.Method == http.MethodPut || o.Method == http.MethodPatch
		if !hasBody || given == "" {
			next(ctx)
			return
		}
		media, parameters, err := mime.ParseMediaType(given)
		if err != nil || !slices.Contains(accepted, media) {
			s.refuse(ctx, unsupported("Send the body as "+strings.Join(accepted, " or ")+"."))
			return
		}
		if charset := parameters["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
			s.refuse(ctx, unsupported("Send text in UTF-8."))
			return
		}
		// huma looks for the type as we spell it.
		r, _ := humago.Unwrap(ctx)
		r.Header.Set("Content-Type", media)
		next(ctx)
	}
}

func unsupported(detail string) *problem.Problem {
	return problem.New(problem.UnsupportedMedia, detail, problem.Field{Location: "header.Content-Type", Message: "is not accepted here"})
}

// once reads the Idempotency-Key of a POST, and the fingerprint of what came with it.
func (s *Server) once(o Operation) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		key := ctx.Header("Idempotency-Key")
		if o.Method != http.MethodPost || key == "" {
			next(ctx)
			return
		}
		if utf8.RuneCountInString(key) > maxIdempotencyKey {
			s.refuse(ctx, problem.AtField("header.Idempotency-Key", "has more than "+strconv.Itoa(maxIdempotencyKey)+" characters"))
			return
		}
		r, _ := humago.Unwrap(ctx)
		body, err := io.ReadAll(io.LimitReader(r.Body, o.maxBody()+1))
		if err != nil {
			s.refuse(ctx, problem.New(problem.Malformed, fmt.Sprintf("The body could not be read: %v.", err)))
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		caller := callerOf(ctx.Context())
		caller.Idempotency = newIdempotency(caller, r.URL.Path, key, ctx.Header("Content-Type")+"?"+r.URL.RawQuery, body)
		next(huma.WithContext(ctx, WithCaller(ctx.Context(), caller)))
	}
}
