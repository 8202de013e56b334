package team_test

import (
	"crypto/rand"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"atrium/shared/apitest"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// next hands a chat to a team, and returns who took it.
func (a agency) next(key string, headers ...apitest.Headers) string {
	a.T.Helper()
	return taker(a.Member().Post(a.handoffs(key), nil, headers...).Want(http.StatusOK))
}

// queue is a team as anybody would think of it: who takes a turn goes to the end.
type queue []string

func (q *queue) take() string {
	if len(*q) == 0 {
		return ""
	}
	user := (*q)[0]
	*q = append((*q)[1:], user)
	return user
}

func (q *queue) come(user string) { *q = append(*q, user) }

func (q *queue) leave(user string) {
	*q = slices.DeleteFunc(*q, func(other string) bool { return other == user })
}

func TestWhoGoesLeavesAllOthersInTheirPlaces(t *testing.T) {
	a := newAgency(t)
	users := a.staffed("support", 3)
	for i, user := range []string{users[0], users[1]} {
		if got := a.next("support"); got != user {
			t.Errorf("turn %d went to %s", i+1, got)
		}
	}
	a.turn("support", users[0], false)
	if got := a.next("support"); got != users[2] {
		t.Errorf("it went to %s, not to %s who waits", got, users[2])
	}
}

func TestComingAndGoingGainsNothing(t *testing.T) {
	a := newAgency(t)
	users := a.staffed("support", 3)
	got := map[string]int{}
	for i := range 24 {
		a.turn("support", users[1], i%2 == 1)
		got[a.next("support")]++
	}
	if got[users[0]] != got[users[2]] || got[users[1]] > 8 {
		t.Errorf("handed out %v of %v", got, users)
	}
}

// TestRoundRobinIsAQueue: whatever happens in whatever order, a team deals out
// its turns as a queue would.
func TestRoundRobinIsAQueue(t *testing.T) {
	a := newAgency(t)
	users := a.hire(6, true)
	var teams atomic.Int32
	rapid.Check(t, func(rt *rapid.T) {
		key := "t" + letters(int(teams.Add(1)))
		a.create(key, users[:3]...)
		defer func() { a.Admin().Delete(a.team(key)).Want(http.StatusNoContent) }()
		want, members := queue(slices.Clone(users[:3])), slices.Clone(users[:3])
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			user := rapid.SampledFrom(users).Draw(rt, "user")
			onDuty, member := slices.Contains(want, user), slices.Contains(members, user)
			switch step := rapid.SampledFrom([]string{"turn", "turn", "shift", "shift", "shift", "join", "reroute"}).Draw(rt, "step"); {
			case step == "turn":
				if got, expected := a.next(key), want.take(); got != expected {
					rt.Fatalf("went to %q, want %q", got, expected)
				}
			case step == "shift" && member && onDuty:
				a.shift(key, user, false)
				want.leave(user)
			case step == "shift" && member:
				a.shift(key, user, true)
				want.come(user)
			case step == "join" && !member:
				a.Admin().Put(a.member(key, user), nil).Want(http.StatusCreated)
				members = append(members, user)
				want.come(user)
			case step == "reroute":
				a.Admin().Patch(a.team(key), `{"routing":"least_recent"}`).Want(http.StatusOK)
				a.Admin().Patch(a.team(key), `{"routing":"round_robin"}`).Want(http.StatusOK)
			}
		}
	})
}

// shift puts a member on or off duty on one team, whatever they are elsewhere.
func (a agency) shift(key, user string, onDuty bool) {
	a.show(key, roster.Card{ID: user, Name: "Ann"}, onDuty)
}

// letters is a number as a team's key can have it.
func letters(n int) string {
	s := ""
	for ; n > 0; n /= 26 {
		s += string(rune('a' + n%26))
	}
	return s
}

// TestNobodyIsPassedOverWhileOthersComeAndGo: of those who are there all along
// none gets ahead of another, however many call at once.
func TestNobodyIsPassedOverWhileOthersComeAndGo(t *testing.T) {
	a := newAgency(t)
	users := a.staffed("support", 6)
	var callers, movers sync.WaitGroup
	done := make(chan struct{})
	for _, user := range users[4:] {
		movers.Go(func() {
			for onDuty := false; ; onDuty = !onDuty {
				select {
				case <-done:
					return
				default:
					a.turn("support", user, onDuty)
				}
			}
		})
	}
	var mu sync.Mutex
	got := map[string]int{}
	for worker := range 16 {
		callers.Go(func() {
			var headers []apitest.Headers
			for range 20 {
				if worker == 0 {
					headers = []apitest.Headers{{"Idempotency-Key": rand.Text()}}
				}
				user := a.next("support", headers...)
				mu.Lock()
				got[user]++
				mu.Unlock()
			}
		})
	}
	callers.Wait()
	close(done)
	movers.Wait()
	steady := []int{got[users[0]], got[users[1]], got[users[2]], got[users[3]]}
	if slices.Max(steady)-slices.Min(steady) > 1 {
		t.Errorf("handed out %v of %v", got, users)
	}
	if count := a.stored("support").HandoffCount; count != 320 {
		t.Errorf("%d turns for 320 handoffs", count)
	}
}

