package assignment_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/problem"
	"atrium/shared/table"
)

func TestListPages(t *testing.T) {
	a := newAgency(t)
	org, other := a.open("Acme"), a.open("Other")
	var want []string
	for i := range 9 {
		agent := a.register(fmt.Sprintf("Bot %d", 9-i))
		a.assign(org, agent)
		want = append(want, agent)
	}
	a.assign(other, a.register("Of another"))
	for _, limit := range []int{1, 2, 4, 9, 50} {
		if got := a.Owner().All(fmt.Sprintf("%s?limit=%d", agents(org), limit), "id"); !slices.Equal(got, want) {
			t.Errorf("%d a page: %q, want %q", limit, got, want)
		}
	}
}

func TestListOfMoreThanOneBatch(t *testing.T) {
	a := newAgency(t)
	org := a.open("Acme")
	for i := range 110 {
		a.assign(org, a.register(fmt.Sprint("Bot ", i)))
	}
	if got := a.Owner().Get(agents(org) + "?limit=200").Want(http.StatusOK); len(got.Each("id")) != 110 || got.At("nextCursor") != nil {
		t.Errorf("%d listed, next %v", len(got.Each("id")), got.At("nextCursor"))
	}
}

func TestListRefuses(t *testing.T) {
	a := newAgency(t)
	stranger := agency{apitest.New(t)}
	org, other, theirs := a.open("Acme"), a.open("Other"), stranger.open("Acme")
	for _, unknown := range []string{noOrganization, theirs, "org_", "x%23y", strings.Repeat("a", 3000)} {
		a.Owner().Get(agents(unknown)).Refused(http.StatusNotFound, problem.NotFound)
	}
	for query, place := range map[string]string{"limit=0": "query.limit", "limit=201": "query.limit", "colour=red": "query.colour"} {
		a.Owner().Get(agents(org)+"?"+query).Refused(http.StatusUnprocessableEntity, problem.Invalid, place)
	}
	for i := range 3 {
		a.assign(org, a.register(fmt.Sprint("Bot ", i)))
	}
	cursor, _ := a.Owner().Get(agents(org) + "?limit=1").Want(http.StatusOK).At("nextCursor").(string)
	a.Owner().Get(agents(other)+"?cursor="+cursor).Refused(http.StatusBadRequest, problem.InvalidCursor, "query.cursor")
	a.Owner().Get(agents(org)+"?cursor=x"+cursor).Refused(http.StatusBadRequest, problem.InvalidCursor, "query.cursor")
	if got := a.Owner().Get(agents(other)).Want(http.StatusOK); string(got.Body) != `{"items":[],"nextCursor":null}`+"\n" {
		t.Errorf("nothing listed as %s", got.Body)
	}
}

func TestWhoMayList(t *testing.T) {
	a := newAgency(t)
	org, other := a.open("Acme"), a.open("Other")
	a.assign(org, a.register("Bot"))
	for name, tc := range map[string]struct {
		caller apitest.Caller
		status int
	}{
		"member":                     {a.Member(), http.StatusOK},
		"org_admin":                  {a.Client(access.OrgAdmin, org, "usr_x"), http.StatusOK},
		"user":                       {a.Client(access.User, org, "usr_x"), http.StatusOK},
		"user of another":            {a.Client(access.User, other, "usr_x"), http.StatusNotFound},
		"reading key":                {a.Key("", access.AgentsRead), http.StatusOK},
		"key of the organization":    {a.Key(org, access.AgentsRead), http.StatusOK},
		"key of another":             {a.Key(other, access.AgentsRead), http.StatusNotFound},
		"key of other use":           {a.Key("", access.UsersRead), http.StatusForbidden},
		"nobody":                     {a.Nobody(), http.StatusUnauthorized},
		"owner of another workspace": {agency{apitest.New(t)}.Owner(), http.StatusNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tc.caller.Get(agents(org)).Status; got != tc.status {
				t.Errorf("status %d, want %d", got, tc.status)
			}
		})
	}
}

