package staff

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/patch"
	"atrium/shared/table"
	"atrium/shared/text"
)

// Update gives one of the staff another role.
var Update = api.Operation{
	Name: "update-staff", Method: http.MethodPatch, Path: "/staff/{id}", Tag: "Staff",
	Summary: "Change somebody's role",
	Description: "Gives one of the staff another role, from the next request on that changes rights and within 60 seconds for all else. " +
		"Only owners change owners, and make others owners. To hand the agency over, an owner makes somebody else an owner, and then steps down: " +
		"the last owner cannot (409 `last_owner`), and who is still invited does not count.",
	May:     access.Rule{Staff: access.Admin},
	Rights:  true,
	Handler: api.Func[updateInput, api.Answer[Person]](update),
}

type updateInput struct {
	api.Conditional
	ID   string `path:"id" doc:"The person's id."`
	Body patch.Of[Fields]
}

// Fields are what can be changed of a person by others.
type Fields struct {
	Role access.Role `json:"role" enum:"owner,admin,member" example:"admin"`
}

// settle refuses what is no role: null, which the schema lets pass.
func (f Fields) settle() error {
	c := text.Check{At: "body"}
	c.OneOf("role", string(f.Role), string(access.Owner), string(access.Admin), string(access.Member))
	return c.Err()
}

func update(ctx context.Context, c *api.Call, in *updateInput) (*api.Answer[Person], error) {
	load := func(ctx context.Context) (Record, error) { return Load(ctx, c, in.ID) }
	r, err := api.Revise(ctx, in.Conditional, load, func(ctx context.Context, before Record) (Record, error) {
		fields, err := in.Body.Apply(Fields{Role: before.Role})
		if err == nil {
			err = fields.settle()
		}
		if err != nil {
			return before, err
		}
		return before.Become(ctx, c, fields.Role)
	})
	if err != nil {
		return nil, err
	}
	return api.Found(r.Person), nil
}

// Become is the person in another role, one version on.
func (r Record) Become(ctx context.Context, c *api.Call, role access.Role) (Record, error) {
	if err := mayMake(c, r.Role, role); err != nil || role == r.Role {
		return r, err
	}
	after := r
	after.Role, after.Resource = role, r.Next(c.Now)
	changes := []patch.Change{{Field: "role", Before: r.Role, After: role}}
	writes := []*table.Write{
		table.Change(r, after).If(table.Equals("version", r.Version)).ElseError(api.ErrStale),
		activity.Record(c, "", "staff.updated", after.Party(), changes),
	}
	return after, c.Commit(ctx, append(writes, counted(c.Workspace(), r.Person, after.Person)...)...)
}
