package me_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/problem"
)

func TestUsersChangeWhatIsTheirOwn(t *testing.T) {
	a := newAgency(t)
	a.agent("Bot", nil)
	ann := a.add("Ann", "ann@example.com", map[string]any{"sections": sections{"home": "edit"}, "externalId": "x"})
	for _, step := range []struct {
		name, body string
		want       map[string]any
	}{
		{"nothing", `{}`, map[string]any{"principal.version": 1.0}},
		{"what it is", `{"name":"Ann","availability":"offline"}`, map[string]any{"principal.version": 1.0}},
		{"name", `{"name":"  Łucja   👩‍🚀 "}`, map[string]any{"principal.version": 2.0, "principal.name": "Łucja 👩‍🚀", "memberships.0.name": "Łucja 👩‍🚀"}},
		{"all else", `{"avatarUrl":"https://example.com/a.png","language":"de","availability":"online"}`,
			map[string]any{"principal.avatarUrl": "https://example.com/a.png", "principal.language": "de", "principal.availability": "online"}},
		{"taken away", `{"avatarUrl":null,"language":null,"availability":null}`,
			map[string]any{"principal.avatarUrl": nil, "principal.language": nil, "principal.availability": "offline", "principal.version": 4.0}},
	} {
		got := ann.Patch("/me", step.body).Want(http.StatusOK)
		holds(t, step.name, got, step.want)
		read := ann.Get("/me")
		if string(read.Body) != string(got.Body) || read.Header.Get("ETag") != got.Header.Get("ETag") {
			t.Errorf("%s: read back %s\n%s\nanswered %s\n%s", step.name, read.Header.Get("ETag"), read.Body, got.Header.Get("ETag"), got.Body)
		}
	}
	holds(t, "all else stays", a.Owner().Get(a.user(ann.Principal.ID)), map[string]any{
		"email": "ann@example.com", "role": "user", "sections.home": "edit", "agents": "all", "status": "active", "externalId": "x", "version": 4.0,
	})
	if found := a.Owner().Get(a.path() + "/users?q=lucja").Each("id"); !slices.Equal(found, []string{ann.Principal.ID}) {
		t.Errorf("found by the new name: %v", found)
	}
}

func TestStaffChangeTheirName(t *testing.T) {
	a := newAgency(t)
	member := a.Member()
	member.Patch("/me", `{"name":"Sam member"}`).Want(http.StatusOK)
	got := member.Patch("/me", `{"name":"Samira"}`).Want(http.StatusOK)
	holds(t, "staff", got, map[string]any{"principal.name": "Samira", "principal.version": 2.0, "memberships.0.name": "Samira"})
	if read := member.Get("/me"); string(read.Body) != string(got.Body) || got.Header.Get("ETag") != `"2"` {
		t.Errorf("read back\n%s\nanswered %s\n%s", read.Body, got.Header.Get("ETag"), got.Body)
	}
	logged := a.Owner().Get("/activity?target=" + member.Principal.ID).Want(http.StatusOK)
	holds(t, "activity", logged, map[string]any{
		"items.0.action": "staff.updated", "items.0.actor.id": member.Principal.ID, "items.0.target.type": "staff", "items.0.target.name": "Samira",
		"items.0.changes.0.field": "name", "items.0.changes.0.before": "Sam member", "items.0.changes.0.after": "Samira", "items.1": nil,
	})
}

