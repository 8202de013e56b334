package workspace

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/session"
	"atrium/shared/staff"
	"atrium/shared/table"
	"atrium/shared/text"
)

// Create opens a workspace.
var Create = api.Operation{
	Name: "create-workspace", Method: http.MethodPost, Path: "/workspaces", Tag: "Workspace",
	Summary: "Open a workspace",
	Description: "Opens a workspace for an agency, with its first owner, who is sent a sign-in link. " +
		"A deployment may keep this to itself: then it answers 403 `sign_up_closed`.",
	May:     access.Rule{Public: true},
	Status:  http.StatusCreated,
	Refuses: []int{http.StatusForbidden},
	Handler: api.Func[createInput, api.Creation[Workspace]](create),
}

type createInput struct {
	api.Idempotent
	Body Opening
}

// Opening is what a workspace begins with.
type Opening struct {
	Name  string `json:"name" maxLength:"120" example:"Agency Ltd"`
	Owner Owner  `json:"owner"`
}

// Owner is the workspace's first one.
type Owner struct {
	Name  string `json:"name" maxLength:"120" example:"Olga Marin"`
	Email string `json:"email" maxLength:"254" example:"olga@agency.example"`
}

func (o *Opening) settle() error {
	c := text.Check{At: "body"}
	c.Name("name", &o.Name)
	c.Name("owner.name", &o.Owner.Name)
	c.Email("owner.email", &o.Owner.Email)
	return c.Err()
}

func create(ctx context.Context, c *api.Call, in *createInput) (*api.Creation[Workspace], error) {
	if c.Config.SignUpClosed {
		return nil, problem.New(problem.SignUpClosed, "No workspaces are opened here. Ask whoever runs this deployment.")
	}
	if err := in.Body.settle(); err != nil {
		return nil, err
	}
	fields := defaults()
	fields.Name = in.Body.Name
	r := newRecord(Workspace{Resource: c.NewResource(id.New(id.Workspace, c.Now)), Fields: fields})
	r.Owners = 1
	owner := staff.New(c, in.Body.Owner.Name, in.Body.Owner.Email, access.Owner, staff.Active)
	// From here on the owner is the caller: what is recorded is theirs.
	c.Principal = owner.Principal(r.ID)
	person := session.Person{Key: table.StaffKey(r.ID, owner.ID), ID: owner.ID, Name: owner.Name, Email: owner.Email}
	writes := append(owner.Add(r.ID), table.Create(r), session.Welcome(c, person),
		activity.Record(c, "", "workspace.created", r.Party(), patch.Diff(defaults(), fields)))
	w, replayed, err := api.Once(ctx, c, r.ID, r.Shown(c), writes, func(ctx context.Context, made string) (Workspace, error) {
		c.Principal = access.Principal{Workspace: made}
		r, err := Load(ctx, c)
		return r.Shown(c), err
	})
	if err != nil {
		return nil, err
	}
	return api.Created(w, replayed), nil
}
