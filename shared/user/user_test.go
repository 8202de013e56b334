package user_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/id"
	"atrium/shared/roster"
	"atrium/shared/table"
)

// agency is a world with one organization in it.
type agency struct {
	*apitest.World
	org string
}

func newAgency(t testing.TB) agency {
	t.Helper()
	if t, ok := t.(*testing.T); ok {
		t.Parallel()
	}
	w := apitest.New(t)
	return agency{World: w, org: w.Owner().Post("/organizations", map[string]any{"name": "Café del Mar"}).Want(http.StatusCreated).ID()}
}

// another is a second organization of the same workspace.
func (a agency) another() agency {
	a.T.Helper()
	return agency{World: a.World, org: a.Owner().Post("/organizations", map[string]any{"name": "Other"}).Want(http.StatusCreated).ID()}
}

func (a agency) users() string        { return "/organizations/" + a.org + "/users" }
func (a agency) user(u string) string { return a.users() + "/" + u }
func (a agency) orgAdmin() apitest.Caller {
	return a.Client(access.OrgAdmin, a.org, id.New(id.User, time.Now()))
}

// impersonated is an admin of the agency, who acts as somebody of the organization.
func (a agency) impersonated(role access.Role) apitest.Caller {
	admin, as := a.Admin().Principal, a.Client(role, a.org, id.New(id.User, time.Now())).Principal
	as.Actor = &access.Actor{ID: admin.ID, Name: admin.Name, Email: admin.Email, Role: admin.Role, Reason: "a question", Write: true}
	return a.As(as)
}

// stranger is the owner of another workspace.
func (a agency) stranger() apitest.Caller {
	elsewhere := *a.World
	elsewhere.Workspace = id.New(id.Workspace, time.Now())
	return elsewhere.Owner()
}

// add adds a user; fields are name and email if nothing else is said.
func (a agency) add(name, email string, more ...map[string]any) string {
	a.T.Helper()
	body := map[string]any{"name": name, "email": email}
	for _, fields := range more {
		for field, value := range fields {
			body[field] = value
		}
	}
	return a.Admin().Post(a.users(), body).Want(http.StatusCreated).ID()
}

// patch changes the organization.
func (a agency) patch(body string) {
	a.T.Helper()
	a.Owner().Patch("/organizations/"+a.org, body).Want(http.StatusOK)
}

// teams makes teams.
func (a agency) teams(keys ...string) {
	a.T.Helper()
	for _, key := range keys {
		a.Admin().Post("/organizations/"+a.org+"/teams", map[string]any{"key": key}).Want(http.StatusCreated)
	}
}

// agent makes an agent, and assigns it to the organization.
func (a agency) agent(name string, sections map[string]string) string {
	a.T.Helper()
	agent := a.Owner().Post("/agents", map[string]any{"name": name}).Want(http.StatusCreated).ID()
	body := map[string]any{}
	if sections != nil {
		body["sections"] = sections
	}
	a.Owner().Put("/organizations/"+a.org+"/agents/"+agent, body).Want(http.StatusCreated)
	return agent
}

// roster is who is on a team.
func (a agency) roster(team string) roster.Roster {
	a.T.Helper()
	r, err := table.Get[roster.Roster](a.T.Context(), a.Table, table.TeamKey(a.Workspace, a.org, team))
	if err != nil {
		a.T.Fatal(err)
	}
	return r
}

// crowd makes a team count so many members.
func (a agency) crowd(team string, members int) {
	a.T.Helper()
	if err := a.Table.Commit(a.T.Context(), table.Update(table.TeamKey(a.Workspace, a.org, team), table.Set("size", members))); err != nil {
		a.T.Fatal(err)
	}
}

// counted fails the test unless the organization counts so many users.
func (a agency) counted(want int) {
	a.T.Helper()
	if got := a.Owner().Get("/organizations/" + a.org).Want(http.StatusOK).At("counts.users"); got != float64(want) {
		a.T.Errorf("counts.users = %v, want %d", got, want)
	}
}

// left are the items that the organization's users take in the table.
func (a agency) left() int {
	a.T.Helper()
	n := 0
	for _, partition := range []string{
		table.Users(a.Workspace, a.org), table.UserWords(a.Workspace, a.org), table.ExternalKey(a.Workspace+"#"+a.org, "user", "").PK,
	} {
		rows, err := a.Table.Query(a.T.Context(), table.Query{PK: partition})
		if err != nil {
			a.T.Fatal(err)
		}
		n += len(rows.Items)
	}
	return n
}

// activities are the actions recorded in the organization, the newest last.
func (a agency) activities() []table.Item {
	a.T.Helper()
	rows, err := a.Table.Query(a.T.Context(), table.Query{Index: table.G1, PK: table.ActivityOf(a.Workspace, a.org)})
	if err != nil {
		a.T.Fatal(err)
	}
	return rows.Items
}

func nth(format string, i int) string { return fmt.Sprintf(format, i) }
