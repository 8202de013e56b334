package main

import (
	"context"
	"fmt"
	"log"
)

// leastOfBare is the least share that an operation may reach of the rate at
// which the same server takes the bare calls it makes.
const leastOfBare = 0.7

// betterAuth is what better-auth's organization plugin reached on SQLite, per
// second, measured beside on a machine with 2 cores: creations of an
// organization, invitations, and permission checks.
var betterAuth = map[string]reference{
	"create-organization": {74, atLeast(5)},
	"send-invitation":     {295, atLeast(1.5)},
	"explain-access":      {563, atLeast(4)},
	"get-me":              {563, atLeast(4)},
}

// throughput measures the local stack over HTTP, with several callers at once.
func (b *bench) throughput(ctx context.Context) (chapter, error) {
	s := section{
		title: "Throughput", unit: perSecond, measured: "local stack", against: []string{"bare calls", "better-auth"},
		about: fmt.Sprintf("The local stack over HTTP with %d callers at once, beside the rate at which its table server takes the bare calls that the operation makes, "+
			"sent by the SDK's client from as many callers. The callers, the API and the table share the machine: where the call takes little, as reading one item does, "+
			"the way to the API and back counts. A handler of net/http that does nothing but the same call reached 0.59 of the bare rate. "+
			"better-auth's organization plugin on SQLite was measured on a machine with 2 cores. Both are constants here.", b.callers),
	}
	stack, err := b.startStack(ctx)
	if err != nil {
		return s, err
	}
	defer stack.stop()
	front, err := stack.open(ctx, b.callers)
	if err != nil {
		return s, err
	}
	defer front.close()
	own, taken, err := openLab(stack.TableEndpoint, stack.TableName).furnishAlike(ctx)
	if err != nil {
		return s, err
	}
	bare := taken.throughputRows()
	for i, r := range own.throughputRows() {
		log.Printf("throughput: %s", r.name)
		called, err := front.called(ctx, own.agency, r.next)
		if err != nil {
			return s, fmt.Errorf("signing in: %w", err)
		}
		rates, err := rates(ctx, b.callers, b.load, called, taken.bare(bare[i].next))
		if err != nil {
			return s, fmt.Errorf("%s: %w", r.name, err)
		}
		s.results = append(s.results, result{r.name, rates[0], []reference{{rates[1], atLeast(leastOfBare)}, betterAuth[r.name]}})
	}
	return s, nil
}

func (f *furnished) throughputRows() []row {
	return []row{
		{name: "create-organization", next: f.createOrganization},
		{name: "get-organization", next: f.getOrganization},
		{name: "list-organizations", next: f.listOrganizations("")},
		{name: "add-user", next: f.addUser},
		{name: "create-team", next: f.createTeam},
		{name: "explain-access", next: f.explainAccess},
		{name: "route-handoff", next: f.routeHandoff},
		{name: "assign-agent", next: f.assignAgent},
		{name: "get-me", next: f.getMe},
		{name: "send-invitation", next: f.sendInvitation},
	}
}
