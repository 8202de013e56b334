package api

import (
	"errors"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"atrium/shared/access"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// admit lets in whom the operation's rule admits, before anything of the
// request is read: a stranger learns nothing from validation.
func (s *Server) admit(o Operation) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		ctx = huma.WithValue(ctx, operationKey{}, o.Name)
		caller := callerOf(ctx.Context())
		switch o.May.Decide(caller.Principal, ctx.Param("o")) {
		case access.Allowed:
			if caller.Principal.ReadOnly() && o.Method != http.MethodGet && !o.May.Public {
				refuse(ctx, problem.New(problem.Forbidden, "You are looking at this as somebody else, and may change nothing. Ask for write: true when you begin."))
				return
			}
			next(ctx)
		case access.Unauthenticated:
			unauthenticated(ctx, caller.Principal)
		case access.NotFound:
			refuse(ctx, problem.NotFoundf("organization"))
		default:
			refuse(ctx, s.forbidden(ctx, caller.Principal))
		}
	}
}

// unauthenticated says why nobody is known: no credential was sent, or one
// that the authorizer did not accept.
func unauthenticated(ctx huma.Context, p access.Principal) {
	refusal := problem.Credential(problem.Code(p.Refusal))
	if refusal.Status == http.StatusUnauthorized {
		challenge := "Bearer"
		if p.Refusal != "" {
			challenge += ` error="invalid_token"`
		}
		ctx.SetHeader("WWW-Authenticate", challenge)
	}
	refuse(ctx, refusal)
}

// forbidden is the answer to who may not do this in their role.
func forbidden() error {
	return problem.New(problem.Forbidden, "You may not do this in your role. Ask an admin.")
}

// nameable is what a path can name first, by how the path begins.
var nameable = map[string]struct {
	parameter, kind, what string
	key                   func(ws, id string) table.Key
}{
	"organizations": {"o", id.Organization, "organization", table.OrganizationKey},
	"agents":        {"a", id.Agent, "agent", table.AgentKey},
	"staff":         {"id", id.Staff, "member of the staff", table.StaffKey},
	"api-keys":      {"id", id.APIKey, "API key", table.APIKeyKey},
}

// forbidden is a 403 where the path names what is the caller's, and a 404
// where it names what is not: of another workspace nothing is ever said. Only
// a refusal pays for this look.
func (s *Server) forbidden(ctx huma.Context, p access.Principal) *problem.Problem {
	first, _, _ := strings.Cut(strings.TrimPrefix(ctx.Operation().Path, Prefix+"/"), "/")
	thing := nameable[first]
	name := ctx.Param(thing.parameter)
	switch {
	case name != "" && !s.exists(ctx, thing.kind, name, thing.key(p.Workspace, name)):
		return problem.NotFoundf(thing.what)
	case p.Type == access.Unchosen:
		return problem.New(problem.Forbidden, "You could be several here. Choose one with PUT /session {\"refreshToken\":…, \"principal\":…}.")
	default:
		return problem.Of(forbidden())
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
func (o Operation) mediaType() func(huma.Context, func(huma.Context)) {
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
			refuse(ctx, unsupported("Send the body as "+strings.Join(accepted, " or ")+"."))
			return
		}
		if charset := parameters["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
			refuse(ctx, unsupported("Send text in UTF-8."))
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
