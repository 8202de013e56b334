// Package activity is the record of who did what to what. An item of it is
// one more write in the transaction of the change itself, so that nothing
// happens unrecorded and nothing is recorded that did not happen. Secrets
// never appear in it.
package activity

import (
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/patch"
	"atrium/shared/table"
)

// Party is who did something, or what it was done to, by the name it had then.
type Party struct {
	Type string `json:"type" enum:"workspace,staff,organization,agent,user,team,key,invitation" doc:"What kind of thing it is."`
	ID   string `json:"id" example:"org_01jd6v0c8ge2rs2k9v2q1m4t7x"`
	Name string `json:"name" example:"Café del Mar" doc:"Its name at the time."`
}

// Item is one thing that was done.
type Item struct {
	ID        string         `json:"id" example:"act_01jd6v0c8ge2rs2k9v2q1m4t7x"`
	At        time.Time      `json:"at"`
	Actor     Party          `json:"actor"`
	Action    string         `json:"action" example:"organization.updated" doc:"What kind of thing was touched, and what happened to it."`
	Target    Party          `json:"target"`
	Changes   []patch.Change `json:"changes" doc:"Each changed field as it was and as it is."`
	RequestID string         `json:"requestId"`
	IP        string         `json:"ip"`
	// OnBehalfOf and Reason are set under impersonation: then Actor is who really acted.
	OnBehalfOf *Party `json:"onBehalfOf,omitempty" doc:"The user whom one of the staff acted as."`
	Reason     string `json:"reason,omitempty" doc:"Why they did."`
}

type record struct {
	table.Key
	table.Indexed
	Item
}

// Record is the write that records an action on a target. organization is the
// one it happened in, or "" for the workspace at large.
func Record(c *api.Call, organization, action string, target Party, changes []patch.Change) *table.Write {
	actor := Actor(c.Principal)
	if changes == nil {
		changes = []patch.Change{}
	}
	item := Item{
		ID: id.New(id.Activity, c.Now), At: c.Now, Actor: actor, Action: action, Target: target,
		Changes: changes, RequestID: c.RequestID, IP: c.IP,
	}
	if a := c.Principal.Actor; a != nil {
		user := actor
		actor = Party{Type: string(access.Staff), ID: a.ID, Name: a.Name}
		item.Actor, item.OnBehalfOf, item.Reason = actor, &user, a.Reason
	}
	ws := c.Workspace()
	r := record{Key: table.Key{PK: table.Activity(ws, c.Now), SK: item.ID}, Item: item}
	if organization != "" {
		r.G1PK, r.G1SK = table.ActivityOf(ws, organization), item.ID
	}
	r.G2PK, r.G2SK = table.ActivityBy(ws, actor.ID), item.ID
	r.G3PK, r.G3SK = table.ActivityOn(ws, target.ID), item.ID
	return table.Put(r)
}

// Actor is a caller as the one who did something.
func Actor(p access.Principal) Party {
	return Party{Type: string(p.Type), ID: p.ID, Name: p.Name}
}
