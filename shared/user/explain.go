package user

import (
	"context"
	"errors"
	"net/http"

	"golang.org/x/sync/errgroup"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// Explain says what a user may do on an agent, and why.
var Explain = api.Operation{
	Name: "explain-access", Method: http.MethodGet, Path: "/organizations/{o}/users/{u}/access", Tag: "Users",
	Summary: "Explain a user's access",
	Description: "What a user may do in each section of an agent's dashboard: the lowest of the organization's ceiling, the assignment's grant and the user's own. " +
		"`decidedBy` is the first of these that gives the lowest; `agents` when the user has not this agent, `status` when the user or the organization is not active. " +
		"An agent that is not assigned to the organization is 404 to whoever sees this organization only.",
	May:     access.Rule{Staff: access.Member, Client: access.OrgAdmin, Scope: access.UsersRead},
	Handler: api.Func[explainInput, explainOutput](explain),
}

type explainInput struct {
	Organization string `path:"o" doc:"The organization's id."`
	ID           string `path:"u" doc:"The user's id."`
	Agent        string `query:"agent" example:"agt_01jd6v0c8gf4zs3w7x5h2n6p9q" doc:"The agent's id; may be left out when one agent is assigned to the organization."`
}

// Access is what a user may do on an agent.
type Access struct {
	Agent    string                                `json:"agent" example:"agt_01jd6v0c8gf4zs3w7x5h2n6p9q"`
	Sections map[access.Section]access.Explanation `json:"sections" doc:"Every section of the dashboard."`
}

type explainOutput struct{ Body Access }

func explain(ctx context.Context, c *api.Call, in *explainInput) (*explainOutput, error) {
	if _, err := locate(c, in.Organization, in.ID); err != nil {
		return nil, err
	}
	if in.Agent != "" && !id.Is(id.Agent, in.Agent) {
		return nil, problem.NotFoundf("agent")
	}
	s := standing{agent: in.Agent}
	if err := s.read(ctx, c, in.Organization, in.ID); err != nil {
		return nil, err
	}
	if err := s.known(ctx, c); err != nil {
		return nil, err
	}
	return &explainOutput{Body: s.access()}, nil
}

// standing is what an explanation is made of.
type standing struct {
	agent string
	Reach
	// assignment is the agent's; its key is empty where there is none.
	assignment Assigned
}

// read takes one round trip. Without an agent, it looks for the only one.
func (s *standing) read(ctx context.Context, c *api.Call, org, user string) error {
	wants := s.Wants(c.Workspace(), org, user)
	if s.agent != "" {
		assigned := &table.Want{Key: table.AssignmentKey(c.Workspace(), org, s.agent), Into: &s.assignment}
		return c.Table.Fetch(ctx, append(wants, assigned)...)
	}
	var group errgroup.Group
	group.Go(func() error { return c.Table.Fetch(ctx, wants...) })
	group.Go(func() error { return s.only(ctx, c, org) })
	return group.Wait()
}

// only finds the agent, if exactly one is assigned.
func (s *standing) only(ctx context.Context, c *api.Call, org string) error {
	rows, err := c.Table.Query(ctx, table.Query{PK: table.Assignments(c.Workspace(), org), Limit: 2})
	if err != nil || len(rows.Items) != 1 {
		return err
	}
	err = rows.Items[0].Decode(&s.assignment)
	s.agent = s.assignment.SK
	return err
}

// known answers for what turned out not to be there. Of the agency's other
// agents its clients learn nothing. Staff are told of one that is not assigned,
// which costs another look: it may be unknown.
func (s *standing) known(ctx context.Context, c *api.Call) error {
	if err := s.Organization.Admits(c); problem.Is(err, problem.NotFound) {
		return err
	}
	switch {
	case s.User.ID == "":
		return noUser()
	case s.agent == "":
		return problem.AtField("query.agent", "is needed: not exactly one agent is assigned to this organization")
	case s.assignment.SK != "":
		return nil
	case c.Principal.Confined():
		return problem.NotFoundf("agent")
	}
	_, err := table.Get[struct{}](ctx, c.Table, table.AgentKey(c.Workspace(), s.agent))
	if errors.Is(err, table.ErrNotFound) {
		return problem.NotFoundf("agent")
	}
	return err
}

func (s *standing) access() Access {
	return Access{Agent: s.agent, Sections: s.On(s.agent, s.assignment).Explain()}
}
