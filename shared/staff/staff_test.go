package staff_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/apitest"
	"atrium/shared/id"
	"atrium/shared/outbox"
	"atrium/shared/problem"
	"atrium/shared/staff"
	"atrium/shared/table"
)

// agency is a world whose workspace was opened by Olga, its one owner.
type agency struct {
	*apitest.World
	olga apitest.Caller
}

func newAgency(t *testing.T) agency {
	t.Helper()
	t.Parallel()
	w := apitest.New(t)
	opening := `{"name":"Agency","owner":{"name":"Olga","email":"olga@agency.example"}}`
	w.Workspace = w.Nobody().Post("/workspaces", opening).Want(http.StatusCreated).ID()
	rows, err := w.Table.Query(t.Context(), table.Query{PK: table.StaffKey(w.Workspace, "").PK})
	if err != nil || len(rows.Items) != 1 {
		t.Fatal(rows, err)
	}
	var olga staff.Record
	if err := rows.Items[0].Decode(&olga); err != nil {
		t.Fatal(err)
	}
	return agency{w, w.As(olga.Principal(w.Workspace))}
}

func (a agency) hire(name string, role access.Role) apitest.Caller {
	a.T.Helper()
	return a.Hire(name, role, staff.Active)
}

// path is where somebody is changed.
func path(c apitest.Caller) string { return "/staff/" + c.Principal.ID }

func role(role access.Role) string { return fmt.Sprintf(`{"role":%q}`, role) }

// owners fails the test unless that many there are, and are counted.
func (a agency) owners(want int) {
	a.T.Helper()
	there := a.Member().All("/staff?role=owner&status=active", "id")
	counted, err := table.Get[struct{ Owners, Version int }](a.T.Context(), a.Table, table.WorkspaceKey(a.Workspace))
	if err != nil || len(there) != want || counted.Owners != want || counted.Version != 1 {
		a.T.Errorf("%d owners, and %+v counted, %v, want %d", len(there), counted, err, want)
	}
}

func TestListShowsEverybodyWhole(t *testing.T) {
	a := newAgency(t)
	a.hire("Abe", access.Admin)
	a.Hire("Mia", access.Member, staff.Invited)
	viewer := a.hire("Max", access.Member)
	got := viewer.Get("/staff").Want(http.StatusOK)
	if names := got.Each("name"); !slices.Equal(names, []string{"Olga", "Abe", "Mia", "Max"}) {
		t.Errorf("%v", names)
	}
	for path, want := range map[string]any{
		"items.0.name": "Olga", "items.0.email": "olga@agency.example", "items.0.role": "owner", "items.0.status": "active", "items.0.version": 1.0,
		"items.0.lastSeenAt": nil, "items.2.status": "invited", "nextCursor": nil,
	} {
		if got.At(path) != want {
			t.Errorf("%s = %v, want %v", path, got.At(path), want)
		}
	}
	if strings.Contains(string(got.Body), "gs2pk") || strings.Contains(string(got.Body), "invitation") {
		t.Errorf("shows what is the table's own: %s", got.Body)
	}
	for query, want := range map[string][]string{
		"?limit=1": {"Olga", "Abe", "Mia", "Max"}, "?limit=3": {"Olga", "Abe", "Mia", "Max"},
		"?role=member": {"Mia", "Max"}, "?role=member&limit=1": {"Mia", "Max"}, "?status=invited": {"Mia"},
		"?status=active&role=member": {"Max"}, "?role=admin&status=invited": nil,
	} {
		if names := viewer.All("/staff"+query, "name"); !slices.Equal(names, want) {
			t.Errorf("%s: %v, want %v", query, names, want)
		}
	}
	cursor := viewer.Get("/staff?limit=1").At("nextCursor").(string)
	viewer.Get("/staff?role=member&cursor="+cursor).Refused(http.StatusBadRequest, problem.InvalidCursor, "query.cursor")
	viewer.Get("/staff?role=org_admin").Refused(422, problem.Invalid, "query.role")
	viewer.Get("/staff?q=Mia").Refused(422, problem.Invalid, "query.q")
}

