package main

import (
	"context"
	"fmt"
	"log"
	"sync/atomic"
)

// furniture is what a workspace is filled with before it is measured.
type furniture struct {
	organizations int
	// users of the first organization.
	users int
}

// The name of each organization has a word that all have, and one of them a
// word that no other has.
const (
	commonWord = "group"
	rareWord   = "quetzal"
)

// furnished is a workspace that was filled, and the requests to measure on it.
type furnished struct {
	agency
	// organization is the one with the users, the team and the agent.
	organization string
	user         string
	agent        string
	// organizations are the others.
	organizations []string
	// agents are some that are assigned to nobody yet.
	agents []string
	// made and assigned count the requests that must each be another one.
	made, assigned atomic.Int64
}

const (
	spareAgents = 50
	seeders     = 8
)

// furnish fills the workspace through the operations themselves.
func (a agency) furnish(ctx context.Context, what furniture) (*furnished, error) {
	f := &furnished{agency: a, organizations: make([]string, what.organizations-1), agents: make([]string, spareAgents)}
	steps := []struct {
		n    int
		make func(i int) (request, *string)
	}{
		{1, func(int) (request, *string) { return createOrganization("Home of them all"), &f.organization }},
		{len(f.organizations), func(i int) (request, *string) {
			return createOrganization(organizationName(i, len(f.organizations))), &f.organizations[i]
		}},
		{1, func(int) (request, *string) { return createAgent("Receptionist"), &f.agent }},
		{len(f.agents), func(i int) (request, *string) { return createAgent(fmt.Sprintf("Helper %d", i)), &f.agents[i] }},
		{1, func(int) (request, *string) { return assign(f.agent, f.organization), nil }},
		{1, func(int) (request, *string) { return addUser(f.organization, "Ann Lee", "ann@client.example"), &f.user }},
		{what.users - 1, func(i int) (request, *string) {
			return addUser(f.organization, fmt.Sprintf("Person %07d", i), fmt.Sprintf("user%07d@client.example", i)), nil
		}},
		{1, func(int) (request, *string) { return createTeam(f.organization, "support", f.user), nil }},
	}
	for _, step := range steps {
		if err := a.make(ctx, step.n, step.make); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// furnishAlike fills two workspaces alike: one to call Atrium in, and one to
// take bare calls from for its twin, which so stays as it is, change by change.
func (l *lab) furnishAlike(ctx context.Context) (own, taken *furnished, err error) {
	what := furniture{organizations: 250, users: 60}
	lone, err := l.newAgency(ctx)
	if err != nil {
		return nil, nil, err
	}
	twins, err := l.newTwins(ctx)
	if err != nil {
		return nil, nil, err
	}
	if own, err = lone.furnish(ctx, what); err != nil {
		return nil, nil, err
	}
	taken, err = twins.furnish(ctx, what)
	return own, taken, err
}

// row is an operation to measure on a workspace.
type row struct {
	name  string
	bound bound
	next  func() request
}

// make makes n things, several at once, and keeps their ids.
func (a agency) make(ctx context.Context, n int, thing func(i int) (request, *string)) error {
	var done atomic.Int64
	calls := make([]call, n)
	for i := range calls {
		calls[i] = func(ctx context.Context) error {
			r, kept := thing(i)
			made, err := a.ask(ctx, r)
			if kept != nil {
				*kept = made
			}
			if d := done.Add(1); d%10_000 == 0 {
				log.Printf("%d of %d %s", d, n, r.operation)
			}
			return err
		}
	}
	return sideBySide(ctx, seeders, calls)
}

func organizationName(i, n int) string {
	if i == n/2 {
		return fmt.Sprintf("Client %07d %s", i, rareWord)
	}
	return fmt.Sprintf("Client %07d %s", i, commonWord)
}

func createOrganization(name string) request {
	return request{operation: "create-organization", path: "/organizations", body: map[string]any{"name": name}}
}

func createAgent(name string) request {
	return request{operation: "create-agent", path: "/agents", body: map[string]any{"name": name, "provider": "convocore"}}
}

func assign(agent, organization string) request {
	return request{operation: "assign-agent", path: "/organizations/" + organization + "/agents/" + agent, body: map[string]any{}}
}

func addUser(organization, name, email string) request {
	return request{operation: "add-user", path: "/organizations/" + organization + "/users",
		body: map[string]any{"name": name, "email": email, "availability": "online"}}
}

func createTeam(organization, key string, members ...string) request {
	return request{operation: "create-team", path: "/organizations/" + organization + "/teams",
		body: map[string]any{"key": key, "label": "Support", "members": members}}
}

// number is another one each time.
func (f *furnished) number() int { return int(f.made.Add(1)) }

func (f *furnished) createOrganization() request {
	return createOrganization(fmt.Sprintf("Newcomer %07d %s", f.number(), commonWord))
}

func (f *furnished) getOrganization() request {
	return request{operation: "get-organization", path: "/organizations/" + f.organizations[f.number()%len(f.organizations)]}
}

func (f *furnished) listOrganizations(query string) func() request {
	return func() request { return request{operation: "list-organizations", path: "/organizations", query: query} }
}

func (f *furnished) addUser() request {
	n := f.number()
	return addUser(f.organization, fmt.Sprintf("Newcomer %07d", n), fmt.Sprintf("newcomer%07d@client.example", n))
}

func (f *furnished) getUser() request {
	return request{operation: "get-user", path: "/organizations/" + f.organization + "/users/" + f.user}
}

func (f *furnished) listUsers(query string) func() request {
	return func() request {
		return request{operation: "list-users", path: "/organizations/" + f.organization + "/users", query: query}
	}
}

func (f *furnished) explainAccess() request {
	r := f.getUser()
	return request{operation: "explain-access", path: r.path + "/access", query: "agent=" + f.agent}
}

// createTeam goes round the organizations: none may have more than 200 teams.
func (f *furnished) createTeam() request {
	n := f.number()
	return createTeam(f.organizations[n%len(f.organizations)], "team_"+letters(n))
}

// letters writes a number in letters, as the keys of teams have no digits.
func letters(n int) string {
	if n < 26 {
		return string(rune('a' + n))
	}
	return letters(n/26-1) + string(rune('a'+n%26))
}

func (f *furnished) routeHandoff() request {
	return request{operation: "route-handoff", path: "/organizations/" + f.organization + "/teams/support/handoffs", body: map[string]any{}}
}

// assignAgent assigns each of the spare agents to one organization after another.
func (f *furnished) assignAgent() request {
	n := int(f.assigned.Add(1))
	return assign(f.agents[n%len(f.agents)], f.organizations[n/len(f.agents)%len(f.organizations)])
}

func (f *furnished) getMe() request { return request{operation: "get-me", path: "/me"} }

func (f *furnished) sendInvitation() request {
	n := f.number()
	return request{
		operation: "send-invitation", path: "/organizations/" + f.organization + "/invitations",
		body: map[string]any{"email": fmt.Sprintf("guest%07d@client.example", n), "name": "A Guest"},
	}
}

func (f *furnished) listActivity(path, query string) func() request {
	return func() request { return request{operation: "list-activity", path: path, query: query} }
}
