package agent_test

import (
	"net/http"
	"testing"

	"atrium/shared/apitest"
)

// agency is a world with agents in it.
type agency struct{ *apitest.World }

func newAgency(t *testing.T) agency {
	t.Helper()
	t.Parallel()
	return agency{apitest.New(t)}
}

// register registers an agent and returns its id.
func (a agency) register(name string, more ...map[string]any) string {
	a.T.Helper()
	body := map[string]any{"name": name}
	for _, fields := range more {
		for field, value := range fields {
			body[field] = value
		}
	}
	return a.Owner().Post("/agents", body).Want(http.StatusCreated).ID()
}

// assign gives an agent to a new organization.
func (a agency) assign(agent, organization string) {
	a.T.Helper()
	org := a.Owner().Post("/organizations", map[string]any{"name": organization}).Want(http.StatusCreated).ID()
	a.Owner().Put("/organizations/"+org+"/agents/"+agent, nil).Want(http.StatusCreated)
}

// each runs a table of cases as sub-tests of one world.
func each[C any](a agency, cases map[string]C, check func(tc C)) {
	outer := a.T
	for name, tc := range cases {
		outer.(*testing.T).Run(name, func(t *testing.T) {
			a.World.T = t
			check(tc)
		})
	}
	a.World.T = outer
}
