// Package roster is who is on a team and who of them is on duty, as the team's
// own item holds it: so that one conditional update of one item both takes a
// turn and learns whose it is.
//
// Users and teams both write it: a user who goes away is taken off duty on
// each of their teams in the transaction that says so, and is handed nothing
// from that moment on.
package roster

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"atrium/shared/api"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// The limits, as the API's description gives them.
const (
	MaxMembers   = 500 // of a team
	MaxTeams     = 200 // of an organization
	TeamsPerUser = 20
)

// maxTeamKey is the longest key of a team, as the schema of create-team gives it.
const maxTeamKey = 40

// IsTeamKey tells whether s can be a team's key. What cannot never reaches the table.
func IsTeamKey(s string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	return s != "" && len(s) <= maxTeamKey && s[0] != '_' && strings.Trim(s, letters+"_") == ""
}

// What a user must be to be handed a chat.
const (
	Active = "active"
	Online = "online"
)

// OnDuty tells whether a user of a status and an availability can be handed a chat.
func OnDuty[S, A ~string](status S, availability A) bool {
	return status == Active && availability == Online
}

// Card is what the receiver of a handoff is told of the person.
type Card struct {
	ID        string `json:"id" example:"usr_01jd6v0c8ge2rs2k9v2q1m4t7x"`
	Name      string `json:"name" example:"Ann Lee"`
	Email     string `json:"email" example:"ann@example.com"`
	AvatarURL string `json:"avatarUrl,omitempty"`
}

// maxCard is how many bytes a card's texts may have in a team's item: 500 such
// cards, and all else that a team can hold, metadata in letters of four bytes
// among it, stay below the 400 KB that an item may have.
const maxCard = 400

// kept is the card as a team's item has it: a larger one by its id alone.
func (c Card) kept() Card {
	if len(c.Name)+len(c.Email)+len(c.AvatarURL) > maxCard {
		return Card{ID: c.ID}
	}
	return c
}

// Whole tells whether the card says who it is of. Where it does not, the
// user's own item does.
func (c Card) Whole() bool { return c.Name != "" }

// Roster is part of a team's item.
type Roster struct {
	// OnDuty are the members who are active and online, by their ids.
	OnDuty map[string]Card `json:"onDuty"`
	// OffDuty are the others.
	OffDuty map[string]bool `json:"offDuty"`
	// Size is how many they are together.
	Size int `json:"size"`
	// Closed is set while the organization takes no handoffs.
	Closed bool `json:"closed"`
	Rota
}

// New is a roster of members; those whose card is set are on duty.
func New(closed bool) Roster {
	return Roster{
		OnDuty: map[string]Card{}, OffDuty: map[string]bool{}, Closed: closed,
		Rota: Rota{Moves: []string{}, MovedAt: map[string]int{}},
	}
}

// Put adds a member to a roster that is not stored yet.
func (r *Roster) Put(card Card, onDuty bool) {
	if onDuty {
		r.OnDuty[card.ID] = card.kept()
	} else {
		r.OffDuty[card.ID] = true
	}
	r.Size++
}

// Has tells whether a user is a member.
func (r Roster) Has(user string) bool {
	_, on := r.OnDuty[user]
	return on || r.OffDuty[user]
}

// Members are the ids of all members, sorted.
func (r Roster) Members() []string {
	members := slices.AppendSeq(make([]string, 0, r.Size), maps.Keys(r.OnDuty))
	members = slices.AppendSeq(members, maps.Keys(r.OffDuty))
	slices.Sort(members)
	return members
}

// Clone is a roster whose members can be changed without r's.
func (r Roster) Clone() Roster {
	r.OnDuty, r.OffDuty = maps.Clone(r.OnDuty), maps.Clone(r.OffDuty)
	return r
}

// Drop takes a member off a roster that is not stored yet.
func (r *Roster) Drop(user string) {
	delete(r.OnDuty, user)
	delete(r.OffDuty, user)
	r.Size--
}

// Seat adds to a team's update that a user is a member. The size is counted apart.
func Seat(update table.Edit, card Card, onDuty bool) table.Edit {
	if onDuty {
		return update.Set(table.Path("onDuty."+card.ID), table.Value(card.kept()))
	}
	return update.Set(table.Path("offDuty."+card.ID), table.Value(true))
}

