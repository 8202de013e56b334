package team_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"atrium/shared/apitest"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// handed asks for so many handoffs at once, and counts whom they went to; "" is nobody.
func (a agency) handed(key string, n int) map[string]int {
	a.T.Helper()
	var mu sync.Mutex
	var group sync.WaitGroup
	got := map[string]int{}
	caller := a.Key(a.org, "handoffs:write")
	for worker := range min(n, 20) {
		group.Go(func() {
			for i := worker; i < n; i += 20 {
				user := taker(caller.Post(a.handoffs(key), nil).Want(http.StatusOK))
				mu.Lock()
				got[user]++
				mu.Unlock()
			}
		})
	}
	group.Wait()
	return got
}

// taker is who took a chat; "" when nobody did.
func taker(answer *apitest.Answer) string {
	user, _ := answer.At("user.id").(string)
	return user
}

func TestHandoffsGoRoundFairly(t *testing.T) {
	for _, routing := range []string{"round_robin", "least_recent"} {
		t.Run(routing, func(t *testing.T) {
			a := newAgency(t)
			users := a.staffed("support", 5)
			a.Admin().Patch(a.team("support"), map[string]any{"routing": routing}).Want(http.StatusOK)
			const n = 200
			got := a.handed("support", n)
			for _, user := range users {
				if got[user] != n/5 {
					t.Errorf("handed out %v, want %d each", got, n/5)
				}
			}
			if count := a.Admin().Get(a.team("support")).At("handoffCount"); count != float64(n) {
				t.Errorf("handoffCount %v, want %d", count, n)
			}
		})
	}
}

func TestAHandoffNamesTheUser(t *testing.T) {
	a := newAgency(t)
	users := a.staffed("support", 2)
	got := a.Member().Post(a.handoffs("support"), `{"conversationId":"conv-1","requestedBy":"Bot"}`).Want(http.StatusOK)
	for path, want := range map[string]any{
		"available": true, "team": "support", "user.id": users[0], "user.name": "User 0",
		"user.email": "user0@client.example", "user.avatarUrl": "", "fallback": nil,
	} {
		if got.At(path) != want {
			t.Errorf("%s = %v, want %v", path, got.At(path), want)
		}
	}
	if team := a.Member().Get(a.team("support")); team.At("handoffCount") != 1.0 || team.At("version") != 1.0 {
		t.Errorf("handoffCount %v at version %v, want 1 at 1", team.At("handoffCount"), team.At("version"))
	}
}

// TestTheLargestTeamTakesHandoffs: of 500 members on duty, of whom the team
// holds as much as it ever does, and with all else about it at its longest too.
func TestTheLargestTeamTakesHandoffs(t *testing.T) {
	a := newAgency(t)
	notes := map[string]string{}
	for i := range 50 {
		notes[fmt.Sprintf("%02d", i)+strings.Repeat("𐌰", 38)] = strings.Repeat("𐌰", 500)
	}
	a.Admin().Post(a.teams(), map[string]any{
		"key": "support", "label": strings.Repeat("𐌰", 120), "description": strings.Repeat("𐌰", 1000), "metadata": notes,
	}).Want(http.StatusCreated)
	picture := "https://example.com/" + strings.Repeat("a", 200)
	card := roster.Card{Name: strings.Repeat("𐌰", 40), Email: "user0000@example.com", AvatarURL: picture}
	for range 10 {
		a.enroll("support", 50, card)
	}
	handed := func() {
		t.Helper()
		if got := a.Member().Post(a.handoffs("support"), nil).Want(http.StatusOK); got.At("user.avatarUrl") != picture {
			t.Errorf("handed to %s", got.Body)
		}
	}
	handed()
	if r := a.stored("support"); len(r.Line) != 500 || len(r.Moves) != 0 {
		t.Errorf("%d in line, and %d moves", len(r.Line), len(r.Moves))
	}
	// And as many have come and gone as there is room for.
	card.ID = a.stored("support").Line[0]
	for range 50 {
		a.show("support", card, false)
		a.show("support", card, true)
	}
	if r := a.stored("support"); len(r.Moves) != 200 {
		t.Errorf("%d moves", len(r.Moves))
	}
	// Everybody's turn is noted when the routing asks for it, so far on in the count.
	at := table.TeamKey(a.Workspace, a.org, "support")
	if err := a.Table.Commit(t.Context(), table.Update(at, table.Set("handoffCount", 1_000_000_001))); err != nil {
		t.Fatal(err)
	}
	a.Admin().Patch(a.team("support"), `{"routing":"least_recent"}`).Want(http.StatusOK)
	if r := a.stored("support"); len(r.Turns) != 500 || len(r.OnDuty) != 500 {
		t.Errorf("%d turns of %d", len(r.Turns), len(r.OnDuty))
	}
	handed()
}

