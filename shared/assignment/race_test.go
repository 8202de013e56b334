package assignment_test

import (
	"fmt"
	"maps"
	"net/http"
	"testing"

	"atrium/shared/apitest"
)

func TestManyOrganizationsAssignOneAgentAtOnce(t *testing.T) {
	a := newAgency(t)
	agent := a.register("Bot")
	var orgs []string
	for i := range 8 {
		orgs = append(orgs, a.open(fmt.Sprint("org ", i)))
	}
	if got := together(len(orgs), func(i int) int { return a.Owner().Put(place(orgs[i], agent), nil).Status }); got[http.StatusCreated] != len(orgs) {
		t.Errorf("assigned: %v", got)
	}
	a.counted(orgs[0], 1, agent, len(orgs))
	if got := together(len(orgs), func(i int) int { return a.Owner().Delete(place(orgs[i], agent)).Status }); got[http.StatusNoContent] != len(orgs) {
		t.Errorf("unassigned: %v", got)
	}
	a.counted(orgs[0], 0, agent, 0)
}

func TestOfManyEqualCallsOneIsTheFirst(t *testing.T) {
	a := newAgency(t)
	org, agent := a.open("Acme"), a.register("Bot")
	if got, want := together(6, func(int) int { return a.Owner().Put(place(org, agent), nil).Status }), map[int]int{http.StatusCreated: 1, http.StatusOK: 5}; !maps.Equal(got, want) {
		t.Errorf("assigned: %v, want %v", got, want)
	}
	a.counted(org, 1, agent, 1)
	if got, want := together(6, func(int) int { return a.Owner().Delete(place(org, agent)).Status }), map[int]int{http.StatusNoContent: 1, http.StatusNotFound: 5}; !maps.Equal(got, want) {
		t.Errorf("unassigned: %v, want %v", got, want)
	}
	a.counted(org, 0, agent, 0)
	if got := len(a.done(org)); got != 2 {
		t.Errorf("%d things on record, want 2", got)
	}
}

func TestOfTwoWithOneETagOneWins(t *testing.T) {
	a := newAgency(t)
	org, agent := a.open("Acme"), a.register("Bot")
	a.assign(org, agent)
	grants := []string{"view", "none"}
	got := together(2, func(i int) int {
		body := fmt.Sprintf(`{"sections":{"home":%q}}`, grants[i])
		return a.Owner().Put(place(org, agent), body, apitest.Headers{"If-Match": `"1"`}).Status
	})
	if want := (map[int]int{http.StatusOK: 1, http.StatusPreconditionFailed: 1}); !maps.Equal(got, want) {
		t.Errorf("changed: %v, want %v", got, want)
	}
}

// TestComingAndGoing assigns, takes away and pauses one agent all at once, and
// looks whether all lists and counts agree in the end.
func TestComingAndGoing(t *testing.T) {
	a := newAgency(t)
	agent := a.register("Bot")
	orgs := []string{a.open("One"), a.open("Two"), a.open("Three")}
	statuses := []string{"active", "paused"}
	together(len(orgs)+1, func(i int) int {
		for round := range 8 {
			if i == len(orgs) {
				a.Owner().Patch("/agents/"+agent, map[string]string{"status": statuses[round%2]}).Want(http.StatusOK)
				continue
			}
			a.Owner().Put(place(orgs[i], agent), nil).Want(http.StatusCreated)
			// The last round of all but one leaves it assigned.
			if round < 7 || i == 0 {
				a.Owner().Delete(place(orgs[i], agent)).Want(http.StatusNoContent)
			}
		}
		return 0
	})
	a.counted(orgs[0], 0, agent, 2)
	a.counted(orgs[1], 1, agent, 2)
	if got := a.Owner().All("/agents?status=paused&assigned=true", "id"); len(got) != 1 {
		t.Errorf("paused and assigned: %q", got)
	}
	if got := a.Owner().All("/agents?status=active", "id"); len(got) != 0 {
		t.Errorf("active: %q", got)
	}
}

// TestAnAgentThatIsDeletedMeanwhile is either assigned before, or not found.
func TestAnAgentThatIsDeletedMeanwhile(t *testing.T) {
	a := newAgency(t)
	org := a.open("Acme")
	for i := range 5 {
		agent := a.register(fmt.Sprint("Bot ", i))
		got := together(2, func(i int) int {
			if i == 0 {
				return a.Owner().Delete("/agents/" + agent).Status
			}
			return a.Owner().Put(place(org, agent), nil).Status
		})
		if got[http.StatusNoContent] != 1 || got[http.StatusCreated]+got[http.StatusNotFound] != 1 {
			t.Errorf("statuses %v", got)
		}
	}
	if got := a.Owner().All(agents(org), "id"); len(got) != 0 {
		t.Errorf("deleted, yet listed: %q", got)
	}
}

// TestAnOrganizationThatIsArchivedMeanwhile counts what was assigned before, and no more.
func TestAnOrganizationThatIsArchivedMeanwhile(t *testing.T) {
	a := newAgency(t)
	org := a.open("Acme")
	var bots []string
	for i := range 6 {
		bots = append(bots, a.register(fmt.Sprint("Bot ", i)))
	}
	got := together(len(bots)+1, func(i int) int {
		if i == len(bots) {
			a.becomes(org, "archived")
			return 0
		}
		return a.Owner().Put(place(org, bots[i]), nil).Status
	})
	if got[http.StatusCreated]+got[http.StatusConflict] != len(bots) {
		t.Errorf("statuses %v", got)
	}
	listed := a.Owner().All(agents(org), "id")
	counts := a.Owner().Get("/organizations/" + org).At("counts.agents")
	if len(listed) != got[http.StatusCreated] || counts != float64(len(listed)) {
		t.Errorf("%d assigned, %d listed, %v counted", got[http.StatusCreated], len(listed), counts)
	}
}
