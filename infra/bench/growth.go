package main

import (
	"context"
	"fmt"
	"log"
)

// The few that many are held against, and how much longer anything may take
// when there are many.
const (
	few      = 100
	maxOfFew = 1.2
)

// grow measures the same operations in a small table and in a large one, each
// on a server and in a file of its own.
func (b *bench) grow(ctx context.Context) (chapter, error) {
	s := section{
		title: "Growth", unit: milliseconds, measured: fmt.Sprintf("at %d", b.growth), against: []string{fmt.Sprintf("at %d", few)},
		about: "From API Gateway's event to the answer, with few and with many organizations in the workspace, users in one organization, " +
			"and activities of both. Both tables were filled through the operations themselves.",
	}
	small, stop, err := b.rows(ctx, few)
	if err != nil {
		return s, err
	}
	defer stop()
	large, stop, err := b.rows(ctx, b.growth)
	if err != nil {
		return s, err
	}
	defer stop()
	for i, r := range large {
		log.Printf("growth: %s", r.name)
		times, err := alternate(ctx, b.calls, small[i].source, r.source)
		if err != nil {
			return s, fmt.Errorf("%s: %w", r.name, err)
		}
		s.results = append(s.results, result{r.name, inMilliseconds(times[1]), []reference{{inMilliseconds(times[0]), atMost(maxOfFew)}}})
	}
	return s, nil
}

// sized is an operation in a table of some size.
type sized struct {
	name   string
	source source
}

// rows are the operations to measure in a table with so many of everything.
//
// They are measured on another server than filled the table: Dynoxide looks
// through the tokens of all transactions of the last ten minutes on each one,
// and would so be slow because it had just been filled, and not because it is full.
func (b *bench) rows(ctx context.Context, many int) ([]sized, func(), error) {
	log.Printf("filling a table with %d organizations and %d users", many, many)
	file := fmt.Sprintf("growth-%d.db", many)
	f, err := b.fill(ctx, file, many)
	if err != nil {
		return nil, nil, err
	}
	endpoint, stop, err := b.serve(ctx, file)
	if err != nil {
		return nil, nil, err
	}
	f.lab = openLab(endpoint, tableName)
	var rows []sized
	for _, r := range f.growthRows() {
		rows = append(rows, sized{r.name, f.handled(r.next)})
	}
	return rows, stop, nil
}

// fill leaves a table in a file.
func (b *bench) fill(ctx context.Context, file string, many int) (*furnished, error) {
	l, stop, err := b.newLab(ctx, file)
	if err != nil {
		return nil, err
	}
	defer stop()
	a, err := l.newAgency(ctx)
	if err != nil {
		return nil, err
	}
	return a.furnish(ctx, furniture{organizations: many, users: many})
}

func (f *furnished) growthRows() []row {
	return []row{
		{name: "create-organization", next: f.createOrganization},
		{name: "get-organization", next: f.getOrganization},
		{name: "list-organizations", next: f.listOrganizations("")},
		{name: "list-organizations, newest first", next: f.listOrganizations("sort=-createdAt")},
		{name: "list-organizations, a rare word", next: f.listOrganizations("q=" + rareWord)},
		{name: "list-organizations, a common word", next: f.listOrganizations("q=" + commonWord)},
		{name: "list-organizations, both words", next: f.listOrganizations("q=" + commonWord + "+" + rareWord)},
		{name: "add-user", next: f.addUser},
		{name: "get-user", next: f.getUser},
		{name: "list-users", next: f.listUsers("")},
		{name: "list-users, a rare word", next: f.listUsers("q=ann@")},
		{name: "list-users, a common word", next: f.listUsers("q=person")},
		{name: "explain-access", next: f.explainAccess},
		{name: "route-handoff", next: f.routeHandoff},
		{name: "list-activity", next: f.listActivity("/activity", "")},
		{name: "list-activity of an organization", next: f.listActivity("/organizations/"+f.organization+"/activity", "")},
	}
}
