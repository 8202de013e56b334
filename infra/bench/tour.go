package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	lambda "github.com/aws/aws-lambda-go/events"

	"atrium/infra/describe/events"
	"atrium/shared/api"
	"atrium/shared/catalogue"
	"atrium/shared/id"
	"atrium/shared/table"
)

// itinerary are all operations in an order in which each event of events/ finds
// what it speaks of: those that make it, those that read it, and then the
// others, what lies deepest first, so that nothing goes before what is in it.
func itinerary() []api.Operation {
	changes := []string{http.MethodPost, http.MethodPatch, http.MethodDelete, http.MethodPut}
	place := func(o api.Operation) []int {
		if i := slices.Index(events.Making, o.Name); i >= 0 {
			return []int{0, i}
		}
		if o.Method == http.MethodGet {
			return []int{1}
		}
		depth := strings.Count(o.Path, "/")
		if o.May.Self {
			// As deep as whoever asks lies, so that they are still there.
			depth = strings.Count("/organizations/{o}/users/{u}", "/")
		}
		return []int{2, -depth, slices.Index(changes, o.Method)}
	}
	return slices.SortedStableFunc(slices.Values(catalogue.Operations), func(a, b api.Operation) int {
		return slices.Compare(place(a), place(b))
	})
}

// visitor goes through the itinerary in a workspace of its own.
type visitor struct {
	*lab
	root string
	// n tells its workspace from those of others.
	n int
	// names are what the things that events speak of are called here, by kind.
	names map[string]string
	// invited is how many invitations were sent besides the event's.
	invited int
}

// newVisitor is the n-th. Of what is unique among workspaces, each has its own.
func newVisitor(l *lab, root string, n int) *visitor {
	return &visitor{lab: l, root: root, n: n, names: map[string]string{}}
}

// renames are pairs: what events speak of, and what it is called here.
func (v *visitor) renames() []string {
	pairs := []string{
		"clients.agency.example", fmt.Sprintf("clients-%d.agency.example", v.n),
		// One address is sent a sign-in link so many times, and no more.
		"ann@example.com", fmt.Sprintf("ann-%d@example.com", v.n),
	}
	for kind, name := range v.names {
		// Logos are called by the workspace's id without its prefix.
		known := events.IDs[kind]
		_, bare, _ := strings.Cut(known, "_")
		_, bareName, _ := strings.Cut(name, "_")
		pairs = append(pairs, known, name, bare, bareName)
	}
	here := events.Tokens(keys, v.names)
	for kind, known := range events.Tokens(keys, events.IDs) {
		pairs = append(pairs, known, cmp.Or(here[kind], known))
	}
	return pairs
}

// ending are the operations after which an invitation cannot be had again by
// the next one: each is sent to one of its own.
var ending = []string{"accept-invitation", "decline-invitation", "resend-invitation", "revoke-invitation"}

// prepare makes what an operation's event is to find, and no other leaves.
func (v *visitor) prepare(ctx context.Context, o api.Operation) error {
	if !slices.Contains(ending, o.Name) {
		return nil
	}
	return v.invite(ctx)
}

// visit sends an operation its event, and tells how long the answer took.
func (v *visitor) visit(ctx context.Context, o api.Operation) (time.Duration, error) {
	event, err := v.event(o)
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	answer, err := v.operations[o.Name].answer(ctx, event)
	taken := time.Since(begun)
	if err == nil {
		err = v.remember(ctx, answer.Body)
	}
	return taken, err
}

func (v *visitor) event(o api.Operation) (event lambda.APIGatewayV2HTTPRequest, err error) {
	text, err := os.ReadFile(filepath.Join(v.root, events.File(o.Name)))
	if err != nil {
		return event, err
	}
	if err := json.Unmarshal([]byte(strings.NewReplacer(v.renames()...).Replace(string(text))), &event); err != nil {
		return event, fmt.Errorf("%s: %w", events.File(o.Name), err)
	}
	delete(event.Headers, "idempotency-key")
	return event, nil
}

// invite sends another invitation, of which events speak from now on.
func (v *visitor) invite(ctx context.Context) error {
	event, err := v.event(v.named("send-invitation"))
	if err != nil {
		return err
	}
	v.invited++
	event.Body = strings.ReplaceAll(event.Body, "bruno@", fmt.Sprintf("bruno-%d@", v.invited))
	answer, err := v.operations["send-invitation"].answer(ctx, event)
	if err != nil {
		return err
	}
	delete(v.names, id.Invitation)
	return v.remember(ctx, answer.Body)
}

func (v *visitor) named(name string) api.Operation {
	i := slices.IndexFunc(catalogue.Operations, func(o api.Operation) bool { return o.Name == name })
	return catalogue.Operations[i]
}

// remember notes the id of the first thing of each kind.
func (v *visitor) remember(ctx context.Context, body string) error {
	var made struct {
		ID          string
		AccessToken string
	}
	_ = json.Unmarshal([]byte(body), &made) // not every body is one thing
	kind, _, _ := strings.Cut(made.ID, "_")
	switch {
	case made.AccessToken != "" && v.names[id.Session] == "":
		return v.first(ctx, id.Session, table.SessionKey(v.names[id.Workspace], "").PK)
	case events.IDs[kind] == "" || v.names[kind] != "":
		return nil
	}
	v.names[kind] = made.ID
	if kind == id.Workspace {
		return v.meet(ctx, made.ID)
	}
	return nil
}

// meet notes a workspace's owner, who sends all that follows, and the link that
// they are sent, and hires the other one of whom events speak.
func (v *visitor) meet(ctx context.Context, workspace string) error {
	err := errors.Join(
		v.first(ctx, id.Staff, table.StaffKey(workspace, "").PK),
		v.first(ctx, id.SignIn, table.SignIns(workspace)),
	)
	if err != nil {
		return err
	}
	return events.Hire(ctx, v.beside, workspace)
}

// first notes the only one of a kind, which no answer names.
func (v *visitor) first(ctx context.Context, kind, partition string) error {
	rows, err := v.beside.Query(ctx, table.Query{PK: partition, KeysOnly: true})
	if err != nil {
		return err
	}
	if len(rows.Items) != 1 {
		return fmt.Errorf("%s has %d items", partition, len(rows.Items))
	}
	v.names[kind] = table.KeyOf(rows.Items[0]).SK
	return nil
}
