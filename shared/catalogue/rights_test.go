package catalogue_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"atrium/infra/local/dynamo"
	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/catalogue"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// harmless are the changes after which everybody may do what they could
// before, and why.
var harmless = map[string]string{
	"create-organization": "nobody is in it yet",
	"create-agent":        "nobody has it yet",
	"update-agent":        "who has it sees the same sections of it",
	"delete-agent":        "what is gone grants nothing",
	"put-logo":            "a picture",
	"create-team":         "a team takes chats, and grants nothing",
	"update-team":         "a team takes chats, and grants nothing",
	"delete-team":         "a team takes chats, and grants nothing",
	"add-team-member":     "a team takes chats, and grants nothing",
	"remove-team-member":  "a team takes chats, and grants nothing",
	"route-handoff":       "a turn on a team",
	"preview-invitation":  "nothing is sent, and nothing stored",
	"update-me":           "of oneself: a name, a picture, a language, whether one takes chats",
}

// Whatever changes something is either known to change nobody's rights, or
// says that it does.
func TestWhatChangesRightsSaysSo(t *testing.T) {
	for _, o := range catalogue.Operations {
		switch why := harmless[o.Name]; {
		case o.Method == http.MethodGet || o.May.Public:
			if o.Rights {
				t.Errorf("%s changes nothing as anybody, and says that it changes rights", o.Name)
			}
		case o.Rights && why != "":
			t.Errorf("%s changes rights, and harmless in this file says that it does not: %s", o.Name, why)
		case !o.Rights && why == "":
			t.Errorf("%s: set Rights, or say in harmless, in this file, why it changes nobody's rights", o.Name)
		}
	}
}

// suspect is a caller of whom something has become since the authorizer looked.
type suspect struct {
	who   string
	as    apitest.Caller
	turns []turn
}

// turn is what has become of an item that lets a caller act, and what they are
// told then. Without changes the item is gone.
type turn struct {
	what    string
	key     table.Key
	changes map[string]string
	status  int
	code    problem.Code
}

// Who may do what is decided by what the caller is when the change is made: not
// by what they were up to a minute ago, as the authorizer found them.
func TestWhoHasLostTheirRightsChangesNobodyElses(t *testing.T) {
	for _, o := range catalogue.Operations {
		if !o.Rights {
			continue
		}
		for _, route := range o.Routes() {
			t.Run(route.Name, func(t *testing.T) {
				t.Parallel()
				f := newFixture(apitest.New(t))
				suspects := f.suspects(route)
				if len(suspects) == 0 {
					t.Fatal("nobody may call it")
				}
				for _, s := range suspects {
					for _, turned := range s.turns {
						f.refuses(t, s, turned, route)
					}
				}
				f.grants(t, route)
			})
		}
	}
}

// refuses holds that the suspect's request changes nothing after the turn.
func (f *fixture) refuses(t *testing.T, s suspect, turned turn, route api.Operation) {
	t.Helper()
	defer f.turn(t, turned)()
	before := dump(t, f.w)
	a := f.sendAs(s.as, route)
	if a.Status != turned.status || a.At("code") != string(turned.code) {
		t.Errorf("as %s that %s: %d %s, want %d %s", s.who, turned.what, a.Status, a.Body, turned.status, turned.code)
	}
	if after := dump(t, f.w); after != before {
		t.Errorf("as %s that %s: refused, yet changed the table", s.who, turned.what)
	}
}

// grants holds that it was for no other reason.
func (f *fixture) grants(t *testing.T, route api.Operation) {
	t.Helper()
	owner := f.w.Owner()
	before := dump(t, f.w)
	if a := f.sendAs(owner, route); a.Status >= http.StatusBadRequest {
		t.Errorf("%s: %d %s", a.Request, a.Status, a.Body)
	}
	if dump(t, f.w) == before {
		t.Errorf("%s: this request changes nothing, and so proves nothing", route.Name)
	}
}

