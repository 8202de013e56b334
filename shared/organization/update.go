package organization

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/external"
	"atrium/shared/logo/address"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// Update changes an organization: its details, and its status.
var Update = api.Operation{
	Name: "update-organization", Method: http.MethodPatch, Path: "/organizations/{o}", Tag: "Organizations",
	Summary: "Change an organization",
	Description: "Changes what the body names, and nothing else (JSON merge-patch). " +
		"An org_admin changes name, logo, brand, language, layout, handoff and cannedResponses. " +
		"`{\"status\":\"active\"}` brings back an archived or deleted organization, which cannot be changed otherwise; `{\"logoUrl\":null}` removes the logo.",
	May:     access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.OrganizationsWrite},
	Rights:  true,
	Handler: api.Func[updateInput, api.Answer[Organization]](update),
}

type updateInput struct {
	api.Conditional
	ID   string `path:"o" doc:"The organization's id."`
	Body patch.Of[Fields]
}

// ownMembers are what an org_admin may change of their own organization.
var ownMembers = []string{"name", "logoUrl", "brand", "language", "layout", "tabOrder", "handoff", "cannedResponses"}

func update(ctx context.Context, c *api.Call, in *updateInput) (*api.Answer[Organization], error) {
	if err := in.mayChange(c.Principal); err != nil {
		return nil, err
	}
	load := func(ctx context.Context) (Record, error) { return Load(ctx, c, in.ID) }
	r, err := api.Revise(ctx, in.Conditional, load, func(ctx context.Context, before Record) (Record, error) {
		return in.apply(ctx, c, before)
	})
	if err != nil {
		return nil, err
	}
	return api.Found(r.Shown(c)), nil
}

// mayChange answers 403 where the patch touches what is the agency's to decide.
func (in *updateInput) mayChange(p access.Principal) error {
	if p.Type != access.Client {
		return nil
	}
	for _, member := range in.Body.Members() {
		if !slices.Contains(ownMembers, member) {
			return problem.New(problem.Forbidden, "Only your agency changes this. You may change "+strings.Join(ownMembers, ", ")+".",
				problem.Field{Location: "body." + member, Message: "is the agency's to change"})
		}
	}
	return nil
}

// apply makes the change to the organization as it was read.
func (in *updateInput) apply(ctx context.Context, c *api.Call, before Record) (Record, error) {
	shown := before.Shown(c)
	if shown.Status == Deleted {
		shown.Status = ""
	}
	fields, err := in.Body.Apply(shown.Fields)
	if err != nil {
		return before, err
	}
	if err := in.admits(c, before, fields); err != nil {
		return before, err
	}
	if err := fields.settle(); err != nil {
		return before, err
	}
	after, err := before.with(c, fields)
	if err != nil {
		return before, err
	}
	changes := patch.Diff(before.Shown(c).Fields, after.Shown(c).Fields)
	if len(changes) == 0 {
		return before, nil
	}
	return after, commit(ctx, c, "organization.updated", before, after, changes)
}

// SetLogo is the organization with another logo, one version on. picture is
// the write that stores it.
func (r Record) SetLogo(ctx context.Context, c *api.Call, hash string, picture *table.Write) (Record, error) {
	if err := r.Admits(c); err != nil || r.Logo == hash {
		return r, err
	}
	after := r
	after.Logo, after.Resource = hash, r.Next(c.Now)
	changes := patch.Diff(r.Shown(c).Fields, after.Shown(c).Fields)
	return after, commit(ctx, c, "organization.updated", r, after, changes, picture)
}

// admits lets nothing but a new status through to a read-only organization.
func (in *updateInput) admits(c *api.Call, before Record, fields Fields) error {
	reopens := slices.Equal(in.Body.Members(), []string{"status"}) && fields.Status != ""
	if reopens && c.Principal.Type != access.Client {
		return nil
	}
	return before.Admits(c)
}

// with is the record with other fields, one version on.
func (r Record) with(c *api.Call, fields Fields) (Record, error) {
	if fields.LogoURL == nil {
		r.Logo = ""
	} else if shown := r.Shown(c); shown.LogoURL == nil || *shown.LogoURL != *fields.LogoURL {
		return r, problem.AtField("body.logoUrl", "can only be null here, which removes the logo; PUT …/logo sets one")
	}
	r.Fields = fields
	if r.Status != Deleted {
		r.DeletedAt, r.PurgeAt, r.Expires = nil, nil, 0
	}
	r.Resource = r.Next(c.Now)
	r.index(c.Workspace())
	return r, nil
}

// commit writes a change with all that follows from it.
func commit(ctx context.Context, c *api.Call, action string, before, after Record, changes []patch.Change, more ...*table.Write) error {
	ws := c.Workspace()
	main := table.Change(before, after).If(table.Equals("version", before.Version)).ElseError(api.ErrStale)
	writes := append([]*table.Write{main, activity.Record(c, after.ID, action, after.Party(), changes)}, more...)
	writes = append(writes, external.Exchange(ws, "org", before.ExternalID, after.ExternalID, after.ID)...)
	if before.Name != after.Name {
		writes = append(writes, after.renamed(ws, before)...)
	}
	writes = append(writes, address.Leave(c, after.ID, before.Logo, after.Logo)...)
	if before.takesHandoffs() == after.takesHandoffs() {
		return c.Commit(ctx, writes...)
	}
	// A team made meanwhile would not be told.
	main.If(table.Holds("teamKeys", before.TeamKeys...))
	teams := after.told(ws)
	first := min(len(teams), c.Room()-len(writes))
	if err := c.Commit(ctx, append(writes, teams[:first]...)...); err != nil {
		return err
	}
	// The change is made; should this fail, the stream tells them.
	if err := after.tell(ctx, c.Table, ws, teams[first:]); err != nil {
		slog.WarnContext(ctx, "teams are told later", "organization", after.ID, "requestId", c.RequestID, "error", err.Error())
	}
	return nil
}

// renamed are the writes that exchange the old name for the new one.
func (r Record) renamed(ws string, before Record) []*table.Write {
	old, now := before.claim(ws), r.claim(ws)
	if old.Key == now.Key {
		// Only case or spaces changed: the claim and the words stay.
		return nil
	}
	writes := r.named(ws)
	for _, w := range before.unnamed(ws) {
		if !slices.ContainsFunc(writes, w.SameItem) {
			writes = append(writes, w)
		}
	}
	return writes
}
