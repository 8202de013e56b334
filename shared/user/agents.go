package user

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"atrium/shared/id"
	"atrium/shared/text"
)

// Agents are those that a user sees: all of the organization's, or a list. In
// JSON it is "all", or the list. The zero value is that nothing was said.
type Agents struct {
	All bool
	IDs []string
	// wrong is set by JSON that is neither.
	wrong bool
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

// UnmarshalJSON takes either, and null for nothing said. What is neither it
// notes, for check to tell.
func (a *Agents) UnmarshalJSON(data []byte) error {
	var ids []string
	switch text := string(data); {
	case text == "null":
		*a = Agents{}
	case text == `"`+everyAgent+`"`:
		*a = Agents{All: true}
	case json.Unmarshal(data, &ids) != nil, len(ids) == 0, len(ids) > maxAgents, slices.Contains(ids, everyAgent):
		*a = Agents{wrong: true}
	default:
		*a = Agents{IDs: ids}
	}
	return nil
}

// check refuses what is neither, and what can name no agent.
func (a Agents) check(c *text.Check) {
	if a.wrong {
		c.Fault("agents", fmt.Sprintf("must be %q, or a list of up to %d agents' ids", everyAgent, maxAgents))
	}
	for i, agent := range a.IDs {
		place := fmt.Sprintf("agents[%d]", i)
		if !id.Is(id.Agent, agent) {
			c.Fault(place, noAgent)
		}
		checkOnce(c, place, a.IDs, i)
	}
}

// Schema says that it is either, but beside what bodies are held against: huma
// could say of what is neither only that it is not.
func (Agents) Schema(huma.Registry) *huma.Schema {
	least, most := 1, maxAgents
	list := &huma.Schema{
		Type: huma.TypeArray, MinItems: &least, MaxItems: &most,
		Items: &huma.Schema{Type: huma.TypeString}, Examples: []any{[]any{"agt_01jd6v0c8gf4zs3w7x5h2n6p9q"}},
	}
	all := &huma.Schema{Type: huma.TypeString, Enum: []any{everyAgent}}
	return &huma.Schema{Extensions: map[string]any{"oneOf": []*huma.Schema{all, list}}}
}
