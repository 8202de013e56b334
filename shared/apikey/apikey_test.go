package apikey_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"atrium/infra/local/dynamo"
	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/apikey"
	"atrium/shared/apitest"
	"atrium/shared/catalogue"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
)

const bots = `{"name":" Voice  bots ","scopes":["handoffs:write","teams:read"]}`

func newWorld(t *testing.T) *apitest.World {
	t.Helper()
	t.Parallel()
	w := apitest.New(t)
	w.Now = func() time.Time { return now }
	return w
}

// now is in the middle of a second, as times mostly are.
var now = time.Date(2026, 11, 24, 9, 30, 0, 500e6, time.UTC)

func open(w *apitest.World) (org string) {
	w.T.Helper()
	return w.Owner().Post("/organizations", `{"name":"Acme"}`).Want(http.StatusCreated).ID()
}

// dump is the whole table as text.
func dump(w *apitest.World) string {
	w.T.Helper()
	found, err := dynamo.Client(w.Endpoint).Scan(w.T.Context(), &dynamodb.ScanInput{TableName: aws.String(w.TableName)})
	if err != nil {
		w.T.Fatal(err)
	}
	var items []map[string]any
	if err := attributevalue.UnmarshalListOfMaps(found.Items, &items); err != nil {
		w.T.Fatal(err)
	}
	return fmt.Sprint(items)
}

func TestCreateShowsTheSecretOnce(t *testing.T) {
	w := newWorld(t)
	made := w.Admin().Post("/api-keys", bots).Want(http.StatusCreated)
	for path, want := range map[string]any{
		"name": "Voice bots", "scopes.0": "handoffs:write", "scopes.1": "teams:read", "organizationId": nil, "expiresAt": nil, "lastUsedAt": nil, "version": 1.0,
	} {
		if made.At(path) != want {
			t.Errorf("%s = %v, want %v", path, made.At(path), want)
		}
	}
	secret, _ := made.At("secret").(string)
	ws, key, ok := apikey.ParseSecret(secret)
	if !ok || ws != w.Workspace || key != made.ID() || made.At("prefix") != secret[:11] || made.Header.Get("ETag") != `"1"` {
		t.Errorf("%s", made.Body)
	}
	r, err := table.Get[apikey.Record](t.Context(), w.Table, table.APIKeyKey(ws, key))
	if err != nil || r.Hash != apikey.Hash(secret) {
		t.Errorf("%+v, %v", r, err)
	}
	listed := w.Owner().Get("/api-keys").Want(http.StatusOK)
	log := w.Owner().Get("/activity").Want(http.StatusOK)
	for place, text := range map[string]string{"the table": dump(w), "the list": string(listed.Body), "the log": string(log.Body)} {
		if strings.Contains(text, secret) || strings.Contains(text, secret[12:]) || place != "the table" && strings.Contains(text, r.Hash) {
			t.Errorf("%s tells the secret, or its hash: %s", place, text)
		}
	}
	if listed.At("items.0.prefix") != made.At("prefix") || listed.At("items.0.secret") != nil || strings.Contains(string(listed.Body), "hash") {
		t.Errorf("%s", listed.Body)
	}
}

func TestCreateForAnOrganizationAndATime(t *testing.T) {
	w := newWorld(t)
	org := open(w)
	body := map[string]any{"name": "Bots", "scopes": []string{"users:write"}, "organizationId": org, "expiresAt": "2026-11-24T11:30:07.9+01:00"}
	made := w.Owner().Post("/api-keys", body).Want(http.StatusCreated)
	if made.At("organizationId") != org || made.At("expiresAt") != "2026-11-24T10:30:07Z" {
		t.Errorf("%s", made.Body)
	}
	w.Owner().Patch("/organizations/"+org, `{"status":"suspended"}`).Want(http.StatusOK)
	w.Owner().Post("/api-keys", body).Want(http.StatusCreated)
	w.Owner().Patch("/organizations/"+org, `{"status":"archived"}`).Want(http.StatusOK)
	w.Owner().Post("/api-keys", body).Refused(http.StatusConflict, problem.ReadOnly)
	w.Owner().Delete("/organizations/" + org).Want(http.StatusAccepted)
	w.Owner().Post("/api-keys", body).Refused(http.StatusConflict, problem.ReadOnly)
	now := now.AddDate(0, 2, 0)
	w.Now = func() time.Time { return now }
	body["expiresAt"] = nil
	w.Owner().Post("/api-keys", body).Refused(422, problem.Invalid, "body.organizationId")
}