func TestUpdateGivesAnotherRole(t *testing.T) {
	a := newAgency(t)
	max := a.hire("Max", access.Member)
	got := a.olga.Patch(path(max), role(access.Admin), apitest.Headers{"If-Match": `"1"`}).Want(http.StatusOK)
	if got.At("role") != "admin" || got.At("version") != 2.0 || got.Header.Get("ETag") != `"2"` || got.At("name") != "Max" {
		t.Errorf("%s", got.Body)
	}
	a.olga.Patch(path(max), role(access.Member), apitest.Headers{"If-Match": `"1"`}).Refused(http.StatusPreconditionFailed, problem.Stale, "header.If-Match")
	for _, nothing := range []string{`{}`, role(access.Admin)} {
		if again := a.olga.Patch(path(max), nothing).Want(http.StatusOK); again.At("version") != 2.0 {
			t.Errorf("%s: %s", nothing, again.Body)
		}
	}
	var log struct{ Items []activity.Item }
	a.olga.Get("/activity?action=staff.updated").Want(http.StatusOK).Into(&log)
	if len(log.Items) != 1 || log.Items[0].Target != (activity.Party{Type: "staff", ID: max.Principal.ID, Name: "Max"}) ||
		fmt.Sprint(log.Items[0].Changes) != "[{role member admin}]" || log.Items[0].Actor.ID != a.olga.Principal.ID {
		t.Errorf("%+v", log)
	}
	a.owners(1)
}

func TestUpdateRefuses(t *testing.T) {
	a := newAgency(t)
	max := a.hire("Max", access.Member)
	for body, place := range map[string]string{
		`{"role":"org_admin"}`: "body.role", `{"role":"key"}`: "body.role", `{"role":""}`: "body.role", `{"role":null}`: "body.role", `{"role":5}`: "body.role",
		`{"name":"Maxi"}`: "body.name", `{"status":"active"}`: "body.status", `[]`: "body",
	} {
		a.olga.Patch(path(max), body).Refused(422, problem.Invalid, place)
	}
	a.olga.Patch("/staff/stf_x", role(access.Admin)).Refused(404, problem.NotFound)
	a.olga.Patch("/staff/"+id.New(id.Staff, time.Now()), role(access.Admin)).Refused(404, problem.NotFound)
	a.olga.Patch("/staff/"+id.New(id.User, time.Now()), role(access.Admin)).Refused(404, problem.NotFound)
	elsewhere := *a.World
	elsewhere.Workspace = id.New(id.Workspace, time.Now())
	elsewhere.Owner().Patch(path(max), role(access.Admin)).Refused(404, problem.NotFound)
	elsewhere.Owner().Delete(path(max)).Refused(404, problem.NotFound)
	elsewhere.Member().Delete(path(max)).Refused(404, problem.NotFound)
	if got := a.Member().All("/staff?role=member", "name"); !slices.Contains(got, "Max") {
		t.Errorf("%v", got)
	}
}

func TestOnlyOwnersTouchOwners(t *testing.T) {
	a := newAgency(t)
	abe, max, oto := a.hire("Abe", access.Admin), a.hire("Max", access.Member), a.hire("Oto", access.Owner)
	ina := a.Hire("Ina", access.Owner, staff.Invited)
	abe.Patch(path(max), role(access.Owner)).Refused(403, problem.Forbidden, "body.role")
	abe.Patch(path(abe), role(access.Owner)).Refused(403, problem.Forbidden, "body.role")
	for _, owner := range []apitest.Caller{a.olga, oto, ina} {
		abe.Patch(path(owner), role(access.Member)).Refused(403, problem.Forbidden)
		abe.Patch(path(owner), role(access.Owner)).Refused(403, problem.Forbidden)
		abe.Delete(path(owner)).Refused(403, problem.Forbidden)
	}
	max.Patch(path(abe), role(access.Member)).Refused(403, problem.Forbidden)
	max.Delete(path(max)).Refused(403, problem.Forbidden)
	// All else an admin may.
	abe.Patch(path(max), role(access.Admin)).Want(http.StatusOK)
	abe.Patch(path(max), role(access.Member)).Want(http.StatusOK)
	abe.Delete(path(max)).Want(http.StatusNoContent)
	abe.Delete(path(abe)).Want(http.StatusNoContent)
	a.owners(2)
}

