package assignment_test

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/problem"
	"atrium/shared/table"
)

func TestAssignAnswersWithTheAgentAndItsAssignment(t *testing.T) {
	a := newAgency(t)
	org, agent := a.open("Acme"), a.register("Bot", map[string]any{"metadata": map[string]string{"k": "v"}})
	made := a.Member().Put(place(org, agent), `{"sections":{"prompt":"none","tab:reports":"view"}}`).Want(http.StatusCreated)
	for path, want := range map[string]any{
		"id": agent, "name": "Bot", "metadata.k": "v", "organizationCount": 1.0, "version": 1.0,
		"assignment.version": 1.0, "assignment.assignedBy": "stf_0000000000000000000000000m",
		"assignment.sections.prompt": "none", "assignment.sections.tab:reports": "view", "assignment.sections.home": "edit",
	} {
		if got := made.At(path); got != want {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
	if at, _ := made.At("assignment.assignedAt").(string); at == "" || made.Header.Get("ETag") != `"1"` {
		t.Errorf("assigned at %q, ETag %s", at, made.Header.Get("ETag"))
	}
	listed := a.Owner().Get(agents(org)).Want(http.StatusOK)
	if len(listed.Each("id")) != 1 || !reflect.DeepEqual(listed.At("items.0"), whole(made)) {
		t.Errorf("listed\n%s\nmade\n%s", listed.Body, made.Body)
	}
	a.counted(org, 1, agent, 1)
	if got := a.Owner().All("/organizations?agent="+agent, "id"); len(got) != 1 || got[0] != org {
		t.Errorf("organizations with the agent: %q", got)
	}
}

func whole(a *apitest.Answer) (body any) {
	a.Into(&body)
	return body
}

func TestAnAgentsOrganizationsStandByNameAndByAge(t *testing.T) {
	a := newAgency(t)
	agent := a.register("Bot")
	medlar, apple, zebra := a.open("Medlar"), a.open("Apple"), a.open("Zebra")
	for _, org := range []string{zebra, medlar, apple} {
		a.assign(org, agent)
	}
	if got, want := a.with(table.G1, agent), []string{apple, medlar, zebra}; !slices.Equal(got, want) {
		t.Errorf("by name: %q, want %q", got, want)
	}
	a.Owner().Put(place(apple, agent), `{"sections":{"home":"view"}}`).Want(http.StatusOK)
	a.Owner().Delete(place(zebra, agent)).Want(http.StatusNoContent)
	if got, want := a.with(table.G2, agent), []string{medlar, apple}; !slices.Equal(got, want) {
		t.Errorf("by age: %q, want %q", got, want)
	}
}

func TestAssignTakesNoBodyAnEmptyOneAndAnEmptyObject(t *testing.T) {
	a := newAgency(t)
	for i, body := range []any{nil, "", "{}", `{"sections":{}}`} {
		org, agent := a.open(fmt.Sprint("org ", i)), a.register("Bot")
		made := a.Owner().Put(place(org, agent), body).Want(http.StatusCreated)
		for _, section := range access.BuiltIn {
			if got := made.At("assignment.sections." + section); got != "edit" {
				t.Errorf("%v: %s is %v, want edit", body, section, got)
			}
		}
	}
}

func TestAssignAgainChangesTheSectionsOnly(t *testing.T) {
	a := newAgency(t)
	org, agent := a.open("Acme"), a.register("Bot")
	path := place(org, agent)
	made := a.Owner().Put(path, `{"sections":{"prompt":"none"}}`).Want(http.StatusCreated)
	same := a.Admin().Put(path, `{"sections":{"prompt":"none","home":"edit"}}`).Want(http.StatusOK)
	if string(same.Body) != string(made.Body) {
		t.Errorf("the same again made it\n%s\nof\n%s", same.Body, made.Body)
	}
	changed := a.Admin().Put(path, `{"sections":{"home":"view"}}`).Want(http.StatusOK)
	for member, want := range map[string]any{
		"assignment.sections.home": "view", "assignment.sections.prompt": "edit", "assignment.version": 2.0,
		"assignment.assignedBy": apitest.StaffID(access.Owner), "assignment.assignedAt": made.At("assignment.assignedAt"),
		"organizationCount": 1.0, "version": 1.0,
	} {
		if got := changed.At(member); got != want {
			t.Errorf("%s = %v, want %v", member, got, want)
		}
	}
	if got := changed.Header.Get("ETag"); got != `"2"` {
		t.Errorf("ETag %s", got)
	}
	if got := a.Owner().Get(agents(org)).At("items.0.assignment.sections.home"); got != "view" {
		t.Errorf("listed with home %v", got)
	}
	a.counted(org, 1, agent, 1)
}

func TestAssignRefuses(t *testing.T) {
	a := newAgency(t)
	org, agent := a.open("Acme", map[string]any{"ceiling": map[string]string{"prompt": "view", "settings": "none"}}), a.register("Bot")
	var tabs []string
	for i := range 101 {
		tabs = append(tabs, fmt.Sprintf(`"tab:t%d":"none"`, i))
	}
	for name, tc := range map[string]struct {
		body   string
		status int
		code   problem.Code
		places []string
	}{
		"above the ceiling":       {`{"sections":{"prompt":"edit","settings":"view","home":"edit"}}`, 422, problem.Invalid, []string{"body.sections.prompt", "body.sections.settings"}},
		"a strange section":       {`{"sections":{"kitchen":"view"}}`, 422, problem.Invalid, []string{"body.sections.kitchen"}},
		"a tab of a bad key":      {`{"sections":{"tab:Ä":"view"}}`, 422, problem.Invalid, []string{"body.sections.tab:Ä"}},
		"a strange grant":         {`{"sections":{"home":"admin"}}`, 422, problem.Invalid, []string{"body.sections.home"}},
		"a grant that is no text": {`{"sections":{"home":1}}`, 422, problem.Invalid, []string{"body.sections.home"}},
		"sections as a list":      {`{"sections":["home"]}`, 422, problem.Invalid, []string{"body.sections"}},
		"101 sections":            {`{"sections":{` + strings.Join(tabs, ",") + `}}`, 422, problem.Invalid, []string{"body.sections"}},
		"an unknown field":        {`{"section":{}}`, 422, problem.Invalid, []string{"body.section"}},
		"no object":               {`["home"]`, 422, problem.Invalid, []string{"body"}},
		"broken JSON":             {`{"sections":`, 400, problem.Malformed, []string{"body"}},
	} {
		t.Run(name, func(t *testing.T) {
			a.World.T = t
			a.Owner().Put(place(org, agent), tc.body).Refused(tc.status, tc.code, tc.places...)
		})
	}
	a.World.T = t
	a.counted(org, 0, agent, 0)
	a.Owner().Put(place(org, agent), `{"sections":{"prompt":"view","settings":"none"}}`).Want(http.StatusCreated)
	a.Owner().Put(place(org, agent), `{"sections":{"prompt":"edit"}}`).Refused(http.StatusUnprocessableEntity, problem.Invalid, "body.sections.prompt")
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	a := newAgency(t)
	stranger := agency{apitest.New(t)}
	org, agent := a.open("Acme"), a.register("Bot")
	a.assign(org, agent)
	other, idle := a.open("Other"), a.register("Idle")
	theirOrg, theirAgent := stranger.open("Acme"), stranger.register("Bot")
	stranger.assign(theirOrg, theirAgent)
	own := a.Key(other, access.AgentsWrite)
	for name, tc := range map[string]struct {
		caller apitest.Caller
		path   string
		assign int
	}{
		"an unknown organization":                {a.Owner(), place(noOrganization, agent), 404},
		"no organization's id":                   {a.Owner(), place("org_%23", agent), 404},
		"an unknown agent":                       {a.Owner(), place(org, noAgent), 404},
		"no agent's id":                          {a.Owner(), place(org, "x"), 404},
		"another workspace's organization":       {a.Owner(), place(theirOrg, agent), 404},
		"another workspace's agent":              {a.Owner(), place(org, theirAgent), 404},
		"another workspace's pair":               {a.Owner(), place(theirOrg, theirAgent), 404},
		"another organization of a bound key":    {own, place(org, agent), 404},
		"an agent that is not assigned":          {a.Owner(), place(org, idle), 0},
		"an agent that another organization has": {a.Owner(), place(other, agent), 0},
	} {
		t.Run(name, func(t *testing.T) {
			a.World.T, stranger.World.T = t, t
			tc.caller.Delete(tc.path).Refused(http.StatusNotFound, problem.NotFound)
			if tc.assign != 0 {
				tc.caller.Put(tc.path, nil).Refused(http.StatusNotFound, problem.NotFound)
			}
		})
	}
	a.World.T, stranger.World.T = t, t
	a.counted(org, 1, agent, 1)
	stranger.counted(theirOrg, 1, theirAgent, 1)
}

func TestWhoMayAssign(t *testing.T) {
	a := newAgency(t)
	org := a.open("Acme")
	for name, tc := range map[string]struct {
		caller apitest.Caller
		may    bool
		status int
	}{
		"owner":            {a.Owner(), true, 0},
		"member":           {a.Member(), true, 0},
		"key":              {a.Key("", access.AgentsWrite), true, 0},
		"bound key":        {a.Key(org, access.AgentsWrite), true, 0},
		"reading key":      {a.Key("", access.AgentsRead), false, http.StatusForbidden},
		"key of other use": {a.Key("", access.OrganizationsWrite), false, http.StatusForbidden},
		"org_admin":        {a.Client(access.OrgAdmin, org, "usr_x"), false, http.StatusForbidden},
		"user":             {a.Client(access.User, org, "usr_x"), false, http.StatusForbidden},
		"nobody":           {a.Nobody(), false, http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			a.World.T = t
			path := place(org, a.register("Bot"))
			want, gone := tc.status, tc.status
			if tc.may {
				want, gone = http.StatusCreated, http.StatusNoContent
			}
			tc.caller.Put(path, nil).Want(want)
			tc.caller.Delete(path).Want(gone)
		})
	}
}

func TestAnOrganizationThatIsReadOnlyAdmitsNoChange(t *testing.T) {
	a := newAgency(t)
	org, agent, other := a.open("Acme"), a.register("Bot"), a.register("Other")
	a.assign(org, agent)
	for _, status := range []string{"archived", "deleted"} {
		a.becomes(org, status)
		a.Owner().Put(place(org, other), nil).Refused(http.StatusConflict, problem.ReadOnly)
		a.Owner().Put(place(org, agent), `{"sections":{"home":"view"}}`).Refused(http.StatusConflict, problem.ReadOnly)
		a.Owner().Delete(place(org, agent)).Refused(http.StatusConflict, problem.ReadOnly)
		a.Owner().Get(agents(org)).Want(http.StatusOK)
		a.becomes(org, "active")
	}
	a.becomes(org, "suspended")
	a.assign(org, other)
	a.Owner().Delete(place(org, agent)).Want(http.StatusNoContent)
	a.counted(org, 1, other, 1)
}

func TestIfMatchIsAboutTheAssignment(t *testing.T) {
	a := newAgency(t)
	org, agent := a.open("Acme"), a.register("Bot")
	path := place(org, agent)
	for _, tag := range []string{"*", `"0"`, `"1"`} {
		a.Owner().Put(path, nil, apitest.Headers{"If-Match": tag}).Refused(http.StatusPreconditionFailed, problem.Stale, "header.If-Match")
	}
	a.assign(org, agent)
	a.Owner().Patch("/agents/"+agent, `{"name":"Bot 2"}`).Want(http.StatusOK) // another version of the agent is none of the assignment
	a.Owner().Put(path, `{"sections":{"home":"view"}}`, apitest.Headers{"If-Match": `"1"`}).Want(http.StatusOK)
	a.Owner().Put(path, `{"sections":{"home":"none"}}`, apitest.Headers{"If-Match": `"1"`}).Refused(http.StatusPreconditionFailed, problem.Stale, "header.If-Match")
	a.Owner().Delete(path, apitest.Headers{"If-Match": `"1"`}).Refused(http.StatusPreconditionFailed, problem.Stale, "header.If-Match")
	a.Owner().Put(path, `{"sections":{"home":"none"}}`, apitest.Headers{"If-Match": "*"}).Want(http.StatusOK)
	a.Owner().Delete(path, apitest.Headers{"If-Match": `"3"`}).Want(http.StatusNoContent)
}

func TestUnassign(t *testing.T) {
	a := newAgency(t)
	org, other, agent := a.open("Acme"), a.open("Other"), a.register("Bot")
	a.assign(org, agent)
	a.assign(other, agent)
	a.Member().Delete(place(org, agent)).Want(http.StatusNoContent)
	a.counted(org, 0, agent, 1)
	a.Member().Delete(place(org, agent)).Refused(http.StatusNotFound, problem.NotFound)
	a.Owner().Delete(place(other, agent)).Want(http.StatusNoContent)
	a.counted(other, 0, agent, 0)
	if again := a.assign(org, agent); again.At("assignment.version") != 1.0 {
		t.Errorf("assigned again: %s", again.Body)
	}
}

func TestWhatIsDoneIsOnRecord(t *testing.T) {
	a := newAgency(t)
	org, agent := a.open("Acme"), a.register("Bot")
	path := place(org, agent)
	a.Owner().Put(path, `{"sections":{"prompt":"none"}}`).Want(http.StatusCreated)
	a.Owner().Put(path, `{"sections":{"prompt":"none"}}`).Want(http.StatusOK)
	a.Admin().Put(path, nil).Want(http.StatusOK)
	a.Member().Delete(path).Want(http.StatusNoContent)
	var got []string
	for _, item := range a.done(org) {
		line := item.Actor.ID + " " + item.Action + " " + item.Target.Name
		for _, change := range item.Changes {
			line += fmt.Sprintf(" %s:%v>%v", change.Field, change.Before, change.After)
		}
		got = append(got, strings.ReplaceAll(line, org, "org"))
	}
	want := []string{
		apitest.StaffID(access.Owner) + " agent.assigned Bot organization:<nil>>map[id:org name:Acme] sections.prompt:edit>none",
		"stf_0000000000000000000000000a agent.assignment_updated Bot sections.prompt:none>edit",
		"stf_0000000000000000000000000m agent.unassigned Bot organization:map[id:org name:Acme]><nil>",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("recorded\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
