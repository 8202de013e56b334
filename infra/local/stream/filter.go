package stream

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"go.yaml.in/yaml/v3"
)

// Filters are those of a function's event source: a record that matches one of
// them is handed over. Without any, all are.
type Filters []Pattern

// Pattern is a filter, as EventBridge reads it: a record matches when it has a
// value of each list, wherever the pattern has one. It knows as much of
// EventBridge's language as template.yaml uses.
type Pattern map[string]any

// FiltersOf are a function's in a template, by its name there.
func FiltersOf(template, function string) (Filters, error) {
	text, err := os.ReadFile(template) //nolint:gosec // of this repository
	if err != nil {
		return nil, err
	}
	var whole struct {
		Resources map[string]struct {
			Properties yaml.Node `yaml:"Properties"`
		} `yaml:"Resources"`
	}
	var source struct {
		Events map[string]struct {
			Properties struct {
				Criteria struct {
					Filters []struct {
						Pattern string `yaml:"Pattern"`
					} `yaml:"Filters"`
				} `yaml:"FilterCriteria"`
			} `yaml:"Properties"`
		} `yaml:"Events"`
	}
	if err := yaml.Unmarshal(text, &whole); err != nil {
		return nil, fmt.Errorf("%s: %w", template, err)
	}
	properties := whole.Resources[function].Properties
	if err := properties.Decode(&source); err != nil {
		return nil, fmt.Errorf("%s: %s: %w", template, function, err)
	}
	var all Filters
	for _, e := range source.Events {
		for _, filter := range e.Properties.Criteria.Filters {
			var p Pattern
			if err := json.Unmarshal([]byte(filter.Pattern), &p); err != nil {
				return nil, fmt.Errorf("%s: %s: %s: %w", template, function, filter.Pattern, err)
			}
			all = append(all, p)
		}
	}
	return all, nil
}

// Admit tells whether a record is handed over.
func (f Filters) Admit(r events.DynamoDBEventRecord) bool {
	text, err := json.Marshal(r)
	if err != nil {
		return true // the consumer says what is wrong with it
	}
	var record map[string]any
	if err := json.Unmarshal(text, &record); err != nil {
		return true
	}
	return len(f) == 0 || slices.ContainsFunc(f, func(p Pattern) bool { return p.matches(record) })
}

func (p Pattern) matches(record map[string]any) bool {
	for name, want := range p {
		switch want := want.(type) {
		case map[string]any:
			members, ok := record[name].(map[string]any)
			if !ok || !Pattern(want).matches(members) {
				return false
			}
		case []any:
			if !slices.ContainsFunc(want, func(one any) bool { return admits(one, record[name]) }) {
				return false
			}
		}
	}
	return true
}

func admits(one, value any) bool {
	text, ok := value.(string)
	rule, isRule := one.(map[string]any)
	if !isRule {
		return ok && one == text
	}
	if prefix, is := rule["prefix"].(string); is {
		return ok && strings.HasPrefix(text, prefix)
	}
	suffix, is := rule["suffix"].(string)
	return is && ok && strings.HasSuffix(text, suffix)
}
