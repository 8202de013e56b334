package invitation

import (
	"context"
	"fmt"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/organization"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// Resend sends an invitation again.
var Resend = api.Operation{
	Name: "resend-invitation", Method: http.MethodPost, Path: "/organizations/{o}/invitations/{i}/resend", Tag: "Invitations",
	Summary: "Send an invitation again",
	Description: "Sends a pending invitation again, or one that has expired, with a new link that works for as long as the first one did. The old link is dead from now on. " +
		"One that was not sent by mail is sent by mail now. An address that mail came back from is tried again; one that complained is not: 409 `address_suppressed`.",
	May:     access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.InvitationsWrite},
	Rights:  true,
	Handler: api.Func[againInput, api.Creation[Invitation]](resend),
}

type againInput struct {
	api.Idempotent
	Organization string `path:"o" doc:"The organization's id."`
	ID           string `path:"i" doc:"The invitation's id."`
}

func resend(ctx context.Context, c *api.Call, in *againInput) (*api.Creation[Invitation], error) {
	return in.change(ctx, c, func(before Record) ([]*table.Write, Record, error) {
		if state := before.StateAt(c.Now); state != Pending && state != Expired {
			return nil, before, notPending(state)
		}
		after := before.renewed(c)
		return after.resent(c, before), after, nil
	})
}

// change makes a change to the invitation as it is, once under an
// Idempotency-Key, and again where another change came in between.
func (in *againInput) change(ctx context.Context, c *api.Call, make func(before Record) ([]*table.Write, Record, error)) (*api.Creation[Invitation], error) {
	load := func(ctx context.Context, _ string) (Record, error) { return Load(ctx, c, in.Organization, in.ID) }
	var replayed bool
	r, err := api.Optimistic(ctx, func(ctx context.Context) (r Record, err error) {
		plan := func(ctx context.Context) (p api.Plan[Record], err error) {
			before, err := load(ctx, "")
			if err == nil {
				p.Made = before.ID
				p.Writes, p.Result, err = make(before)
			}
			return p, err
		}
		r, replayed, err = api.OncePlanned(ctx, c, plan, load)
		return r, err
	})
	if err != nil {
		return nil, err
	}
	return api.Created(r.Shown(c.Now), replayed), nil
}

func notPending(state State) error {
	return problem.New(problem.NotPending, fmt.Sprintf("This invitation is %s. Send a new one.", state))
}

// renewed is the record with a new link, mailed.
func (r Record) renewed(c *api.Call) Record {
	r.State = Pending
	r.Generation++
	r.ExpiresAt = expiry(c.Now, r.Days)
	r.Resource = r.Next(c.Now)
	r.post(c.Now)
	return r
}

// resent are the writes of an invitation that is sent again.
func (r Record) resent(c *api.Call, before Record) []*table.Write {
	org := r.Organization()
	open := organization.Open(c, org)
	claim := table.Put(r.claim()).If(table.Either(table.Absent(), table.Equals("id", r.ID))).Else(r.overtaken)
	if before.State == Expired {
		// It was counted out when it expired.
		open = organization.Count(c, org, "pendingInvitations", 1)
		claim = table.Create(r.claim()).Else(r.overtaken)
	}
	writes := []*table.Write{
		open, claim, r.replace(before), forgotten(c, r.Email),
		activity.Record(c, org, "invitation.resent", r.Party(), patch.Diff(before.life(), r.life())),
	}
	if r.User != "" {
		writes = append(writes, r.awaits(c).ElseError(problem.New(problem.NotPending,
			"The user whom this invitation was for is in already, or not there any more, or has another address. Send a new one.")))
	}
	return writes
}

// overtaken is the answer where another invitation to the address is pending.
func (r Record) overtaken(old table.Item) error {
	pending := problem.New(problem.AlreadyPending, "Another invitation to this address is pending. Send that one again, or revoke it.")
	pending.ID = old.String("id")
	return pending
}

// forgotten is the write that gives an address another chance, but for one
// that complained.
func forgotten(c *api.Call, email string) *table.Write {
	forgivable := table.Either(table.Absent(), table.Not(table.Equals("complained", true)))
	return table.Delete(table.SuppressedKey(c.Workspace(), email)).If(forgivable).ElseError(problem.New(problem.Suppressed,
		"Whoever reads this address has complained of our mail, and is not written to again. Give them a link that is not sent by mail."))
}

// life is what changes of an invitation, for the activity log.
type life struct {
	State     State  `json:"state"`
	ExpiresAt string `json:"expiresAt"`
	SentCount int    `json:"sentCount"`
}

func (r Record) life() life {
	return life{r.State, r.ExpiresAt.Format("2006-01-02T15:04:05Z07:00"), r.SentCount}
}
