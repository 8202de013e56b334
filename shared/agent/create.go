package agent

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/external"
	"atrium/shared/id"
	"atrium/shared/patch"
	"atrium/shared/table"
)

// Create registers an agent.
var Create = api.Operation{
	Name: "create-agent", Method: http.MethodPost, Path: "/agents", Tag: "Agents",
	Summary:     "Register an agent",
	Description: "Registers an agent that the agency runs somewhere, so that it can be assigned to organizations. Names need not be unique; an external id must be.",
	May:         access.Rule{Staff: access.Admin, Scope: access.AgentsWrite},
	Status:      http.StatusCreated,
	Handler:     api.Func[createInput, api.Creation[Agent]](create),
}

type createInput struct {
	api.Idempotent
	Body Fields
}

func create(ctx context.Context, c *api.Call, in *createInput) (*api.Creation[Agent], error) {
	fields := in.Body
	if err := fields.settle(); err != nil {
		return nil, err
	}
	ws := c.Workspace()
	r := newRecord(ws, Agent{Resource: c.NewResource(id.New(id.Agent, c.Now)), Fields: fields})
	writes := append(external.Claim(ws, externalKind, r.ExternalID, r.ID), table.Create(r),
		activity.Record(c, "", "agent.created", r.Party(), patch.Diff(defaults(), fields)))
	writes = append(writes, r.found(ws)...)
	a, replayed, err := api.Once(ctx, c, r.ID, r.Agent, writes, func(ctx context.Context, made string) (Agent, error) {
		r, err := Load(ctx, c, made)
		return r.Agent, err
	})
	if err != nil {
		return nil, err
	}
	return api.Created(a, replayed), nil
}
