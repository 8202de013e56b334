// Package openapi completes the API's description of itself: what huma makes
// of types and declarations, with an introduction, the problems that each
// operation can answer with, and an example of every body.
package openapi

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"maps"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"atrium/infra/describe/events"
	"atrium/shared/api"
	"atrium/shared/catalogue"
)

// File is where the description is kept, from the repository's root.
const File = "shared/openapi/openapi.json"

//go:embed introduction.md
var introduction string

// tags are the groups of operations, in the order of the description.
var tags = []*huma.Tag{
	{Name: "Workspace", Description: "The agency: its name, brand and settings."},
	{Name: "Staff", Description: "The agency's people, and what they may do."},
	{Name: "Organizations", Description: "The agency's clients. One is opened for each client, and can be suspended, archived, or deleted with 30 days of grace."},
	{Name: "Agents", Description: "The AI agents that the agency runs, registered by their external ids."},
	{Name: "Assignments", Description: "Which agents an organization has, and which sections of each it sees."},
	{Name: "Users", Description: "People of a client, each in one organization, with just the grants they need."},
	{Name: "Teams", Description: "Users that chats are handed off to, addressed by a key that never changes."},
	{Name: "Handoffs", Description: "Chats handed from an agent to a person: whose turn it is on a team."},
	{Name: "Invitations", Description: "Invitations by mail, from sending to acceptance."},
	{Name: "Sessions", Description: "Signing in, staying signed in, and who one is."},
	{Name: "API keys", Description: "Keys for programs, with scopes."},
	{Name: "Logos", Description: "Pictures of organizations and of the workspace, at addresses that never change what they show."},
	{Name: "Activity", Description: "Who did what to what, written with the change itself."},
	{Name: "API", Description: "The API about itself."},
}

// Document is the description of operations. Requests are the bodies that
// their examples are taken from, by operation.
func Document(operations []api.Operation, requests map[string]json.RawMessage) ([]byte, error) {
	doc := api.New(nil, operations, api.Describing()).OpenAPI()
	doc.Info = &huma.Info{
		Title: "Atrium", Version: "1", Description: introduction,
	}
	doc.Servers = []*huma.Server{{URL: "/", Description: "Where this description was read."}}
	doc.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {
		Type: "http", Scheme: "bearer", Description: "An access token of a session, or an API key.",
	}}
	doc.Components.Responses = problemResponses()
	d := describer{schemas: doc.Components.Schemas, requests: requests}
	d.nameIDs()
	for _, schema := range doc.Components.Schemas.Map() {
		admitNull(schema)
		limitMaps(schema)
	}
	for _, o := range operations {
		for _, route := range o.Routes() {
			d.complete(route, operationOf(doc.Paths[route.Path], route.Method))
		}
	}
	doc.Tags = slices.DeleteFunc(slices.Clone(tags), func(t *huma.Tag) bool { return !tagged(operations, t.Name) })
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(doc)
	return b.Bytes(), err
}

// Requests are bodies that the operations' schemas admit, by operation, to
// begin an event with.
func Requests(operations []api.Operation) (map[string]json.RawMessage, error) {
	doc := api.New(nil, operations, api.Describing()).OpenAPI()
	d, requests := describer{schemas: doc.Components.Schemas}, map[string]json.RawMessage{}
	for _, o := range operations {
		route := o.Routes()[0]
		op := operationOf(doc.Paths[route.Path], route.Method)
		if op.RequestBody == nil || op.RequestBody.Content["application/json"] == nil {
			continue
		}
		example := d.example(op.RequestBody.Content["application/json"].Schema)
		if members, ok := example.(map[string]any); ok {
			maps.DeleteFunc(members, func(_ string, v any) bool { return v == nil })
		}
		body, err := json.Marshal(example)
		if err != nil {
			return nil, err
		}
		requests[o.Name] = body
	}
	return requests, nil
}

func tagged(operations []api.Operation, tag string) bool {
	return slices.ContainsFunc(operations, func(o api.Operation) bool { return o.Tag == tag })
}

