package events_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"

	"atrium/infra/describe/sam"
	"atrium/shared/apitest"
)

// rights are IAM actions on the table.
type rights map[string]bool

func (r rights) sorted() []string { return slices.Sorted(maps.Keys(r)) }

// beyond are those of r that are not among others.
func (r rights) beyond(others rights) []string {
	return slices.DeleteFunc(r.sorted(), func(action string) bool { return others[action] })
}

// watched are the rights that calls to a table need.
type watched struct {
	mu     sync.Mutex
	needed rights
}

// watch notes what every call to a world's table needs from now on.
func watch(w *apitest.World) *watched {
	seen := &watched{needed: rights{}}
	w.Fault = func(r *http.Request) (*http.Response, error) { return nil, seen.note(r) }
	return seen
}

// partRights are what the parts of a transaction need. The transaction itself
// needs nothing: IAM has no action for it.
var partRights = map[string]string{
	"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem",
}

func (s *watched) note(r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	var sent struct{ TransactItems []map[string]json.RawMessage }
	if err != nil || json.Unmarshal(body, &sent) != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, call, _ := strings.Cut(r.Header.Get("X-Amz-Target"), "."); call != "TransactWriteItems" {
		s.needed["dynamodb:"+call] = true
	}
	for _, item := range sent.TransactItems {
		for part := range item {
			s.needed["dynamodb:"+partRights[part]] = true
		}
	}
	return nil
}

// several is what a template has one or more of.
type several []string

// UnmarshalYAML reads both forms.
func (s *several) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*s = several{node.Value}
		return nil
	}
	return node.Decode((*[]string)(s))
}

type document struct {
	Statement []struct {
		Action   several `yaml:"Action"`
		Resource several `yaml:"Resource"`
	} `yaml:"Statement"`
}

// onTable are the actions that statements allow on the table itself.
func (d document) onTable() rights {
	allowed := rights{}
	for _, statement := range d.Statement {
		if slices.Contains(statement.Resource, "Table.Outputs.TableArn") {
			for _, action := range statement.Action {
				allowed[action] = true
			}
		}
	}
	return allowed
}

// granted are what template.yaml allows each function to do with the table, by
// its own policy or by its role's.
func granted(t *testing.T) map[string]rights {
	t.Helper()
	resources := template(t)
	allowed := map[string]rights{}
	for _, resource := range resources {
		f := resource.Properties
		if resource.Type != "AWS::Serverless::Function" {
			continue
		}
		folder, mine := filepath.Base(f.CodeURI), rights{}
		for _, policy := range f.Policies {
			maps.Copy(mine, policy.onTable())
		}
		for _, policy := range resources[strings.TrimSuffix(f.Role, ".Arn")].Properties.Policies {
			maps.Copy(mine, policy.PolicyDocument.onTable())
		}
		allowed[folder] = mine
	}
	return allowed
}

type resource struct {
	Type       string `yaml:"Type"`
	Properties struct {
		CodeURI  string `yaml:"CodeUri"`
		Role     string `yaml:"Role"`
		Policies []struct {
			document       `yaml:",inline"`
			PolicyDocument document `yaml:"PolicyDocument"`
		} `yaml:"Policies"`
	} `yaml:"Properties"`
}

func template(t *testing.T) map[string]resource {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(apitest.Root(), sam.File))
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Resources map[string]resource `yaml:"Resources"`
	}
	if err := yaml.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	return d.Resources
}
