package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	recorded "atrium/infra/describe/events"
	"atrium/infra/local/dynamo"
	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/catalogue"
	"atrium/shared/id"
	"atrium/shared/lambdahttp"
	"atrium/shared/staff"
	"atrium/shared/table"
	"atrium/shared/token"
)

// lab is a table and Atrium's operations on it in this process, each behind
// the very function that AWS Lambda would call.
type lab struct {
	client     *dynamodb.Client
	operations map[string]operation
	// beside is the table beside all that is recorded and metered.
	beside *table.Table
}

type operation struct {
	method string
	handle func(context.Context, events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error)
}

// openLab opens a table that is there already.
func openLab(endpoint, name string) *lab {
	config := dynamo.Config(endpoint, name)
	config.HTTP = recorder{awshttp.NewBuildableClient()}
	return labOf(endpoint, config)
}

func labOf(endpoint string, config table.Config) *lab {
	t := table.Open(config)
	l := &lab{client: dynamo.Client(endpoint), operations: map[string]operation{}, beside: table.Open(dynamo.Config(endpoint, config.Name))}
	for _, o := range catalogue.Operations {
		l.operations[o.Name] = operation{o.Method, lambdahttp.Handler(t, o, deployed)}
	}
	return l
}

// deployed is what the deployment has chosen: the key is the one that the
// tokens in events are made with.
var deployed = api.Configured(api.Config{Keys: keys, DashboardURL: "https://dashboard.agency.example"})

var keys = token.NewKeys(recorded.SigningKey)

// newLab opens a table of its own. The function that it returns ends its server.
func (b *bench) newLab(ctx context.Context, file string) (*lab, func(), error) {
	endpoint, stop, err := b.newTable(ctx, file)
	if err != nil {
		return nil, nil, err
	}
	return openLab(endpoint, tableName), stop, nil
}

const tableName = "bench"

// newTable starts a server with a table, in a file of the run's folder.
//
// The table has no stream: each write of the local server would look through
// the whole stream so far, which says nothing about Atrium or AWS.
func (b *bench) newTable(ctx context.Context, file string) (endpoint string, stop func(), err error) {
	endpoint, stop, err = b.serve(ctx, file)
	if err != nil {
		return "", nil, err
	}
	if err := dynamo.CreateTable(ctx, endpoint, tableName, filepath.Join(b.root, "infra", "table.yaml"), dynamo.Unstreamed); err != nil {
		stop()
		return "", nil, err
	}
	return endpoint, stop, nil
}

// serve starts a server on a file of the run's folder.
func (b *bench) serve(ctx context.Context, file string) (endpoint string, stop func(), err error) {
	server, err := dynamo.Start(ctx, dynamo.Options{
		Kind: dynamo.Dynoxide, Modules: filepath.Join(b.root, "infra", "local", "node_modules"),
		File: filepath.Join(b.temp, file), Log: os.Stderr,
	})
	if err != nil {
		return "", nil, err
	}
	return server.Endpoint, server.Stop, nil
}

// request asks for an operation. path begins after /v1.
type request struct {
	operation string
	path      string
	query     string
	body      any
}

func (r request) encodedBody() (string, error) {
	if r.body == nil {
		return "", nil
	}
	encoded, err := json.Marshal(r.body)
	return string(encoded), err
}

// agency is a workspace of a lab, asked as its owner.
type agency struct {
	*lab
	workspace string
	// twin, when set, is a workspace in which every change is made again, by
	// bare calls: so that those have equal items of their own in the same table.
	twin string
}

// newAgency has an owner, whom operations look up.
func (l *lab) newAgency(ctx context.Context) (agency, error) {
	a := agency{lab: l, workspace: id.New(id.Workspace, time.Now())}
	return a, a.seat(ctx, a.workspace)
}

// newTwins is an agency with a twin, in which the same owner is found.
func (l *lab) newTwins(ctx context.Context) (agency, error) {
	a, err := l.newAgency(ctx)
	if err != nil {
		return a, err
	}
	a.twin = id.New(id.Workspace, time.Now())
	return a, a.seat(ctx, a.twin)
}

// seat makes the owner staff of a workspace, which has a name for its mails.
func (a agency) seat(ctx context.Context, workspace string) error {
	p := a.owner()
	person := staff.Person{Resource: api.Resource{ID: p.ID, Version: 1}, Name: p.Name, Email: p.Email, Role: p.Role, Status: staff.Active}
	named := table.Create(struct {
		table.Key
		ID   string `json:"id"`
		Name string `json:"name"`
	}{table.WorkspaceKey(workspace), workspace, "Agency Ltd"})
	return a.beside.Commit(ctx, append(person.Add(workspace), named)...)
}

// ask makes a request and returns the id of what it answers with, if that has one.
func (a agency) ask(ctx context.Context, r request) (string, error) {
	tape := &tape{}
	event, o, err := a.event(r)
	if err != nil {
		return "", err
	}
	answer, err := o.answer(tape.recording(ctx), event)
	if err != nil {
		return "", err
	}
	var made struct{ ID string }
	_ = json.Unmarshal([]byte(answer.Body), &made) // an answer without a body has no id
	if a.twin == "" {
		return made.ID, nil
	}
	replay, err := a.replay(tape)
	if err != nil {
		return "", err
	}
	return made.ID, replay(ctx)
}

// answer calls the function as AWS Lambda does.
func (o operation) answer(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	answer, err := o.handle(ctx, event)
	if err == nil && answer.StatusCode >= 300 {
		err = fmt.Errorf("%s %s answered %d: %s", o.method, event.RawPath, answer.StatusCode, answer.Body)
	}
	return answer, err
}

// handled makes calls through the Lambda functions.
func (a agency) handled(next func() request) source {
	return func(context.Context) (call, error) {
		event, o, err := a.event(next())
		return func(ctx context.Context) error {
			_, err := o.answer(ctx, event)
			return err
		}, err
	}
}

// bare makes, in the twin, the calls that are left when all of Atrium is taken
// away. What they are is found out by making the request, untimed.
func (a agency) bare(next func() request) source {
	return func(ctx context.Context) (call, error) {
		tape := &tape{}
		event, o, err := a.event(next())
		if err != nil {
			return nil, err
		}
		if _, err := o.answer(tape.recording(ctx), event); err != nil {
			return nil, err
		}
		return a.replay(tape)
	}
}

// event is what API Gateway makes of a request.
func (a agency) event(r request) (events.APIGatewayV2HTTPRequest, operation, error) {
	event := events.APIGatewayV2HTTPRequest{
		Version: "2.0", RawPath: api.Prefix + r.path, RawQueryString: r.query,
		Headers: map[string]string{"content-type": "application/json", "host": "api.example"},
	}
	o, ok := a.operations[r.operation]
	if !ok {
		return event, o, fmt.Errorf("there is no operation %s", r.operation)
	}
	event.RequestContext.RequestID, event.RequestContext.DomainName = "bench", "api.example"
	event.RequestContext.HTTP = events.APIGatewayV2HTTPRequestContextHTTPDescription{
		Method: o.method, Path: event.RawPath, SourceIP: "192.0.2.1",
	}
	event.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{
		Lambda: lambdahttp.Context(a.owner()),
	}
	body, err := r.encodedBody()
	event.Body = body
	return event, o, err
}

// owner is the one who asks.
func (a agency) owner() access.Principal {
	return access.Principal{
		Type: access.Staff, ID: id.Staff + strings.TrimPrefix(a.workspace, id.Workspace), Name: "Sam Owner", Email: "sam@agency.example", Role: access.Owner, Workspace: a.workspace,
	}
}