func TestTheLastOwnerStays(t *testing.T) {
	a := newAgency(t)
	ina := a.Hire("Ina", access.Owner, staff.Invited)
	stays := func() {
		t.Helper()
		a.olga.Delete(path(a.olga)).Refused(409, problem.LastOwner)
		a.olga.Patch(path(a.olga), role(access.Admin)).Refused(409, problem.LastOwner)
		a.owners(1)
	}
	stays() // who is invited does not count
	a.olga.Patch(path(ina), role(access.Admin)).Want(http.StatusOK)
	a.olga.Patch(path(ina), role(access.Owner)).Want(http.StatusOK)
	stays()
	a.olga.Delete(path(ina)).Want(http.StatusNoContent)
	stays()
}

// An agency is handed over by making somebody else an owner, and stepping down.
func TestOwnershipIsHandedOver(t *testing.T) {
	a := newAgency(t)
	max := a.hire("Max", access.Member)
	a.olga.Patch(path(max), role(access.Owner)).Want(http.StatusOK)
	a.owners(2)
	a.olga.Patch(path(a.olga), role(access.Member)).Want(http.StatusOK)
	a.owners(1)
	a.olga.Patch(path(max), role(access.Member)).Refused(403, problem.Forbidden)
	owner := a.As(access.Principal{Type: access.Staff, ID: max.Principal.ID, Role: access.Owner, Workspace: a.Workspace})
	owner.Delete(path(a.olga)).Want(http.StatusNoContent)
	owner.Delete(path(owner)).Refused(409, problem.LastOwner)
	a.owners(1)
}

// However many step down or throw each other out at once, one is left.
func TestOwnersWhoLeaveAtOnceLeaveOne(t *testing.T) {
	a := newAgency(t)
	all := []apitest.Caller{a.olga}
	for i := range 5 {
		all = append(all, a.hire(fmt.Sprintf("Oto%d", i), access.Owner))
	}
	a.owners(len(all))
	statuses := make([][]int, len(all))
	var group sync.WaitGroup
	for i, c := range all {
		next := all[(i+1)%len(all)]
		group.Go(func() {
			statuses[i] = []int{
				c.Patch(path(next), role(access.Member)).Status, c.Delete(path(next)).Status,
				c.Patch(path(c), role(access.Admin)).Status, c.Delete(path(c)).Status,
			}
		})
	}
	group.Wait()
	for _, status := range slices.Concat(statuses...) {
		if !slices.Contains([]int{200, 204, 401, 403, 404, 409}, status) {
			t.Errorf("one was answered %d: %v", status, statuses)
		}
	}
	a.owners(1)
}

func TestRemoveTakesSomebodyOut(t *testing.T) {
	a := newAgency(t)
	max := a.hire("Max", access.Admin)
	a.olga.Delete(path(max), apitest.Headers{"If-Match": `"2"`}).Refused(http.StatusPreconditionFailed, problem.Stale)
	a.olga.Delete(path(max), apitest.Headers{"If-Match": `"1"`}).Want(http.StatusNoContent)
	a.olga.Delete(path(max)).Refused(404, problem.NotFound)
	max.Patch(path(a.olga), role(access.Owner)).Refused(403, problem.Forbidden)
	max.Patch("/workspace", `{"name":"Mine"}`).Refused(401, problem.SessionEnded)
	var log struct{ Items []activity.Item }
	a.olga.Get("/activity?action=staff.removed").Want(http.StatusOK).Into(&log)
	want := "[{email max@agency.example <nil>} {name Max <nil>} {role admin <nil>} {status active <nil>}]"
	if len(log.Items) != 1 || log.Items[0].Target.ID != max.Principal.ID || fmt.Sprint(log.Items[0].Changes) != want {
		t.Errorf("%+v", log)
	}
	a.hire("Max", access.Member) // the address is free
	if got := a.olga.All("/staff", "name"); !slices.Equal(got, []string{"Olga", "Max"}) {
		t.Errorf("%v", got)
	}
	a.owners(1)
}

