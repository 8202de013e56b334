package team_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/id"
	"atrium/shared/problem"
)

func TestListIsInOrderOfKeys(t *testing.T) {
	a := newAgency(t)
	want := []string{"alpha", "beta", "customer_support", "delta", "sales"}
	for _, i := range []int{3, 0, 4, 2, 1} {
		a.create(want[i])
	}
	for _, limit := range []string{"1", "2", "5", "200"} {
		if got := a.Member().All(a.teams()+"?limit="+limit, "key"); !slices.Equal(got, want) {
			t.Errorf("limit %s: %v", limit, got)
		}
	}
}

func TestSearchFindsTheStartOfAnyWord(t *testing.T) {
	a := newAgency(t)
	for key, label := range map[string]string{
		"customer_support": "Atención al Cliente", "sales": "Sales Łódź", "night_shift": "Night support", "board": "Vorstand",
	} {
		a.Admin().Post(a.teams(), map[string]any{"key": key, "label": label}).Want(http.StatusCreated)
	}
	for q, want := range map[string][]string{
		"supp": {"customer_support", "night_shift"}, "ATENCION": {"customer_support"}, "lodz": {"sales"},
		"customer_s": {"customer_support"}, "night+sup": {"night_shift"}, "upport": nil, "night+sales": nil, "!!!": nil,
		"+": {"board", "customer_support", "night_shift", "sales"},
	} {
		for _, limit := range []string{"1", "50"} {
			if got := a.Member().All(a.teams()+"?limit="+limit+"&q="+q, "key"); !slices.Equal(got, want) {
				t.Errorf("q=%s, limit %s: %v, want %v", q, limit, got, want)
			}
		}
	}
}

func TestListRefuses(t *testing.T) {
	a := newAgency(t)
	a.create("one")
	a.create("two")
	cursor, _ := a.Member().Get(a.teams() + "?limit=1").Want(http.StatusOK).At("nextCursor").(string)
	for name, tc := range map[string]struct {
		path   string
		status int
		code   problem.Code
		place  string
	}{
		"limit 0":                  {a.teams() + "?limit=0", 422, problem.Invalid, "query.limit"},
		"limit 201":                {a.teams() + "?limit=201", 422, problem.Invalid, "query.limit"},
		"no such parameter":        {a.teams() + "?colour=red", 422, problem.Invalid, "query.colour"},
		"forged cursor":            {a.teams() + "?cursor=abc", 400, problem.InvalidCursor, "query.cursor"},
		"cursor of another search": {a.teams() + "?q=one&cursor=" + cursor, 400, problem.InvalidCursor, "query.cursor"},
	} {
		t.Run(name, func(t *testing.T) { a.Member().Get(tc.path).Refused(tc.status, tc.code, tc.place) })
	}
}

func TestReadsUnderAnUnknownOrganizationAre404(t *testing.T) {
	a := newAgency(t)
	a.create("support")
	none := "/organizations/" + id.New(id.Organization, time.Now()) + "/teams"
	elsewhere := a.As(access.Principal{Type: access.Staff, ID: "stf_x", Role: access.Owner, Workspace: id.New(id.Workspace, time.Now())})
	for _, path := range []string{none, none + "?q=x", none + "/support", "/organizations/x/teams", "/organizations/x/teams/support", a.team("sales"), a.team("No-Key")} {
		a.Owner().Get(path).Refused(404, problem.NotFound)
	}
	for _, path := range []string{a.teams(), a.team("support")} {
		elsewhere.Get(path).Refused(404, problem.NotFound)
	}
	elsewhere.Patch(a.team("support"), `{"label":"x"}`).Refused(404, problem.NotFound)
	elsewhere.Delete(a.team("support")).Refused(404, problem.NotFound)
	elsewhere.Post(a.handoffs("support"), nil).Refused(404, problem.NotFound)
	empty := a.Owner().Post("/organizations", `{"name":"Empty"}`).Want(http.StatusCreated).ID()
	if got := a.Owner().All("/organizations/"+empty+"/teams", "key"); len(got) != 0 {
		t.Errorf("teams %v of an organization without", got)
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	a := newAgency(t)
	a.create("support")
	user := a.hire(1, true)[0]
	other := id.New(id.Organization, time.Now())
	for name, tc := range map[string]struct {
		caller            apitest.Caller
		read, write, hand int
	}{
		"owner":               {a.Owner(), 200, 200, 200},
		"member":              {a.Member(), 200, 403, 200},
		"org_admin":           {a.Client(access.OrgAdmin, a.org, user), 200, 200, 403},
		"user":                {a.Client(access.User, a.org, user), 200, 403, 403},
		"teams:read":          {a.Key("", access.TeamsRead), 200, 403, 403},
		"teams:write":         {a.Key(a.org, access.TeamsWrite), 200, 200, 403},
		"handoffs:write":      {a.Key(a.org, access.HandoffsWrite), 403, 403, 200},
		"nobody":              {a.Nobody(), 401, 401, 401},
		"another's org_admin": {a.Client(access.OrgAdmin, other, user), 404, 404, 404},
		"another's key":       {a.Key(other, access.TeamsWrite, access.HandoffsWrite), 404, 404, 404},
	} {
		t.Run(name, func(t *testing.T) {
			tc.caller.Get(a.teams()).Want(tc.read)
			tc.caller.Get(a.team("support")).Want(tc.read)
			tc.caller.Patch(a.team("support"), `{"label":"x"}`).Want(tc.write)
			tc.caller.Post(a.handoffs("support"), nil).Want(tc.hand)
			created, emptied := tc.write, tc.write
			if tc.write == http.StatusOK {
				created, emptied = http.StatusCreated, http.StatusNoContent
			}
			tc.caller.Post(a.teams(), `{"key":"mine"}`).Want(created)
			tc.caller.Put(a.member("support", user), nil).Want(created)
			tc.caller.Delete(a.member("support", user)).Want(emptied)
			tc.caller.Delete(a.team("mine")).Want(emptied)
		})
	}
}
