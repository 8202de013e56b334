package invitation

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/letterhead"
	"atrium/shared/organization"
	"atrium/shared/outbox"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/user"
)

// Send invites one person to an organization, or several.
var Send = api.Operation{
	Name: "send-invitation", Method: http.MethodPost, Path: "/organizations/{o}/invitations", Tag: "Invitations",
	Summary: "Invite people",
	Description: "Invites a person to an organization: by a mail under its brand, in the person's language, or by a link that you pass on yourself (`sendEmail: false`). " +
		"One invitation to an address can be pending in an organization; another one is 409 `already_pending`, with the `id` of the first. " +
		"An address that mail came back from, or that complained of it, is not written to: `delivery` says so at once. Sending again tries it all the same.\n\n" +
		"With `invitations` instead of `email`, up to 100 at once: what stands beside the list holds for each that does not say otherwise. The answer is 200 with what became of each, in order; " +
		"good ones are sent though others fail.",
	May:         access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.InvitationsWrite},
	Status:      http.StatusCreated,
	OtherStatus: http.StatusOK,
	Rights:      true,
	Handler:     api.Func[sendInput, sendOutput](send),
}

type sendInput struct {
	api.Idempotent
	Organization string `path:"o" doc:"The organization's id."`
	Body         Request
}

type sendOutput struct {
	Status   int
	ETag     string `header:"ETag" doc:"The version, for If-Match; of a single one."`
	Replayed string `header:"Idempotent-Replayed" doc:"true when an Idempotency-Key was seen before and nothing was done."`
	Body     Answer
}

func send(ctx context.Context, c *api.Call, in *sendInput) (*sendOutput, error) {
	if !id.Is(id.Organization, in.Organization) {
		return nil, problem.NotFoundf("organization")
	}
	if in.Body.Invitations != nil {
		return sendAll(ctx, c, in)
	}
	draft, err := in.Body.single()
	if err != nil {
		return nil, err
	}
	inv, replayed, err := sendOne(ctx, c, in.Organization, draft)
	if err != nil {
		return nil, err
	}
	return &sendOutput{Status: http.StatusCreated, ETag: inv.ETag(), Replayed: api.Replayed(replayed), Body: Answer{Invitation: &inv}}, nil
}

// sendOne stores an invitation under the request's Idempotency-Key. It returns
// it as callers see it, with its link where no mail is sent.
func sendOne(ctx context.Context, c *api.Call, org string, d Draft) (Invitation, bool, error) {
	p := parcel{org: org, draft: d, record: newRecord(c, org, d)}
	load := func(ctx context.Context, made string) (Record, error) { return Load(ctx, c, org, made) }
	r, replayed, err := p.deliver(ctx, c, load)
	if err != nil {
		return Invitation{}, false, err
	}
	inv := r.Shown(c.Now)
	// A replay that comes after it was sent again must not tell the link in the mail.
	if !d.mailed() && inv.State == Pending && r.HandedOver() {
		inv.AcceptURL, err = letterhead.Link(ctx, c, letterhead.InvitationPage, r.Token)
	}
	return inv, replayed, err
}

// parcel is an invitation on its way into the table. What stands in the way
// there is taken in as it is found.
type parcel struct {
	org    string
	draft  Draft
	record Record
	// expired is the id of the invitation whose time ended unswept.
	expired string
}

// What a parcel can find in its way.
type (
	// expiredPending is an invitation that still holds the address though its time is over.
	expiredPending struct{ id string }
	// known is somebody of the organization who has the address.
	known struct{ id string }
	// unreachable is an address that takes no mail.
	unreachable struct{ reason string }
)

func (expiredPending) Error() string { return "invitation: an expired one stands in the way" }
func (known) Error() string          { return "invitation: a user has the address" }
func (unreachable) Error() string    { return "invitation: the address takes no mail" }

func (p *parcel) deliver(ctx context.Context, c *api.Call, load func(context.Context, string) (Record, error)) (Record, bool, error) {
	for range 5 {
		r, replayed, err := api.Once(ctx, c, p.record.ID, p.record, p.writes(c), load)
		again, err := p.takeIn(ctx, c, err)
		if !again {
			return r, replayed, err
		}
	}
	return Record{}, false, problem.New(problem.Throttled, "Too many changes at once to this address. Nothing was changed; try again.")
}

