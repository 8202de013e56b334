package session

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/letterhead"
	"atrium/shared/mail"
	"atrium/shared/outbox"
	"atrium/shared/table"
	"atrium/shared/token"
)

// SignIn is what a sign-in link is for, as the table holds it.
type SignIn struct {
	table.Key
	table.Indexed
	ID    string `json:"id"`
	Email string `json:"email"`
	Name  string `json:"name"`
	// Organization is under whose name the mail goes out; empty for the agency's.
	Organization string     `json:"organization,omitempty"`
	Language     string     `json:"language,omitempty"`
	ExpiresAt    time.Time  `json:"expiresAt"`
	UsedAt       *time.Time `json:"usedAt,omitempty"`
	outbox.Post
	Delivery outbox.Delivery `json:"delivery"`
	// Expires is when the sweeper may take it: a day later, as what SES tells of
	// its mail is kept with it.
	Expires int64 `json:"ttl"`
}

// newSignIn is a link for a person, queued.
func newSignIn(c *api.Call, name string, people []Person) SignIn {
	first := people[0]
	s := SignIn{
		Key: table.SignInKey(first.Workspace(), name), ID: name, Email: first.Email, Name: first.Name, Language: first.Language,
		ExpiresAt: c.Now.Add(c.Config.LinkLife()),
	}
	if len(people) == 1 {
		s.Organization = first.Organization()
	}
	s.Expires = s.ExpiresAt.Add(24 * time.Hour).Unix()
	s.Post, s.Delivery = s.Queue(c.Now)
	return s
}

// Welcome is the write that sends a sign-in link to the first person of a
// workspace, who is not in the table yet.
func Welcome(c *api.Call, p Person) *table.Write {
	return table.Create(newSignIn(c, id.New(id.SignIn, c.Now), []Person{p}))
}

// Requests is what the partitions of requests begin with.
var Requests = table.SignInRequests("")

// FanOut makes the links that a request asks for: one for each workspace where
// somebody is let in under the address. It may be told of a request twice.
func FanOut(ctx context.Context, c *api.Call, change table.Transition) error {
	var r requested
	if err := change.After.Decode(&r); err != nil || r.Email == "" {
		return err
	}
	people, err := People(ctx, c.Table, "", token.Person(r.Email))
	if err != nil {
		return err
	}
	if people, err = admitted(ctx, c, people); err != nil {
		return err
	}
	for len(people) > 0 {
		n := 1
		for n < len(people) && people[n].Workspace() == people[0].Workspace() {
			n++
		}
		if err := r.link(ctx, c, people[:n]); err != nil {
			return err
		}
		people = people[n:]
	}
	return nil
}

// link makes one workspace's link, unless it was made before.
func (r requested) link(ctx context.Context, c *api.Call, people []Person) error {
	errMade := errors.New("session: the link was made before")
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%d\x00%s", r.PK, r.SK, r.Count, people[0].Workspace()))
	s := newSignIn(c, id.FromBytes(id.SignIn, sum[:16]), people)
	if err := c.Table.Commit(ctx, table.Create(s).ElseError(errMade)); !errors.Is(err, errMade) {
		return err
	}
	return nil
}

// admitted are the people whose organizations let anybody in.
func admitted(ctx context.Context, c *api.Call, people []Person) ([]Person, error) {
	open := make([]struct{ Status string }, len(people))
	var wants []*table.Want
	for i, p := range people {
		if org := p.Organization(); org != "" {
			wants = append(wants, &table.Want{Key: table.OrganizationKey(p.Workspace(), org), Into: &open[i]})
		} else {
			open[i].Status = active
		}
	}
	if err := c.Table.Fetch(ctx, wants...); err != nil {
		return nil, err
	}
	var in []Person
	for i, p := range people {
		if open[i].Status == active {
			in = append(in, p)
		}
	}
	return in, nil
}

// Code is what the link carries.
func (s SignIn) Code(keys *token.Keys) (string, error) {
	ws, _, _ := strings.Cut(s.PK, "#")
	return keys.Make(token.Ref{Kind: token.SignIn, Workspace: ws, Owner: token.Person(s.Email), ID: s.ID, Generation: 1})
}

// Mail is the mail with the link.
func (s SignIn) Mail(c *api.Call, head letterhead.Head) (mail.Message, error) {
	link, err := head.Workspace.Link(c, letterhead.SignInPage, s.Code)
	if err != nil {
		return mail.Message{}, err
	}
	language := s.Language
	if language == "" {
		language = head.Language()
	}
	return mail.SignIn{To: s.Name, Link: link, Expires: s.ExpiresAt}.Render(language, head.Mail(c), c.Now)
}
