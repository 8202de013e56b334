// Package apitest is the world that tests of operations live in: a real
// DynamoDB-compatible server, a fresh table for each test, every operation
// behind its own rules, and callers of every kind.
//
// ATRIUM_TEST_SERVER=dynamodb-local runs the same tests on AWS's own server.
package apitest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"atrium/infra/local/dynamo"
	"atrium/infra/local/process"
	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/apikey"
	"atrium/shared/authorizer"
	"atrium/shared/catalogue"
	"atrium/shared/id"
	"atrium/shared/lambdaauthorizer"
	"atrium/shared/lambdahttp"
	"atrium/shared/problem"
	"atrium/shared/staff"
	"atrium/shared/table"
	"atrium/shared/token"
)

// World is one test's own table and all operations on it.
type World struct {
	T         testing.TB
	Endpoint  string
	Table     *table.Table
	TableName string
	// Workspace is the one that callers belong to unless said otherwise.
	Workspace string
	Meter     *Meter
	// Now, when set, is the time.
	Now func() time.Time
	// Patience, when set, is how long a caller waits for an answer.
	Patience time.Duration
	// Fault, when set, is asked before each call to the table: it may answer in its stead.
	Fault func(r *http.Request) (*http.Response, error)
	// Config is the deployment's, where a test has not chosen another one.
	Config api.Config
	server *api.Server
	// plain is the table beside all that tests count and break.
	plain *table.Table
	// reached is how its table is reached, with nothing in between.
	reached table.Config
}

// SigningKey is the deployment's.
const SigningKey = "a key for tests, and no secret at all"

// Root is the repository's folder.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}

var (
	server = sync.OnceValues(func() (*process.Process, error) {
		// The server ends with this process.
		return dynamo.Start(context.Background(), dynamo.Options{
			Kind: kind(), Modules: filepath.Join(Root(), "infra", "local", "node_modules"),
		})
	})
	tables atomic.Int64
)

func kind() dynamo.Kind {
	if k := os.Getenv("ATRIUM_TEST_SERVER"); k != "" {
		return dynamo.Kind(k)
	}
	return dynamo.Dynoxide
}

// Exact tells whether the server reckons capacity as DynamoDB does: AWS's own
// local one does not, for transactions.
func Exact() bool { return kind() == dynamo.Dynoxide }

// New makes a world. It fails the test when there is no server: a test that
// was left out proves nothing.
func New(t testing.TB, options ...api.Option) *World {
	t.Helper()
	return newWorld(t, dynamo.Unstreamed, options...)
}

// NewStreamed is New with a stream to follow what is written.
func NewStreamed(t testing.TB, options ...api.Option) *World {
	t.Helper()
	return newWorld(t, dynamo.Streamed, options...)
}

func newWorld(t testing.TB, streams dynamo.Streams, options ...api.Option) *World {
	t.Helper()
	s, err := server()
	if err != nil {
		t.Fatal(err)
	}
	w := &World{T: t, Endpoint: s.Endpoint, Meter: &Meter{}, Workspace: id.New(id.Workspace, time.Now())}
	w.TableName = fmt.Sprintf("test-%d-%d", os.Getpid(), tables.Add(1))
	if err := dynamo.CreateTable(t.Context(), s.Endpoint, w.TableName, filepath.Join(Root(), "infra", "table.yaml"), streams); err != nil {
		t.Fatal(err)
	}
	config := dynamo.Config(s.Endpoint, w.TableName)
	config.Observe = w.Meter.observe
	w.reached = config
	config.HTTP = w
	w.Table, w.plain = table.Open(config), table.Open(dynamo.Config(s.Endpoint, w.TableName))
	w.Config = api.Config{Keys: token.NewKeys(SigningKey), DashboardURL: "https://dashboard.example"}
	options = append([]api.Option{api.Configured(w.Config)}, options...)
	w.server = api.New(w.Table, catalogue.Operations, append(options, api.At(w.now))...)
	return w
}

func (w *World) now() time.Time {
	if w.Now != nil {
		return w.Now()
	}
	return time.Now()
}

// transport keeps enough connections for many callers at once.
var transport = &http.Client{
	Timeout:   10 * time.Second,
	Transport: &http.Transport{MaxIdleConnsPerHost: 100, MaxConnsPerHost: 100, IdleConnTimeout: time.Minute},
}

// Do makes the world the table's HTTP client, so that faults can be injected,
// and what each operation does with the table is seen.
func (w *World) Do(r *http.Request) (*http.Response, error) {
	return w.call(api.OperationOf(r.Context()), r)
}

var _ aws.HTTPClient = (*World)(nil)

// Meter counts what the table was asked, and what it cost.
type Meter struct {
	mu    sync.Mutex
	calls []table.Usage
}

func (m *Meter) observe(u table.Usage) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls = append(m.calls, u)
}

// Take returns the calls since the last Take.
func (m *Meter) Take() []table.Usage {
	m.mu.Lock()
	defer m.mu.Unlock()
	calls := m.calls
	m.calls = nil
	return calls
}

// Owner is the owner of the world's workspace.
func (w *World) Owner() Caller { return w.Staff(access.Owner) }

// Admin is an admin of it.
func (w *World) Admin() Caller { return w.Staff(access.Admin) }

