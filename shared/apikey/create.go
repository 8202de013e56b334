package apikey

import (
	"context"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// Create makes an API key.
var Create = api.Operation{
	Name: "create-api-key", Method: http.MethodPost, Path: "/api-keys", Tag: "API keys",
	Summary: "Make an API key",
	Description: "Makes a key for a program, to be sent as `Authorization: Bearer sk_…`. The answer has its `secret`, this once: only a hash of it is kept. " +
		"A repetition under the same Idempotency-Key shows the key without the secret; where the first answer was lost, revoke that key and make another one. " +
		"A key for one organization finds nothing any more when that is gone.",
	May:    access.Rule{Staff: access.Admin},
	Status: http.StatusCreated,
	Rights: true,
	// A repetition may come when the key is gone.
	Refuses: []int{http.StatusNotFound},
	Handler: api.Func[createInput, api.Creation[Issued]](create),
}

type createInput struct {
	api.Idempotent
	Body Fields
}

// Issued is a key with its secret, as only its maker ever sees it.
type Issued struct {
	APIKey
	Secret string `json:"secret,omitempty" example:"sk_k7fq2mza_AZOybgQ…" doc:"What to send. It is shown this once, and left out of a repetition."`
}

func create(ctx context.Context, c *api.Call, in *createInput) (*api.Creation[Issued], error) {
	fields := in.Body
	if err := fields.settle(c.Now); err != nil {
		return nil, err
	}
	k := Issued{APIKey: APIKey{Resource: c.NewResource(id.New(id.APIKey, c.Now)), Fields: fields}}
	r := Record{Key: table.APIKeyKey(c.Workspace(), k.ID)}
	k.Secret, k.Prefix, r.Hash = NewSecret(c.Workspace(), k.ID)
	r.APIKey = k.APIKey
	writes := append(fields.bound(c), table.Create(r),
		activity.Record(c, "", "api_key.created", k.Party(), patch.Diff(Fields{}, fields)))
	k, replayed, err := api.Once(ctx, c, k.ID, k, writes, func(ctx context.Context, made string) (Issued, error) {
		r, err := load(ctx, c, made)
		return Issued{APIKey: r.APIKey}, err
	})
	if err != nil {
		return nil, err
	}
	return api.Created(k, replayed), nil
}

// bound is the check that the organization that a key is for is there, and can be changed.
func (f Fields) bound(c *api.Call) []*table.Write {
	if f.OrganizationID == nil {
		return nil
	}
	open := table.OneOf("status", organization.Active, organization.Suspended)
	check := table.Check(table.OrganizationKey(c.Workspace(), *f.OrganizationID), open)
	return []*table.Write{check.Else(func(old table.Item) error {
		var r organization.Record
		if err := old.Decode(&r); err != nil {
			return err
		}
		err := r.Admits(c)
		if problem.Is(err, problem.NotFound) {
			return problem.AtField("body.organizationId", noOrganization)
		}
		return err
	})}
}