// enroll puts so many, on duty and of one card, on a team's item directly.
func (a agency) enroll(key string, n int, card roster.Card) {
	a.T.Helper()
	newcomers := make([]roster.Newcomer, n)
	for i := range newcomers {
		card.ID = id.New(id.User, time.Now())
		newcomers[i] = roster.Newcomer{Card: card, OnDuty: true}
	}
	c := a.call()
	if err := roster.Commit(a.T.Context(), c, roster.Enroll(c, a.org, key, newcomers, nil)); err != nil {
		a.T.Fatal(err)
	}
}

// TestSomebodyWithALongCardTakesHandoffs: the team has only the id of who has
// the longest name, address and picture, and the answer all the same all of them.
func TestSomebodyWithALongCardTakesHandoffs(t *testing.T) {
	a := newAgency(t)
	body := map[string]any{
		"name": strings.Repeat("𐌰", 120), "email": strings.Repeat("e", 64) + "@" + strings.Repeat(strings.Repeat("d", 59)+".", 3) + "example",
		"avatarUrl": "https://example.com/" + strings.Repeat("a", 980), "availability": "online",
	}
	user := a.Admin().Post("/organizations/"+a.org+"/users", body).Want(http.StatusCreated).ID()
	a.create("support", user)
	if card := a.stored("support").OnDuty[user]; card.Whole() {
		t.Errorf("the team holds %+v", card)
	}
	for _, headers := range []apitest.Headers{nil, {"Idempotency-Key": "k"}, {"Idempotency-Key": "k"}} {
		got := a.Member().Post(a.handoffs("support"), nil, headers).Want(http.StatusOK)
		for _, field := range []string{"name", "email", "avatarUrl"} {
			if got.At("user."+field) != body[field] {
				t.Errorf("%s is %v", field, got.At("user."+field))
			}
		}
	}
	a.Admin().Patch("/organizations/"+a.org+"/users/"+user, `{"avatarUrl":""}`).Want(http.StatusOK)
	a.Admin().Patch("/organizations/"+a.org+"/users/"+user, `{"name":"Ann","email":"ann@example.com"}`).Want(http.StatusOK)
	if card := a.stored("support").OnDuty[user]; card.Name != "Ann" {
		t.Errorf("the team holds %+v", card)
	}
}