func TestCreateRefuses(t *testing.T) {
	w := newWorld(t)
	org := open(w)
	elsewhere := *w
	elsewhere.Workspace = id.New(id.Workspace, time.Now())
	theirs := open(&elsewhere)
	with := func(member, value string) string {
		return strings.Replace(`{"name":"a","scopes":["users:read"]}`, "}", `,"`+member+`":`+value+"}", 1)
	}
	before := dump(w)
	for body, place := range map[string]string{
		`{"scopes":["users:read"]}`: "body.name", `{"name":" ","scopes":["users:read"]}`: "body.name", `{"name":"a\nb","scopes":["users:read"]}`: "body.name",
		`{"name":"a"}`: "body.scopes", `{"name":"a","scopes":[]}`: "body.scopes", `{"name":"a","scopes":null}`: "body.scopes", `{"name":"a","scopes":"users:read"}`: "body.scopes",
		`{"name":"a","scopes":["users:read","staff:write"]}`: "body.scopes[1]", `{"name":"a","scopes":["*"]}`: "body.scopes[0]", `{"name":"a","scopes":[["users:read"]]}`: "body.scopes[0]",
		`{"name":"a","scopes":["users:read","teams:read","users:read"]}`: "body.scopes[2]",
		with("organizationId", `"org_x"`):                                "body.organizationId", with("organizationId", `""`): "body.organizationId", with("organizationId", `7`): "body.organizationId",
		with("organizationId", `"`+theirs+`"`): "body.organizationId", with("organizationId", `"`+id.New(id.Organization, now)+`"`): "body.organizationId",
		with("expiresAt", `"2026-11-24T09:30:00Z"`): "body.expiresAt", with("expiresAt", `"2026-11-24T09:30:00.9Z"`): "body.expiresAt", with("expiresAt", `"1999-01-01T00:00:00Z"`): "body.expiresAt",
		with("expiresAt", `"2036-11-24T09:30:02Z"`): "body.expiresAt", with("expiresAt", `"9999-12-31T23:59:59-12:00"`): "body.expiresAt", with("expiresAt", `"tomorrow"`): "body.expiresAt",
		with("secret", `"sk_mine"`): "body.secret", with("hash", `"x"`): "body.hash", with("prefix", `"sk_"`): "body.prefix", with("id", `"key_x"`): "body.id",
	} {
		w.Owner().Post("/api-keys", body).Refused(422, problem.Invalid, place)
	}
	if dump(w) != before {
		t.Error("refused, yet changed the table")
	}
	w.Owner().Post("/api-keys", with("organizationId", `"`+org+`"`)).Want(http.StatusCreated)
	w.Owner().Post("/api-keys", with("expiresAt", `"2026-11-24T09:30:01Z"`)).Want(http.StatusCreated)
	w.Owner().Post("/api-keys", with("expiresAt", `null`)).Want(http.StatusCreated)
}

// Whatever scope an operation asks for, a key can be made that has it.
func TestEveryScopeThatIsAskedForCanBeGiven(t *testing.T) {
	w := newWorld(t)
	for _, o := range catalogue.Operations {
		for _, route := range o.Routes() {
			if scope := route.May.Scope; scope != "" {
				w.Owner().Post("/api-keys", map[string]any{"name": o.Name, "scopes": []access.Scope{scope}}).Want(http.StatusCreated)
			}
		}
	}
}

