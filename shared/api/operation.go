// Package api is what an operation of Atrium is: one declaration, from which
// the Lambda, the local server, the OpenAPI description, the authorization
// matrix and the check of template.yaml all follow.
//
// It also holds what every operation does alike, so that none does it its own
// way: finding out who calls, pages and cursors, entity tags, idempotency
// keys, and turning errors into problem documents.
package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"atrium/shared/access"
	"atrium/shared/problem"
)

// Operation is one thing that can be done over HTTP.
type Operation struct {
	// Name is the folder in functions/, the event in events/ and the operation's id.
	Name string
	// Method and Path, the latter without the /v1 it begins with.
	Method string
	Path   string
	// Also are further paths to the same function.
	Also []Variant
	// Summary is a line, Description as much as a caller has to know; both Markdown.
	Summary     string
	Description string
	// Tag groups operations in the description.
	Tag string
	// May is who may call it.
	May access.Rule
	// Status is that of a success where it is not 200.
	Status int
	// OtherStatus is of a success that is not Status, where there are two.
	OtherStatus int
	// MaxBody is the most bytes of a body; 0 is 1 MiB.
	MaxBody int64
	// Takes are media types of the body besides application/json; none for JSON alone.
	Takes []string
	// Reads is a value of the type that a handler of a RawBody takes as JSON, for the description.
	Reads any
	// Gives is the media type of a success where it is not application/json.
	Gives string
	// Deadline bounds the whole request; 0 is DefaultDeadline.
	Deadline time.Duration
	// Rights is set where it changes who may do what: then the caller is looked
	// up again in the transaction of the change. See Call.Commit.
	Rights bool
	// Refuses are statuses of problems that the description cannot tell from
	// the rest of the declaration: 410 of dead links, 429 of limits.
	Refuses []int
	// Handler does it: Handle(function).
	Handler Handler
	// variant is set on a route of Also.
	variant bool
}

// DefaultDeadline is how long a request may take in all, retries included.
const DefaultDeadline = 8 * time.Second

// Prefix begins every path.
const Prefix = "/v1"

// Variant is another path of an operation, with its own rule and input.
type Variant struct {
	Path    string
	May     access.Rule
	Handler Handler
}

// Routes are the operation itself and its variants, each as an operation
// with one whole path.
func (o Operation) Routes() []Operation {
	first := o
	first.Path, first.Also = Prefix+o.Path, nil
	routes := []Operation{first}
	for _, v := range o.Also {
		route := first
		route.Path, route.May, route.Handler, route.variant = Prefix+v.Path, v.May, v.Handler, true
		routes = append(routes, route)
	}
	return routes
}

// Handler is the function behind an operation, whatever its types.
type Handler interface {
	register(s *Server, o Operation)
}

// Func handles one request: I is the input as huma reads it, O the output as
// it writes it. An error that is not a problem.Problem is a 500.
type Func[I, O any] func(ctx context.Context, c *Call, in *I) (*O, error)

func (f Func[I, O]) register(s *Server, o Operation) {
	if s.lean != nil {
		s.lean.answersWith(reflect.TypeFor[O]())
	}
	s.concept = conceptOf(reflect.TypeFor[I]())
	if s.describes {
		refuseHidden(o, reflect.TypeFor[I]())
	}
	huma.Register(s.huma, o.describe(s), func(ctx context.Context, in *I) (*O, error) {
		ctx, cancel := context.WithTimeout(ctx, o.deadline())
		defer cancel()
		c := &Call{Caller: s.callerOf(ctx), Table: s.table, Config: s.config, Now: s.now(), Operation: o.Name, may: o.May, rights: o.Rights}
		out, err := f(ctx, c, in)
		if err != nil {
			return nil, c.problem(ctx, err)
		}
		return out, nil
	})
	if s.describes {
		s.promise(reflect.TypeFor[O]())
	}
	if s.describes && o.Reads != nil {
		s.describeBody(o)
	}
}

func (o Operation) deadline() time.Duration {
	if o.Deadline > 0 {
		return o.Deadline
	}
	return DefaultDeadline
}

func (o Operation) maxBody() int64 {
	if o.MaxBody > 0 {
		return o.MaxBody
	}
	return 1 << 20
}

// problem is what the caller is told of an error; what they are not told is logged.
func (c *Call) problem(ctx context.Context, err error) *problem.Problem {
	p := *problem.Of(err)
	p.Instance = c.RequestID
	// Who hung up is not told anything, and nothing went wrong.
	if p.Status >= http.StatusInternalServerError && !errors.Is(ctx.Err(), context.Canceled) {
		slog.ErrorContext(ctx, "operation failed", "operation", c.Operation, "requestId", c.RequestID,
			"workspace", c.Principal.Workspace, "code", p.Code, "error", err.Error())
	}
	return &p
}

func (o Operation) describe(s *Server) huma.Operation {
	op := huma.Operation{
		OperationID: o.Name, Method: o.Method, Path: o.Path, Hidden: !s.describes,
		DefaultStatus: o.Status, RejectUnknownQueryParameters: true,
		// To huma, as many are one too many.
		MaxBodyBytes: o.maxBody() + 1,
		Middlewares:  huma.Middlewares{s.admit(o), s.query, o.mediaType(), s.once(o)},
	}
	if !s.describes {
		return op
	}
	op.OperationID = o.routeName()
	op.Summary, op.Description = o.Summary, o.Description+o.mayDescription()
	if o.Tag != "" {
		op.Tags = []string{o.Tag}
	}
	if !o.May.Public {
		op.Security = []map[string][]string{{"bearer": {}}}
	}
	return op
}

// routeName tells the routes of one operation apart by what their paths say
// beyond its name: list-activity, and list-activity-organizations.
func (o Operation) routeName() string {
	if !o.variant {
		return o.Name
	}
	name := o.Name
	for segment := range strings.SplitSeq(strings.TrimPrefix(o.Path, Prefix+"/"), "/") {
		word := strings.Trim(segment, "{}")
		if len(word) > 1 && !slices.Contains(strings.Split(o.Name, "-"), word) {
			name += "-" + word
		}
	}
	return name
}

// mayDescription says in the API's description who may call.
func (o Operation) mayDescription() string {
	if o.May.Public {
		return "\n\n**Who:** anybody."
	}
	if o.May.SignedIn {
		return "\n\n**Who:** whoever is signed in, and API keys."
	}
	if o.May.Self {
		return "\n\n**Who:** whoever is signed in, but no API key."
	}
	who := []string{}
	if o.May.Staff != "" {
		who = append(who, "staff from "+string(o.May.Staff)+" up")
	}
	if o.May.Client != "" {
		who = append(who, "people of the organization from "+string(o.May.Client)+" up")
	}
	if o.May.Scope != "" {
		who = append(who, "API keys with `"+string(o.May.Scope)+"`")
	}
	said := "\n\n**Who:** " + strings.Join(who, "; ") + "."
	if o.Rights {
		said += " This is looked up again as the change is made."
	}
	return said
}
