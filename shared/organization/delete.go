package organization

import (
	"context"
	"net/http"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/patch"
)

// Delete deletes an organization, with a grace period.
var Delete = api.Operation{
	Name: "delete-organization", Method: http.MethodDelete, Path: "/organizations/{o}", Tag: "Organizations",
	Summary: "Delete an organization",
	Description: "Deletes an organization: its people are out at once. For 30 days it can still be read, and be brought back with `PATCH {\"status\":\"active\"}`; " +
		"its name and external id stay taken until then. After `purgeAt` it is gone with all that is in it.",
	May:     access.Rule{Staff: access.Admin, Scope: access.OrganizationsWrite},
	Status:  http.StatusAccepted,
	Rights:  true,
	Handler: api.Func[deleteInput, api.Answer[Organization]](remove),
}

type deleteInput struct {
	api.Conditional
	ID string `path:"o" doc:"The organization's id."`
}

func remove(ctx context.Context, c *api.Call, in *deleteInput) (*api.Answer[Organization], error) {
	load := func(ctx context.Context) (Record, error) { return Load(ctx, c, in.ID) }
	r, err := api.Revise(ctx, in.Conditional, load, func(ctx context.Context, before Record) (Record, error) {
		if before.Status == Deleted {
			return before, nil
		}
		after := before.deleted(c)
		changes := []patch.Change{{Field: "status", Before: before.Status, After: Deleted}}
		return after, commit(ctx, c, "organization.deleted", before, after, changes)
	})
	if err != nil {
		return nil, err
	}
	return api.Found(r.Shown(c)), nil
}

// deleted is the record on its way out.
func (r Record) deleted(c *api.Call) Record {
	now, purge := c.Now, c.Now.Add(Grace)
	r.Status, r.DeletedAt, r.PurgeAt, r.Expires = Deleted, &now, &purge, sweepable(purge)
	r.Resource = r.Next(c.Now)
	r.index(c.Workspace())
	return r
}

// sweepable is from when on the table's sweeper may come: it knows whole
// seconds, and must not come before the time.
func sweepable(purge time.Time) int64 { return purge.Add(time.Second - 1).Unix() }
