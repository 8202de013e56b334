package session

import (
	"context"
	"net/http"
	"time"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/letterhead"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/text"
	"atrium/shared/user"
)

// Impersonate lets staff look at the dashboard as a user.
var Impersonate = api.Operation{
	Name: "impersonate-user", Method: http.MethodPost, Path: "/organizations/{o}/users/{u}/impersonate", Tag: "Users",
	Summary: "Look at the dashboard as a user",
	Description: "Gives an access token that speaks for a user for 15 minutes, and for nobody longer: there is no refresh token. It changes nothing unless `write` is asked for. " +
		"The reason, and whoever really acts, stand in the activity log with all that is done. Only an active user of an active organization can be looked in as.",
	May:     access.Rule{Staff: access.Admin},
	Rights:  true,
	Handler: api.Func[impersonateInput, impersonateOutput](impersonate),
}

type impersonateInput struct {
	api.Idempotent
	Organization string `path:"o" doc:"The organization's id."`
	ID           string `path:"u" doc:"The user's id."`
	Body         struct {
		Reason string `json:"reason" maxLength:"500" example:"Ticket 4711: she cannot see her chats" doc:"Why; it is kept in the activity log."`
		Write  bool   `json:"write" required:"false" doc:"Whether to be able to change what the user can."`
	}
}

// Disguise is what lets staff look in as a user.
type Disguise struct {
	AccessToken  string `json:"accessToken"`
	ExpiresIn    int    `json:"expiresIn" example:"900" doc:"Seconds."`
	DashboardURL string `json:"dashboardUrl" example:"https://clients.agency.example/#access_token=eyJhbGciOi…" doc:"The dashboard, with the token in the fragment, which browsers send to nobody."`
}

type impersonateOutput struct {
	Replayed string `header:"Idempotent-Replayed" doc:"true when an Idempotency-Key was seen before and nothing was done."`
	Body     Disguise
}

func impersonate(ctx context.Context, c *api.Call, in *impersonateInput) (*impersonateOutput, error) {
	check := text.Check{At: "body"}
	check.Name("reason", &in.Body.Reason)
	if err := check.Err(); err != nil {
		return nil, err
	}
	load := func(ctx context.Context, made string) (Record, error) {
		return table.Get[Record](ctx, c.Table, table.SessionKey(c.Workspace(), made))
	}
	r, replayed, err := api.OncePlanned(ctx, c, func(ctx context.Context) (api.Plan[Record], error) { return in.disguise(ctx, c) }, load)
	if err != nil {
		return nil, err
	}
	return r.disguised(ctx, c, replayed)
}

// disguise is a session that speaks for the user.
func (in *impersonateInput) disguise(ctx context.Context, c *api.Call) (p api.Plan[Record], err error) {
	u, err := user.Load(ctx, c, in.Organization, in.ID)
	if err != nil {
		return p, err
	}
	if u.Status != user.Active {
		return p, problem.AtField("path.u", "is a user who is not active, and whom nobody can look in as")
	}
	r := Record{
		ID: id.New(id.Session, c.Now), Email: u.Email, Principal: u.ID, Type: access.Client, Organization: in.Organization,
		RotatedAt: c.Now, CreatedAt: c.Now, ExpiresAt: c.Now.Add(AccessLife),
		Actor: &Actor{ID: c.Principal.ID, Reason: in.Body.Reason, Write: in.Body.Write},
	}
	r.Key, r.Expires = table.SessionKey(c.Workspace(), r.ID), r.ExpiresAt.Unix()+1
	open := table.Check(table.OrganizationKey(c.Workspace(), in.Organization), table.Equals("status", organization.Active)).
		ElseError(problem.New(problem.ReadOnly, "This organization is not active, and lets nobody in."))
	still := table.Check(u.Key, table.Equals("status", user.Active)).ElseError(api.ErrStale)
	p.Made, p.Result = r.ID, r
	p.Writes = []*table.Write{open, still, table.Create(r), activity.Record(c, in.Organization, "user.impersonated", u.Party(), []patch.Change{
		{Field: "reason", After: in.Body.Reason}, {Field: "write", After: in.Body.Write},
	})}
	return p, nil
}

func (r Record) disguised(ctx context.Context, c *api.Call, replayed bool) (*impersonateOutput, error) {
	if r.Ended(c.Now) {
		return nil, errEnded
	}
	text, err := r.claims().Sign(c.Config.Keys, r.CreatedAt)
	if err != nil {
		return nil, err
	}
	head, err := letterhead.Load(ctx, c, "")
	if err != nil {
		return nil, err
	}
	return &impersonateOutput{Replayed: api.Replayed(replayed), Body: Disguise{
		AccessToken: text, ExpiresIn: int(r.ExpiresAt.Sub(c.Now) / time.Second), DashboardURL: head.Workspace.Dashboard(c) + "/#access_token=" + text,
	}}, nil
}
