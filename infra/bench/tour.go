package main

import (
	"cmp"
	"context"
	"encoding/json"
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
		return []int{2, -strings.Count(o.Path, "/"), slices.Index(changes, o.Method)}
	}
	return slices.SortedStableFunc(slices.Values(catalogue.Operations), func(a, b api.Operation) int {
		return slices.Compare(place(a), place(b))
	})
}

// visitor goes through the itinerary in a workspace of its own.
type visitor struct {
	*lab
	root string
	// renames are pairs: what events speak of, and what it is called here.
	renames []string
}

// newVisitor is the n-th. Of what is unique among workspaces, each has its own.
func newVisitor(l *lab, root string, n int) *visitor {
	return &visitor{lab: l, root: root, renames: []string{"clients.agency.example", fmt.Sprintf("clients-%d.agency.example", n)}}
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
	if err := json.Unmarshal([]byte(strings.NewReplacer(v.renames...).Replace(string(text))), &event); err != nil {
		return event, fmt.Errorf("%s: %w", events.File(o.Name), err)
	}
	delete(event.Headers, "idempotency-key")
	return event, nil
}

// remember notes the id of the first thing of each kind.
func (v *visitor) remember(ctx context.Context, body string) error {
	var made struct{ ID string }
	_ = json.Unmarshal([]byte(body), &made) // not every body is one thing
	kind, name, _ := strings.Cut(made.ID, "_")
	if known := events.IDs[kind]; known != "" && !slices.Contains(v.renames, known) {
		// Logos are called by the workspace's id without its prefix.
		_, bare, _ := strings.Cut(known, "_")
		v.renames = append(v.renames, known, made.ID, bare, cmp.Or(name, bare))
		if kind == id.Workspace {
			return v.meet(ctx, made.ID)
		}
	}
	return nil
}

// meet notes the id of a workspace's owner, who sends all that follows, and
// hires the other one of whom events speak.
func (v *visitor) meet(ctx context.Context, workspace string) error {
	people, err := v.beside.Query(ctx, table.Query{PK: table.StaffKey(workspace, "").PK, KeysOnly: true})
	if err != nil {
		return err
	}
	if len(people.Items) != 1 {
		return fmt.Errorf("a new workspace has %d people", len(people.Items))
	}
	v.renames = append(v.renames, events.IDs[id.Staff], table.KeyOf(people.Items[0]).SK)
	return events.Hire(ctx, v.beside, workspace)
}
