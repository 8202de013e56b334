package session

import (
	"context"
	"net/http"
	"strings"

	"golang.org/x/sync/errgroup"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/token"
)

// Create opens a session.
var Create = api.Operation{
	Name: "create-session", Method: http.MethodPost, Path: "/session", Tag: "Sessions",
	Summary: "Sign in",
	Description: "Opens a session by the code of a sign-in link, which works once, or by an ID token of the OpenID Connect issuer that the agency's staff sign in with (`oidc` of the workspace). " +
		"Who could be several here (one of the staff, a user of some organizations) says which one with `principal`, at once or later, when refreshing. A dead code is 410, with a code that says why.",
	May:     access.Rule{Public: true},
	Refuses: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusGone},
	Handler: api.Func[createInput, Output](create),
}

type createInput struct {
	api.Idempotent
	Body struct {
		Code      string `json:"code" required:"false" maxLength:"200" doc:"What a sign-in link carries."`
		IDToken   string `json:"idToken" required:"false" maxLength:"10000" doc:"Of the issuer that the workspace trusts for its staff."`
		Principal string `json:"principal" required:"false" maxLength:"40" doc:"Whom to speak for, of those that the person can be."`
	}
}

// Output is what lets somebody in.
type Output struct {
	Replayed string `header:"Idempotent-Replayed" doc:"true when an Idempotency-Key was seen before and nothing was done."`
	Body     Tokens
}

func create(ctx context.Context, c *api.Call, in *createInput) (*Output, error) {
	plan, err := in.plan(c)
	if err != nil {
		return nil, err
	}
	return Begin(ctx, c, plan)
}

// plan is how the session is opened, by what was sent.
func (in *createInput) plan(c *api.Call) (func(context.Context) (Opening, []*table.Write, error), error) {
	switch {
	case (in.Body.Code == "") == (in.Body.IDToken == ""):
		return nil, problem.AtField("body.code", "is needed, or idToken, and not both")
	case in.Body.IDToken != "":
		return func(ctx context.Context) (Opening, []*table.Write, error) {
			o, err := byIssuer(ctx, c, in.Body.IDToken, in.Body.Principal)
			return o, nil, err
		}, nil
	}
	ref, err := c.Config.Keys.Read(token.SignIn, in.Body.Code)
	if err != nil {
		return nil, problem.NotFoundf("sign-in link")
	}
	return func(ctx context.Context) (Opening, []*table.Write, error) {
		return byCode(ctx, c, ref, in.Body.Principal)
	}, nil
}

// Begin stores the session that plan opens, with the further writes that plan
// gives, once under the request's Idempotency-Key.
func Begin(ctx context.Context, c *api.Call, plan func(context.Context) (Opening, []*table.Write, error)) (*Output, error) {
	load := func(ctx context.Context, made string) (Tokens, error) {
		ws, sid, _ := strings.Cut(made, "/")
		return Replayed(ctx, c, ws, sid)
	}
	planned := func(ctx context.Context) (p api.Plan[Tokens], err error) {
		o, more, err := plan(ctx)
		if err != nil {
			return p, err
		}
		p.Result, err = o.Tokens(c)
		p.Made = c.Workspace() + "/" + o.Record.ID
		p.Writes = append(more, o.Writes(c)...)
		return p, err
	}
	tokens, replayed, err := api.OncePlanned(ctx, c, planned, load)
	if err != nil {
		return nil, err
	}
	return &Output{Replayed: api.Replayed(replayed), Body: tokens}, nil
}

// byCode opens the session that a sign-in link is for.
func byCode(ctx context.Context, c *api.Call, ref token.Ref, principal string) (Opening, []*table.Write, error) {
	c.Principal = access.Principal{Workspace: ref.Workspace}
	var s SignIn
	var people []Person
	group, inner := errgroup.WithContext(ctx)
	group.Go(func() error {
		return c.Table.Fetch(inner, &table.Want{Key: table.SignInKey(ref.Workspace, ref.ID), Into: &s})
	})
	group.Go(func() (err error) {
		people, err = People(inner, c.Table, ref.Workspace, ref.Owner)
		return err
	})
	if err := group.Wait(); err != nil {
		return Opening{}, nil, err
	}
	if err := s.opens(c); err != nil {
		return Opening{}, nil, err
	}
	if len(people) == 0 {
		return Opening{}, nil, problem.New(problem.LinkRevoked, "Nobody is let in under this address any more. Ask whoever invited you.")
	}
	o, err := Open(c, s.Email, people, principal)
	used := table.Update(s.Key, table.Set("usedAt", c.Now)).If(table.Exists()).If(table.HasNot("usedAt")).ElseError(errUsed)
	return o, []*table.Write{used}, err
}

var errUsed = problem.New(problem.LinkUsed, "This link has been used. Ask for a new one.")

// opens says why the link opens nothing, or nil. One that was swept is over.
func (s SignIn) opens(c *api.Call) error {
	switch {
	case s.UsedAt != nil:
		return errUsed
	case s.ID == "" || !c.Now.Before(s.ExpiresAt):
		return problem.New(problem.LinkExpired, "This link has expired. Ask for a new one.")
	default:
		return nil
	}
}
