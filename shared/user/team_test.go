package user_test

import (
	"net/http"
	"slices"
	"testing"

	"atrium/shared/apitest"
)

// What a user's item holds for no teams must be something that a team can be added to.
func TestUserOnNoTeamJoinsOne(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	org := "/organizations/" + w.Owner().Post("/organizations", map[string]any{"name": "Café del Mar"}).Want(http.StatusCreated).ID()
	ann := w.Owner().Post(org+"/users", map[string]any{"name": "Ann", "email": "ann@example.com"}).Want(http.StatusCreated).ID()
	bob := w.Owner().Post(org+"/users", map[string]any{"name": "Bob", "email": "bob@example.com"}).Want(http.StatusCreated).ID()
	w.Owner().Post(org+"/teams", map[string]any{"key": "support", "label": "Support", "members": []string{ann}}).Want(http.StatusCreated)
	w.Owner().Put(org+"/teams/support/members/"+bob, nil).Want(http.StatusCreated)
	for _, user := range []string{ann, bob} {
		teams := w.Owner().Get(org + "/users/" + user).Want(http.StatusOK).At("teams")
		if got, _ := teams.([]any); !slices.Equal(got, []any{"support"}) {
			t.Errorf("teams of %s: %v, want support", user, teams)
		}
	}
	w.Owner().Patch(org+"/users/"+ann, map[string]any{"teams": []string{}}).Want(http.StatusOK)
	w.Owner().Put(org+"/teams/support/members/"+ann, nil).Want(http.StatusCreated)
}
