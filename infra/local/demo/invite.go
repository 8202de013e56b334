package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"atrium/infra/local/inbox"
	"atrium/shared/letterhead"
)

// Those whom a sign-in link is printed for: the agency's owner, and two people
// of one of its clients.
const (
	Owner    = "rosa@lumenandfield.example"
	OrgAdmin = "maya.whitfield@harbourlights.example"
	User     = "tom.walker@harbourlights.example"
)

// patience is how long a mail may take. One that was sent before filling was
// interrupted is gone with the inbox that had it.
const patience = 15 * time.Second

// SignInLink asks for a sign-in link, and reads it in the mail.
func SignInLink(ctx context.Context, apiURL string, mails *inbox.Reader, email string) (string, error) {
	if err := (client{url: apiURL}).call(ctx, http.MethodPost, "/sign-in", fields{"email": email}, nil); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return mails.Link(ctx, email, letterhead.SignInPage)
}

// carried is what a link carries in its fragment.
func carried(link string) string {
	_, token, _ := strings.Cut(link, "#")
	return token
}

// accept accepts an invitation by the link in the mail, which comes again when
// it is lost.
func (a *Agency) accept(ctx context.Context, email string, again func(context.Context) error) error {
	link, err := a.link(ctx, email)
	if errors.Is(err, context.DeadlineExceeded) {
		if err := again(ctx); err != nil {
			return err
		}
		link, err = a.link(ctx, email)
	}
	if err != nil {
		return err
	}
	return client{url: a.url}.call(ctx, http.MethodPost, "/invitations/"+carried(link)+"/accept", fields{}, nil)
}

func (a *Agency) link(ctx context.Context, email string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return a.inbox.Link(ctx, email, letterhead.InvitationPage)
}

// hire invites the agency's other people; the last has not answered yet.
func (a *Agency) hire(ctx context.Context) error {
	for _, c := range colleagues {
		var made struct{ ID, Status string }
		body := fields{"name": c.name, "email": c.mailbox + "@lumenandfield.example", "role": c.role}
		if err := a.post(ctx, "/staff", "colleague "+c.mailbox, body, &made); err != nil {
			return err
		}
		if c.silent || made.Status == "active" {
			continue
		}
		again := func(ctx context.Context) error {
			if err := a.call(ctx, http.MethodDelete, "/staff/"+made.ID, nil, nil); err != nil {
				return err
			}
			return a.call(ctx, http.MethodPost, "/staff", body, nil)
		}
		if err := a.accept(ctx, body["email"].(string), again); err != nil {
			return err
		}
	}
	return nil
}

// invite invites the client's first contact, who accepts, and somebody else of
// some clients: who has not answered, whose invitation was taken back, or who has
// no such address.
func (f *filler) invite(ctx context.Context) error {
	sent, err := f.send(ctx, f.contact)
	if err != nil {
		return err
	}
	if sent.State == "pending" {
		again := func(ctx context.Context) error {
			return f.call(ctx, http.MethodPost, f.path("/invitations/"+sent.ID+"/resend"), fields{}, nil)
		}
		if err := f.accept(ctx, sent.Email, again); err != nil {
			return err
		}
	}
	other, invited := others[f.index]
	if !invited {
		return nil
	}
	sent, err = f.send(ctx, fields{
		"name": other.name, "email": other.email, "language": f.language, "note": other.note,
		"sections": onlooker.below(f.ceiling), "teams": f.trade.teams[:1],
	})
	if err != nil || !other.revoked || sent.State != "pending" {
		return err
	}
	return f.call(ctx, http.MethodPost, f.path("/invitations/"+sent.ID+"/revoke"), fields{}, nil)
}

// sent is an invitation.
type sent struct{ ID, Email, State string }

func (f *filler) send(ctx context.Context, whom fields) (made sent, err error) {
	err = f.post(ctx, f.path("/invitations"), fmt.Sprintf("invitation of %s to %s", whom["email"], f.domain), whom, &made)
	return made, err
}

// colleagues are the agency's people beside its owner.
var colleagues = []struct {
	name, mailbox, role string
	silent              bool
}{
	{name: "Jonas Keller", mailbox: "jonas", role: "admin"},
	{name: "Mei Tanaka", mailbox: "mei", role: "member"},
	{name: "Priya Raman", mailbox: "priya", role: "member", silent: true},
}

// other is somebody who was invited and is not in.
type other struct {
	name, email, note string
	revoked           bool
}

// others are such people, by their client's place among the organizations.
// SES's simulator answers for the addresses that do not work.
var others = map[int]other{
	1:  {name: "Camille Roche", email: "camille.roche@maisonlefevre.example", note: "Bonjour Camille, voici votre accès.\nÀ lundi !"},
	4:  {name: "Nuria Castaño", email: "nuria.castano@lanusta.example"},
	9:  {name: "Nora Whitfield", email: "nora.whitfield@harbourlights.example", note: "Welcome aboard, Nora! Maya will show you around on Monday."},
	10: {name: "Reception desk", email: "bounce+reception@simulator.amazonses.com"},
	13: {name: "Tomás Peñalver", email: "complaint+tomas@simulator.amazonses.com"},
	18: {name: "Old tutor list", email: "suppressionlist+tutors@simulator.amazonses.com"},
	23: {name: "Owen Fletcher", email: "owen.fletcher@northgatemotors.example", revoked: true},
	30: {name: "Joe Barnes", email: "joe@joesroofing.example", note: "Joe, this is where you see every chat your assistant had."},
}
