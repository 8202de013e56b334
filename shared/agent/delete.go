package agent

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/external"
	"atrium/shared/patch"
	"atrium/shared/search"
	"atrium/shared/table"
)

// Delete removes an agent.
var Delete = api.Operation{
	Name: "delete-agent", Method: http.MethodDelete, Path: "/agents/{a}", Tag: "Agents",
	Summary: "Delete an agent",
	Description: "Deletes an agent for good: no organization sees it from that moment on, and its external id is free again. " +
		"Its assignments, and the organizations' counts of agents, follow within seconds.",
	May:     access.Rule{Staff: access.Admin, Scope: access.AgentsWrite},
	Status:  http.StatusNoContent,
	Handler: api.Func[deleteInput, api.Empty](remove),
}

type deleteInput struct {
	api.Conditional
	ID string `path:"a" doc:"The agent's id."`
}

func remove(ctx context.Context, c *api.Call, in *deleteInput) (*api.Empty, error) {
	load := func(ctx context.Context) (Record, error) { return Load(ctx, c, in.ID) }
	_, err := api.Revise(ctx, in.Conditional, load, func(ctx context.Context, r Record) (Record, error) {
		return r, c.Commit(ctx, r.removed(c)...)
	})
	return &api.Empty{}, err
}

// removed are the writes that delete the agent with all that leads to it.
func (r Record) removed(c *api.Call) []*table.Write {
	ws := c.Workspace()
	writes := []*table.Write{
		table.Delete(r.Key).If(table.Equals("version", r.Version)).ElseError(api.ErrStale),
		activity.Record(c, "", "agent.deleted", r.Party(), patch.Gone(r.Fields)),
	}
	writes = append(writes, external.Release(ws, externalKind, r.ExternalID)...)
	return append(writes, search.Remove(table.AgentWords(ws), r.ID, search.Words(r.Name))...)
}
