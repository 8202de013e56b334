package main

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strings"
	"time"

	"atrium/infra/local/dynamo"
	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/consequence"
	"atrium/shared/organization"
	"atrium/shared/staff"
	"atrium/shared/table"
)

// agency is a bench on which an agency does everything that can be done.
type agency struct {
	*bench
	ids map[string]string
}

// fields are a request's body.
type fields map[string]any

func (a *agency) id(name string) string {
	a.T.Helper()
	if a.ids[name] == "" {
		a.T.Fatalf("nothing is called %q", name)
	}
	return a.ids[name]
}

func (a *agency) org(name string) string { return "/organizations/" + a.id(name) }

func (a *agency) open(name string) {
	a.ids[name] = a.Owner().Post("/organizations", fields{"name": name, "externalId": "crm " + name}, once(name)).Want(http.StatusCreated).ID()
}

func (a *agency) register(name string) {
	a.ids[name] = a.Owner().Post("/agents", fields{"name": name, "externalId": "bot " + name}).Want(http.StatusCreated).ID()
}

func (a *agency) assign(org, agent string) {
	a.Owner().Put(a.org(org)+"/agents/"+a.id(agent), fields{}).Want(http.StatusCreated)
}

func (a *agency) add(org, name string, more fields) {
	body := fields{"name": name, "email": address(name), "externalId": "u " + name}
	for key, value := range more {
		body[key] = value
	}
	a.ids[name] = a.Owner().Post(a.org(org)+"/users", body).Want(http.StatusCreated).ID()
}

// welcome imports people, who are invited.
func (a *agency) welcome(org string, names ...string) {
	var users []fields
	for _, name := range names {
		users = append(users, fields{"name": name, "email": address(name)})
	}
	a.Owner().Post(a.org(org)+"/users/import", fields{"users": users, "invite": true}).Want(http.StatusOK)
	for _, name := range names {
		found := a.Owner().Get(a.org(org) + "/users?q=" + address(name)).Want(http.StatusOK).Each("id")
		a.ids[name] = strings.Join(found, " ")
	}
}

func (a *agency) invite(org, name string) {
	a.ids["invitation to "+name] = a.Owner().Post(a.org(org)+"/invitations", fields{"email": address(name)}).Want(http.StatusCreated).ID()
}

func (a *agency) form(org, key string, members ...string) {
	ids := []string{}
	for _, member := range members {
		ids = append(ids, a.id(member))
	}
	a.Owner().Post(a.org(org)+"/teams", fields{"key": key, "members": ids}).Want(http.StatusCreated)
}

func (a *agency) patch(path string, body fields) { a.Owner().Patch(path, body).Want(http.StatusOK) }

func (a *agency) logo(path, picture string) {
	a.Owner().Put(path+"/logo", picture, apitest.Headers{"Content-Type": "image/png"}).Want(http.StatusOK)
}

func address(name string) string {
	return strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@client.example"
}

func once(name string) apitest.Headers { return apitest.Headers{"Idempotency-Key": name} }

// online is a user who takes chats.
var online = fields{"availability": "online"}

