package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/problem"
	"atrium/shared/session"
	"atrium/shared/staff"
	"atrium/shared/table"
	"atrium/shared/text"
	"atrium/shared/workspace"
)

// makeOwner opens an agency with its owner, or makes somebody an owner of one
// that is there. Either way they get a sign-in link by mail.
func makeOwner(ctx context.Context, o *operator) error {
	name, email := o.env("NAME"), o.env("EMAIL")
	opening, there := o.env("WORKSPACE"), o.env("WORKSPACE_ID")
	if name == "" || email == "" || (opening == "") == (there == "") {
		return errors.New("give NAME and EMAIL of the owner, and either WORKSPACE, the name of a new agency, or WORKSPACE_ID of one that is there: " +
			"make owner WORKSPACE='Agency Ltd' NAME='Olga Brandt' EMAIL=olga@agency.example")
	}
	if opening != "" {
		return o.open(ctx, workspace.Opening{Name: opening, Owner: workspace.Owner{Name: name, Email: email}})
	}
	return o.crown(ctx, name, email)
}

// open is the operation create-workspace, where sign-up is open.
func (o *operator) open(ctx context.Context, opening workspace.Opening) error {
	body, err := json.Marshal(opening)
	if err != nil {
		return err
	}
	server := api.New(o.table, []api.Operation{workspace.Create}, api.At(o.now))
	answer := httptest.NewRecorder()
	request := httptest.NewRequestWithContext(ctx, workspace.Create.Method, api.Prefix+workspace.Create.Path, bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	server.ServeHTTP(answer, request)
	var made struct{ ID string }
	var refused problem.Problem
	switch {
	case answer.Code == http.StatusCreated && json.Unmarshal(answer.Body.Bytes(), &made) == nil:
		return o.say("%s is open as %s in %s. %s is its owner, and gets a sign-in link by mail at %s.", opening.Name, made.ID, o.where, opening.Owner.Name, opening.Owner.Email)
	case json.Unmarshal(answer.Body.Bytes(), &refused) == nil:
		return &refused
	default:
		return fmt.Errorf("the agency was not opened: %d", answer.Code)
	}
}

// crown makes somebody an owner, whether they are on the staff already or not.
func (o *operator) crown(ctx context.Context, name, email string) error {
	check := text.Check{At: "environment"}
	check.Name("NAME", &name)
	check.Email("EMAIL", &email)
	if err := check.Err(); err != nil {
		return err
	}
	c, agency, err := o.agency(ctx)
	if err != nil {
		return err
	}
	ws := agency.ID
	holder, err := staff.Holding(ctx, c, email)
	switch {
	case errors.Is(err, table.ErrNotFound):
		return o.hire(ctx, c, staff.New(c, name, email, access.Owner, staff.Active))
	case err != nil:
		return err
	case holder.Role == access.Owner:
		return o.say("%s is an owner of %s already. They sign in at the dashboard's /sign-in with %s.", holder.Name, ws, email)
	case holder.Status != staff.Active:
		return fmt.Errorf("%s is invited to %s, and has not accepted: when they have, or the invitation was taken back, this makes them an owner", email, ws)
	}
	if _, err := holder.Become(ctx, c, access.Owner); err != nil {
		return err
	}
	return o.say("%s, who was %s, is an owner of %s now, and signs in at the dashboard's /sign-in with %s.", holder.Name, holder.Role, ws, email)
}

func (o *operator) hire(ctx context.Context, c *api.Call, p staff.Person) error {
	ws := c.Workspace()
	writes := append(p.Add(ws), staff.CountOwners(ws, 1),
		session.Welcome(c, session.Person{Key: table.StaffKey(ws, p.ID), ID: p.ID, Name: p.Name, Email: p.Email}),
		activity.Record(c, "", "staff.added", p.Party(), nil))
	if err := c.Commit(ctx, writes...); err != nil {
		return err
	}
	return o.say("%s is an owner of %s now, and gets a sign-in link by mail at %s.", p.Name, ws, p.Email)
}
