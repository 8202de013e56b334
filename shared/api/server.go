package api

import (
	"cmp"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"runtime/debug"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/token"
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
	// Keys make and check tokens.
	Keys *token.Keys
	// SignInLife is how long a sign-in link works; 0 is DefaultSignInLife.
	SignInLife time.Duration
	// DashboardURL is where the dashboard is of workspaces that have no host of
	// their own, without a slash at its end.
	DashboardURL string
	// APIURL is where this API is reached, without a slash at its end, where that
	// is not what its gateway says: `sam local` says localhost, and no port.
	APIURL string
	// LocalIssuers lets OpenID Connect issuers be on this machine, and without
	// TLS: never in a deployment, where that would open its inside.
	LocalIssuers bool
}

// DefaultSignInLife is how long a sign-in link works where a deployment does not say.
const DefaultSignInLife = 15 * time.Minute

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
	problem.Of(nil).Answer(w, requestID)
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

// LinkLife is how long a sign-in link works.
func (c Config) LinkLife() time.Duration { return cmp.Or(c.SignInLife, DefaultSignInLife) }
