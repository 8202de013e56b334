package assignment_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"atrium/shared/agent"
	"atrium/shared/assignment"
	"atrium/shared/table"
)

func TestTakeFollowsADeletedAgent(t *testing.T) {
	for _, status := range []string{"active", "suspended", "archived", "deleted"} {
		t.Run(status, func(t *testing.T) {
			a := newAgency(t)
			org, agent, other := a.open("Acme"), a.register("Bot"), a.register("Other")
			a.assign(org, agent)
			a.assign(org, other)
			if status != "active" {
				a.becomes(org, status)
			}
			a.Owner().Delete("/agents/" + agent).Want(http.StatusNoContent)
			// As often as the stream says it, and several times at once.
			together(4, func(int) int {
				if err := assignment.Take(t.Context(), a.at(), org, agent, "Bot"); err != nil {
					t.Error(err)
				}
				return 0
			})
			a.counted(org, 1, other, 1)
			if got := a.Owner().All("/organizations?agent="+agent+"&status="+status, "id"); len(got) != 0 {
				t.Errorf("still with %q", got)
			}
			done := a.done(org)
			last := done[len(done)-1]
			if len(done) != 3 || last.Action != "agent.unassigned" || last.Target.Name != "Bot" || last.Target.ID != agent || last.Actor.Name != "Sam owner" {
				t.Errorf("on record: %+v", done)
			}
		})
	}
}

func TestTakeFollowsAPurgedOrganization(t *testing.T) {
	a := newAgency(t)
	org, other, agent := a.open("Acme"), a.open("Other"), a.register("Bot")
	a.assign(org, agent)
	a.assign(other, agent)
	for i, gone := range []string{org, other} {
		a.vanish(table.OrganizationKey(a.Workspace, gone))
		for range 2 {
			if err := assignment.Take(t.Context(), a.at(), gone, agent, ""); err != nil {
				t.Fatal(err)
			}
		}
		a.agentCounts(agent, 1-i)
	}
	if got := a.done(org); len(got) != 2 || got[1].Target.Name != "Bot" {
		t.Errorf("on record: %+v", got)
	}
}

func TestTakeWhereNothingIsLeft(t *testing.T) {
	a := newAgency(t)
	org, agent := a.open("Acme"), a.register("Bot")
	a.assign(org, agent)
	a.vanish(table.OrganizationKey(a.Workspace, org))
	a.vanish(table.AgentKey(a.Workspace, agent))
	if err := assignment.Take(t.Context(), a.at(), org, agent, "Bot"); err != nil {
		t.Fatal(err)
	}
	_, err := table.Get[assignment.Record](t.Context(), a.Table, table.AssignmentKey(a.Workspace, org, agent))
	if !errors.Is(err, table.ErrNotFound) {
		t.Errorf("the assignment is still there: %v", err)
	}
}

// After a restore an agent may be as it was before it was assigned.
func TestTakeFromAnAgentThatCountsTooFew(t *testing.T) {
	a := newAgency(t)
	org, bot := a.open("Acme"), a.register("Bot")
	before, err := table.Get[agent.Record](t.Context(), a.Table, table.AgentKey(a.Workspace, bot))
	if err != nil {
		t.Fatal(err)
	}
	a.assign(org, bot)
	a.vanish(table.OrganizationKey(a.Workspace, org))
	if err := a.Table.Commit(t.Context(), table.Put(before)); err != nil {
		t.Fatal(err)
	}
	if err := assignment.Take(t.Context(), a.at(), org, bot, ""); err != nil {
		t.Fatal(err)
	}
	if left := a.with(table.G1, bot); len(left) != 0 {
		t.Errorf("still with %q", left)
	}
	if got := a.Owner().Get("/agents/" + bot).At("organizationCount"); got != 0.0 {
		t.Errorf("the agent counts %v organizations", got)
	}
}

func TestTakeEndsThoughItNeverSucceeds(t *testing.T) {
	a := newAgency(t)
	org, agent := a.open("Acme"), a.register("Bot")
	a.assign(org, agent)
	a.Fault = func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.Header.Get("X-Amz-Target"), "TransactWriteItems") {
			faster := table.Update(table.AssignmentKey(a.Workspace, org, agent), table.Increase("version", 1))
			return nil, a.Table.UpdateOne(t.Context(), faster, &struct{}{})
		}
		return nil, nil //nolint:nilnil // nothing injected
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := assignment.Take(ctx, a.at(), org, agent, ""); err == nil || ctx.Err() != nil {
		t.Errorf("it says %v; out of time: %v", err, ctx.Err())
	}
}
