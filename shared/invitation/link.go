package invitation

import (
	"context"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/letterhead"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/token"
)

// opened is an invitation as its link finds it, with what is around.
type opened struct {
	record Record
	head   letterhead.Head
}

// open reads what a link is for, in one round trip, and makes the invitation
// the caller: what is done from here on is done in its workspace. A token that
// is not ours is 404, and costs no look; one that is dead is 410.
func open(ctx context.Context, c *api.Call, text string) (*opened, error) {
	ref, err := c.Config.Keys.Read(token.Invitation, text)
	if err != nil {
		return nil, noInvitation()
	}
	c.Principal = access.Principal{Type: "invitation", ID: ref.ID, Workspace: ref.Workspace}
	o := &opened{}
	wants := append(o.head.Wants(ref.Workspace, ref.Owner), &table.Want{Key: table.InvitationKey(ref.Workspace, ref.Owner, ref.ID), Into: &o.record})
	if err := c.Table.Fetch(ctx, wants...); err != nil {
		return nil, err
	}
	if o.record.ID == "" || o.head.Workspace.ID == "" || ref.Owner != "" && o.head.Organization.ID == "" {
		return nil, noInvitation()
	}
	c.Principal.Name, c.Principal.Email = o.record.Email, o.record.Email
	return o, o.record.opensFor(ref.Generation, c)
}

// dead are the answers to who comes with a link that opens nothing any more.
var dead = map[State]*problem.Problem{
	Accepted: problem.New(problem.LinkAccepted, "This invitation has been accepted. Sign in instead."),
	Declined: problem.New(problem.LinkDeclined, "This invitation was declined. If that was a mistake, ask for a new one."),
	Revoked:  problem.New(problem.LinkRevoked, "This invitation was taken back. Ask whoever invited you."),
	Expired:  problem.New(problem.LinkExpired, "This invitation has expired. Ask for a new one."),
}

// opensFor says why a link of a generation opens nothing, or nil.
func (r Record) opensFor(generation int, c *api.Call) error {
	state := r.StateAt(c.Now)
	if generation != r.Generation && state == Pending {
		return problem.New(problem.LinkReplaced, "This invitation was sent again since, with a new link. Use that one.")
	}
	if p, ok := dead[state]; ok {
		return p
	}
	return nil
}