// invitation is what is kept of one, as far as it is ended here.
type invitation struct {
	table.Key
	table.Indexed
	State   string `json:"state"`
	Version int    `json:"version"`
	outbox.Post
	UpdatedAt time.Time `json:"updatedAt"`
}

// invite makes somebody invited by an invitation in a state; "" is by one that
// is not there. It returns where the invitation is.
func (a agency) invite(name, state string) (apitest.Caller, table.Key) {
	a.T.Helper()
	c, key := a.Hire(name, access.Member, staff.Invited), table.InvitationKey(a.Workspace, "", id.New(id.Invitation, time.Now()))
	writes := []*table.Write{table.Update(table.StaffKey(a.Workspace, c.Principal.ID), table.Set("invitation", key.SK))}
	if state != "" {
		inv := invitation{Key: key, State: state, Version: 3, Post: outbox.Post{Outbox: outbox.Later, Send: 1}}
		inv.G3PK, inv.G3SK = table.Outbox, "2026-11-24"
		writes = append(writes, table.Create(inv))
	}
	if err := a.Table.Commit(a.T.Context(), writes...); err != nil {
		a.T.Fatal(err)
	}
	return c, key
}

func TestRemoveEndsAnInvitation(t *testing.T) {
	a := newAgency(t)
	for _, state := range []string{"pending", "declined", "revoked", "expired", ""} {
		max, key := a.invite("Max", state)
		a.olga.Delete(path(max)).Want(http.StatusNoContent)
		got, err := table.Get[invitation](t.Context(), a.Table, key)
		switch {
		case state == "":
			if !errors.Is(err, table.ErrNotFound) {
				t.Errorf("one was made: %+v, %v", got, err)
			}
		case state == "pending":
			if got.State != "revoked" || got.Version != 4 || got.Outbox != "" || got.G3PK != "" || got.G3SK != "" || got.Send != 1 || got.UpdatedAt.IsZero() || err != nil {
				t.Errorf("pending, and now %+v, %v", got, err)
			}
		default:
			if got.State != state || got.Version != 3 || err != nil {
				t.Errorf("%s, and now %+v, %v", state, got, err)
			}
		}
		if left := a.olga.All("/staff?status=invited", "name"); len(left) != 0 {
			t.Errorf("%s: %v are left", state, left)
		}
	}
}

func TestStaffCostTheLeast(t *testing.T) {
	a := newAgency(t)
	max, ina := a.hire("Max", access.Member), a.Hire("Ina", access.Member, staff.Invited)
	oto := a.hire("Oto", access.Owner)
	abe, _ := a.invite("Abe", "pending")
	// In a transaction an item is 2, and 1 more for each index: activity stands
	// in two, somebody in one. The caller is looked up again.
	a.Cost("list", 1, 1, func() *apitest.Answer { return a.olga.Get("/staff") })
	a.Cost("update", 2, 1+3+4+2, func() *apitest.Answer { return a.olga.Patch(path(max), role(access.Admin)) })
	a.Cost("update of nothing", 1, 1, func() *apitest.Answer { return a.olga.Patch(path(max), role(access.Admin)) })
	a.Cost("an owner more", 2, 1+3+4+2+2, func() *apitest.Answer { return a.olga.Patch(path(max), role(access.Owner)) })
	a.Cost("oneself", 2, 1+3+4+2, func() *apitest.Answer { return oto.Patch(path(oto), role(access.Admin)) })
	a.Cost("remove", 2, 1+3+2+4+2, func() *apitest.Answer { return a.olga.Delete(path(ina)) })
	a.Cost("remove an owner", 2, 1+3+2+4+2+2, func() *apitest.Answer { return a.olga.Delete(path(max)) })
	a.Cost("remove one invited", 2, 1+3+2+4+2+3, func() *apitest.Answer { return a.olga.Delete(path(abe)) })
}
