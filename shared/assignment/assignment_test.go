package assignment_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/table"
)

const (
	noOrganization = "org_01jd6v0c8ge2rs2k9v2q1m4t7x"
	noAgent        = "agt_01jd6v0c8ge2rs2k9v2q1m4t7x"
)

// agency is a world with organizations and agents in it.
type agency struct{ *apitest.World }

func newAgency(t *testing.T) agency {
	t.Helper()
	t.Parallel()
	return agency{apitest.New(t)}
}

// open opens an organization and returns its id.
func (a agency) open(name string, more ...map[string]any) string {
	a.T.Helper()
	return a.make("/organizations", name, more)
}

// register registers an agent and returns its id.
func (a agency) register(name string, more ...map[string]any) string {
	a.T.Helper()
	return a.make("/agents", name, more)
}

func (a agency) make(path, name string, more []map[string]any) string {
	a.T.Helper()
	body := map[string]any{"name": name}
	for _, fields := range more {
		for field, value := range fields {
			body[field] = value
		}
	}
	return a.Owner().Post(path, body).Want(http.StatusCreated).ID()
}

func agents(org string) string       { return "/organizations/" + org + "/agents" }
func place(org, agent string) string { return agents(org) + "/" + agent }

// assign assigns an agent with every section.
func (a agency) assign(org, agent string) *apitest.Answer {
	a.T.Helper()
	return a.Owner().Put(place(org, agent), nil).Want(http.StatusCreated)
}

func (a agency) becomes(org, status string) {
	a.T.Helper()
	if status == "deleted" {
		a.Owner().Delete("/organizations/" + org).Want(http.StatusAccepted)
		return
	}
	a.Owner().Patch("/organizations/"+org, map[string]string{"status": status}).Want(http.StatusOK)
}

// counted fails the test unless both sides count what there is.
func (a agency) counted(org string, agents int, agent string, organizations int) {
	a.T.Helper()
	if got := a.Owner().Get("/organizations/" + org).At("counts.agents"); got != float64(agents) {
		a.T.Errorf("the organization counts %v agents, want %d", got, agents)
	}
	a.agentCounts(agent, organizations)
}

// agentCounts fails the test unless the agent counts its organizations, and
// stands in the list that follows from it.
func (a agency) agentCounts(agent string, organizations int) {
	a.T.Helper()
	if got := a.Owner().Get("/agents/" + agent).At("organizationCount"); got != float64(organizations) {
		a.T.Errorf("the agent counts %v organizations, want %d", got, organizations)
	}
	for _, side := range []bool{true, false} {
		want := 0
		if side == (organizations > 0) {
			want = 1
		}
		for _, sort := range []string{"name", "-createdAt"} {
			listed := 0
			for _, id := range a.Owner().All(fmt.Sprintf("/agents?assigned=%v&sort=%s", side, sort), "id") {
				if id == agent {
					listed++
				}
			}
			if listed != want {
				a.T.Errorf("assigned=%v, sort=%s lists the agent %d times, want %d", side, sort, listed, want)
			}
		}
	}
}

// done is what the activity log says was done to an agent in an organization, oldest first.
func (a agency) done(org string) []activity.Item {
	a.T.Helper()
	items, _, err := a.Table.List(a.T.Context(), table.List{
		Index: table.G1, Partitions: []string{table.ActivityOf(a.Workspace, org)}, Limit: 200,
	})
	if err != nil {
		a.T.Fatal(err)
	}
	all, err := api.Decode[activity.Item](items)
	if err != nil {
		a.T.Fatal(err)
	}
	var done []activity.Item
	for _, item := range all {
		if item.Target.Type == "agent" {
			done = append(done, item)
		}
	}
	return done
}

// at is a call of the workspace's owner, as consumers of the stream make one.
func (a agency) at() *api.Call {
	owner := access.Principal{Type: access.Staff, ID: apitest.StaffID(access.Owner), Name: "Sam owner", Role: access.Owner, Workspace: a.Workspace}
	return &api.Call{Caller: api.Caller{Principal: owner}, Table: a.Table, Now: time.Now().UTC().Truncate(time.Millisecond)}
}

// together runs n functions at once and returns their statuses, how often each.
func together(n int, do func(i int) int) map[int]int {
	statuses, counts := make([]int, n), map[int]int{}
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { statuses[i] = do(i) })
	}
	group.Wait()
	for _, status := range statuses {
		counts[status]++
	}
	return counts
}

// vanish removes an item behind the operations' back, as a purge does.
func (a agency) vanish(key table.Key) {
	a.T.Helper()
	if err := a.Table.Commit(context.WithoutCancel(a.T.Context()), table.Delete(key)); err != nil {
		a.T.Fatal(err)
	}
}

// with is the organizations that have an agent, in the order of an index.
func (a agency) with(index table.Index, agent string) (orgs []string) {
	a.T.Helper()
	items, _, err := a.Table.List(a.T.Context(), table.List{
		Index: index, Partitions: []string{table.OrganizationsWith(a.Workspace, agent)}, Limit: 200,
	})
	if err != nil {
		a.T.Fatal(err)
	}
	for _, item := range items {
		orgs = append(orgs, item.String("organization"))
	}
	return orgs
}
