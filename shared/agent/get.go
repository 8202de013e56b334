package agent

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
)

// Get shows an agent.
var Get = api.Operation{
	Name: "get-agent", Method: http.MethodGet, Path: "/agents/{a}", Tag: "Agents",
	Summary:     "Show an agent",
	Description: "Shows an agent. The people of a client see theirs with list-organization-agents.",
	May:         access.Rule{Staff: access.Member, Scope: access.AgentsRead},
	Handler:     api.Func[getInput, api.Answer[Agent]](get),
}

type getInput struct {
	ID string `path:"a" doc:"The agent's id."`
}

func get(ctx context.Context, c *api.Call, in *getInput) (*api.Answer[Agent], error) {
	r, err := Load(ctx, c, in.ID)
	if err != nil {
		return nil, err
	}
	return api.Found(r.Agent), nil
}
