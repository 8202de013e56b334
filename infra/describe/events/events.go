// Package events makes the event that API Gateway sends to each operation's
// function: for `sam local invoke`, for tests, and for the examples in the API's
// description. One that is there already is left as it is.
package events

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	lambda "github.com/aws/aws-lambda-go/events"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/lambdahttp"
	"atrium/shared/staff"
	"atrium/shared/table"
	"atrium/shared/token"
)

// Folder is where events are kept, from the repository's root.
const Folder = "events"

// IDs are those that all events speak of, by prefix.
var IDs = map[string]string{
	id.Workspace: "ws_01m86e81e0eext3bd52c5zp4e2", id.Staff: "stf_01m86e82d8eeqbnyp6kvwxrrve",
	id.Organization: "org_01m86e83cge2tt8xkdbax0s45r", id.Agent: "agt_01m86e84bre1r804ygbaa4mfg7",
	id.User: "usr_01m86e85b0epd8hpse1hy70fn0", id.APIKey: "key_01m86e8bqne5a8r0v2kx7d4c1w",
	id.Invitation: "inv_01m86e8cqme3tvk5x9y2z7b4d6", id.SignIn: "sgn_01m86e8dqke2s9n4q7r8t1v3w5", id.Session: "ses_01m86e8eqje1a6b8c2d4f7g9h0",
}

// Making are the operations whose events make what other events speak of, in
// the order in which they are to be sent.
var Making = []string{
	"create-workspace", "update-workspace", "create-organization", "create-agent", "add-user", "create-team", "assign-agent", "put-logo",
	"create-api-key", "send-invitation", "create-session", "refresh-session",
}

// SigningKey is the deployment's that the tokens in events are made with.
const SigningKey = "the key that the events' tokens are made with"

// Tokens are those that events speak of, by what they open: made with keys, for
// the things that names are called by, which are IDs where nothing else is said.
func Tokens(keys *token.Keys, names map[string]string) map[token.Kind]string {
	tokens := map[token.Kind]string{}
	for kind, ref := range map[token.Kind]token.Ref{
		token.Invitation: {Owner: names[id.Organization], ID: names[id.Invitation]},
		token.SignIn:     {Owner: token.Person(ownerEmail), ID: names[id.SignIn]},
		token.Refresh:    {Owner: token.Person(ownerEmail), ID: names[id.Session]},
	} {
		ref.Kind, ref.Workspace, ref.Generation = kind, names[id.Workspace], 1
		// What is not there yet has no token yet.
		if text, err := keys.Make(ref); err == nil {
			tokens[kind] = text
		}
	}
	return tokens
}

var tokens = Tokens(token.NewKeys(SigningKey), IDs)

// secrets are the bodies of requests that carry a token.
var secrets = map[string]map[string]string{
	"create-session":  {"code": tokens[token.SignIn]},
	"refresh-session": {"refreshToken": tokens[token.Refresh]},
	"end-session":     {"refreshToken": tokens[token.Refresh]},
}

// colleague is one of the staff beside the owner, whom events about the staff speak of.
const colleague = "stf_01m86e89h2fvt9m3c6q8w1z5ya"

// Hire makes the colleague staff of a workspace: nobody is that by one call alone.
func Hire(ctx context.Context, t *table.Table, workspace string) error {
	max := staff.Person{
		Resource: api.Resource{ID: colleague, Version: 1}, Name: "Max Weber", Email: "max@agency.example",
		Role: access.Member, Status: staff.Active,
	}
	return t.Commit(ctx, max.Add(workspace)...)
}

// parameters are the fixture's values of path parameters.
var parameters = map[string]string{
	"i": IDs[id.Invitation], "token": tokens[token.Invitation],
	"o": IDs[id.Organization], "a": IDs[id.Agent], "u": IDs[id.User], "t": "customer_support",
	// The logo of the picture that put-logo's event sends.
	"hash": strings.TrimPrefix(IDs[id.Workspace], id.Workspace+"_") + "-6710ae1cc774a9bad82e828831d0f1e8",
}

// path is a route's path with the fixture's values in the place of parameters.
func path(route string) (string, map[string]string) {
	filled, used := route, map[string]string{}
	for name, value := range parameters {
		if strings.Contains(filled, "{"+name+"}") {
			filled = strings.ReplaceAll(filled, "{"+name+"}", value)
			used[name] = value
		}
	}
	for folder, one := range map[string]string{"/v1/staff/": colleague, "/v1/api-keys/": IDs[id.APIKey]} {
		if strings.HasPrefix(route, folder+"{id}") {
			filled, used["id"] = strings.ReplaceAll(filled, "{id}", one), one
		}
	}
	return filled, used
}

