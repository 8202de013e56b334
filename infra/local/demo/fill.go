package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
)

// filler fills one organization. It draws from its own random numbers, always
// the same ones, so that it asks for the same things every time.
type filler struct {
	*Agency
	organization
	index  int
	random *rand.Rand
	id     string
	agents []string
	// contact is whom the agency knows first; users are the ids of the others.
	contact fields
	users   []string
}

func (f *filler) path(rest string) string { return "/organizations/" + f.id + rest }

func (f *filler) fill(ctx context.Context, shared []string) error {
	settled, err := f.open(ctx)
	if err != nil || settled {
		return err
	}
	for _, part := range []func(context.Context) error{
		func(ctx context.Context) error { return f.assign(ctx, shared) },
		f.addUsers, f.makeTeams, f.logo, f.invite, f.settle,
	} {
		if err := part(ctx); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

// open opens the organization. It is settled when an earlier filling came to
// its end and left it in a status in which it could not be filled again.
func (f *filler) open(ctx context.Context) (settled bool, err error) {
	body := fields{
		"name": f.name, "language": f.language, "externalId": fmt.Sprintf("crm-%d", 1001+f.index),
		"brand":    fields{"primaryColor": f.color, "darkMode": f.index%9 == 4},
		"handoff":  fields{"enabled": true, "smart": f.index%3 == 0, "messages": fields{f.language: away[f.language]}},
		"metadata": fields{"plan": []string{"Starter", "Growth", "Scale"}[f.index%3], "website": "https://" + f.domain},
		"billing":  f.index%2 == 0,
	}
	if f.ceiling != nil {
		body["ceiling"] = f.ceiling
	}
	if f.index%4 == 1 {
		body["layout"] = "horizontal"
	}
	var made struct{ ID, Status string }
	err = f.post(ctx, "/organizations", "organization "+f.domain, body, &made)
	f.id = made.ID
	return made.Status == "archived", err
}

// assign gives the organization an agent of its own, and some of those that
// work for several: the first ones for many, the last ones for few.
func (f *filler) assign(ctx context.Context, shared []string) error {
	own, err := f.register(ctx, agent{
		name: f.trade.agent + " · " + f.name, does: f.trade.does, provider: providers[f.index%len(providers)],
		channels: f.trade.channels, paused: f.index%13 == 7,
	})
	if err != nil {
		return err
	}
	f.agents = []string{own}
	for i, id := range shared {
		if f.random.IntN(i+2) == 0 {
			f.agents = append(f.agents, id)
		}
	}
	for i, id := range f.agents {
		body := fields{}
		if i > 0 {
			body["sections"] = preset{"prompt": "none", "settings": "view"}.below(f.ceiling)
		}
		if err := f.call(ctx, http.MethodPut, f.path("/agents/"+id), body, nil); err != nil {
			return err
		}
	}
	return nil
}

// size is how many people an organization has: 400 in all.
func (f *filler) size() int {
	if f.index == 0 {
		return 10
	}
	return 4 + f.index*7%13
}

// addUsers adds everybody but the first, who is invited.
func (f *filler) addUsers(ctx context.Context) error {
	for i, p := range f.people.some(f.random, f.size()) {
		if i == 0 {
			f.contact = f.user(i, p)
			continue
		}
		var made struct{ ID string }
		if err := f.post(ctx, f.path("/users"), "user "+p.mailbox, f.user(i, p), &made); err != nil {
			return err
		}
		f.users = append(f.users, made.ID)
	}
	return nil
}

func (f *filler) user(i int, p person) fields {
	role, grants := "user", presets[i%len(presets)]
	if i%6 == 0 {
		role, grants = "org_admin", manager
	}
	body := fields{
		"name": p.name, "email": p.mailbox + "@" + f.domain, "role": role, "language": f.language,
		"sections": grants.below(f.ceiling),
	}
	// Who is invited says so themselves, once they are in.
	if availability := []string{"online", "online", "away", "offline"}[f.random.IntN(4)]; i > 0 {
		body["availability"] = availability
	}
	if i%7 == 3 {
		body["agents"] = f.agents[:1]
	}
	return body
}

// makeTeams makes the teams of the trade; everybody who was added is in one or two.
func (f *filler) makeTeams(ctx context.Context) error {
	members := map[string][]string{}
	for i, user := range f.users {
		key := f.trade.teams[i%len(f.trade.teams)]
		members[key] = append(members[key], user)
		if other := f.trade.teams[(i+1)%len(f.trade.teams)]; i%4 == 0 && other != key {
			members[other] = append(members[other], user)
		}
	}
	for i, key := range f.trade.teams {
		body := fields{"key": key, "label": labels[key][f.language], "members": members[key]}
		if members[key] == nil {
			body["members"] = []string{}
		}
		if i == 1 {
			body["routing"] = "least_recent"
		}
		if err := f.post(ctx, f.path("/teams"), "team "+key, body, nil); err != nil {
			return err
		}
	}
	return nil
}

// logo gives three of four a logo: the others show the agency's.
func (f *filler) logo(ctx context.Context) error {
	if f.index%4 == 3 {
		return nil
	}
	return f.putLogo(ctx, f.path("/logo"), f.color, f.index)
}

// settle does what comes after all else: somebody is suspended, or the whole
// organization is no longer active.
func (f *filler) settle(ctx context.Context) error {
	if f.index%5 == 2 {
		last := f.users[len(f.users)-1]
		if err := f.call(ctx, http.MethodPatch, f.path("/users/"+last), fields{"status": "suspended"}, nil); err != nil {
			return err
		}
	}
	if f.status == "" {
		return nil
	}
	return f.call(ctx, http.MethodPatch, f.path(""), fields{"status": f.status}, nil)
}
