package workspace

import (
	"context"
	"errors"

	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/logo/address"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/session"
	"atrium/shared/table"
)

// LogoOwner owns the workspace's logo, as organizations own theirs by their ids.
const LogoOwner = "workspace"

// Record is a workspace as the table holds it.
type Record struct {
	table.Key
	table.Indexed
	Workspace
	// Logo is the hash that LogoURL is made of.
	Logo string `json:"logo,omitempty"`
	// Owners is how many there are who can come in: see staff.CountOwners.
	Owners int `json:"owners,omitempty"`
}

// hostClaim takes a host for a workspace, among all workspaces.
type hostClaim struct {
	table.Key
	Workspace string `json:"workspace"`
}

func newRecord(w Workspace) Record {
	r := Record{Key: table.WorkspaceKey(w.ID), Workspace: w}
	r.index()
	return r
}

// index puts the workspace where the tokens of the issuer that it trusts find it.
func (r *Record) index() {
	r.Indexed = table.Indexed{}
	if r.OIDC.Issuer != "" && r.OIDC.ClientID != "" {
		r.G1PK, r.G1SK = table.Issuer(session.IssuerName(r.OIDC.Issuer, r.OIDC.ClientID)), r.ID
	}
}

// Shown is the workspace as its staff see it.
func (r Record) Shown(c *api.Call) Workspace {
	w := r.Workspace
	w.complete()
	w.LogoURL = address.Of(c, "/workspace", r.Logo)
	return w
}

// Load reads the caller's workspace.
func Load(ctx context.Context, c *api.Call) (Record, error) {
	r, err := table.Get[Record](ctx, c.Table, table.WorkspaceKey(c.Workspace()))
	if errors.Is(err, table.ErrNotFound) {
		return r, problem.NotFoundf("workspace")
	}
	return r, err
}

// SetLogo is the workspace with another logo, one version on. picture is the
// write that stores it.
func (r Record) SetLogo(ctx context.Context, c *api.Call, hash string, picture *table.Write) (Record, error) {
	if r.Logo == hash {
		return r, nil
	}
	after := r
	after.Logo = hash
	return after.replace(ctx, c, r, picture)
}

// replace writes a workspace over what it was before, with all that follows
// from it; where nothing changed, nothing is written.
func (r Record) replace(ctx context.Context, c *api.Call, before Record, more ...*table.Write) (Record, error) {
	changes := patch.Diff(before.Shown(c).Fields, r.Shown(c).Fields)
	if len(changes) == 0 {
		return before, nil
	}
	r.Resource, r.LogoURL = before.Next(c.Now), nil
	r.index()
	writes := append([]*table.Write{
		table.Change(before, r).If(table.Equals("version", before.Version)).ElseError(api.ErrStale),
		activity.Record(c, "", "workspace.updated", r.Party(), changes),
	}, more...)
	writes = append(writes, address.Leave(c, LogoOwner, before.Logo, r.Logo)...)
	if before.DashboardHost != r.DashboardHost {
		writes = append(writes, r.moveFrom(before.DashboardHost)...)
	}
	return r, c.Commit(ctx, writes...)
}

// moveFrom are the writes that give up a host for the one it has now.
func (r Record) moveFrom(host string) (writes []*table.Write) {
	if r.DashboardHost != "" {
		claim := hostClaim{Key: table.HostKey(r.DashboardHost), Workspace: r.ID}
		writes = append(writes, table.Create(claim).ElseError(problem.New(problem.HostTaken,
			"This host is another workspace's. Choose another host.",
			problem.Field{Location: "body.dashboardHost", Message: "is taken"})))
	}
	if host != "" {
		writes = append(writes, table.Delete(table.HostKey(host)))
	}
	return writes
}

// VerifySender is the workspace whose sender's address is known to SES.
func (r Record) VerifySender(ctx context.Context, c *api.Call) (Record, error) {
	after := r
	after.Sender.Status = Verified
	return after.replace(ctx, c, r)
}
