package user_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"atrium/infra/local/dynamo"
	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// self is a user of the organization as a caller.
func (a agency) self(role access.Role, user string) apitest.Caller {
	return a.As(access.Principal{Type: access.Client, ID: user, Name: "Ann", Role: role, Workspace: a.Workspace, Organization: a.org})
}

// before makes a write right before a transaction, the nth from now on (0 is
// the next): when all has been read that it was made from.
func (a agency) before(nth int, happens *table.Write) (transactions *int) {
	beside, n := table.Open(dynamo.Config(a.Endpoint, a.TableName)), 0
	a.Fault = func(r *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(r.Header.Get("X-Amz-Target"), "TransactWriteItems") {
			return nil, nil //nolint:nilnil // nothing injected
		}
		if n++; n == nth+1 {
			return nil, beside.Commit(r.Context(), happens)
		}
		return nil, nil //nolint:nilnil // nothing injected
	}
	return &n
}

func TestOrgAdminsChangeThemselves(t *testing.T) {
	a := newAgency(t)
	ann := a.add("Ann", "ann@example.com", map[string]any{"role": "org_admin"})
	me := a.self(access.OrgAdmin, ann)
	// The caller is the user: that is one item, not one more to look at.
	a.Cost("own status", 2, 2+4+5, func() *apitest.Answer { return me.Patch(a.user(ann), `{"availability":"online"}`) })
	me.Patch(a.user(ann), `{"role":"user"}`).Want(http.StatusOK)
	me.Patch(a.user(ann), `{"role":"org_admin"}`).Refused(http.StatusForbidden, problem.Forbidden)
	a.Admin().Patch(a.user(ann), `{"role":"org_admin"}`).Want(http.StatusOK)
	me.Delete(a.user(ann)).Want(http.StatusNoContent)
	a.counted(0)
}

// The condition on who acts is one of the write itself, where both are of one item.
func TestOrgAdminsDoNotChangeThemselvesAfterTheyWereDemoted(t *testing.T) {
	a := newAgency(t)
	ann := a.add("Ann", "ann@example.com", map[string]any{"role": "org_admin"})
	become := func(role access.Role, status string) *table.Write {
		return table.Update(table.UserKey(a.Workspace, a.org, ann), table.Set("role", role).Set(table.Path("status"), table.Value(status)))
	}
	for name, change := range map[string]func(apitest.Caller) *apitest.Answer{
		"update": func(me apitest.Caller) *apitest.Answer { return me.Patch(a.user(ann), `{"sections":{"home":"edit"}}`) },
		"import": func(me apitest.Caller) *apitest.Answer {
			return me.Post(a.imports(), `{"users":[{"name":"Ann Lee","email":"ann@example.com"},{"name":"Bob","email":"bob@example.com"}]}`)
		},
		"remove": func(me apitest.Caller) *apitest.Answer { return me.Delete(a.user(ann)) },
	} {
		a.before(0, become(access.User, "active"))
		change(a.self(access.OrgAdmin, ann)).Refused(http.StatusForbidden, problem.Forbidden)
		a.before(0, become(access.OrgAdmin, "suspended"))
		change(a.self(access.OrgAdmin, ann)).Refused(http.StatusUnauthorized, problem.SessionEnded)
		a.Mend()
		if got := a.Admin().Get(a.user(ann)).Want(http.StatusOK); got.At("version") != 1.0 || got.At("name") != "Ann" {
			t.Errorf("%s: %s", name, got.Body)
		}
		a.counted(1)
	}
}

// Who may not act any more when half of an import is stored is told so for
// each row of the rest, and asks for none of them again.
func TestAnImportEndsWithTheRightsOfWhoSentIt(t *testing.T) {
	a := newAgency(t)
	rows := make([]string, 60)
	for i := range rows {
		rows[i] = fmt.Sprintf(`{"name":"Ann","email":"ann%d@example.com"}`, i)
	}
	admin := a.Admin()
	transactions := a.before(1, table.Delete(table.StaffKey(a.Workspace, admin.Principal.ID)))
	got := reported(admin.Post(a.imports(), `{"users":[`+strings.Join(rows, ",")+`]}`))
	a.Mend()
	if got.Created == 0 || got.Created+got.Failed != len(rows) || *transactions != 2 {
		t.Errorf("%d created and %d failed in %d transactions", got.Created, got.Failed, *transactions)
	}
	if last := got.Rows[len(rows)-1]; last.Problem == nil || last.Problem.Code != problem.SessionEnded {
		t.Errorf("the last row: %+v", last)
	}
	a.counted(got.Created)
}