// Member is a member of its staff.
func (w *World) Member() Caller { return w.Staff(access.Member) }

// Staff is one of the workspace's people in a role.
func (w *World) Staff(role access.Role) Caller {
	person := staff.Person{
		Resource: api.Resource{ID: StaffID(role), Version: 1}, Name: "Sam " + string(role), Email: string(role) + "@agency.example",
		Role: role, Status: staff.Active,
	}
	w.hire(person)
	return w.As(person.Principal(w.Workspace))
}

// Hire is somebody new on the workspace's staff, whom nobody has invited.
func (w *World) Hire(name string, role access.Role, status staff.Status) Caller {
	w.T.Helper()
	person := staff.Person{
		Resource: api.Resource{ID: id.New(id.Staff, time.Now()), Version: 1}, Name: name, Email: strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@agency.example",
		Role: role, Status: status,
	}
	w.hire(person)
	return w.As(person.Principal(w.Workspace))
}

// hire makes somebody staff, who may be that already, and counts them where
// the workspace is there to count its owners.
func (w *World) hire(p staff.Person) {
	w.T.Helper()
	err := w.plain.Commit(w.T.Context(), p.Add(w.Workspace)...)
	if err == nil && p.Role == access.Owner && p.Status == staff.Active {
		err = w.plain.Commit(w.T.Context(), staff.CountOwners(w.Workspace, 1))
	}
	if err != nil && !problem.Is(err, problem.EmailTaken) && !errors.Is(err, table.ErrRefused) {
		w.T.Fatal(err)
	}
}

// StaffID is the id of the one of a world's staff that has a role.
func StaffID(role access.Role) string {
	return "stf_0000000000000000000000000" + map[access.Role]string{access.Owner: "w", access.Admin: "a", access.Member: "m"}[role]
}

// Client is a person of an organization.
func (w *World) Client(role access.Role, organization, user string) Caller {
	if role == access.OrgAdmin { // a user is never looked up: they change nobody's rights
		w.seat(table.UserKey(w.Workspace, organization, user), role)
	}
	return w.As(access.Principal{
		Type: access.Client, ID: user, Name: "Carla " + string(role), Email: string(role) + "@client.example",
		Role: role, Workspace: w.Workspace, Organization: organization,
	})
}

// Key is an API key; organization is "" for one of the whole workspace.
func (w *World) Key(organization string, scopes ...access.Scope) Caller {
	w.T.Helper()
	key := apikey.APIKey{
		Resource: api.Resource{ID: id.APIKey + "_0000000000000000000000000w", Version: 1}, Fields: apikey.Fields{Name: "a key", Scopes: scopes},
	}
	if len(scopes) == 0 { // the table has none without
		key.Scopes = []access.Scope{access.HandoffsWrite}
	}
	if organization != "" {
		key.ID, key.OrganizationID = id.APIKey+strings.TrimPrefix(organization, id.Organization), &organization
	}
	record := apikey.Record{Key: table.APIKeyKey(w.Workspace, key.ID), APIKey: key}
	if err := w.plain.Commit(w.T.Context(), table.Put(record)); err != nil {
		w.T.Fatal(err)
	}
	return w.As(access.Principal{
		Type: access.APIKey, ID: key.ID, Name: key.Name, Role: access.Key, Workspace: w.Workspace,
		Organization: organization, Scopes: scopes,
	})
}

// Nobody has not signed in.
func (w *World) Nobody() Caller { return w.As(access.Principal{}) }

// seat puts what a caller claims to be into the table, as far as operations
// look it up again: beside all that tests count and break.
func (w *World) seat(key table.Key, role access.Role) {
	w.T.Helper()
	_, err := dynamo.Client(w.Endpoint).UpdateItem(w.T.Context(), &dynamodb.UpdateItemInput{
		TableName: aws.String(w.TableName), Key: map[string]types.AttributeValue{
			"pk": &types.AttributeValueMemberS{Value: key.PK}, "sk": &types.AttributeValueMemberS{Value: key.SK},
		},
		UpdateExpression: aws.String("SET #role = :role, #status = :status"), ExpressionAttributeNames: map[string]string{"#role": "role", "#status": "status"},
		ExpressionAttributeValues: map[string]types.AttributeValue{
			":role": &types.AttributeValueMemberS{Value: string(role)}, ":status": &types.AttributeValueMemberS{Value: "active"},
		},
	})
	if err != nil {
		w.T.Fatal(err)
	}
}

// Bearing is a caller with a real access token or an API key's secret: whoever
// the API's authorizer says they are, by what is in the table now.
func (w *World) Bearing(credential any) Caller {
	w.T.Helper()
	authorize := lambdaauthorizer.Handler(authorizer.Authorizer{Table: w.Function("authorize"), Config: w.Config, Now: w.now})
	answer, err := authorize(w.T.Context(), events.APIGatewayV2CustomAuthorizerV2Request{IdentitySource: []string{fmt.Sprint("Bearer ", credential)}})
	if err != nil || !answer.IsAuthorized {
		w.T.Fatal(answer, err)
	}
	return w.As(lambdahttp.PrincipalOf(answer.Context))
}

// As is any principal.
func (w *World) As(p access.Principal) Caller { return Caller{world: w, Principal: p} }