func operationOf(item *huma.PathItem, method string) *huma.Operation {
	return map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put,
		http.MethodPatch: item.Patch, http.MethodDelete: item.Delete,
	}[method]
}

// describer completes what huma wrote down of each operation.
type describer struct {
	schemas  huma.Registry
	requests map[string]json.RawMessage
}

func (d describer) complete(route api.Operation, op *huma.Operation) {
	delete(op.Responses, "default")
	if op.RequestBody != nil {
		d.describeRequest(route, op.RequestBody)
	}
	for status, response := range maps.Clone(op.Responses) {
		d.describeAnswer(route, response)
		for _, other := range otherSuccesses(route, op, status) {
			also := *response
			also.Description = http.StatusText(other)
			if other >= http.StatusMultipleChoices {
				also.Content = nil
			}
			op.Responses[key(other)] = &also
		}
	}
	if route.Method == http.MethodGet {
		delete(op.Responses, key(http.StatusNoContent))
	}
	for _, status := range problemsOf(route, op) {
		op.Responses[key(status)] = &huma.Response{Ref: "#/components/responses/" + problems[status].name}
	}
}

// admitNull says of a schema without a type of its own that null is admitted
// too: huma knows that of types only. Forms that stand beside a schema are held
// against by its own type, which can say better what is wrong.
func admitNull(s *huma.Schema) {
	if s == nil {
		return
	}
	if forms, ok := s.Extensions["oneOf"].([]*huma.Schema); ok {
		s.OneOf, s.Extensions = forms, nil
	}
	if s.Nullable && s.Type == "" {
		s.Nullable = false
		s.OneOf = append(slices.Clone(s.OneOf), &huma.Schema{Type: "null"})
	}
	admitNull(s.Items)
	for _, property := range s.Properties {
		admitNull(property)
	}
}

// otherSuccesses are statuses that a handler may answer with beside the one
// that huma knows: a PUT may make what it names, a GET of nothing redirects,
// and what the caller has already is not sent again.
func otherSuccesses(route api.Operation, op *huma.Operation, status string) []int {
	takes := func(header string) bool {
		return slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.Name == header })
	}
	switch {
	case route.OtherStatus != 0:
		return []int{route.OtherStatus}
	case route.Method == http.MethodPut && status == key(http.StatusOK) && takes("If-Match"):
		return []int{http.StatusCreated}
	case route.Method == http.MethodGet && status == key(http.StatusNoContent):
		return []int{http.StatusFound}
	case route.Method == http.MethodGet && takes("If-None-Match"):
		return []int{http.StatusNotModified}
	default:
		return nil
	}
}

// describeAnswer says what huma cannot know of a body that is bytes to it.
func (d describer) describeAnswer(route api.Operation, response *huma.Response) {
	media := response.Content["application/json"]
	if media == nil {
		return
	}
	if route.Gives != "" {
		response.Content = map[string]*huma.MediaType{route.Gives: {Schema: &huma.Schema{Type: "string"}}}
		return
	}
	if media.Schema.ContentEncoding != "" {
		media.Schema = &huma.Schema{Type: huma.TypeObject}
	}
	media.Example = d.example(media.Schema)
	if answer := answers[route.Name]; answer != "" {
		media.Example = json.RawMessage(answer)
	}
}

// describeRequest adds the media types that the handler reads by itself, and an example.
func (d describer) describeRequest(route api.Operation, body *huma.RequestBody) {
	for _, media := range route.Takes {
		if body.Content[media] == nil {
			body.Content[media] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Description: "The file itself."}}
		}
	}
	media := body.Content["application/json"]
	if media == nil || media.Schema == nil {
		return
	}
	admitNull(media.Schema)
	limitMaps(media.Schema)
	media.Example = d.example(media.Schema)
	if request := d.requests[route.Name]; request != nil {
		media.Example = request
	}
	if route.Method == http.MethodPatch {
		body.Content["application/merge-patch+json"] = media
	}
}

// Current is the description of all operations, with examples from events/.
func Current(root string) ([]byte, error) {
	requests, err := events.Bodies(root, catalogue.Operations)
	if err != nil {
		return nil, err
	}
	return Document(catalogue.Operations, requests)
}