// TestMovesDoNotPileUp: neither those that handoffs see, nor those of people
// who come and go while nobody is handed anything.
func TestMovesDoNotPileUp(t *testing.T) {
	a := newAgency(t)
	users := a.staffed("support", 2)
	for i := range 230 {
		a.turn("support", users[0], i%2 == 1)
	}
	if r := a.stored("support"); len(r.Moves) > 200 || len(r.Moves) != len(r.MovedAt)*2 {
		t.Errorf("%d moves of %d updates", len(r.Moves), len(r.MovedAt))
	}
	if got := a.next("support"); got != users[1] {
		t.Errorf("it went to %s, who came last", got)
	}
	if r := a.stored("support"); len(r.Moves) != 0 || !slices.Equal(r.Line, users) {
		t.Errorf("%v, and %d moves", r.Line, len(r.Moves))
	}
	if got := a.next("support"); got != users[0] {
		t.Errorf("it went to %s, who came last", got)
	}
	a.Admin().Patch(a.team("support"), `{"routing":"least_recent"}`).Want(http.StatusOK)
	for i := range 50 {
		a.turn("support", users[0], i%2 == 1)
	}
	a.next("support")
	if r := a.stored("support"); len(r.Moves) != 0 || r.Line != nil {
		t.Errorf("%d moves and a line of %d that nothing asks for", len(r.Moves), len(r.Line))
	}
}

// TestEveryChangeFindsRoomForItsMoves: on a team that has no room for any, and
// on one that is from before there were moves.
func TestEveryChangeFindsRoomForItsMoves(t *testing.T) {
	a := newAgency(t)
	users := a.staffed("support", 3)
	at := table.TeamKey(a.Workspace, a.org, "support")
	moves := make([]string, 200)
	for i := range moves {
		moves[i] = "@"
	}
	update := map[string]table.Edit{
		"full": table.Set("moves", moves).Set(table.Path("movedAt.@"), table.Path("handoffCount")),
		"old":  table.Edit{}.Remove(table.Path("moves")).Remove(table.Path("movedAt")),
	}
	people := "/organizations/" + a.org + "/users"
	for _, state := range slices.Sorted(maps.Keys(update)) {
		if err := a.Table.Commit(t.Context(), table.Update(at, update[state])); err != nil {
			t.Fatal(err)
		}
		if got := a.next("support"); got == "" {
			t.Errorf("%s: nobody took a chat", state)
		}
		var ann string
		for _, change := range []struct {
			name string
			make func()
		}{
			{"on duty", func() { a.turn("support", users[2], false); a.turn("support", users[2], true) }},
			{"added", func() {
				ann = a.Admin().Post(people, map[string]any{"name": "Ann", "email": state + "@client.example", "availability": "online", "teams": []string{"support"}}).
					Want(http.StatusCreated).ID()
				a.Admin().Delete(people + "/" + ann).Want(http.StatusNoContent)
			}},
			{"changed", func() { a.Admin().Patch(people+"/"+users[0], `{"availability":"away"}`).Want(http.StatusOK) }},
			{"back", func() { a.Admin().Patch(people+"/"+users[0], `{"availability":"online"}`).Want(http.StatusOK) }},
			{"left", func() { a.Admin().Delete(a.member("support", users[1])).Want(http.StatusNoContent) }},
			{"joined", func() { a.Admin().Put(a.member("support", users[1]), nil).Want(http.StatusCreated) }},
			{"imported", func() {
				a.Admin().Post(people+"/import", `{"users":[{"name":"Eve","email":"eve@client.example"}]}`).Want(http.StatusOK)
			}},
			{"keyed", func() { a.next("support", apitest.Headers{"Idempotency-Key": state}) }},
		} {
			if err := a.Table.Commit(t.Context(), table.Update(at, update[state])); err != nil {
				t.Fatal(err)
			}
			t.Log(state, change.name)
			change.make()
		}
	}
}

// TestAHandoffThatCannotSettleIsAnswered: the turn is taken by then.
func TestAHandoffThatCannotSettleIsAnswered(t *testing.T) {
	a := newAgency(t)
	users := a.staffed("support", 2)
	for i := range 30 {
		a.turn("support", users[0], i%2 == 1)
	}
	calls := 0
	a.Fault = func(r *http.Request) (*http.Response, error) {
		if calls++; calls > 1 {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}
		return nil, nil //nolint:nilnil // not broken
	}
	began := time.Now()
	if got := a.next("support"); got != users[1] {
		t.Errorf("it went to %q", got)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	a.Mend()
	if got := a.next("support"); got != users[0] {
		t.Errorf("it went to %q", got)
	}
}
