package courier

import (
	"context"
	"fmt"
	"strings"

	"atrium/shared/api"
	"atrium/shared/invitation"
	"atrium/shared/letterhead"
	"atrium/shared/mail"
	"atrium/shared/mail/ses"
	"atrium/shared/notice"
	"atrium/shared/outbox"
	"atrium/shared/session"
	"atrium/shared/table"
	"atrium/shared/user"
)

// parcel is one mail, and all that it is written from.
type parcel struct {
	call *api.Call
	// to is the address, organization whose letterhead it has: empty for the agency's.
	to, organization string
	// dead is why it is not to be sent any more.
	dead string
	// wants are what else is to be read first. By that, and by the letterhead,
	// judge says whether the mail is dead, and what to note with the attempt.
	wants []*table.Want
	judge func() (dead string, notes []outbox.Note)
	notes []outbox.Note
	// compose writes it, once the letterhead is read.
	compose    func(letterhead.Head) (mail.Message, error)
	head       letterhead.Head
	suppressed outbox.Suppression
}

// kinds are the items that mail is sent for, by the end of their partition.
var kinds = map[string]func(*api.Call, table.Item) (*parcel, error){
	"invitation": invited,
	"sign-in":    signingIn,
	"notice":     noticed,
}

// open reads what a mail is about.
func open(c *api.Call, item table.Item) (*parcel, error) {
	key := table.KeyOf(item)
	kind, ok := kinds[key.PK[strings.LastIndex(key.PK, "#")+1:]]
	if !ok {
		return nil, fmt.Errorf("courier: no mail is sent for what stands in %s", key.PK)
	}
	p, err := kind(c, item)
	if err != nil {
		return nil, fmt.Errorf("courier: %s: %w", key, err)
	}
	p.call = c
	return p, nil
}

func invited(c *api.Call, item table.Item) (*parcel, error) {
	var r invitation.Record
	if err := item.Decode(&r); err != nil {
		return nil, err
	}
	p := &parcel{to: r.Email, organization: r.Organization(), compose: func(h letterhead.Head) (mail.Message, error) { return r.Mail(c, h) }}
	if state := r.StateAt(c.Now); state != invitation.Pending {
		p.dead = fmt.Sprintf("It could not be sent before the invitation was %s.", state)
	}
	return p, nil
}

func signingIn(c *api.Call, item table.Item) (*parcel, error) {
	var s session.SignIn
	if err := item.Decode(&s); err != nil {
		return nil, err
	}
	p := &parcel{to: s.Email, organization: s.Organization, compose: func(h letterhead.Head) (mail.Message, error) { return s.Mail(c, h) }}
	if !c.Now.Before(s.ExpiresAt) {
		p.dead = "It could not be sent before the link expired."
	}
	return p, nil
}

func noticed(c *api.Call, item table.Item) (*parcel, error) {
	var r notice.Record
	if err := item.Decode(&r); err != nil {
		return nil, err
	}
	var u user.Record
	p := &parcel{to: r.Email, organization: r.Organization(), wants: []*table.Want{{Key: r.User(), Into: &u}}}
	p.judge = func() (string, []outbox.Note) { return r.Dead(u, p.head), r.Tells(u) }
	p.compose = func(h letterhead.Head) (mail.Message, error) { return r.Mail(c, u, h) }
	return p, nil
}

// look reads the letterhead, and whether the address takes mail.
func (p *parcel) look(ctx context.Context) error {
	ws := p.call.Workspace()
	wants := append(p.head.Wants(ws, p.organization), &table.Want{Key: table.SuppressedKey(ws, p.to), Into: &p.suppressed})
	if err := p.call.Table.Fetch(ctx, append(wants, p.wants...)...); err != nil {
		return err
	}
	if p.judge != nil {
		p.dead, p.notes = p.judge()
	}
	if p.head.Workspace.ID == "" || p.organization != "" && p.head.Organization.ID == "" {
		p.dead = "What it was about is gone."
	}
	return nil
}

// unsendable is why nothing is sent, or outbox.None.
func (p *parcel) unsendable() (outbox.State, string) {
	switch {
	case p.dead != "":
		return outbox.Failed, p.dead
	case p.suppressed.Holds(p.call.Now):
		return outbox.Suppressed, p.suppressed.Reason
	default:
		return outbox.None, ""
	}
}

// write is the mail, but for its tags; deployment is the address of workspaces
// without a verified one.
func (p *parcel) write(deployment string) (ses.Letter, error) {
	if state, _ := p.unsendable(); state != outbox.None {
		return ses.Letter{}, nil
	}
	m, err := p.compose(p.head)
	l := ses.Letter{To: p.to, Subject: m.Subject, HTML: m.HTML, Text: m.Text}
	l.From, l.ReplyTo = senderOf(p.head.Workspace, deployment)
	return l, err
}

// workspaceOf is the one that a key is below.
func workspaceOf(key table.Key) string {
	ws, _, _ := strings.Cut(key.PK, "#")
	return ws
}