func TestHandoffRefuses(t *testing.T) {
	a := newAgency(t)
	a.staffed("support", 1)
	for name, tc := range map[string]struct {
		path, body string
		status     int
		code       problem.Code
		places     []string
	}{
		"no object":            {a.handoffs("support"), `[]`, 422, problem.Invalid, []string{"body"}},
		"broken JSON":          {a.handoffs("support"), `{`, 400, problem.Malformed, nil},
		"unknown field":        {a.handoffs("support"), `{"user":"x"}`, 422, problem.Invalid, []string{"body.user"}},
		"control character":    {a.handoffs("support"), `{"conversationId":"a\u0007"}`, 422, problem.Invalid, []string{"body.conversationId"}},
		"long conversation":    {a.handoffs("support"), `{"conversationId":"` + strings.Repeat("c", 201) + `"}`, 422, problem.Invalid, []string{"body.conversationId"}},
		"two lines of asker":   {a.handoffs("support"), `{"requestedBy":"a\nb"}`, 422, problem.Invalid, []string{"body.requestedBy"}},
		"no such team":         {a.handoffs("sales"), `{}`, 404, problem.NotFound, nil},
		"no team's key":        {a.handoffs("Sales"), `{}`, 404, problem.NotFound, nil},
		"no such organization": {"/organizations/" + id.New(id.Organization, time.Now()) + "/teams/support/handoffs", `{}`, 404, problem.NotFound, nil},
		"no organization's id": {"/organizations/x/teams/support/handoffs", `{}`, 404, problem.NotFound, nil},
	} {
		t.Run(name, func(t *testing.T) { a.Member().Post(tc.path, tc.body).Refused(tc.status, tc.code, tc.places...) })
	}
	if count := a.Admin().Get(a.team("support")).At("handoffCount"); count != 0.0 {
		t.Errorf("handoffCount %v after refusals only", count)
	}
}

func TestWhoIsNotOnDutyIsHandedNothing(t *testing.T) {
	for _, routing := range []string{"round_robin", "least_recent"} {
		t.Run(routing, func(t *testing.T) {
			a := newAgency(t)
			users := a.staffed("support", 3)
			away := a.hire(1, false)[0]
			a.Admin().Put(a.member("support", away), nil).Want(http.StatusCreated)
			a.Admin().Patch(a.team("support"), map[string]any{"routing": routing}).Want(http.StatusOK)
			done := make(chan map[string]int)
			go func() { done <- a.handed("support", 30) }()
			a.turn("support", users[0], false)
			// What was in flight may still have gone to the one who went away.
			before := a.handed("support", 12)
			if before[users[0]]+before[away]+before[""] != 0 {
				t.Errorf("handed out %v with %s away", before, users[0])
			}
			<-done
			a.Admin().Delete(a.member("support", users[1])).Want(http.StatusNoContent)
			if got := a.handed("support", 6); got[users[2]] != 6 {
				t.Errorf("handed out %v, want all to the last one", got)
			}
			a.turn("support", users[2], false)
			if got := a.handed("support", 3); got[""] != 3 {
				t.Errorf("handed out %v with nobody there", got)
			}
			a.turn("support", away, true)
			if got := a.handed("support", 3); got[away] != 3 {
				t.Errorf("handed out %v, want all to the one who came back", got)
			}
		})
	}
}

func TestAnEmptyTeamFallsBack(t *testing.T) {
	a := newAgency(t)
	a.create("support")
	for language, tc := range map[string]struct {
		messages map[string]any
		want     string
	}{
		"en": {map[string]any{"en": "Back at nine.", "de": "Ab neun."}, "Back at nine."},
		"de": {map[string]any{"en": "Back at nine.", "de": "Ab neun."}, "Ab neun."},
		"fr": {map[string]any{"default": "…", "en": nil, "de": nil}, "…"},
	} {
		patch := map[string]any{"language": language, "handoff": map[string]any{"messages": tc.messages}}
		a.Admin().Patch("/organizations/"+a.org, patch).Want(http.StatusOK)
		got := a.Member().Post(a.handoffs("support"), nil).Want(http.StatusOK)
		if got.At("available") != false || got.At("team") != "support" || got.At("user") != nil || got.At("fallback.message") != tc.want {
			t.Errorf("%s: %s, want %q", language, got.Body, tc.want)
		}
	}
	if count := a.Admin().Get(a.team("support")).At("handoffCount"); count != 0.0 {
		t.Errorf("handoffCount %v though nobody took anything", count)
	}
}

