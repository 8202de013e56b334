package agent_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"atrium/shared/apitest"
	"atrium/shared/problem"
)

func TestListSorts(t *testing.T) {
	a := newAgency(t)
	names := []string{"zebra", "Äpfel", "Bot", "bot", "東京", "Ørsted"}
	for _, name := range names {
		a.register(name)
	}
	if got, want := a.Owner().All("/agents?limit=2", "name"), []string{"Äpfel", "Bot", "bot", "Ørsted", "zebra", "東京"}; !slices.Equal(got, want) {
		t.Errorf("by name %q, want %q", got, want)
	}
	slices.Reverse(names)
	if got := a.Owner().All("/agents?limit=2&sort=-createdAt", "name"); !slices.Equal(got, names) {
		t.Errorf("newest first %q, want %q", got, names)
	}
}

// TestListFilters lists twelve agents, three of each state, a few at a time.
func TestListFilters(t *testing.T) {
	a := newAgency(t)
	var names []string
	for i := range 12 {
		name := fmt.Sprintf("agent %02d", i)
		fields := map[string]any{}
		if i%4 >= 2 {
			fields["status"] = "paused"
		}
		id := a.register(name, fields)
		if i%2 == 1 {
			a.assign(id, "client of "+name)
		}
		names = append(names, name)
	}
	for query, admits := range map[string]func(i int) bool{
		"":                              func(int) bool { return true },
		"&status=active":                func(i int) bool { return i%4 < 2 },
		"&status=paused":                func(i int) bool { return i%4 >= 2 },
		"&assigned=true":                func(i int) bool { return i%2 == 1 },
		"&assigned=false":               func(i int) bool { return i%2 == 0 },
		"&status=active&assigned=true":  func(i int) bool { return i%4 == 1 },
		"&status=active&assigned=false": func(i int) bool { return i%4 == 0 },
		"&status=paused&assigned=true":  func(i int) bool { return i%4 == 3 },
		"&status=paused&assigned=false": func(i int) bool { return i%4 == 2 },
	} {
		var want []string
		for i, name := range names {
			if admits(i) {
				want = append(want, name)
			}
		}
		for _, limit := range []int{1, 2, 4, 50} {
			if got := a.Owner().All(fmt.Sprintf("/agents?limit=%d%s", limit, query), "name"); !slices.Equal(got, want) {
				t.Errorf("%s, %d a page: %q, want %q", query, limit, got, want)
			}
			if got := a.Owner().All(fmt.Sprintf("/agents?limit=%d&sort=-createdAt%s", limit, query), "name"); !slices.Equal(got, reversed(want)) {
				t.Errorf("%s, newest first, %d a page: %q, want %q", query, limit, got, reversed(want))
			}
			got := a.Owner().All(fmt.Sprintf("/agents?limit=%d&q=agent%s", limit, query), "name")
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("q and %s, %d a page: %q, want %q", query, limit, got, want)
			}
		}
	}
}

func reversed(names []string) []string {
	names = slices.Clone(names)
	slices.Reverse(names)
	return names
}

func TestAStatusMovesAnAgentToTheOtherList(t *testing.T) {
	a := newAgency(t)
	free, assigned := a.register("Free"), a.register("Assigned")
	a.assign(assigned, "Acme")
	for _, id := range []string{free, assigned} {
		a.Owner().Patch("/agents/"+id, `{"status":"paused"}`).Want(http.StatusOK)
	}
	for query, want := range map[string][]string{
		"status=active": nil, "status=paused": {"Assigned", "Free"},
		"status=paused&assigned=true": {"Assigned"}, "assigned=true": {"Assigned"}, "assigned=false": {"Free"},
	} {
		if got := a.Owner().All("/agents?"+query, "name"); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

func TestSearch(t *testing.T) {
	a := newAgency(t)
	for _, name := range []string{"Café Bot", "Night Bot", "Łódź Voice", "東京 Bot"} {
		a.register(name)
	}
	for q, want := range map[string][]string{
		"bot": {"Café Bot", "Night Bot", "東京 Bot"}, "caf": {"Café Bot"}, "lodz": {"Łódź Voice"}, "bot%20ni": {"Night Bot"},
		"東": {"東京 Bot"}, "ot": nil, "bot%20voice": nil,
	} {
		if got := a.Owner().All("/agents?q="+q, "name"); !slices.Equal(got, want) {
			t.Errorf("q=%s: %q, want %q", q, got, want)
		}
	}
}

func TestListByExternalID(t *testing.T) {
	a := newAgency(t)
	a.register("Bot", map[string]any{"externalId": "widget 1/ä"})
	for query, want := range map[string]int{
		"externalId=widget%201/%C3%A4": 1, "externalId=widget": 0,
		"externalId=widget%201/%C3%A4&status=paused": 0, "externalId=widget%201/%C3%A4&assigned=false": 1,
	} {
		if got := a.Owner().All("/agents?"+query, "id"); len(got) != want {
			t.Errorf("%s: %d, want %d", query, len(got), want)
		}
	}
}

func TestListRefuses(t *testing.T) {
	a := newAgency(t)
	for query, place := range map[string]string{
		"limit=0": "query.limit", "limit=201": "query.limit", "sort=age": "query.sort", "status=asleep": "query.status",
		"assigned=maybe": "query.assigned", "colour=red": "query.colour",
		"q=" + strings.Repeat("a", 201): "query.q", "externalId=" + strings.Repeat("a", 201): "query.externalId",
	} {
		a.Owner().Get("/agents?"+query).Refused(http.StatusUnprocessableEntity, problem.Invalid, place)
	}
}

func TestACursorIsOfOneList(t *testing.T) {
	a := newAgency(t)
	for i := range 4 {
		a.register(fmt.Sprint("agent ", i))
	}
	cursor, _ := a.Owner().Get("/agents?limit=2").Want(http.StatusOK).At("nextCursor").(string)
	a.Owner().Get("/agents?limit=3&cursor=" + cursor).Want(http.StatusOK)
	for _, query := range []string{"assigned=false&", "status=active&", "sort=-createdAt&", "q=agent&", "externalId=x&"} {
		a.Owner().Get("/agents?"+query+"cursor="+cursor).Refused(http.StatusBadRequest, problem.InvalidCursor, "query.cursor")
	}
	agency{apitest.New(t)}.Owner().Get("/agents?cursor="+cursor).Refused(http.StatusBadRequest, problem.InvalidCursor, "query.cursor")
}
