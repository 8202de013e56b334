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

// Update changes an agent.
var Update = api.Operation{
	Name: "update-agent", Method: http.MethodPatch, Path: "/agents/{a}", Tag: "Agents",
	Summary:     "Change an agent",
	Description: "Changes what the body names, and nothing else (JSON merge-patch). Lists are replaced whole.",
	May:         access.Rule{Staff: access.Admin, Scope: access.AgentsWrite},
	Handler:     api.Func[updateInput, api.Answer[Agent]](update),
}

type updateInput struct {
	api.Conditional
	ID   string `path:"a" doc:"The agent's id."`
	Body patch.Of[Fields]
}

func update(ctx context.Context, c *api.Call, in *updateInput) (*api.Answer[Agent], error) {
	load := func(ctx context.Context) (Record, error) { return Load(ctx, c, in.ID) }
	r, err := api.Revise(ctx, in.Conditional, load, func(ctx context.Context, before Record) (Record, error) {
		return in.apply(ctx, c, before)
	})
	if err != nil {
		return nil, err
	}
	return api.Found(r.Agent), nil
}

// apply makes the change to the agent as it was read.
func (in *updateInput) apply(ctx context.Context, c *api.Call, before Record) (Record, error) {
	fields, err := in.Body.Apply(before.Fields)
	if err != nil {
		return before, err
	}
	if err := fields.settle(); err != nil {
		return before, err
	}
	changes := patch.Diff(before.Fields, fields)
	if len(changes) == 0 {
		return before, nil
	}
	after := before
	after.Resource, after.Fields = before.Next(c.Now), fields
	after.index(c.Workspace())
	return after, commit(ctx, c, before, after, changes)
}

// commit writes a change with all that follows from it.
func commit(ctx context.Context, c *api.Call, before, after Record, changes []patch.Change) error {
	ws := c.Workspace()
	main := table.Change(before, after).If(table.Equals("version", before.Version)).ElseError(api.ErrStale)
	if before.G2PK != after.G2PK {
		// Assigned or free is no part of the version, but of the list it moves to.
		main.If(table.Equals("gs2pk", before.G2PK))
	}
	writes := []*table.Write{main, activity.Record(c, "", "agent.updated", after.Party(), changes)}
	writes = append(writes, external.Exchange(ws, externalKind, before.ExternalID, after.ExternalID, after.ID)...)
	writes = append(writes, search.Exchange(table.AgentWords(ws), after.ID, search.Words(before.Name), search.Words(after.Name))...)
	return c.Commit(ctx, writes...)
}
