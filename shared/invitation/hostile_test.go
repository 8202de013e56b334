package invitation_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"atrium/shared/problem"
)

func TestWhatCannotBeInvited(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	for body, place := range map[string]string{
		`{"email":"nobody"}`:                                                      "body.email",
		`{"email":"a@b@c.example"}`:                                               "body.email",
		`{"email":"ann@example.com\r\nBcc: all@example.com"}`:                     "body.email",
		`{"email":"ann@exam\u0000ple.com"}`:                                       "body.email",
		`{"email":"Ann <ann@example.com>"}`:                                       "body.email",
		`{"email":"ann@example.com","name":"Ann\r\nBcc: all@example.com"}`:        "body.name",
		`{"email":"ann@example.com","name":"` + strings.Repeat("n", 121) + `"}`:   "body.name",
		`{"email":"ann@example.com","name":"Ann\u202eeel"}`:                       "body.name",
		`{"email":"ann@example.com","note":"a\u0007bell"}`:                        "body.note",
		`{"email":"ann@example.com","note":"` + strings.Repeat("n", 1001) + `"}`:  "body.note",
		`{"email":"ann@example.com","role":"owner"}`:                              "body.role",
		`{"email":"ann@example.com","language":"xx"}`:                             "body.language",
		`{"email":"ann@example.com","sections":{"prompt":"view"}}`:                "body.sections.prompt",
		`{"email":"ann@example.com","sections":{"nowhere":"view"}}`:               "body.sections.nowhere",
		`{"email":"ann@example.com","teams":["nobody"]}`:                          "body.teams[0]",
		`{"email":"ann@example.com","agents":["agt_01jd6v0c8ge2rs2k9v2q1m4t7x"]}`: "body.agents[0]",
		`{"email":"ann@example.com","expiresInDays":31}`:                          "body.expiresInDays",
		`{"email":"ann@example.com","expiresInDays":0}`:                           "body.expiresInDays",
		`{"email":"ann@example.com","state":"accepted"}`:                          "body.state",
		`{"invitations":[]}`:                                                      "body.invitations",
		`{}`:                                                                      "body.email",
	} {
		got := a.Owner().Post(a.invitations(), body)
		if got.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %s", body, got.Status, got.Body)
			continue
		}
		got.Refused(http.StatusUnprocessableEntity, problem.Invalid, place)
	}
	a.counts(0, 0)
}

// One address is one, however it is written.
func TestAnAddressIsOneHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	for first, again := range map[string]string{
		"bob@x.com": "Bob@X.com", "zoe@bücher.example": "ZOE@xn--bcher-kva.example", "ann+one@example.com": "Ann+One@Example.com",
	} {
		id := a.Owner().Post(a.invitations(), map[string]string{"email": first}).Want(http.StatusCreated).ID()
		second := a.Owner().Post(a.invitations(), map[string]string{"email": again}).Refused(http.StatusConflict, problem.AlreadyPending, "body.email")
		if second.At("id") != id {
			t.Errorf("%s: the first is %v, want %s", again, second.At("id"), id)
		}
		if found := a.Owner().All(a.invitations()+"?email="+strings.ReplaceAll(again, "+", "%2B"), "id"); len(found) != 1 || found[0] != id {
			t.Errorf("%s: found %v", again, found)
		}
	}
	// What stands after the plus makes another one.
	a.Owner().Post(a.invitations(), `{"email":"ann+two@example.com"}`).Want(http.StatusCreated)
}

func TestListsGoThroughAllOnce(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	var made []string
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		a.now = a.now.Add(time.Millisecond) // within one, ids are not always in order
		made = append(made, a.Owner().Post(a.invitations(), map[string]string{"email": name + "@example.com"}).Want(http.StatusCreated).ID())
	}
	a.Owner().Post(a.invitation(made[0])+"/revoke", nil).Want(http.StatusOK)
	a.now = a.now.AddDate(0, 0, 1)
	a.Owner().Post(a.invitations(), `{"email":"late@example.com"}`).Want(http.StatusCreated)
	a.now = a.now.AddDate(0, 0, 6)
	slices.Reverse(made)
	for query, want := range map[string][]string{"state=expired": made[:6], "state=revoked": made[6:], "state=accepted": nil} {
		for _, limit := range []string{"1", "3", "200"} {
			if got := a.Owner().All(a.invitations()+"?"+query+"&limit="+limit, "id"); !slices.Equal(got, want) {
				t.Errorf("%s, %s at a time: %v, want %v", query, limit, got, want)
			}
		}
	}
	if got := a.Owner().All(a.invitations()+"?state=pending&limit=2", "email"); !slices.Equal(got, []string{"late@example.com"}) {
		t.Errorf("pending are %v", got)
	}
	a.Owner().Get(a.invitations()+"?state=lost").Refused(http.StatusUnprocessableEntity, problem.Invalid, "query.state")
	a.Owner().Get(a.invitations()+"?cursor=forged").Refused(http.StatusBadRequest, problem.InvalidCursor, "query.cursor")
	a.Owner().Get("/organizations/org_01jd6v0c8ge2rs2k9v2q1m4t7x/invitations").Refused(http.StatusNotFound, problem.NotFound)
}
