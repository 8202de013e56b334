package user_test

import (
	"net/http"
	"sync/atomic"
	"testing"

	"atrium/shared/apitest"
)

// TestOperationsCostTheLeast holds round trips, refused ones included, and
// units: a consistent read is 1, one of an index half, an item in a
// transaction 2, in an index 1 more. So activity (three indexes) is 5, the
// organization 5, a user 3, an address, a word, a team, an assignment 2 each.
func TestOperationsCostTheLeast(t *testing.T) {
	a := newAgency(t)
	a.teams("one", "two")
	agent := a.agent("Bot", nil)
	user := a.add("Ann Lee", "ann@example.com")
	admin := a.Admin()
	var trips atomic.Int64
	a.Fault = func(*http.Request) (*http.Response, error) {
		trips.Add(1)
		return nil, nil //nolint:nilnil // counted, not broken
	}
	for _, tc := range []struct {
		name  string
		do    func() *apitest.Answer
		trips int64
		units float64
	}{
		{"add", func() *apitest.Answer { return admin.Post(a.users(), `{"name":"Bob Ray","email":"bob@example.com"}`) }, 1, 5 + 3 + 2 + 2*2 + 5},
		{"add with all", func() *apitest.Answer {
			return admin.Post(a.users(), map[string]any{"name": "Cem", "email": "cem@example.com", "teams": []string{"one"}, "agents": []string{agent}, "externalId": "x",
				"sections": map[string]string{"prompt": "edit"}})
		}, 1, 5 + 3 + 2 + 2 + 5 + 2 + 2 + 2},
		{"refused", func() *apitest.Answer { return admin.Post(a.users(), `{"name":"Bob","email":"bob@example.com"}`) }, 1, 0},
		{"get", func() *apitest.Answer { return admin.Get(a.user(user)) }, 1, 1},
		{"list", func() *apitest.Answer { return admin.Get(a.users()) }, 1, 0.5},
		{"filtered", func() *apitest.Answer { return admin.Get(a.users() + "?role=user") }, 1, 0.5},
		{"newest first", func() *apitest.Answer { return admin.Get(a.users() + "?sort=-createdAt") }, 1, 1},
		{"search", func() *apitest.Answer { return admin.Get(a.users() + "?q=lee") }, 2, 2},
		{"by external id", func() *apitest.Answer { return admin.Get(a.users() + "?externalId=x") }, 2, 2},
		{"access", func() *apitest.Answer { return admin.Get(a.user(user) + "/access?agent=" + agent) }, 1, 3},
		{"access on the only agent", func() *apitest.Answer { return admin.Get(a.user(user) + "/access") }, 2, 3},
		{"status", func() *apitest.Answer { return admin.Patch(a.user(user), `{"status":"suspended"}`) }, 2, 2 + 3 + 5},
		{"name", func() *apitest.Answer { return admin.Patch(a.user(user), `{"name":"Ann Li"}`) }, 2, 2 + 4 + 2 + 3*2 + 5},
		{"team", func() *apitest.Answer { return admin.Patch(a.user(user), `{"teams":["two"]}`) }, 2, 2 + 3 + 2 + 5},
		{"nothing", func() *apitest.Answer { return admin.Patch(a.user(user), `{"name":"Ann Li"}`) }, 1, 2},
		{"remove", func() *apitest.Answer { return admin.Delete(a.user(user)) }, 2, 1 + 5 + 3 + 2 + 2 + 2*2 + 5},
		{"import", func() *apitest.Answer {
			return admin.Post(a.users()+"/import", `{"users":[{"name":"Dan","email":"dan@example.com"},{"name":"Eve","email":"eve@example.com"}]}`)
		}, 2, 3 + 5 + 2*(3+2+2+5)},
	} {
		trips.Store(0)
		a.Meter.Take()
		if got := tc.do(); got.Status >= 300 && tc.name != "refused" {
			t.Fatalf("%s: %d %s", tc.name, got.Status, got.Body)
		}
		units := 0.0
		for _, call := range a.Meter.Take() {
			units += call.Units
		}
		if trips.Load() != tc.trips || apitest.Exact() && units != tc.units {
			t.Errorf("%s: %d calls and %v units, want %d and %v", tc.name, trips.Load(), units, tc.trips, tc.units)
		}
	}
}
