package user_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/id"
	"atrium/shared/problem"
)

func TestListInOrder(t *testing.T) {
	a := newAgency(t)
	for i, name := range []string{"zoe", "Éric", "Ann", "eric b", "Łucja"} {
		a.add(name, nth("u%d@example.com", i))
	}
	if got, want := a.Member().Get(a.users()).Want(http.StatusOK).Each("name"), []string{"Ann", "Éric", "eric b", "Łucja", "zoe"}; !slices.Equal(got, want) {
		t.Errorf("by name %v, want %v", got, want)
	}
	if got, want := a.Admin().Get(a.users()+"?sort=-createdAt").Want(http.StatusOK).Each("name"), []string{"Łucja", "eric b", "Ann", "Éric", "zoe"}; !slices.Equal(got, want) {
		t.Errorf("newest first %v, want %v", got, want)
	}
	if got := a.another(); len(got.Admin().Get(got.users()).Want(http.StatusOK).Each("id")) != 0 {
		t.Error("another organization's list has users")
	}
}

func TestListPages(t *testing.T) {
	a := newAgency(t)
	users := make([]map[string]any, 57)
	for i := range users {
		role := "user"
		if i%3 == 0 {
			role = "org_admin"
		}
		users[i] = map[string]any{"name": nth("Same Name %d", i%5), "email": nth("u%d@example.com", i), "role": role}
	}
	a.Admin().Post(a.users()+"/import", map[string]any{"users": users}).Want(http.StatusOK)
	for query, want := range map[string]int{
		"?limit=10": 57, "?limit=10&sort=-createdAt": 57, "?limit=57": 57, "?limit=200": 57, "?limit=1&role=org_admin": 19,
		"?limit=7&q=name": 57, "?limit=7&q=na%20sa&role=user": 38, "?limit=4&role=org_admin&sort=-createdAt": 19, "?limit=3&q=u1": 11,
	} {
		ids := a.Admin().All(a.users()+query, "id")
		distinct := slices.Clone(ids)
		slices.Sort(distinct)
		if len(ids) != want || len(slices.Compact(distinct)) != want {
			t.Errorf("%s lists %d, %d of them distinct, want %d", query, len(ids), len(distinct), want)
		}
	}
}

func TestListFinds(t *testing.T) {
	a := newAgency(t)
	a.add("Ann-Marie O’Neil", "amo@bücher.example")
	a.add("Łukasz Anders", "lukasz.anders@example.com")
	a.add("Ann ann Lee", "lee@ann.example")
	a.add("Picard", "jean-luc@example.com")
	a.add("Saint-Denis", "_lead@example.com")
	a.add("Luc Brien", "o'brien-x@example.com")
	for q, want := range map[string][]string{
		"ann":                 {"Ann ann Lee", "Ann-Marie O’Neil"},
		"AN":                  {"Ann ann Lee", "Ann-Marie O’Neil", "Łukasz Anders"},
		"marie":               {"Ann-Marie O’Neil"},
		"o'n":                 {"Ann-Marie O’Neil"},
		"lukasz":              {"Łukasz Anders"},
		"łuk and":             {"Łukasz Anders"},
		"lukasz.and":          {"Łukasz Anders"},
		"lukasz.anders@ex":    {"Łukasz Anders"},
		"LEE@Ann.example":     {"Ann ann Lee"},
		"lee ann":             {"Ann ann Lee"},
		"amo@xn--bcher":       {"Ann-Marie O’Neil"},
		"jean-luc":            {"Picard"},
		"jean-l":              {"Picard"},
		"jean-luc@":           {"Picard"},
		"picard jean-":        {"Picard"},
		"luc":                 {"Luc Brien"},
		"o'brien-x":           {"Luc Brien"},
		"O’BRIEN-":            {"Luc Brien"},
		"_lead":               {"Saint-Denis"},
		"_le":                 {"Ann ann Lee", "Saint-Denis"},
		"lead":                nil,
		"denis":               {"Saint-Denis"},
		"saint-d":             {"Saint-Denis"},
		"saint-denis _lead":   {"Saint-Denis"},
		"amo@bücher.example":  {"Ann-Marie O’Neil"},
		"ann lukasz":          nil,
		"nn":                  nil,
		"example":             nil,
		"@example.com":        nil,
		"#":                   nil,
		"lee@ann.example x":   nil,
		"anders lukasz.ander": {"Łukasz Anders"},
	} {
		got := a.Admin().Get(a.users() + "?q=" + escape(q)).Want(http.StatusOK).Each("name")
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", q, got, want)
		}
	}
}

func escape(q string) string {
	return strings.NewReplacer(" ", "%20", "#", "%23", "+", "%2B").Replace(q)
}

