package me

import (
	"context"
	"net/http"
	"slices"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/patch"
	"atrium/shared/problem"
	"atrium/shared/user"
)

// Update changes what people may change of themselves.
var Update = api.Operation{
	Name: "update-me", Method: http.MethodPatch, Path: "/me", Tag: "Sessions",
	Summary: "Change oneself",
	Description: "Changes what the body names of the principal, and nothing else (JSON merge-patch), and answers as GET /me does. Staff have a name only. " +
		"What else a person is keeps what it has: each membership has a name of its own. `availability` decides who is handed chats, from the next handoff on.",
	May:     access.Rule{Self: true},
	Handler: api.Func[updateInput, api.Answer[Me]](update),
}

// Fields are what people may change of themselves.
type Fields struct {
	Name         string            `json:"name" maxLength:"120" example:"Ann Lee"`
	AvatarURL    string            `json:"avatarUrl" required:"false" maxLength:"1000" example:"https://example.com/ann.png" doc:"An https address; empty for none."`
	Language     string            `json:"language" required:"false" maxLength:"2" example:"es" doc:"One of en, es, fr, de, pt, it; empty for the organization's."`
	Availability user.Availability `json:"availability" required:"false" enum:"online,away,offline" doc:"Only who is online is handed chats; null is offline."`
}

type updateInput struct {
	api.Conditional
	Body patch.Of[Fields]
}

func update(ctx context.Context, c *api.Call, in *updateInput) (*api.Answer[Me], error) {
	load := func(ctx context.Context) (*self, error) { return read(ctx, c) }
	s, err := api.Revise(ctx, in.Conditional, load, func(ctx context.Context, s *self) (*self, error) {
		return s, s.change(ctx, c, in.Body)
	})
	if err != nil {
		return nil, err
	}
	return s.answer(ctx, c)
}

// change makes the change to whoever the caller is.
func (s *self) change(ctx context.Context, c *api.Call, p patch.Of[Fields]) (err error) {
	if c.Principal.Type == access.Staff {
		return s.rename(ctx, c, p)
	}
	own := s.reach.User.Own()
	fields, err := p.Apply(Fields{Name: own.Name, AvatarURL: own.AvatarURL, Language: own.Language, Availability: own.Availability})
	if err != nil {
		return err
	}
	own = user.Own{Name: fields.Name, AvatarURL: fields.AvatarURL, Language: fields.Language, Availability: fields.Availability}
	s.reach.User, err = s.reach.User.WithOwn(ctx, c, c.Principal.Organization, own)
	return err
}

// rename changes one of the staff, who have nothing else of their own.
func (s *self) rename(ctx context.Context, c *api.Call, p patch.Of[Fields]) error {
	others := slices.DeleteFunc(p.Members(), func(member string) bool { return member == "name" })
	faults := make([]problem.Field, len(others))
	for i, member := range others {
		faults[i] = problem.Field{Location: "body." + member, Message: "is for clients' people; staff have a name only"}
	}
	if err := problem.AtFields(faults); err != nil {
		return err
	}
	fields, err := p.Apply(Fields{Name: s.staff.Name})
	if err != nil {
		return err
	}
	s.staff, err = s.staff.Rename(ctx, c, fields.Name)
	return err
}
