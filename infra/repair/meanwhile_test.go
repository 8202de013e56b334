package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"atrium/shared/table"
)

// before lets something happen once, when the next mend is on its way.
func (b *bench) before(do func()) {
	var once sync.Once
	b.Fault = func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.Header.Get("X-Amz-Target"), "TransactWriteItems") {
			once.Do(func() {
				b.Fault = nil
				do()
			})
		}
		return nil, nil //nolint:nilnil // the call goes on
	}
}

// What is changed between the look and the mend is not overwritten, but looked
// at again.
func TestAChangeMeanwhileIsNotOverwritten(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		spoil, meanwhile func(a *agency, org, user string)
		holds            func(a *agency, org, user string) bool
	}{
		"a user more": {
			func(a *agency, org, _ string) {
				a.edit(table.OrganizationKey(a.Workspace, org), "counts", counts("3"))
			},
			func(a *agency, _, _ string) { a.add("Café del Mar", "Bob Ray", nil) },
			func(a *agency, org, _ string) bool {
				return a.Owner().Get("/organizations/"+org).At("counts.users") == 2.0
			},
		},
		"another name": {
			func(a *agency, _, _ string) {
				a.set(table.Key{PK: table.OrganizationWords(a.Workspace), SK: "cafe#=café del mar"}, nil)
			},
			func(a *agency, org, _ string) { a.patch("/organizations/"+org, fields{"name": "Hotel Sol"}) },
			func(a *agency, org, _ string) bool {
				a.open("Café del Mar")
				return a.Owner().Get("/organizations/"+org).At("name") == "Hotel Sol"
			},
		},
		"the name taken by another": {
			func(a *agency, _, _ string) {
				a.set(table.Key{PK: table.OrganizationWords(a.Workspace), SK: "cafe#=café del mar"}, nil)
			},
			func(a *agency, _, _ string) {
				a.Owner().Post("/organizations", fields{"name": "Café del Mar"}).Want(http.StatusCreated)
			},
			func(a *agency, _, _ string) bool { return len(a.all("/organizations?q=mar")) == 2 },
		},
		"the team made anew": {
			func(a *agency, org, _ string) {
				a.edit(table.TeamKey(a.Workspace, org, "support"), "onDuty", &types.AttributeValueMemberM{})
			},
			func(a *agency, org, user string) {
				a.Owner().Delete("/organizations/" + org + "/teams/support").Want(http.StatusNoContent)
				a.form("Café del Mar", "support")
			},
			func(a *agency, org, _ string) bool {
				return a.Owner().Post("/organizations/"+org+"/teams/support/handoffs", nil).At("available") == false
			},
		},
		"off the team": {
			func(a *agency, org, user string) { a.edit(table.UserKey(a.Workspace, org, user), "teams", nil) },
			func(a *agency, org, user string) {
				a.Owner().Delete("/organizations/" + org + "/teams/support/members/" + user).Want(http.StatusNoContent)
			},
			func(a *agency, org, _ string) bool {
				return len(thing{"members": a.Owner().Get("/organizations/" + org + "/teams/support").At("members")}.list("members")) == 0
			},
		},
		"a logo": {
			func(a *agency, org, _ string) {
				a.edit(table.OrganizationKey(a.Workspace, org), "logo", word("4f2a"))
			},
			func(a *agency, org, _ string) { a.logo("/organizations/"+org, otherPixel) },
			func(a *agency, org, _ string) bool { return a.Owner().Get("/organizations/"+org).At("logoUrl") != nil },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := opened(t)
			org, user := a.id("Café del Mar"), a.id("Ann Lee")
			tc.spoil(a, org, user)
			a.before(func() { tc.meanwhile(a, org, user) })
			if wrong, said := a.mend(); wrong {
				t.Error(said)
			}
			if wrong, said := a.check(); wrong {
				t.Error(said)
			}
			if !tc.holds(a, org, user) {
				t.Error("what was changed meanwhile is lost")
			}
			a.agrees()
		})
	}
}

// While the API is in use, mending breaks nothing, again and again.
func TestMendingWhileTheAPIIsInUse(t *testing.T) {
	t.Parallel()
	a := opened(t)
	org := a.org("Café del Mar")
	var done atomic.Bool
	var callers sync.WaitGroup
	for n := range 3 {
		callers.Go(func() {
			for i := range 12 {
				email := fmt.Sprintf("u%d.%d@client.example", n, i)
				user := a.Owner().Post(org+"/users", fields{"name": "U", "email": email, "availability": "online", "teams": []string{"support"}}).Want(http.StatusCreated).ID()
				a.patch(org+"/users/"+user, fields{"name": fmt.Sprint("V ", i), "availability": "away"})
				if i%2 == 0 {
					a.Owner().Delete(org + "/users/" + user).Want(http.StatusNoContent)
				}
			}
		})
	}
	var mending sync.WaitGroup
	mending.Go(func() {
		for !done.Load() {
			r := repair{Place: a.place(), mend: true, out: io.Discard}
			if _, err := r.run(context.Background()); err != nil {
				t.Error(err)
			}
		}
	})
	callers.Wait()
	done.Store(true)
	mending.Wait()
	if wrong, said := a.check(); wrong {
		t.Error(said)
	}
	a.equal("users", len(a.all(org+"/users")), 1+3*6)
	a.agrees()
}