func TestAClosedOrganizationTakesNoHandoffs(t *testing.T) {
	a := newAgency(t)
	users := a.staffed("support", 2)
	org := "/organizations/" + a.org
	for i, tc := range []struct{ shut, open string }{
		{`{"status":"suspended"}`, `{"status":"active"}`},
		{`{"handoff":{"enabled":false}}`, `{"handoff":{"enabled":true}}`},
		{`{"status":"archived"}`, `{"status":"active"}`},
	} {
		a.Admin().Patch(org, tc.shut).Want(http.StatusOK)
		got := a.Member().Post(a.handoffs("support"), nil).Want(http.StatusOK)
		if got.At("available") != false || got.At("fallback.message") == "" {
			t.Errorf("%s: %s", tc.shut, got.Body)
		}
		if tc.open == `{"status":"active"}` && tc.shut != `{"status":"suspended"}` {
			a.Admin().Patch(org, tc.open).Want(http.StatusOK)
			continue
		}
		// A team made meanwhile is closed too.
		key := "late_" + string(rune('a'+i))
		a.create(key, users...)
		if got := a.handed(key, 1); got[""] != 1 {
			t.Errorf("%s: a new team handed out %v", tc.shut, got)
		}
		a.Admin().Patch(org, tc.open).Want(http.StatusOK)
		for _, key := range []string{"support", key} {
			if got := a.handed(key, 2); got[users[0]] != 1 || got[users[1]] != 1 {
				t.Errorf("%s: %s handed out %v", tc.open, key, got)
			}
		}
	}
	a.Admin().Delete(org).Want(http.StatusAccepted)
	if got := a.handed("support", 1); got[""] != 1 {
		t.Errorf("a deleted organization handed out %v", got)
	}
	a.Admin().Patch(org, `{"status":"active"}`).Want(http.StatusOK)
	if got := a.handed("support", 1); got[""] != 0 {
		t.Errorf("brought back, it handed out %v", got)
	}
}

func TestTeamsMadeWhileTheOrganizationShutsAreShut(t *testing.T) {
	a := newAgency(t)
	users := a.hire(1, true)
	a.create("swapped", users...)
	var group sync.WaitGroup
	group.Go(func() { a.Admin().Patch("/organizations/"+a.org, `{"status":"suspended"}`).Want(http.StatusOK) })
	group.Go(func() { a.Admin().Delete(a.team("swapped")).Want(http.StatusNoContent) })
	for i := range 8 {
		group.Go(func() { a.create("t"+string(rune('a'+i)), users...) })
	}
	group.Wait()
	for _, key := range a.Member().All(a.teams(), "key") {
		if !a.stored(key).Closed {
			t.Errorf("%s takes handoffs of a suspended organization", key)
		}
	}
}

func TestShuttingReachesEveryTeam(t *testing.T) {
	a := newAgency(t)
	keys := make([]string, 200)
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := worker; i < len(keys); i += 8 {
				keys[i] = "t" + string(rune('a'+i/26)) + string(rune('a'+i%26))
				a.create(keys[i])
			}
		})
	}
	group.Wait()
	shut := func() (n int) {
		for _, key := range keys {
			if a.stored(key).Closed {
				n++
			}
		}
		return n
	}
	a.Admin().Patch("/organizations/"+a.org, `{"status":"suspended"}`).Want(http.StatusOK)
	if n := shut(); n != 200 {
		t.Errorf("%d teams are shut, want 200", n)
	}
	a.Admin().Patch("/organizations/"+a.org, `{"status":"active"}`).Want(http.StatusOK)
	if n := shut(); n != 0 {
		t.Errorf("%d teams are shut, want none", n)
	}
}

