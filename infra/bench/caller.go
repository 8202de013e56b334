package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/session"
	"atrium/shared/staff"
	"atrium/shared/table"
)

// front is the stack's HTTP side, with a connection for each caller.
//
// It speaks HTTP over its connections itself: net/http's client would take as
// much of the two cores that caller, API and table share as the API does.
type front struct {
	address string
	idle    chan *connection
}

type connection struct {
	net.Conn
	reader *bufio.Reader
}

func (s *stack) open(ctx context.Context, callers int) (*front, error) {
	address, err := url.Parse(s.APIURL)
	if err != nil {
		return nil, err
	}
	f := &front{address: address.Host, idle: make(chan *connection, callers)}
	for range callers {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", f.address)
		if err != nil {
			f.close()
			return nil, err
		}
		f.idle <- &connection{conn, bufio.NewReader(conn)}
	}
	return f, nil
}

func (f *front) close() {
	close(f.idle)
	for c := range f.idle {
		_ = c.Close()
	}
}

// called makes calls over HTTP, as the owner of an agency's workspace, who has
// just signed in.
func (f *front) called(ctx context.Context, a agency, next func() request) (source, error) {
	token, err := a.signIn(ctx)
	return func(ctx context.Context) (call, error) {
		r := next()
		sent, err := f.wire(ctx, a, token, r)
		return func(context.Context) error {
			c := <-f.idle
			defer func() { f.idle <- c }()
			return c.exchange(r.operation, sent)
		}, err
	}, err
}

// signIn opens a session of the owner, and returns its access token.
func (a agency) signIn(ctx context.Context) (string, error) {
	p := a.owner()
	c := &api.Call{Caller: api.Caller{Principal: access.Principal{Workspace: a.workspace}}, Config: api.Config{Keys: keys}, Now: time.Now().UTC()}
	who := session.Person{Key: table.StaffKey(a.workspace, p.ID), ID: p.ID, Name: p.Name, Email: p.Email, Role: p.Role, Status: string(staff.Active)}
	opening, err := session.Open(c, p.Email, []session.Person{who}, "")
	if err != nil {
		return "", err
	}
	tokens, err := opening.Tokens(c)
	if err != nil {
		return "", err
	}
	return tokens.AccessToken, a.beside.Commit(ctx, opening.Writes(c)...)
}

// wire is a request as it goes over a connection.
func (f *front) wire(ctx context.Context, a agency, token string, r request) ([]byte, error) {
	body, err := r.encodedBody()
	if err != nil {
		return nil, err
	}
	target := "http://" + f.address + "/v1" + r.path + "?" + r.query
	h, err := http.NewRequestWithContext(ctx, a.operations[r.operation].method, target, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	h.Header.Set("Content-Type", "application/json")
	h.Header.Set("Authorization", "Bearer "+token)
	var sent bytes.Buffer
	err = h.Write(&sent)
	return sent.Bytes(), err
}

func (c *connection) exchange(operation string, sent []byte) error {
	if _, err := c.Write(sent); err != nil {
		return err
	}
	answer, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close() //nolint:errcheck // read to its end
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= 300 {
		err = fmt.Errorf("%s answered %s: %s", operation, answer.Status, body)
	}
	return err
}
