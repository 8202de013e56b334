package team

import (
	"fmt"
	"slices"
	"strings"

	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/problem"
	"atrium/shared/roster"
	"atrium/shared/table"
	"atrium/shared/text"
)

// person is what a team needs to know of a user. Without an id, there is none.
type person struct {
	api.Resource
	Name         string   `json:"name"`
	Email        string   `json:"email"`
	AvatarURL    string   `json:"avatarUrl"`
	Status       string   `json:"status"`
	Availability string   `json:"availability"`
	Teams        []string `json:"teams"`
}

// wanted is what to read of users; what is no user's id is not asked for.
func wanted(c *api.Call, org string, users []string) ([]person, []*table.Want) {
	people := make([]person, len(users))
	var wants []*table.Want
	for i, user := range users {
		if id.Is(id.User, user) {
			wants = append(wants, &table.Want{Key: table.UserKey(c.Workspace(), org, user), Into: &people[i]})
		}
	}
	return people, wants
}

// known answers 422 at body.members for people who are no users of the organization.
func known(people []person) error {
	c := text.Check{At: "body"}
	for i, p := range people {
		if p.ID == "" {
			c.Fault(fmt.Sprintf("members[%d]", i), "is no user of this organization")
		}
	}
	return c.Err()
}

func (p person) card() roster.Card {
	return roster.Card{ID: p.ID, Name: p.Name, Email: p.Email, AvatarURL: p.AvatarURL}
}

// onDuty tells whether the person can be handed a chat.
func (p person) onDuty() bool { return roster.OnDuty(p.Status, p.Availability) }

// joins is the write that notes a team with the person, as they were read.
func (p person) joins(c *api.Call, org, team string) (*table.Write, error) {
	if len(p.Teams) >= roster.TeamsPerUser {
		return nil, problem.New(problem.LimitReached,
			fmt.Sprintf("%s is on %d teams already, the most that one can be on.", p.Name, roster.TeamsPerUser))
	}
	update := table.Increase("version", 1).
		Add(table.Path("teams"), table.Strings(team)).Set(table.Path("updatedAt"), table.Value(c.Now))
	return table.Update(table.UserKey(c.Workspace(), org, p.ID), update).
		If(table.Equals("version", p.Version)).ElseError(api.ErrStale), nil
}

// leaves is the write that takes the note away again.
func leaves(c *api.Call, org, team, user string) *table.Write {
	update := table.Increase("version", 1).
		Delete(table.Path("teams"), table.Strings(team)).Set(table.Path("updatedAt"), table.Value(c.Now))
	return table.Update(table.UserKey(c.Workspace(), org, user), update).
		If(table.Exists()).ElseError(api.ErrStale)
}

// distinct are people once each, however often they were named.
func distinct(people []person) []person {
	people = slices.Clone(people)
	slices.SortFunc(people, func(a, b person) int { return strings.Compare(a.ID, b.ID) })
	return slices.CompactFunc(people, func(a, b person) bool { return a.ID == b.ID })
}