func TestOnlyAdminsSeeKeys(t *testing.T) {
	w := newWorld(t)
	org := open(w)
	key := w.Owner().Post("/api-keys", bots).Want(http.StatusCreated).ID()
	every := []access.Scope{access.OrganizationsWrite, access.AgentsWrite, access.UsersWrite, access.TeamsWrite, access.InvitationsWrite, access.HandoffsWrite}
	for name, c := range map[string]apitest.Caller{
		"member": w.Member(), "org_admin": w.Client(access.OrgAdmin, org, id.New(id.User, now)), "user": w.Client(access.User, org, id.New(id.User, now)),
		"key": w.Key("", every...), "key of the organization": w.Key(org, every...),
	} {
		for _, a := range []*apitest.Answer{c.Get("/api-keys"), c.Post("/api-keys", bots), c.Delete("/api-keys/" + key)} {
			if a.Status != http.StatusForbidden {
				t.Errorf("%s as %s: %d", a.Request, name, a.Status)
			}
		}
	}
}

// A repetition shows the key as it is, and not the secret: also when both come at once.
func TestAReplayLeavesTheSecretOut(t *testing.T) {
	w := newWorld(t)
	admin, once := w.Admin(), apitest.Headers{"Idempotency-Key": "k"}
	answers := make([]*apitest.Answer, 6)
	var group sync.WaitGroup
	for i := range answers {
		group.Go(func() { answers[i] = admin.Post("/api-keys", bots, once) })
	}
	group.Wait()
	secrets, ids := 0, map[string]bool{}
	for _, a := range answers {
		a.Want(http.StatusCreated)
		ids[a.ID()] = true
		if replayed := a.Header.Get("Idempotent-Replayed") == "true"; replayed == (a.At("secret") != nil) {
			t.Errorf("replayed: %v, and %s", replayed, a.Body)
		}
		if a.At("secret") != nil {
			secrets++
		}
	}
	if secrets != 1 || len(ids) != 1 || len(w.Owner().All("/api-keys", "id")) != 1 {
		t.Errorf("%d secrets of %v", secrets, ids)
	}
	w.Owner().Delete("/api-keys/" + answers[0].ID()).Want(http.StatusNoContent)
	admin.Post("/api-keys", bots, once).Refused(404, problem.NotFound)
	admin.Post("/api-keys", `{"name":"b","scopes":["users:read"]}`, once).Refused(422, problem.IdempotencyReused)
}

func TestListGoesThroughAll(t *testing.T) {
	w := newWorld(t)
	var want []string
	for i := range 5 {
		want = append(want, w.Owner().Post("/api-keys", fmt.Sprintf(`{"name":"%d","scopes":["users:read"],"expiresAt":"2026-11-24T09:30:01Z"}`, i)).Want(http.StatusCreated).ID())
	}
	slices.Sort(want) // made in one millisecond here, some of them
	later := now.Add(time.Hour)
	w.Now = func() time.Time { return later }
	for _, limit := range []int{1, 2, 5, 200} {
		if got := w.Admin().All(fmt.Sprintf("/api-keys?limit=%d", limit), "id"); !slices.Equal(got, want) {
			t.Errorf("by %d: %v, want %v", limit, got, want)
		}
	}
	w.Admin().Get("/api-keys?cursor=x").Refused(http.StatusBadRequest, problem.InvalidCursor, "query.cursor")
}