// takeIn makes the best of what was found, and tells whether to try again.
func (p *parcel) takeIn(ctx context.Context, c *api.Call, err error) (again bool, _ error) {
	var old expiredPending
	var somebody known
	var silent unreachable
	switch {
	case err == nil:
		return false, nil
	case errors.As(err, &old):
		p.expired = old.id
		return true, nil
	case errors.As(err, &silent):
		p.record.withhold(silent.reason, c.Now)
		return true, nil
	case errors.As(err, &somebody):
		return p.bind(ctx, c, somebody.id)
	case errors.Is(err, api.ErrStale):
		p.expired, p.record.User = "", ""
		return true, nil
	default:
		return false, err
	}
}

// bind makes the invitation one of a user who is there already, invited.
func (p *parcel) bind(ctx context.Context, c *api.Call, id string) (again bool, _ error) {
	u, err := user.Load(ctx, c, p.org, id)
	switch {
	case problem.Is(err, problem.NotFound):
		return true, nil
	case err != nil:
		return false, err
	case u.Status != user.Invited:
		taken := problem.New(problem.AlreadyMember, "A user of this organization has this e-mail address already.",
			problem.Field{Location: "body.email", Message: "is a user's"})
		taken.ID = id
		return false, taken
	default:
		p.record.User = u.ID
		return true, nil
	}
}

// writes are all of one invitation.
func (p *parcel) writes(c *api.Call) []*table.Write {
	r := p.record
	writes := append([]*table.Write{p.counted(c)}, p.addressed(c)...)
	writes = append(writes, p.draft.Agents.Assigned(c, p.org)...)
	writes = append(writes, table.Create(r), r.noted(c, p.org))
	if r.Outbox != "" {
		writes = append(writes, heard(c, r.Email))
	}
	return writes
}

// counted is the write on the organization: that it is open, grants what is
// granted, and has the teams.
func (p *parcel) counted(c *api.Call) *table.Write {
	given := p.draft.Sections.Given()
	count := user.CountWithin(c, p.org, "pendingInvitations", given)
	if p.expired != "" {
		// That one was counted, and this one takes its place.
		count = user.Within(c, p.org, given)
	}
	for i, team := range p.draft.Teams {
		missing := problem.AtField(fmt.Sprintf("body.teams[%d]", i), "is no team of this organization")
		organization.WithTeam(count, team, missing)
	}
	return count
}

// addressed are the writes that take the address.
func (p *parcel) addressed(c *api.Call) []*table.Write {
	claim := table.Create(p.record.claim()).Else(func(old table.Item) error { return p.taken(c, old) })
	writes := []*table.Write{claim, p.unknown(c)}
	if p.expired != "" {
		return append(p.record.replacing(c, p.org, p.expired), p.unknown(c))
	}
	return writes
}

// taken is why the address cannot be claimed.
func (p *parcel) taken(c *api.Call, old table.Item) error {
	var claim pendingClaim
	if err := old.Decode(&claim); err != nil {
		return err
	}
	if !c.Now.Before(claim.ExpiresAt) {
		return expiredPending{claim.ID}
	}
	pending := problem.New(problem.AlreadyPending, fmt.Sprintf("An invitation to this address is pending already: %s. Send that one again, or revoke it.", claim.ID),
		problem.Field{Location: "body.email", Message: "has a pending invitation"})
	pending.ID = claim.ID
	return pending
}

// unknown is the check that no user has the address, or that the one who has
// it is still to come in.
func (p *parcel) unknown(c *api.Call) *table.Write {
	if p.record.User != "" {
		return p.record.awaits(c).ElseError(api.ErrStale)
	}
	return table.Check(table.UserEmailKey(c.Workspace(), p.org, p.record.Email), table.Absent()).
		Else(func(old table.Item) error { return known{old.String("id")} })
}

// awaits is the check that the user whom it is for is still to come in.
func (r Record) awaits(c *api.Call) *table.Write {
	return table.Check(table.UserKey(c.Workspace(), r.Organization(), r.User), table.Equals("status", user.Invited).And(table.Equals("email", r.Email)))
}

// heard is the check that the address takes our mail, as far as is known.
func heard(c *api.Call, email string) *table.Write {
	return table.Check(table.SuppressedKey(c.Workspace(), email), outbox.Unsuppressed(c.Now)).
		Else(func(old table.Item) error { return unreachable{old.String("reason")} })
}