func TestListFilters(t *testing.T) {
	a := newAgency(t)
	a.teams("support", "sales")
	bot, other := a.agent("Bot", nil), a.agent("Other", nil)
	a.add("Ann One", "ann@example.com", map[string]any{"role": "org_admin", "teams": []string{"support", "sales"}, "externalId": "crm 1/ü"})
	a.add("Ben Two", "ben@example.com", map[string]any{"status": "suspended", "teams": []string{"sales"}, "agents": []string{bot}})
	a.add("Cem Two", "cem@example.com", map[string]any{"agents": []string{other, bot}})
	a.Admin().Post(a.users()+"/import", `{"users":[{"name":"Dan","email":"dan@example.com","agents":["`+other+`"]}],"invite":true}`).Want(http.StatusOK)
	for query, want := range map[string]string{
		"status=active":                     "Ann Cem",
		"status=suspended":                  "Ben",
		"status=invited":                    "Dan",
		"role=org_admin":                    "Ann",
		"role=user":                         "Ben Cem Dan",
		"team=sales":                        "Ann Ben",
		"team=support":                      "Ann",
		"team=s":                            "",
		"team=%23":                          "",
		"agent=" + bot:                      "Ann Ben Cem",
		"agent=" + other:                    "Ann Cem Dan",
		"agent=nonsense":                    "Ann",
		"status=active&agent=" + bot:        "Ann Cem",
		"role=user&team=sales":              "Ben",
		"q=two":                             "Ben Cem",
		"q=two&status=active":               "Cem",
		"q=two&team=sales&agent=" + bot:     "Ben",
		"q=two&sort=-createdAt":             "Cem Ben",
		"externalId=crm%201%2F%C3%BC":       "Ann",
		"externalId=crm":                    "",
		"externalId=crm%201%2F%C3%BC&q=two": "Ann",
		"externalId=crm%201%2F%C3%BC&status=suspended": "",
		"q=%20": "Ann Ben Cem Dan",
	} {
		var got []string
		for _, name := range a.Admin().Get(a.users() + "?" + query).Want(http.StatusOK).Each("name") {
			first, _, _ := strings.Cut(name, " ")
			got = append(got, first)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s lists %v, want %s", query, got, want)
		}
	}
}

func TestListRefuses(t *testing.T) {
	a := newAgency(t)
	a.add("Ann", "ann@example.com")
	a.add("Ben", "ben@example.com")
	cursor, _ := a.Admin().Get(a.users() + "?limit=1").At("nextCursor").(string)
	other := a.another()
	for name, tc := range map[string]struct {
		path   string
		status int
		code   problem.Code
		places []string
	}{
		"no limit":                 {a.users() + "?limit=0", 422, problem.Invalid, []string{"query.limit"}},
		"limit of 201":             {a.users() + "?limit=201", 422, problem.Invalid, []string{"query.limit"}},
		"limit in words":           {a.users() + "?limit=ten", 422, problem.Invalid, []string{"query.limit"}},
		"unknown sort":             {a.users() + "?sort=email", 422, problem.Invalid, []string{"query.sort"}},
		"unknown status":           {a.users() + "?status=gone", 422, problem.Invalid, []string{"query.status"}},
		"unknown role":             {a.users() + "?role=owner", 422, problem.Invalid, []string{"query.role"}},
		"unknown filter":           {a.users() + "?name=Ann", 422, problem.Invalid, []string{"query.name"}},
		"nonsense for a cursor":    {a.users() + "?cursor=x", 400, problem.InvalidCursor, []string{"query.cursor"}},
		"cursor of another filter": {a.users() + "?limit=1&role=user&cursor=" + cursor, 400, problem.InvalidCursor, nil},
		"cursor of another list":   {other.users() + "?limit=1&cursor=" + cursor, 400, problem.InvalidCursor, nil},
		"nonsense for an id":       {"/organizations/x/users", 404, problem.NotFound, nil},
		"no organization":          {"/organizations/" + id.New(id.Organization, time.Now()) + "/users", 404, problem.NotFound, nil},
		"no organization, search":  {"/organizations/" + id.New(id.Organization, time.Now()) + "/users?q=ann", 404, problem.NotFound, nil},
	} {
		t.Run(name, func(*testing.T) { a.Admin().Get(tc.path).Refused(tc.status, tc.code, tc.places...) })
	}
	a.stranger().Get(a.users()).Refused(404, problem.NotFound)
	a.Client(access.OrgAdmin, other.org, "usr_x").Get(a.users()).Refused(404, problem.NotFound)
	a.Client(access.User, a.org, "usr_x").Get(a.users()).Refused(403, problem.Forbidden)
	a.Key("", access.UsersRead).Get(a.users()).Want(http.StatusOK)
	a.Key(other.org, access.UsersRead).Get(a.users()).Refused(404, problem.NotFound)
	a.Key("", access.TeamsWrite).Get(a.users()).Refused(403, problem.Forbidden)
}

// TestListWhileUsersCome: who was there is listed once, whatever is added and removed meanwhile.
func TestListWhileUsersCome(t *testing.T) {
	a := newAgency(t)
	stay := map[string]bool{}
	var leave []string
	for i := range 20 {
		user := a.add(nth("User %02d", i), nth("u%d@example.com", i))
		if i%4 == 0 {
			leave = append(leave, user)
		} else {
			stay[user] = true
		}
	}
	var group sync.WaitGroup
	group.Go(func() {
		for i, user := range leave {
			a.Admin().Delete(a.user(user)).Want(http.StatusNoContent)
			a.add(nth("User %02d", 2*i), nth("new%d@example.com", i))
		}
	})
	seen := map[string]int{}
	for _, user := range a.Admin().All(a.users()+"?limit=3", "id") {
		seen[user]++
	}
	group.Wait()
	for user := range stay {
		if seen[user] != 1 {
			t.Errorf("%s is listed %d times", user, seen[user])
		}
	}
}