// Unseat adds to a team's update that a user is no member. The size is counted apart.
func Unseat(update table.Edit, user string) table.Edit {
	return update.Remove(table.Path("onDuty." + user)).Remove(table.Path("offDuty." + user))
}

// resized starts the update that makes a new version of a team, larger or smaller.
func resized(c *api.Call, by int) table.Edit {
	return table.Increase("size", by).
		Add(table.Path("version"), table.Value(1)).Set(table.Path("updatedAt"), table.Value(c.Now))
}

// Newcomer is somebody who is about to join a team.
type Newcomer struct {
	Card
	OnDuty bool
}

// Join is the write that makes a user a member of a team, and a new version
// of the team. missing is the error for when there is no such team. Like all
// that puts people on or off duty it is made within Settling.
func Join(c *api.Call, org, team string, card Card, onDuty bool, missing error) *table.Write {
	return Enroll(c, org, team, []Newcomer{{card, onDuty}}, missing)
}

// Enroll is Join for several users at once.
func Enroll(c *api.Call, org, team string, newcomers []Newcomer, missing error) *table.Write {
	update := resized(c, len(newcomers))
	room := table.Exists().And(table.Less("size", MaxMembers-len(newcomers)+1))
	var moves []string
	for _, n := range newcomers {
		update = Seat(update, n.Card, n.OnDuty)
		room = room.And(table.Not(member(n.ID)))
		if n.OnDuty {
			moves = append(moves, Came(n.ID))
		}
	}
	refused := func(old table.Item) error { return notEnrolled(old, team, newcomers, missing) }
	return Write(table.TeamKey(c.Workspace(), org, team), update, moves, refused).If(room)
}

func notEnrolled(old table.Item, team string, newcomers []Newcomer, missing error) error {
	var r Roster
	if err := old.Decode(&r); err != nil {
		return err
	}
	switch {
	case old == nil:
		return missing
	case slices.ContainsFunc(newcomers, func(n Newcomer) bool { return r.Has(n.ID) }):
		return api.ErrStale
	default:
		return Full(team)
	}
}

// Full is the answer to who would make a team too large.
func Full(team string) error {
	return problem.New(problem.LimitReached, fmt.Sprintf("The team %s would have more than %d members, the most that a team can have.", team, MaxMembers))
}

// Leave is the write that takes a user off a team, and makes a new version of the team.
func Leave(c *api.Call, org, team, user string, onDuty bool) *table.Write {
	var moves []string
	if onDuty {
		moves = []string{Went(user)}
	}
	return Write(table.TeamKey(c.Workspace(), org, team), Unseat(resized(c, -1), user), moves, stale).If(member(user))
}

// Show is the write that puts a member on or off duty. The team's version
// stays: who is on duty is no part of what a team is.
func Show(c *api.Call, org, team string, card Card, onDuty bool) *table.Write {
	update, move := shown(card), Came(card.ID)
	if !onDuty {
		update = table.Set("offDuty."+card.ID, true).Remove(table.Path("onDuty." + card.ID))
		move = Went(card.ID)
	}
	return Write(table.TeamKey(c.Workspace(), org, team), update, []string{move}, stale).If(member(card.ID))
}

// Renew is the write that exchanges the card of a member on duty.
func Renew(c *api.Call, org, team string, card Card) *table.Write {
	return Write(table.TeamKey(c.Workspace(), org, team), shown(card), nil, stale).If(member(card.ID))
}

func shown(card Card) table.Edit {
	return table.Set("onDuty."+card.ID, card.kept()).Remove(table.Path("offDuty." + card.ID))
}

func stale(table.Item) error { return api.ErrStale }

// Seated holds while a member is on duty, or is not, as when the roster was read.
func (r Roster) Seated(user string) table.Condition {
	if r.OffDuty[user] {
		return table.Has("offDuty." + user)
	}
	return table.Has("onDuty." + user)
}

func member(user string) table.Condition {
	return table.Either(table.Has("onDuty."+user), table.Has("offDuty."+user))
}