func TestWhatIsNotOnesOwnIsRefused(t *testing.T) {
	a := newAgency(t)
	ann, member := a.add("Ann", "ann@example.com", map[string]any{"role": "org_admin"}), a.Member()
	for _, tc := range []struct {
		caller      apitest.Caller
		body, place string
	}{
		{ann, `{"role":"org_admin"}`, "body.role"},
		{ann, `{"email":"x@example.com"}`, "body.email"},
		{ann, `{"sections":{"prompt":"edit"}}`, "body.sections"},
		{ann, `{"agents":"all"}`, "body.agents"},
		{ann, `{"teams":["support"]}`, "body.teams"},
		{ann, `{"status":"active"}`, "body.status"},
		{ann, `{"metadata":{}}`, "body.metadata"},
		{ann, `{"externalId":"x"}`, "body.externalId"},
		{ann, `{"lastSeenAt":null}`, "body.lastSeenAt"},
		{ann, `{"version":7}`, "body.version"},
		{ann, `{"name":""}`, "body.name"},
		{ann, `{"name":null}`, "body.name"},
		{ann, `{"name":"a\u202eb"}`, "body.name"},
		{ann, `{"name":"` + strings.Repeat("é", 121) + `"}`, "body.name"},
		{ann, `{"avatarUrl":"javascript:alert(1)"}`, "body.avatarUrl"},
		{ann, `{"avatarUrl":"http://example.com/a.png"}`, "body.avatarUrl"},
		{ann, `{"language":"xx"}`, "body.language"},
		{ann, `{"availability":"busy"}`, "body.availability"},
		{member, `{"role":"owner"}`, "body.role"},
		{member, `{"email":"x@example.com"}`, "body.email"},
		{member, `{"status":"active"}`, "body.status"},
		{member, `{"name":""}`, "body.name"},
		{member, `{"name":"Sam","availability":"online"}`, "body.availability"},
		{member, `{"language":"de"}`, "body.language"},
		{member, `{"avatarUrl":null}`, "body.avatarUrl"},
	} {
		before := tc.caller.Get("/me").Want(http.StatusOK)
		tc.caller.Patch("/me", tc.body).Refused(http.StatusUnprocessableEntity, problem.Invalid, tc.place)
		if after := tc.caller.Get("/me"); string(after.Body) != string(before.Body) {
			t.Errorf("%s has changed\n%s to\n%s", tc.body, before.Body, after.Body)
		}
	}
	ann.Patch("/me", `{"name":`).Refused(http.StatusBadRequest, problem.Malformed)
	ann.Patch("/me", `[]`).Refused(http.StatusUnprocessableEntity, problem.Invalid)
	ann.Patch("/me", nil).Refused(http.StatusBadRequest, problem.Malformed)
}

func TestWhoIsNobodyInParticularChangesNothing(t *testing.T) {
	a := newAgency(t)
	ann := a.add("Ann", "ann@example.com", nil)
	for name, caller := range map[string]apitest.Caller{
		"key": a.Key("", access.UsersWrite), "key of the organization": a.Key(a.org, access.UsersWrite), "still to choose": a.unchosen("ann@example.com"),
	} {
		t.Run(name, func(*testing.T) {
			caller.Patch("/me", `{"name":"n"}`).Refused(http.StatusForbidden, problem.Forbidden)
		})
	}
	as := ann.Principal
	as.Actor = &access.Actor{ID: apitest.StaffID(access.Owner), Role: access.Owner, Reason: "a ticket"}
	a.As(as).Patch("/me", `{"name":"n"}`).Refused(http.StatusForbidden, problem.Forbidden)
	holds(t, "Ann", ann.Get("/me"), map[string]any{"principal.name": "Ann", "principal.version": 1.0})
	as.Actor.Write = true
	holds(t, "with write", a.As(as).Patch("/me", `{"name":"n"}`).Want(http.StatusOK), map[string]any{"principal.name": "n"})
}