// steps are what it does, one change each, and a purge.
var steps = []func(*agency){
	func(a *agency) {
		body := fields{"name": "Agency", "owner": fields{"name": "Olga", "email": "olga@agency.example"}}
		a.Workspace = a.Nobody().Post("/workspaces", body).Want(http.StatusCreated).ID()
	},
	func(a *agency) { a.register("Concierge") },
	func(a *agency) { a.open("Café del Mar") },
	func(a *agency) { a.assign("Café del Mar", "Concierge") },
	func(a *agency) { a.add("Café del Mar", "Ann Lee", online) },
	func(a *agency) { a.form("Café del Mar", "support", "Ann Lee") },
	func(a *agency) { a.patch("/workspace", fields{"dashboardHost": "clients.agency.example"}) },
	func(a *agency) { a.logo("/workspace", pixel) },
	func(a *agency) { a.logo("/workspace", otherPixel) },
	func(a *agency) { a.patch("/workspace", fields{"dashboardHost": "app.agency.example"}) },
	func(a *agency) { a.open("Hotel Sol") },
	func(a *agency) { a.register("Night Porter") },
	func(a *agency) { a.assign("Hotel Sol", "Concierge") },
	func(a *agency) { a.assign("Hotel Sol", "Night Porter") },
	func(a *agency) { a.patch(a.org("Hotel Sol"), fields{"name": "Gran Hotel Sol y Luna"}) },
	func(a *agency) { a.logo(a.org("Hotel Sol"), pixel) },
	func(a *agency) {
		a.add("Café del Mar", "Bob Ray", fields{"teams": []string{"support"}, "availability": "online"})
	},
	func(a *agency) {
		a.patch(a.org("Café del Mar")+"/users/"+a.id("Bob Ray"), fields{"availability": "away"})
	},
	func(a *agency) {
		a.patch(a.org("Café del Mar")+"/users/"+a.id("Ann Lee"), fields{"name": "Ann Lee Jones", "email": "ann@jones.example", "externalId": "u 2"})
	},
	// What one gives up, another takes.
	func(a *agency) { a.add("Café del Mar", "Ann Lee", nil) },
	func(a *agency) { a.ids["Max"] = a.Hire("Max", access.Admin, staff.Active).Principal.ID },
	func(a *agency) { a.patch("/staff/"+a.id("Max"), fields{"role": "owner"}) },
	func(a *agency) { a.form("Café del Mar", "sales", "Ann Lee", "Bob Ray") },
	func(a *agency) { a.open("Hotel Sol") },
	func(a *agency) {
		a.Owner().Delete(a.org("Café del Mar") + "/teams/sales/members/" + a.id("Bob Ray")).Want(http.StatusNoContent)
	},
	func(a *agency) {
		a.Owner().Put(a.org("Café del Mar")+"/teams/support/members/"+a.id("Ann Lee"), nil).Want(http.StatusCreated)
	},
	func(a *agency) { a.patch(a.org("Café del Mar"), fields{"handoff": fields{"enabled": false}}) },
	func(a *agency) { a.form("Café del Mar", "nobody_yet") },
	func(a *agency) {
		users := []fields{{"name": "Cleo", "email": "cleo@client.example", "teams": []string{"sales"}}, {"name": "Dan", "email": "dan@client.example"}, {"name": "Bob Ray Senior", "email": address("Bob Ray")}}
		a.Owner().Post(a.org("Café del Mar")+"/users/import", fields{"users": users}).Want(http.StatusOK)
	},
	func(a *agency) { a.patch("/staff/"+a.id("Max"), fields{"role": "member"}) },
	func(a *agency) { a.patch("/staff/"+a.id("Max"), fields{"role": "owner"}) },
	func(a *agency) { a.Owner().Delete("/staff/" + a.id("Max")).Want(http.StatusNoContent) },
	func(a *agency) { a.patch(a.org("Café del Mar"), fields{"handoff": fields{"enabled": true}}) },
	func(a *agency) { a.Owner().Delete(a.org("Café del Mar") + "/teams/sales").Want(http.StatusNoContent) },
	func(a *agency) {
		a.Owner().Delete(a.org("Café del Mar") + "/users/" + a.id("Bob Ray")).Want(http.StatusNoContent)
	},
	func(a *agency) {
		a.Owner().Post(a.org("Café del Mar")+"/teams/support/handoffs", nil).Want(http.StatusOK)
	},
	func(a *agency) {
		a.patch("/agents/"+a.id("Concierge"), fields{"name": "Day Porter", "status": "paused", "externalId": "bot 9"})
	},
	func(a *agency) { a.register("Concierge") },
	func(a *agency) { a.assign("Café del Mar", "Night Porter") },
	func(a *agency) { a.assign("Café del Mar", "Concierge") },
	func(a *agency) {
		a.Owner().Delete(a.org("Café del Mar") + "/agents/" + a.id("Concierge")).Want(http.StatusNoContent)
	},
	func(a *agency) { a.patch(a.org("Hotel Sol"), fields{"externalId": "crm 7", "status": "suspended"}) },
	func(a *agency) {
		body := fields{"name": "Bots", "scopes": []string{"handoffs:write"}, "organizationId": a.id("Hotel Sol")}
		a.ids["Bots"] = a.Owner().Post("/api-keys", body).Want(http.StatusCreated).ID()
	},
	func(a *agency) { a.Owner().Delete("/api-keys/" + a.id("Bots")).Want(http.StatusNoContent) },
	func(a *agency) { a.open("Bar Luna") },
	func(a *agency) { a.logo(a.org("Bar Luna"), pixel) },
	func(a *agency) { a.logo(a.org("Bar Luna"), otherPixel) },
	func(a *agency) { a.assign("Bar Luna", "Night Porter") },
	func(a *agency) { a.add("Bar Luna", "Eve", online) },
	func(a *agency) { a.form("Bar Luna", "support", "Eve") },
	func(a *agency) { a.patch(a.org("Bar Luna"), fields{"name": "BAR LUNA"}) },
	func(a *agency) { a.patch(a.org("Café del Mar"), fields{"status": "archived"}) },
	func(a *agency) { a.Owner().Delete("/agents/" + a.id("Night Porter")).Want(http.StatusNoContent) },
	func(a *agency) { a.patch(a.org("Café del Mar"), fields{"status": "active"}) },
	func(a *agency) { a.Owner().Delete(a.org("Bar Luna")).Want(http.StatusAccepted) },
	func(a *agency) { a.sweep() },
	func(a *agency) { a.open("Bar Luna") },
	func(a *agency) { a.patch(a.org("Bar Luna"), fields{"name": "Bar Sol y Luna"}) },
	func(a *agency) { a.open("bar  LUNA") },
	func(a *agency) { a.Owner().Delete(a.org("Bar Luna")).Want(http.StatusAccepted) },
	func(a *agency) { a.welcome("Café del Mar", "Fay", "Gil") },
	func(a *agency) {
		a.Owner().Delete(a.org("Café del Mar") + "/users/" + a.id("Fay")).Want(http.StatusNoContent)
	},
	func(a *agency) { a.invite("Café del Mar", "Fay") },
	func(a *agency) {
		a.Owner().Post(a.org("Café del Mar")+"/invitations/"+a.id("invitation to Fay")+"/revoke", nil).Want(http.StatusOK)
	},
	func(a *agency) {
		a.patch(a.org("Café del Mar")+"/users/"+a.id("Gil"), fields{"email": "gil@new.example"})
	},
}