func TestLeastRecentGoesToWhoHasWaitedLongest(t *testing.T) {
	a := newAgency(t)
	users := a.staffed("support", 3)
	next := func(want ...string) {
		t.Helper()
		for i, user := range want {
			if got := taker(a.Member().Post(a.handoffs("support"), nil)); got != user {
				t.Errorf("handoff %d went to %s, want %s of %v", i, got, user, users)
			}
		}
	}
	next(users[0], users[1])
	// It goes on where round robin stopped.
	a.Admin().Patch(a.team("support"), `{"routing":"least_recent"}`).Want(http.StatusOK)
	next(users[2], users[0])
	a.turn("support", users[1], false)
	next(users[2], users[0], users[2])
	a.turn("support", users[1], true)
	next(users[1], users[0])
	newcomer := a.hire(1, true)[0]
	a.Admin().Put(a.member("support", newcomer), nil).Want(http.StatusCreated)
	next(newcomer, users[2], users[1], users[0], newcomer)
	a.Admin().Delete(a.member("support", users[0])).Want(http.StatusNoContent)
	next(users[2], users[1])
	if turns := a.stored("support").Turns; len(turns) != 3 || turns[users[1]] != 16 {
		t.Errorf("turns %v, want those of the three members, the last of them 16", turns)
	}
	a.Admin().Patch(a.team("support"), `{"routing":"round_robin"}`).Want(http.StatusOK)
	if turns := a.stored("support").Turns; turns != nil {
		t.Errorf("turns %v are kept though nothing asks for them", turns)
	}
	if got := a.handed("support", 6); got[users[1]] != 2 || got[users[2]] != 2 || got[newcomer] != 2 {
		t.Errorf("handed out %v", got)
	}
}

// TestAHandoffWaitsForNoNote: once the turn is taken, the caller is told whose
// it is, though the table does not take the note.
func TestAHandoffWaitsForNoNote(t *testing.T) {
	a := newAgency(t)
	user := a.staffed("support", 1)[0]
	a.Admin().Patch(a.team("support"), `{"routing":"least_recent"}`).Want(http.StatusOK)
	calls := 0
	a.Fault = func(r *http.Request) (*http.Response, error) {
		if calls++; calls > 1 {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}
		return nil, nil //nolint:nilnil // not broken
	}
	began := time.Now()
	if got := taker(a.Member().Post(a.handoffs("support"), nil).Want(http.StatusOK)); got != user {
		t.Errorf("it went to %q", got)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	a.Mend()
	a.Member().Post(a.handoffs("support"), nil).Want(http.StatusOK)
	if turns := a.stored("support").Turns; turns[user] != 2 {
		t.Errorf("noted %v", turns)
	}
}

func TestAHandoffUnderAKeyTakesOneTurn(t *testing.T) {
	for _, routing := range []string{"round_robin", "least_recent"} {
		t.Run(routing, func(t *testing.T) {
			a := newAgency(t)
			users := a.staffed("support", 3)
			a.Admin().Patch(a.team("support"), map[string]any{"routing": routing}).Want(http.StatusOK)
			var mu sync.Mutex
			var group sync.WaitGroup
			by, replayed := map[string][]string{}, 0
			for i := range 12 {
				group.Go(func() {
					key := fmt.Sprint("key-", i%3)
					got := a.Member().Post(a.handoffs("support"), `{}`, apitest.Headers{"Idempotency-Key": key}).Want(http.StatusOK)
					mu.Lock()
					defer mu.Unlock()
					by[key] = append(by[key], taker(got))
					if got.Header.Get("Idempotent-Replayed") == "true" {
						replayed++
					}
				})
			}
			group.Wait()
			var served []string
			for key, takers := range by {
				if len(slices.Compact(slices.Clone(takers))) != 1 {
					t.Errorf("%s went to %v", key, takers)
				}
				served = append(served, takers[0])
			}
			slices.Sort(served)
			if !slices.Equal(served, users) || replayed != 9 {
				t.Errorf("%v took the chats, %d replayed, want %v and 9", served, replayed, users)
			}
			if count := a.Admin().Get(a.team("support")).At("handoffCount"); count != 3.0 {
				t.Errorf("handoffCount %v, want 3", count)
			}
		})
	}
}

func TestAReplayedHandoffShowsTheUserAsTheyAre(t *testing.T) {
	a := newAgency(t)
	user := a.staffed("support", 1)[0]
	once := apitest.Headers{"Idempotency-Key": "k"}
	a.Member().Post(a.handoffs("support"), `{"conversationId":"1"}`, once).Want(http.StatusOK)
	at := table.UserKey(a.Workspace, a.org, user)
	if err := a.Table.Commit(t.Context(), table.Update(at, table.Set("name", "Ann"))); err != nil {
		t.Fatal(err)
	}
	a.turn("support", user, false)
	again := a.Member().Post(a.handoffs("support"), `{"conversationId":"1"}`, once).Want(http.StatusOK)
	if again.At("user.name") != "Ann" || again.Header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("replayed %s", again.Body)
	}
	a.Member().Post(a.handoffs("support"), `{"conversationId":"2"}`, once).Refused(422, problem.IdempotencyReused)
	if err := a.Table.Commit(t.Context(), table.Delete(at)); err != nil {
		t.Fatal(err)
	}
	gone := a.Member().Post(a.handoffs("support"), `{"conversationId":"1"}`, once).Want(http.StatusOK)
	if gone.At("available") != false || gone.At("fallback.message") == "" {
		t.Errorf("replayed with the user gone: %s", gone.Body)
	}
}

