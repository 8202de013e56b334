package consequence_test

import (
	"net/http"
	"testing"
	"time"

	"atrium/shared/apitest"
	"atrium/shared/table"
)

// An organization with more teams than one transaction takes closes them all,
// though what comes after the first transaction fails.
func TestClosedOrganizationTellsAllItsTeams(t *testing.T) {
	w := apitest.NewStreamed(t)
	org := open(w, "Acme")
	path := "/organizations/" + org
	user := w.Owner().Post(path+"/users", map[string]any{"name": "Ann", "email": "ann@client.example", "availability": "online"}).Want(http.StatusCreated).ID()
	var keys []string
	for n := range 130 {
		key := string([]rune{'t', rune('a' + n/26), rune('a' + n%26)})
		body := map[string]any{"key": key, "label": key}
		if n < 20 { // as many as one user can be on
			body["members"] = []string{user}
		}
		w.Owner().Post(path+"/teams", body).Want(http.StatusCreated)
		keys = append(keys, key)
	}
	takes := func(key string) bool {
		return w.Owner().Post(path+"/teams/"+key+"/handoffs", nil).Want(http.StatusOK).At("available") == true
	}
	closed := func() (n int) {
		for _, shut := range teams(w, org) {
			if shut {
				n++
			}
		}
		return n
	}
	if !takes(keys[0]) || closed() != 0 {
		t.Fatal("closed from the start")
	}
	w.Patience = time.Second
	w.Break(apitest.Throttled, 2, 1_000_000) // the read and the change itself go through
	w.Owner().Patch(path, `{"status":"suspended"}`).Want(http.StatusOK)
	w.Mend()
	w.Patience = 0
	if n := closed(); n == 0 || n == len(keys) {
		t.Fatalf("%d of %d teams were told at once", n, len(keys))
	}
	follow(w)
	eventually(t, "all teams are told", func() bool { return closed() == len(keys) })
	w.Owner().Patch(path, `{"status":"active"}`).Want(http.StatusOK)
	eventually(t, "all teams are open", func() bool { return closed() == 0 })
	if !takes(keys[0]) {
		t.Error("open again, yet it takes no handoffs")
	}
}

// teams are an organization's, each with whether it is closed.
func teams(w *apitest.World, org string) map[string]bool {
	w.T.Helper()
	rows, err := w.Table.Query(w.T.Context(), table.Query{PK: table.Teams(w.Workspace, org)})
	if err != nil {
		w.T.Fatal(err)
	}
	all := map[string]bool{}
	for _, item := range rows.Items {
		var team struct {
			Closed bool `json:"closed"`
		}
		if err := item.Decode(&team); err != nil {
			w.T.Fatal(err)
		}
		all[item.String("sk")] = team.Closed
	}
	return all
}