// sweep lets the grace period of what is deleted pass.
func (a *agency) sweep() {
	a.T.Helper()
	if swept, err := dynamo.Sweep(context.Background(), a.Endpoint, a.TableName, time.Now().Add(organization.Grace+time.Minute)); err != nil || swept == 0 {
		a.T.Fatalf("swept %d items: %v", swept, err)
	}
}

// live takes all steps, with all that follows from each, and returns the table
// as it was after each change: the first is that before all.
func (a *agency) live() []items {
	a.T.Helper()
	moments := []items{a.dump()}
	for _, step := range steps {
		step(a)
		before, now := moments[len(moments)-1], a.dump()
		moments = append(moments, now)
		for _, key := range before.differing(now) {
			change := table.Transition{Key: key, Before: before[key], After: now[key]}
			if err := consequence.Follow(context.Background(), a.Table, change); err != nil {
				a.T.Fatal(err)
			}
		}
		if after := a.dump(); len(now.differing(after)) > 0 {
			moments = append(moments, after)
		}
	}
	return moments
}

// neighbour opens another workspace, with some of everything, which nothing
// that happens here is to touch.
func (a *agency) neighbour() {
	a.T.Helper()
	for _, step := range steps[:8] {
		step(a)
	}
	a.patch("/workspace", fields{"dashboardHost": "neighbour.example"})
	a.ids = map[string]string{}
}

// The pictures of logos, of one pixel each.
var pixel, otherPixel = picture(color.White), picture(color.Black)

func picture(c color.Color) string {
	img := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	img.Set(0, 0, c)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.String()
}