func TestAHandoffIsAnsweredAgainThoughTheTeamIsGone(t *testing.T) {
	a := newAgency(t)
	user := a.staffed("support", 1)[0]
	once := apitest.Headers{"Idempotency-Key": "k"}
	a.Member().Post(a.handoffs("support"), `{}`, once).Want(http.StatusOK)
	a.Admin().Delete(a.team("support")).Want(http.StatusNoContent)
	again := a.Member().Post(a.handoffs("support"), `{}`, once).Want(http.StatusOK)
	if taker(again) != user || again.Header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("replayed %q: %s", again.Header.Get("Idempotent-Replayed"), again.Body)
	}
	a.Member().Post(a.handoffs("support"), `{}`).Refused(404, problem.NotFound)
	a.Member().Post(a.handoffs("support"), `{}`, apitest.Headers{"Idempotency-Key": "another"}).Refused(404, problem.NotFound)
}

func TestAFallbackUnderAKeyStays(t *testing.T) {
	a := newAgency(t)
	user := a.hire(1, false)[0]
	a.create("support", user)
	once := apitest.Headers{"Idempotency-Key": "k"}
	a.Member().Post(a.handoffs("support"), `{}`, once).Want(http.StatusOK)
	a.turn("support", user, true)
	again := a.Member().Post(a.handoffs("support"), `{}`, once).Want(http.StatusOK)
	if again.At("available") != false || again.Header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("replayed %q: %s", again.Header.Get("Idempotent-Replayed"), again.Body)
	}
	if got := taker(a.Member().Post(a.handoffs("support"), `{}`)); got != user {
		t.Errorf("without the key it went to %q", got)
	}
}

func TestLeastRecentHoldsWhoeverComesAndGoes(t *testing.T) {
	a := newAgency(t)
	users := a.staffed("support", 4)
	a.Admin().Patch(a.team("support"), `{"routing":"least_recent"}`).Want(http.StatusOK)
	onDuty, last := map[string]bool{}, map[string]int{}
	for _, user := range users {
		onDuty[user] = true
	}
	random := rand.New(rand.NewPCG(1, 2))
	for turn := 1; turn <= 60; turn++ {
		if user := users[random.IntN(len(users))]; random.IntN(2) == 0 {
			onDuty[user] = !onDuty[user]
			a.turn("support", user, onDuty[user])
		}
		want := ""
		for _, user := range users {
			if onDuty[user] && (want == "" || last[user] < last[want]) {
				want = user
			}
		}
		if got := taker(a.Member().Post(a.handoffs("support"), nil).Want(http.StatusOK)); got != want {
			t.Fatalf("turn %d went to %q, want %q who waited longest: %v", turn, got, want, last)
		}
		if want != "" {
			last[want] = turn
		}
	}
}
