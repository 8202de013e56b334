package assignment_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"atrium/shared/apitest"
	"atrium/shared/assignment"
	"atrium/shared/table"
)

// meanwhile does something between the reading and the writing of the next call.
func (a agency) meanwhile(do func()) {
	done := false
	a.Fault = func(r *http.Request) (*http.Response, error) {
		if !done && strings.HasSuffix(r.Header.Get("X-Amz-Target"), "TransactWriteItems") {
			done = true
			do()
		}
		return nil, nil //nolint:nilnil // nothing injected
	}
}

// TestWhatComesBetweenReadingAndWriting meets each change with each other that
// matters to it, at the worst moment. One and Two are organizations.
func TestWhatComesBetweenReadingAndWriting(t *testing.T) {
	const one, two = 0, 1
	type step func(a agency, orgs []string, agent string) *apitest.Answer
	assign := func(org int, body ...any) step {
		return func(a agency, orgs []string, agent string) *apitest.Answer {
			return a.Owner().Put(place(orgs[org], agent), append(body, nil)[0])
		}
	}
	unassign := func(org int) step {
		return func(a agency, orgs []string, agent string) *apitest.Answer {
			return a.Owner().Delete(place(orgs[org], agent))
		}
	}
	pause := func(a agency, _ []string, agent string) *apitest.Answer {
		return a.Owner().Patch("/agents/"+agent, `{"status":"paused"}`)
	}
	remove := func(a agency, _ []string, agent string) *apitest.Answer { return a.Owner().Delete("/agents/" + agent) }
	archive := func(a agency, orgs []string, _ string) *apitest.Answer {
		return a.Owner().Patch("/organizations/"+orgs[one], `{"status":"archived"}`)
	}
	const gone = ""
	for name, tc := range map[string]struct {
		before        []int // organizations that have the agent
		do, meanwhile step
		status        int
		organizations int
		list          string // where the agent stands afterwards
	}{
		"the first while another is the first":  {nil, assign(one), assign(two), 201, 2, "status=active&assigned=true"},
		"the first while it is paused":          {nil, assign(one), pause, 201, 1, "status=paused&assigned=true"},
		"the second while the first goes":       {[]int{two}, assign(one), unassign(two), 201, 1, "status=active&assigned=true"},
		"the second while it is paused":         {[]int{two}, assign(one), pause, 201, 2, "status=paused&assigned=true"},
		"the last goes while another comes":     {[]int{one}, unassign(one), assign(two), 204, 1, "status=active&assigned=true"},
		"the last goes while it is paused":      {[]int{one}, unassign(one), pause, 204, 0, "status=paused&assigned=false"},
		"both go":                               {[]int{one, two}, unassign(one), unassign(two), 204, 0, "status=active&assigned=false"},
		"paused while the first comes":          {nil, pause, assign(one), 200, 1, "status=paused&assigned=true"},
		"paused while the last goes":            {[]int{one}, pause, unassign(one), 200, 0, "status=paused&assigned=false"},
		"assigned by somebody else":             {nil, assign(one), assign(one), 200, 1, "status=active&assigned=true"},
		"unassigned by somebody else":           {[]int{one}, unassign(one), unassign(one), 404, 0, "status=active&assigned=false"},
		"unassigned while its sections change":  {[]int{one}, assign(one, `{"sections":{"home":"view"}}`), unassign(one), 201, 1, "status=active&assigned=true"},
		"assigned while it is deleted":          {nil, assign(one), remove, 404, 0, gone},
		"unassigned while it is deleted":        {[]int{one}, unassign(one), remove, 404, 0, gone},
		"assigned while its client is archived": {nil, assign(one), archive, 409, 0, "status=active&assigned=false"},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAgency(t)
			orgs, agent := []string{a.open("One"), a.open("Two")}, a.register("Bot")
			for _, org := range tc.before {
				a.assign(orgs[org], agent)
			}
			a.meanwhile(func() {
				if got := tc.meanwhile(a, orgs, agent); got.Status >= http.StatusMultipleChoices {
					t.Errorf("meanwhile: %d %s", got.Status, got.Body)
				}
			})
			tc.do(a, orgs, agent).Want(tc.status)
			if tc.list == gone {
				return
			}
			a.agentCounts(agent, tc.organizations)
			if got := a.Owner().All("/agents?"+tc.list, "id"); len(got) != 1 {
				t.Errorf("not on the list %s", tc.list)
			}
			total := 0.0
			for _, org := range orgs {
				count, _ := a.Owner().Get("/organizations/" + org).At("counts.agents").(float64)
				total += count
			}
			if total != float64(tc.organizations) {
				t.Errorf("the organizations count %v agents, want %d", total, tc.organizations)
			}
		})
	}
}

func TestAnETagIsHeldToWhenSomebodyElseWasFaster(t *testing.T) {
	a := newAgency(t)
	org, agent := a.open("Acme"), a.register("Bot")
	a.assign(org, agent)
	a.meanwhile(func() { a.Admin().Put(place(org, agent), `{"sections":{"home":"none"}}`).Want(http.StatusOK) })
	a.Owner().Put(place(org, agent), `{"sections":{"home":"view"}}`, apitest.Headers{"If-Match": `"1"`}).Want(http.StatusPreconditionFailed)
	if got := a.Owner().Get(agents(org)).At("items.0.assignment.sections.home"); got != "none" {
		t.Errorf("home is %v", got)
	}
}

func TestAnOrganizationThatIsRenamedMeanwhileIsListedUnderItsNewName(t *testing.T) {
	a := newAgency(t)
	org, other, agent := a.open("Alpha"), a.open("Beta"), a.register("Bot")
	a.assign(other, agent)
	a.meanwhile(func() {
		a.Admin().Patch("/organizations/"+org, `{"name":"Gamma"}`).Want(http.StatusOK)
		// Told at once, and nothing there to be moved yet.
		if err := assignment.Rename(t.Context(), a.Table, a.Workspace, org); err != nil {
			t.Error(err)
		}
	})
	a.Owner().Put(place(org, agent), nil).Want(http.StatusCreated)
	if got, want := a.with(table.G1, agent), []string{other, org}; !slices.Equal(got, want) {
		t.Errorf("by name: %q, want %q", got, want)
	}
	a.counted(org, 1, agent, 2)
	if done := a.done(org); len(done) != 1 || done[0].Changes[0].After.(map[string]any)["name"] != "Gamma" {
		t.Errorf("on record: %+v", done)
	}
}
