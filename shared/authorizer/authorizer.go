// Package authorizer finds out who calls. It stands before every operation
// that is not public, as the API's Lambda authorizer.
//
// API Gateway keeps its answer for up to a minute, for all routes at once. So
// it says who the caller is, and never whether they may. An HTTP API answers
// a deny with a bare 403: so what is not accepted is let through, with the
// reason, and the operation answers 401 as a problem document.
package authorizer

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/apikey"
	"atrium/shared/problem"
	"atrium/shared/session"
	"atrium/shared/table"
)

// Authorizer knows the callers of a deployment.
type Authorizer struct {
	Table  *table.Table
	Config api.Config
	Now    func() time.Time
}

// Who is who sends an Authorization header: nobody, with the refusal where
// something was sent that is not accepted. An error means that nothing could
// be found out, and must not be kept.
func (a Authorizer) Who(ctx context.Context, authorization string) (access.Principal, error) {
	scheme, credential, _ := strings.Cut(strings.TrimSpace(authorization), " ")
	credential = strings.TrimSpace(credential)
	if credential == "" || !strings.EqualFold(scheme, "bearer") {
		return access.Principal{}, nil
	}
	find := a.person
	if apikey.IsSecret(credential) {
		find = a.key
	}
	p, err := find(ctx, credential)
	var refusal *problem.Problem
	if errors.As(err, &refusal) && refusal.Status < 500 {
		return access.Principal{Refusal: string(refusal.Code)}, nil
	}
	return p, err
}

// found are the items that say who a token speaks for.
type found struct {
	session      session.Record
	person       session.Person
	actor        session.Person
	organization struct{ Status string }
}

// person is whom an access token speaks for, by what is so now: the token
// itself says only where to look.
func (a Authorizer) person(ctx context.Context, text string) (access.Principal, error) {
	now := a.Now()
	claims, err := session.Verify(a.Config.Keys, text, now)
	if err != nil {
		return access.Principal{}, err
	}
	var f found
	if err := a.Table.Fetch(ctx, f.wants(claims)...); err != nil {
		return access.Principal{}, err
	}
	if f.session.Ended(now) {
		return access.Principal{}, problem.Credential(problem.SessionEnded)
	}
	if claims.Principal == "" {
		return access.Principal{
			Type: access.Unchosen, ID: f.session.ID, Email: f.session.Email, Workspace: claims.Workspace, Session: f.session.ID,
		}, nil
	}
	return f.principal(claims)
}

func (f *found) wants(c session.Claims) []*table.Want {
	wants := []*table.Want{{Key: table.SessionKey(c.Workspace, c.Session), Into: &f.session}}
	switch {
	case c.Principal == "":
	case c.Type == access.Staff:
		wants = append(wants, &table.Want{Key: table.StaffKey(c.Workspace, c.Principal), Into: &f.person})
	default:
		wants = append(wants, &table.Want{Key: table.UserKey(c.Workspace, c.Organization, c.Principal), Into: &f.person},
			&table.Want{Key: table.OrganizationKey(c.Workspace, c.Organization), Into: &f.organization})
	}
	if c.Actor != "" {
		wants = append(wants, &table.Want{Key: table.StaffKey(c.Workspace, c.Actor), Into: &f.actor})
	}
	return wants
}

// active is the status of people and organizations that are let in.
const active = "active"

func (f *found) principal(c session.Claims) (access.Principal, error) {
	if f.person.Status != active || f.person.Email != f.session.Email {
		return access.Principal{}, problem.Credential(problem.SessionEnded)
	}
	if c.Type != access.Staff && f.organization.Status != active {
		return access.Principal{}, problem.Credential(problem.OrganizationShut)
	}
	p := access.Principal{
		Type: c.Type, ID: f.person.ID, Name: f.person.Name, Email: f.person.Email, Role: f.person.Role,
		Workspace: c.Workspace, Organization: c.Organization, Session: c.Session, Unproven: f.session.Unproven,
	}
	if f.session.Actor == nil {
		return p, nil
	}
	// Who looks in as somebody else must still be allowed to.
	if f.actor.Status != active || f.actor.Role == access.Member {
		return access.Principal{}, problem.Credential(problem.SessionEnded)
	}
	p.Actor = &access.Actor{
		ID: f.actor.ID, Name: f.actor.Name, Email: f.actor.Email, Role: f.actor.Role,
		Reason: f.session.Actor.Reason, Write: f.session.Actor.Write,
	}
	return p, nil
}

// stale is how old what is kept of a key's last use may be.
const stale = 5 * time.Minute

func (a Authorizer) key(ctx context.Context, secret string) (access.Principal, error) {
	ws, key, ok := apikey.ParseSecret(secret)
	if !ok {
		return access.Principal{}, problem.Credential(problem.KeyUnknown)
	}
	r, err := table.Get[apikey.Record](ctx, a.Table, table.APIKeyKey(ws, key))
	if errors.Is(err, table.ErrNotFound) || err == nil && !r.Opens(secret) {
		err = problem.Credential(problem.KeyUnknown)
	}
	if err != nil {
		return access.Principal{}, err
	}
	now := a.Now().UTC().Truncate(time.Second)
	if api.Expired(r.ExpiresAt, now) {
		return access.Principal{}, problem.Credential(problem.KeyExpired)
	}
	a.note(ctx, r, now)
	return r.Principal(ws), nil
}

// note keeps when a key was last used. A caller does not fail for it.
func (a Authorizer) note(ctx context.Context, r apikey.Record, now time.Time) {
	if r.LastUsedAt != nil && now.Sub(*r.LastUsedAt) < stale {
		return
	}
	used := table.Update(r.Key, table.Set("lastUsedAt", now)).If(table.Exists())
	if err := a.Table.UpdateOne(ctx, used, &struct{}{}); err != nil && !errors.Is(err, table.ErrRefused) {
		slog.WarnContext(ctx, "the last use of a key is not kept", "key", r.ID, "error", err.Error())
	}
}