func TestRevokeEndsAKey(t *testing.T) {
	w := newWorld(t)
	made := w.Owner().Post("/api-keys", bots).Want(http.StatusCreated)
	path := "/api-keys/" + made.ID()
	elsewhere := *w
	elsewhere.Workspace = id.New(id.Workspace, now)
	elsewhere.Owner().Delete(path).Refused(404, problem.NotFound)
	elsewhere.Member().Delete(path).Refused(404, problem.NotFound)
	w.Owner().Delete("/api-keys/key_x").Refused(404, problem.NotFound)
	w.Owner().Delete("/api-keys/"+id.New(id.APIKey, now)).Refused(404, problem.NotFound)
	w.Owner().Delete(path, apitest.Headers{"If-Match": `"2"`}).Refused(http.StatusPreconditionFailed, problem.Stale)
	w.Owner().Delete(path, apitest.Headers{"If-Match": `"1"`}).Want(http.StatusNoContent)
	w.Owner().Delete(path).Refused(404, problem.NotFound)
	if left := w.Owner().All("/api-keys", "id"); len(left) != 0 {
		t.Errorf("%v", left)
	}
	var log struct{ Items []activity.Item }
	w.Owner().Get("/activity?target=" + made.ID()).Want(http.StatusOK).Into(&log)
	said := map[string]string{}
	for _, item := range log.Items {
		if item.Target != (activity.Party{Type: "key", ID: made.ID(), Name: "Voice bots"}) {
			t.Errorf("%+v", item)
		}
		said[item.Action] = fmt.Sprint(item.Changes)
	}
	if len(said) != 2 || said["api_key.created"] != "[{name  Voice bots} {scopes <nil> [handoffs:write teams:read]}]" ||
		said["api_key.revoked"] != "[{name Voice bots <nil>} {scopes [handoffs:write teams:read] <nil>}]" {
		t.Errorf("%q", said)
	}
}

// Who calls with a key that ends meanwhile changes nobody's rights any more.
func TestAKeyActsUntilItEnds(t *testing.T) {
	w := newWorld(t)
	org := open(w)
	made := w.Owner().Post("/api-keys", `{"name":"a","scopes":["users:write"],"expiresAt":"2026-11-24T09:30:02Z"}`).Want(http.StatusCreated).ID()
	key := w.As(access.Principal{Type: access.APIKey, ID: made, Name: "a", Role: access.Key, Workspace: w.Workspace, Scopes: []access.Scope{access.UsersWrite}})
	for i, tc := range []struct {
		after time.Duration
		ended bool
	}{{0, false}, {1499 * time.Millisecond, false}, {1500 * time.Millisecond, true}, {1999 * time.Millisecond, true}, {2 * time.Second, true}, {time.Hour, true}} {
		at := now.Add(tc.after)
		w.Now = func() time.Time { return at }
		added := key.Post("/organizations/"+org+"/users", fmt.Sprintf(`{"name":"Ann","email":"ann%d@example.com"}`, i))
		if tc.ended {
			added.Refused(http.StatusUnauthorized, problem.KeyExpired)
		} else {
			added.Want(http.StatusCreated)
		}
	}
}

func TestRevokeAtOnceIsDoneOnce(t *testing.T) {
	w := newWorld(t)
	owner, key := w.Owner(), w.Owner().Post("/api-keys", bots).Want(http.StatusCreated).ID()
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			if got := owner.Delete("/api-keys/" + key).Status; got != 204 && got != 404 {
				t.Error(got)
			}
		})
	}
	group.Wait()
	if said := w.Owner().All("/activity?action=api_key.revoked", "id"); len(said) != 1 {
		t.Errorf("%d times revoked", len(said))
	}
}

func TestKeysCostTheLeast(t *testing.T) {
	w := newWorld(t)
	org, owner := open(w), w.Owner()
	var key string
	// A key and the caller 2, activity 4, and 2 for each thing more.
	w.Cost("create", 1, 2+2+4, func() *apitest.Answer {
		made := owner.Post("/api-keys", bots)
		key = made.ID()
		return made
	})
	w.Cost("create for an organization", 1, 2+2+4+2, func() *apitest.Answer {
		return owner.Post("/api-keys", map[string]any{"name": "a", "scopes": []string{"users:read"}, "organizationId": org})
	})
	w.Cost("create under a key", 1, 2+2+4+2, func() *apitest.Answer { return owner.Post("/api-keys", bots, apitest.Headers{"Idempotency-Key": "k"}) })
	w.Cost("list", 1, 1, func() *apitest.Answer { return owner.Get("/api-keys") })
	w.Cost("revoke", 2, 1+2+2+4, func() *apitest.Answer { return owner.Delete("/api-keys/" + key) })
}
