package user

import (
	"encoding/json"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

// Agents are those that a user sees: all of the organization's, or a list. In
// JSON it is "all", or the list. The zero value is that nothing was said.
type Agents struct {
	All bool
	IDs []string
}

// everyAgent is how JSON says that all are meant.
const everyAgent = "all"

// maxAgents is the longest list, as the API's description gives it.
const maxAgents = 50

// Include tells whether an agent is one of them.
func (a Agents) Include(agent string) bool { return a.All || slices.Contains(a.IDs, agent) }

// MarshalJSON is "all", or the list.
func (a Agents) MarshalJSON() ([]byte, error) {
	if a.All {
		return json.Marshal(everyAgent)
	}
	return json.Marshal(a.IDs)
}

// UnmarshalJSON takes either.
func (a *Agents) UnmarshalJSON(data []byte) error {
	if string(data) == `"`+everyAgent+`"` {
		*a = Agents{All: true}
		return nil
	}
	*a = Agents{}
	return json.Unmarshal(data, &a.IDs)
}

// Schema says that it is either.
func (Agents) Schema(huma.Registry) *huma.Schema {
	least, most := 1, maxAgents
	list := &huma.Schema{
		Type: huma.TypeArray, MinItems: &least, MaxItems: &most,
		Items: &huma.Schema{Type: huma.TypeString}, Examples: []any{[]any{"agt_01jd6v0c8gf4zs3w7x5h2n6p9q"}},
	}
	schema := &huma.Schema{OneOf: []*huma.Schema{{Type: huma.TypeString, Enum: []any{everyAgent}}, list}}
	for _, s := range append(schema.OneOf, schema) {
		s.PrecomputeMessages()
	}
	return schema
}