// Skeleton is an event for an operation, with a body, if any, that its schema admits.
func Skeleton(o api.Operation, body json.RawMessage) (lambda.APIGatewayV2HTTPRequest, error) {
	route := o.Routes()[0]
	event := request(route)
	if secret := secrets[o.Name]; secret != nil {
		encoded, err := json.Marshal(secret)
		if err != nil {
			return event, err
		}
		body = encoded
	}
	if !route.May.Public {
		event.Headers["authorization"] = "Bearer checked-by-the-authorizer-before"
		event.RequestContext.Authorizer = &lambda.APIGatewayV2HTTPRequestContextAuthorizerDescription{
			Lambda: lambdahttp.Context(owner()),
		}
	}
	if route.Method == http.MethodPost {
		event.Headers["idempotency-key"] = "of-" + o.Name + "-2026-11-24"
	}
	switch {
	case body != nil:
		event.Headers["content-type"], event.Body = "application/json", string(body)
	case route.Method == http.MethodPut && len(route.Takes) > 0:
		event.Headers["content-type"], event.Body, event.IsBase64Encoded = route.Takes[0], pixel, true
	}
	return event, nil
}

// request is what all events of API Gateway have.
func request(route api.Operation) lambda.APIGatewayV2HTTPRequest {
	raw, used := path(route.Path)
	return lambda.APIGatewayV2HTTPRequest{
		Version: "2.0", RouteKey: route.Method + " " + route.Path, RawPath: raw, PathParameters: used,
		Headers: map[string]string{
			"accept": "application/json", "host": "api.agency.example", "user-agent": "agency-backoffice/4.2",
			"x-forwarded-for": "198.51.100.24", "x-forwarded-port": "443", "x-forwarded-proto": "https",
			"x-amzn-trace-id": "Root=1-674edc52-2b5f1c7a0d3e4f6a8b9c0d1e",
		},
		RequestContext: lambda.APIGatewayV2HTTPRequestContext{
			RouteKey: route.Method + " " + route.Path, AccountID: "123456789012", Stage: "$default", APIID: "a1b2c3d4e5",
			RequestID: "JKJaXmPLvHcESHA=", DomainName: "api.agency.example", DomainPrefix: "api",
			Time: "24/Nov/2026:09:30:00 +0000", TimeEpoch: 1795512600000,
			HTTP: lambda.APIGatewayV2HTTPRequestContextHTTPDescription{
				Method: route.Method, Path: raw, Protocol: "HTTP/1.1", SourceIP: "198.51.100.24", UserAgent: "agency-backoffice/4.2",
			},
		},
	}
}

const ownerEmail = "olivia@agency.example"

func owner() access.Principal {
	return access.Principal{
		Type: access.Staff, ID: IDs[id.Staff], Name: "Olivia Brandt", Email: ownerEmail,
		Role: access.Owner, Workspace: IDs[id.Workspace],
	}
}

// pixel is a PNG of one pixel.
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

// File is the event of a function, from the repository's root.
func File(function string) string { return filepath.Join(Folder, function+".json") }

// Complete writes an event for each operation that has none.
func Complete(root string, operations []api.Operation, bodies map[string]json.RawMessage) error {
	for _, o := range operations {
		file := filepath.Join(root, File(o.Name))
		if _, err := os.Stat(file); err == nil || !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		event, err := Skeleton(o, bodies[o.Name])
		if err != nil {
			return err
		}
		text, err := pretty(event)
		if err != nil {
			return err
		}
		if err := os.WriteFile(file, text, 0o644); err != nil { //nolint:gosec // for all to read
			return err
		}
	}
	return nil
}

// pretty is an event as a person would write it down.
func pretty(event lambda.APIGatewayV2HTTPRequest) ([]byte, error) {
	encoded, err := json.Marshal(event)
	if err != nil {
		return nil, err
	}
	var members map[string]any
	if err := json.Unmarshal(encoded, &members); err != nil {
		return nil, err
	}
	// API Gateway sends this to domains with client certificates only.
	delete(members["requestContext"].(map[string]any), "authentication")
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err = encoder.Encode(members)
	return b.Bytes(), err
}

// Read is the event of an operation.
func Read(root, function string) (lambda.APIGatewayV2HTTPRequest, error) {
	var event lambda.APIGatewayV2HTTPRequest
	text, err := os.ReadFile(filepath.Join(root, File(function))) //nolint:gosec // a file of this repository
	if err != nil {
		return event, err
	}
	return event, json.Unmarshal(text, &event)
}

// Bodies are the JSON bodies of the operations' events, for examples.
func Bodies(root string, operations []api.Operation) (map[string]json.RawMessage, error) {
	bodies := map[string]json.RawMessage{}
	for _, o := range operations {
		event, err := Read(root, o.Name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", File(o.Name), err)
		}
		body := []byte(event.Body)
		if event.IsBase64Encoded {
			if body, err = base64.StdEncoding.DecodeString(event.Body); err != nil {
				return nil, fmt.Errorf("%s: %w", File(o.Name), err)
			}
		}
		if json.Valid(body) {
			bodies[o.Name] = body
		}
	}
	return bodies, nil
}