func TestAvailabilityDecidesWhoIsHandedChats(t *testing.T) {
	a := newAgency(t)
	ann := a.add("Ann", "ann@example.com", nil)
	a.Owner().Post(a.path()+"/teams", map[string]any{"key": "support", "label": "Support", "members": []string{ann.Principal.ID}}).Want(http.StatusCreated)
	handed := func(when string, available bool, name any) {
		t.Helper()
		got := a.Owner().Post(a.path()+"/teams/support/handoffs", `{}`).Want(http.StatusOK)
		holds(t, when, got, map[string]any{"available": available, "user.name": name})
	}
	handed("offline", false, nil)
	ann.Patch("/me", `{"availability":"online"}`).Want(http.StatusOK)
	handed("online", true, "Ann")
	ann.Patch("/me", `{"name":"Anna"}`).Want(http.StatusOK)
	handed("renamed", true, "Anna")
	ann.Patch("/me", `{"availability":"away","name":"Ann"}`).Want(http.StatusOK)
	handed("away", false, nil)
	logged := a.Owner().Get(a.path() + "/activity?target=" + ann.Principal.ID + "&action=user.updated").Want(http.StatusOK)
	holds(t, "activity", logged, map[string]any{
		"items.0.actor.id": ann.Principal.ID, "items.0.changes.0.field": "availability", "items.0.changes.0.before": "online", "items.0.changes.0.after": "away",
		"items.0.changes.1.field": "name", "items.2.changes.0.field": "availability", "items.3": nil,
	})
}

func TestIfMatch(t *testing.T) {
	a := newAgency(t)
	for name, caller := range map[string]apitest.Caller{"user": a.add("Ann", "ann@example.com", nil), "staff": a.Admin()} {
		t.Run(name, func(t *testing.T) {
			tag := apitest.Headers{"If-Match": caller.Get("/me").Header.Get("ETag")}
			caller.Patch("/me", `{"name":"First"}`, tag).Want(http.StatusOK)
			caller.Patch("/me", `{"name":"Second"}`, tag).Refused(http.StatusPreconditionFailed, problem.Stale, "header.If-Match")
			got := caller.Patch("/me", `{"name":"Third"}`, apitest.Headers{"If-Match": "*"}).Want(http.StatusOK)
			holds(t, name, got, map[string]any{"principal.name": "Third", "principal.version": 3.0})
		})
	}
}

// Of two tabs at once, and an admin beside them, none undoes what another did.
func TestNothingIsLostBetweenManyAtOnce(t *testing.T) {
	a := newAgency(t)
	ann, admin := a.add("Ann", "ann@example.com", nil), a.Admin()
	var all sync.WaitGroup
	for i, change := range []func() *apitest.Answer{
		func() *apitest.Answer { return ann.Patch("/me", `{"name":"Anna"}`) },
		func() *apitest.Answer { return ann.Patch("/me", `{"language":"fr"}`) },
		func() *apitest.Answer { return ann.Patch("/me", `{"availability":"online"}`) },
		func() *apitest.Answer { return ann.Patch("/me", `{"avatarUrl":"https://example.com/a.png"}`) },
		func() *apitest.Answer { return admin.Patch(a.user(ann.Principal.ID), `{"role":"org_admin"}`) },
	} {
		all.Go(func() {
			if got := change(); got.Status != http.StatusOK {
				t.Errorf("change %d: %d %s", i, got.Status, got.Body)
			}
		})
	}
	all.Wait()
	holds(t, "all five", ann.Get("/me"), map[string]any{
		"principal.name": "Anna", "principal.language": "fr", "principal.availability": "online", "principal.avatarUrl": "https://example.com/a.png",
		"principal.role": "org_admin", "principal.version": 6.0,
	})
	staff := a.Owner()
	for i := range 4 {
		all.Go(func() {
			if got := staff.Patch("/me", fmt.Sprintf(`{"name":"Sam %d"}`, i)); got.Status != http.StatusOK {
				t.Errorf("name %d: %d %s", i, got.Status, got.Body)
			}
		})
	}
	all.Wait()
	if got := a.Owner().Get("/activity?target=" + staff.Principal.ID + "&action=staff.updated").Each("action"); len(got) != 4 {
		t.Errorf("%d changes of one of the staff are recorded, want 4", len(got))
	}
	holds(t, "staff", staff.Get("/me"), map[string]any{"principal.version": 5.0})
}
