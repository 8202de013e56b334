package invitation_test

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"atrium/infra/local/dynamo"
	"atrium/shared/apitest"
	"atrium/shared/problem"
)

// everything is all that the table holds.
func (a *agency) everything() []map[string]any {
	a.T.Helper()
	pages := dynamodb.NewScanPaginator(dynamo.Client(a.Endpoint), &dynamodb.ScanInput{TableName: aws.String(a.TableName), ConsistentRead: aws.Bool(true)})
	var all []map[string]any
	for pages.HasMorePages() {
		page, err := pages.NextPage(context.WithoutCancel(a.T.Context()))
		if err != nil {
			a.T.Fatal(err)
		}
		for _, item := range page.Items {
			whole := map[string]any{}
			for name, value := range item {
				whole[name] = value
			}
			all = append(all, whole)
		}
	}
	slices.SortFunc(all, func(x, y map[string]any) int {
		return strings.Compare(fmt.Sprint(x["pk"], x["sk"]), fmt.Sprint(y["pk"], y["sk"]))
	})
	return all
}

// together does several things at once, and returns their answers.
func together(does ...func() *apitest.Answer) []*apitest.Answer {
	answers := make([]*apitest.Answer, len(does))
	var all sync.WaitGroup
	for i, do := range does {
		all.Go(func() { answers[i] = do() })
	}
	all.Wait()
	return answers
}

func (a *agency) accept(token string) func() *apitest.Answer {
	return func() *apitest.Answer { return a.Nobody().Post("/invitations/"+token+"/accept", `{}`) }
}

func TestTwoWhoAcceptAtOnceAreOneMember(t *testing.T) {
	t.Parallel()
	for range 5 {
		a := newAgency(t)
		_, token := a.invite(ann)
		in := 0
		for _, answer := range together(a.accept(token), a.accept(token), a.accept(token)) {
			if answer.Status == http.StatusOK {
				in++
			} else {
				answer.Refused(http.StatusGone, problem.LinkAccepted)
			}
		}
		if in != 1 {
			t.Errorf("%d got in", in)
		}
		a.counts(1, 0)
	}
}

// Whatever comes first holds, and the other is told what it came to.
func TestAcceptingRacesWithWhatEndsTheInvitation(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(a *agency, id string) *apitest.Answer{
		"revoking":  func(a *agency, id string) *apitest.Answer { return a.Owner().Post(a.invitation(id)+"/revoke", nil) },
		"resending": func(a *agency, id string) *apitest.Answer { return a.Owner().Post(a.invitation(id)+"/resend", nil) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range 5 {
				a := newAgency(t)
				id, token := a.invite(ann)
				answers := together(a.accept(token), func() *apitest.Answer { return end(a, id) })
				accepted, ended := answers[0].Status == http.StatusOK, answers[1].Status == http.StatusOK
				if accepted == ended {
					t.Errorf("accepting: %d %s, %s: %d %s", answers[0].Status, answers[0].Body, name, answers[1].Status, answers[1].Body)
				}
				state := a.Owner().Get(a.invitation(id)).At("state")
				users, pending := 0.0, 0.0
				if accepted {
					users = 1
				} else if name == "resending" {
					pending = 1
				}
				a.counts(users, pending)
				if accepted != (state == "accepted") {
					t.Errorf("it is %v", state)
				}
			}
		})
	}
}

func TestTwoWhoInviteAtOnceInviteOnce(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	invite := func(email string) func() *apitest.Answer {
		return func() *apitest.Answer { return a.Owner().Post(a.invitations(), map[string]string{"email": email}) }
	}
	made := 0
	for _, answer := range together(invite("bob@x.example"), invite("Bob@X.example"), invite(" BOB@x.EXAMPLE ")) {
		if answer.Status == http.StatusCreated {
			made++
		} else {
			answer.Refused(http.StatusConflict, problem.AlreadyPending, "body.email")
		}
	}
	if made != 1 {
		t.Errorf("%d were made", made)
	}
	a.counts(0, 1)
}

// An acceptance that comes too late, or with a link that is none, is told so,
// and leaves the table as it was to the last attribute.
func TestARefusedAcceptanceWritesNothing(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	_, token := a.invite(ann)
	other := newAgencyIn(t, a.World) // a workspace in the same table
	_, foreign := other.invite(ann)
	a.Now = func() time.Time { return a.now }
	flipped := []byte(token)
	flipped[40] ^= 1
	a.now = a.now.AddDate(0, 0, 7).Add(1e9)
	before := a.everything()
	a.accept(token)().Refused(http.StatusGone, problem.LinkExpired)
	a.accept(string(flipped))().Refused(http.StatusNotFound, problem.NotFound)
	a.accept(token[:len(token)-1])().Refused(http.StatusNotFound, problem.NotFound)
	a.accept(foreign[:30]+token[30:])().Refused(http.StatusNotFound, problem.NotFound)
	if !reflect.DeepEqual(before, a.everything()) {
		t.Error("something was written")
	}
}

func TestAnOrganizationThatIsNotActiveTakesNobodyIn(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	id, token := a.invite(ann)
	a.Owner().Patch("/organizations/"+a.org, `{"status":"suspended"}`).Want(http.StatusOK)
	a.accept(token)().Refused(http.StatusConflict, problem.ReadOnly)
	if state := a.Owner().Get(a.invitation(id)).At("state"); state != "pending" {
		t.Errorf("it is %v", state)
	}
	a.Owner().Patch("/organizations/"+a.org, `{"status":"active"}`).Want(http.StatusOK)
	a.accept(token)().Want(http.StatusOK)
}