func TestClientsDoNotSeeTheAgencysBusiness(t *testing.T) {
	a := newAgency(t)
	org := a.open("Acme")
	a.assign(org, a.register("Bot", map[string]any{"provider": "convocore", "externalId": "x", "metadata": map[string]string{"price": "100"}}))
	private := []string{"externalId", "metadata", "organizationCount", "provider"}
	for _, tc := range []struct {
		caller apitest.Caller
		hidden []string
	}{
		{a.Member(), nil},
		{a.Key(org, access.AgentsRead), nil},
		{a.Client(access.OrgAdmin, org, "usr_x"), private},
	} {
		var page struct{ Items []map[string]any }
		tc.caller.Get(agents(org)).Want(http.StatusOK).Into(&page)
		for _, member := range append(private, "id", "version", "name", "description", "status", "channels", "avatarUrl", "tabs", "assignment", "createdAt", "updatedAt") {
			if _, shown := page.Items[0][member]; shown == slices.Contains(tc.hidden, member) {
				t.Errorf("%s sees %s: %v", tc.caller.Principal.Role, member, shown)
			}
		}
	}
}

// listOf is a user's item, as far as lists of agents read it.
type listOf struct {
	table.Key
	AllAgents bool     `json:"allAgents,omitempty"`
	Agents    []string `json:"agents,omitempty,stringset"`
}

func TestAUserSeesTheAgentsOfTheirList(t *testing.T) {
	a := newAgency(t)
	org := a.open("Acme")
	var all []string
	for i := range 6 {
		all = append(all, a.register(fmt.Sprint("Bot ", i)))
		a.assign(org, all[i])
	}
	elsewhere := a.register("Not assigned")
	for user, tc := range map[string]struct {
		item listOf
		want []string
	}{
		"usr_all":     {listOf{AllAgents: true}, all},
		"usr_some":    {listOf{Agents: []string{all[4], all[1], elsewhere}}, []string{all[1], all[4]}},
		"usr_none":    {listOf{}, nil},
		"usr_unknown": {listOf{Key: table.UserKey(a.Workspace, noOrganization, "usr_unknown"), AllAgents: true}, nil},
	} {
		if tc.item.PK == "" {
			tc.item.Key = table.UserKey(a.Workspace, org, user)
		}
		if err := a.Table.Commit(t.Context(), table.Put(tc.item)); err != nil {
			t.Fatal(err)
		}
		for _, limit := range []int{1, 2, 50} {
			got := a.Client(access.User, org, user).All(fmt.Sprintf("%s?limit=%d", agents(org), limit), "id")
			if !slices.Equal(got, tc.want) {
				t.Errorf("%s, %d a page: sees %q, want %q", user, limit, got, tc.want)
			}
		}
		if got := a.Client(access.OrgAdmin, org, user).All(agents(org), "id"); !slices.Equal(got, all) {
			t.Errorf("%s as org_admin sees %q", user, got)
		}
	}
}

func TestADeletedAgentIsNotListed(t *testing.T) {
	a := newAgency(t)
	org := a.open("Acme")
	var left []string
	for i := range 6 {
		agent := a.register(fmt.Sprint("Bot ", i))
		a.assign(org, agent)
		if i%2 == 0 {
			a.Owner().Delete("/agents/" + agent).Want(http.StatusNoContent)
			a.Owner().Delete(place(org, agent)).Refused(http.StatusNotFound, problem.NotFound)
			continue
		}
		left = append(left, agent)
	}
	for _, limit := range []int{1, 2, 50} {
		if got := a.Owner().All(fmt.Sprintf("%s?limit=%d", agents(org), limit), "id"); !slices.Equal(got, left) {
			t.Errorf("%d a page: %q, want %q", limit, got, left)
		}
	}
}