// turn makes it come to pass, and returns how to undo it.
func (f *fixture) turn(t *testing.T, turned turn) (undo func()) {
	t.Helper()
	client, name := dynamo.Client(f.w.Endpoint), aws.String(f.w.TableName)
	key := map[string]types.AttributeValue{
		"pk": &types.AttributeValueMemberS{Value: turned.key.PK}, "sk": &types.AttributeValueMemberS{Value: turned.key.SK},
	}
	found, err := client.GetItem(t.Context(), &dynamodb.GetItemInput{TableName: name, Key: key})
	if err != nil || found.Item == nil {
		t.Fatal(turned.key, err)
	}
	put := func(item map[string]types.AttributeValue) {
		t.Helper()
		if _, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: name, Item: item}); err != nil {
			t.Fatal(err)
		}
	}
	if turned.changes == nil {
		_, err = client.DeleteItem(t.Context(), &dynamodb.DeleteItemInput{TableName: name, Key: key})
	} else {
		other := table.Item{}
		for attribute, value := range found.Item {
			other[attribute] = value
		}
		for attribute, value := range turned.changes {
			other[attribute] = &types.AttributeValueMemberS{Value: value}
		}
		put(other)
	}
	if err != nil {
		t.Fatal(err)
	}
	return func() { put(found.Item) }
}

// suspects are all kinds of callers that may call a route.
func (f *fixture) suspects(route api.Operation) (all []suspect) {
	ws, org := f.w.Workspace, f.things[own]["o"]
	for _, role := range []access.Role{access.Owner, access.Admin, access.Member} {
		c := f.w.Staff(role)
		all = append(all, suspect{string(role), c, f.turnsOf(c, route, table.StaffKey(ws, c.Principal.ID), access.Owner, access.Admin, access.Member)})
	}
	client := f.w.Client(access.OrgAdmin, org, id.New(id.User, time.Now()))
	user := f.turnsOf(client, route, table.UserKey(ws, org, client.Principal.ID), access.OrgAdmin, access.User)
	all = append(all, suspect{"an org_admin", client, user})

	posing, admin := client.Principal, f.w.Staff(access.Admin).Principal
	posing.Actor = &access.Actor{ID: admin.ID, Role: admin.Role, Write: true}
	all = append(all, suspect{"an admin looking at it as an org_admin", f.w.As(posing), append(user,
		turn{"is out of the agency", table.StaffKey(ws, admin.ID), nil, 401, problem.SessionEnded},
		turn{"is a member by now", table.StaffKey(ws, admin.ID), map[string]string{"role": "member"}, 401, problem.SessionEnded})})

	for at, key := range map[string]apitest.Caller{"a key": f.w.Key("", everything...), "a key of the organization": f.w.Key(org, everything...)} {
		place := table.APIKeyKey(ws, key.Principal.ID)
		all = append(all, suspect{at, key, []turn{
			{"is revoked", place, nil, 401, problem.KeyUnknown},
			{"has expired", place, map[string]string{"expiresAt": time.Now().UTC().Truncate(time.Second).Format(time.RFC3339)}, 401, problem.KeyExpired},
		}})
	}
	return admitted(all, route, org)
}

// admitted are those of the suspects that the route lets in.
func admitted(all []suspect, route api.Operation, org string) (some []suspect) {
	if !strings.Contains(route.Path, "{o}") {
		org = ""
	}
	for _, s := range all {
		if route.May.Decide(s.as.Principal, org) == access.Allowed {
			some = append(some, s)
		}
	}
	return some
}

// turnsOf are what can become of a person: gone, inactive, or in another role.
func (f *fixture) turnsOf(c apitest.Caller, route api.Operation, key table.Key, roles ...access.Role) []turn {
	turns := []turn{
		{"is removed", key, nil, 401, problem.SessionEnded},
		{"is suspended", key, map[string]string{"status": "suspended"}, 401, problem.SessionEnded},
	}
	for _, role := range roles {
		now := c.Principal
		if now.Role = role; role == c.Principal.Role {
			continue
		}
		turned := turn{"is " + string(role) + " by now", key, map[string]string{"role": string(role)}, 401, problem.RightsChanged}
		if route.May.Decide(now, now.Organization) != access.Allowed {
			turned.status, turned.code = 403, problem.Forbidden
		}
		turns = append(turns, turned)
	}
	return turns
}
