// Package demo fills a workspace with a demonstration agency, through the
// public operations and the inbox alone: 40 clients with their agents, people
// and teams. Its owner signs in by mail, and some of its people are invited,
// and accept by the link in the mail.
// What it sends is the same every time, each POST under an Idempotency-Key of
// its own, so that filling can be repeated where it was interrupted.
package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"

	"golang.org/x/sync/errgroup"

	"atrium/infra/local/inbox"
)

// atOnce is how many requests are under way together.
const atOnce = 8

// Sizes are how much was filled in.
type Sizes struct{ Organizations, Agents, Users, Teams int }

// String is for people.
func (s Sizes) String() string {
	return fmt.Sprintf("%s: %d organizations, %d agents, %d users, %d teams", agencyName, s.Organizations, s.Agents, s.Users, s.Teams)
}

// Agency is the demonstration agency, reached as its owner.
type Agency struct {
	client
	inbox *inbox.Reader
}

const (
	agencyName = "Lumen & Field"
	ownerName  = "Rosa Okafor"
)

// Open opens the agency's workspace, unless it is open, and signs its owner in
// by the link in the mail.
func Open(ctx context.Context, apiURL string, mails *inbox.Reader) (*Agency, error) {
	a := &Agency{client{url: apiURL}, mails}
	err := a.post(ctx, "/workspaces", "workspace", fields{
		"name": agencyName, "owner": fields{"name": ownerName, "email": Owner},
	}, nil)
	if err != nil {
		return nil, err
	}
	link, err := SignInLink(ctx, apiURL, mails, Owner)
	if err != nil {
		return nil, err
	}
	var session struct{ AccessToken string }
	err = a.call(ctx, http.MethodPost, "/session", fields{"code": carried(link)}, &session)
	a.token = session.AccessToken
	return a, err
}

// Fill fills the agency.
func (a *Agency) Fill(ctx context.Context) (Sizes, error) {
	if err := a.brand(ctx); err != nil {
		return Sizes{}, err
	}
	shared, err := a.registerAgents(ctx, sharedAgents)
	if err != nil {
		return Sizes{}, err
	}
	if _, err := a.registerAgents(ctx, spareAgents); err != nil {
		return Sizes{}, err
	}
	sizes := Sizes{Organizations: len(organizations), Agents: len(organizations) + len(sharedAgents) + len(spareAgents)}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, o := range organizations {
		f := filler{Agency: a, organization: o, index: i, random: rand.New(rand.NewPCG(uint64(i), 1))} // the same people every time
		sizes.Users += f.size()
		sizes.Teams += len(o.trade.teams)
		group.Go(func() error { return f.fill(ctx, shared) })
	}
	group.Go(func() error { return a.hire(ctx) })
	return sizes, group.Wait()
}

// brand gives the agency its looks.
func (a *Agency) brand(ctx context.Context) error {
	err := a.call(ctx, http.MethodPatch, "/workspace", fields{
		"supportEmail": "help@lumenandfield.example",
		"brand": fields{
			"primaryColor": agencyColor, "font": "Inter", "footer": "Lumen & Field\n12 Orchard Yard, Bristol",
			"websiteUrl": "https://lumenandfield.example",
		},
		"customTabs": []fields{{"key": "reports", "title": "Monthly reports", "icon": "chart", "url": "https://reports.lumenandfield.example"}},
	}, nil)
	if err != nil {
		return err
	}
	return a.putLogo(ctx, "/workspace/logo", agencyColor, len(motifs)-1)
}

func (a *Agency) registerAgents(ctx context.Context, agents []agent) ([]string, error) {
	ids := make([]string, len(agents))
	for i, g := range agents {
		var err error
		if ids[i], err = a.register(ctx, g); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

func (a *Agency) register(ctx context.Context, g agent) (string, error) {
	var made struct{ ID string }
	err := a.post(ctx, "/agents", "agent "+g.name, fields{
		"name": g.name, "description": g.does, "provider": g.provider, "channels": g.channels, "status": g.status(),
	}, &made)
	return made.ID, err
}
