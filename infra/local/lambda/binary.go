package lambda

import (
	"fmt"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"
)

// An HTTP API encodes each body that is no text for its function. SAM's gateway
// does so for the types alone that some REST API of the template names, and fails
// on all others. So the template that it is given names one that answers nothing.
const restAPI = `
Type: AWS::Serverless::Api
Properties:
  StageName: local
  BinaryMediaTypes: [image~1png, image~1jpeg, image~1webp]
  DefinitionBody: { swagger: "2.0", info: { title: Nothing, version: "1" }, paths: {} }
`

// withBinary writes a template beside another one, with that API in it.
func withBinary(template string) (string, error) {
	text, err := os.ReadFile(template) //nolint:gosec // of this repository
	if err != nil {
		return "", err
	}
	var whole struct {
		Resources map[string]yaml.Node `yaml:"Resources"`
		Rest      map[string]yaml.Node `yaml:",inline"`
	}
	if err := yaml.Unmarshal(text, &whole); err != nil {
		return "", fmt.Errorf("%s: %w", template, err)
	}
	var api yaml.Node
	if err := yaml.Unmarshal([]byte(restAPI), &api); err != nil {
		return "", err
	}
	whole.Resources["BinaryTypes"] = *api.Content[0]
	written, err := yaml.Marshal(whole)
	if err != nil {
		return "", err
	}
	file := filepath.Join(filepath.Dir(template), "gateway.yaml")
	return file, os.WriteFile(file, written, 0o600)
}
