package invitation

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"atrium/shared/activity"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/outbox"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/token"
	"atrium/shared/user"
)

// Record is an invitation as the table holds it.
type Record struct {
	table.Key
	table.Indexed
	Invitation
	outbox.Post
	// AllAgents and AgentIDs stand for Agents, as they do in a user.
	AllAgents bool     `json:"allAgents,omitempty"`
	AgentIDs  []string `json:"agents,omitempty"`
	// Generation is the link's: others are dead.
	Generation int `json:"generation"`
	// Days is for how long a link of it works.
	Days int `json:"days"`
	// Staff is the person whom it makes one of the agency's own; empty for an
	// invitation to an organization.
	Staff string `json:"staff,omitempty"`
	// User is who was there before, invited, as an import leaves them.
	User string `json:"user,omitempty"`
}

// pendingClaim takes an address for the pending invitation of an organization.
type pendingClaim struct {
	table.Key
	// ID is the invitation's.
	ID        string    `json:"id"`
	ExpiresAt time.Time `json:"expiresAt"`
	// Expires is ExpiresAt for the table's sweeper.
	Expires int64 `json:"ttl"`
}

// newRecord is a draft as an invitation of an organization.
func newRecord(c *api.Call, org string, d Draft) Record {
	inv := Invitation{
		Resource: c.NewResource(id.New(id.Invitation, c.Now)), Email: d.Email, Fields: d.Fields, State: Pending,
		ExpiresAt: expiry(c.Now, d.days()), InvitedBy: activity.Actor(c.Principal),
	}
	r := Record{Key: table.InvitationKey(c.Workspace(), org, inv.ID), Invitation: inv, Generation: 1, Days: d.days()}
	r.Sections = d.Sections.Given()
	r.AllAgents, r.AgentIDs = d.Agents.All, d.Agents.IDs
	if d.mailed() {
		r.post(c.Now)
	}
	return r
}

// noted is the activity of sending it: what it brings, and not all that it
// doesn't, which would cost another unit of each index.
func (r Record) noted(c *api.Call, org string) *table.Write {
	brings := r.Fields
	brings.Sections, brings.Agents = r.Sections.Given(), user.Agents{All: r.AllAgents, IDs: r.AgentIDs}
	changes := slices.DeleteFunc(patch.Diff(Fields{}, brings), func(ch patch.Change) bool {
		return ch.Field == "teams" && len(brings.Teams) == 0
	})
	return activity.Record(c, org, "invitation.sent", r.Party(), changes)
}

func expiry(now time.Time, days int) time.Time { return now.AddDate(0, 0, days) }

// post queues a mail with the record's link.
func (r *Record) post(now time.Time) {
	r.Post, r.Delivery = r.Queue(now)
	r.SentCount++
	r.Indexed = table.Indexed{}
}

// withhold notes that no mail is sent, as it would not arrive.
func (r *Record) withhold(reason string, now time.Time) {
	r.Post, r.Delivery = r.Withheld(outbox.Suppressed, reason, now)
	r.SentCount = 0
}

// HandedOver tells that the link of its generation was given to whoever
// invited, and was never in a mail to the address.
func (r Record) HandedOver() bool { return r.Send == 0 }

// Organization is the one that it is to; empty for one to the staff.
func (r Record) Organization() string {
	parts := strings.Split(r.PK, "#")
	if len(parts) != 3 || parts[1] == table.StaffOrganization {
		return ""
	}
	return parts[1]
}

// Shown is the invitation as callers see it at a time.
func (r Record) Shown(now time.Time) Invitation {
	inv := r.Invitation
	inv.State = r.StateAt(now)
	inv.Sections = r.Sections.Closed()
	inv.Agents = user.Agents{All: r.AllAgents, IDs: r.AgentIDs}
	inv.Teams = append([]string{}, r.Teams...)
	slices.Sort(inv.Teams)
	return inv
}

// StateAt is where it stands at a time: the clock ends it, not the sweeper.
func (r Record) StateAt(now time.Time) State {
	if r.State == Pending && !now.Before(r.ExpiresAt) {
		return Expired
	}
	return r.State
}

func (r Record) claim() pendingClaim {
	ws, _, _ := strings.Cut(r.PK, "#")
	return pendingClaim{
		Key: table.PendingKey(ws, r.Organization(), r.Email), ID: r.ID,
		ExpiresAt: r.ExpiresAt, Expires: r.ExpiresAt.Add(time.Second - 1).Unix(),
	}
}

// released is the write that gives the address free, if it is still taken for this one.
func (r Record) released() *table.Write {
	claim := r.claim()
	mine := table.Either(table.Absent(), table.Equals("id", r.ID))
	return table.Delete(claim.Key).If(mine).ElseError(api.ErrStale)
}

// Token is what the link of the record's generation carries.
func (r Record) Token(keys *token.Keys) (string, error) {
	ws, _, _ := strings.Cut(r.PK, "#")
	return keys.Make(token.Ref{Kind: token.Invitation, Workspace: ws, Owner: r.Organization(), ID: r.ID, Generation: r.Generation})
}

// ended is the record in another state, one version on: its mail, if it is
// still to be sent, is not.
func (r Record) ended(c *api.Call, state State) Record {
	r.State = state
	r.Resource = r.Next(c.Now)
	r.Post, r.Delivery = r.Recalled(r.Delivery)
	r.Indexed = table.Indexed{}
	return r
}

// replace is the write of a record over what it was when it was read. What SES
// tells meanwhile stays, as it changes no version.
func (r Record) replace(before Record) *table.Write {
	return table.Change(before, r).If(table.Equals("version", before.Version)).ElseError(api.ErrStale)
}

func noInvitation() error { return problem.NotFoundf("invitation") }

// Load reads an invitation of an organization of the caller's workspace, or answers 404.
func Load(ctx context.Context, c *api.Call, org, invitation string) (Record, error) {
	switch {
	case !id.Is(id.Organization, org):
		return Record{}, problem.NotFoundf("organization")
	case !id.Is(id.Invitation, invitation):
		return Record{}, noInvitation()
	}
	r, err := table.Get[Record](ctx, c.Table, table.InvitationKey(c.Workspace(), org, invitation))
	if errors.Is(err, table.ErrNotFound) {
		err = noInvitation()
	}
	return r, err
}

// both is what is wrong in two checks of one body.
func both(errs ...error) error {
	var fields []problem.Field
	for _, err := range errs {
		if err == nil {
			continue
		}
		p := problem.Of(err)
		if p.Code != problem.Invalid {
			return err
		}
		fields = append(fields, p.Errors...)
	}
	return problem.AtFields(fields)
}
