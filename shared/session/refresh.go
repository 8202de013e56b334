package session

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/problem"
	"atrium/shared/table"
	"atrium/shared/token"
)

// Refresh goes on with a session.
var Refresh = api.Operation{
	Name: "refresh-session", Method: http.MethodPut, Path: "/session", Tag: "Sessions",
	Summary: "Refresh a session, or switch",
	Description: "Gives new tokens for a refresh token, which works once: two tabs that come with the same one within 10 seconds get the same successor, and whoever comes with it later ends the whole session, as it may be stolen. " +
		"With `principal` the session speaks for another of those that the person can be. Rights are looked at anew.",
	May:     access.Rule{Public: true},
	Refuses: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound},
	Handler: api.Func[refreshInput, Output](refresh),
}

type refreshInput struct {
	Body struct {
		RefreshToken string `json:"refreshToken" maxLength:"200"`
		Principal    string `json:"principal" required:"false" maxLength:"40" doc:"Whom to speak for from now on."`
	}
}

// grace is how long a refresh token still gets its successor.
const grace = 10 * time.Second

var errEnded = problem.Credential(problem.SessionEnded)

func refresh(ctx context.Context, c *api.Call, in *refreshInput) (*Output, error) {
	ref, err := c.Config.Keys.Read(token.Refresh, in.Body.RefreshToken)
	if err != nil {
		return nil, errInvalid
	}
	c.Principal = access.Principal{Workspace: ref.Workspace}
	return api.Optimistic(ctx, func(ctx context.Context) (*Output, error) {
		o, err := find(ctx, c, ref)
		if err != nil {
			return nil, err
		}
		if err := o.renew(ctx, c, ref, in.Body.Principal); err != nil {
			return nil, err
		}
		tokens, err := o.Tokens(c)
		return &Output{Body: tokens}, err
	})
}

// find reads the session of a refresh token, with all that the person can be.
func find(ctx context.Context, c *api.Call, ref token.Ref) (o Opening, err error) {
	group, inner := errgroup.WithContext(ctx)
	group.Go(func() error {
		return c.Table.Fetch(inner, &table.Want{Key: table.SessionKey(ref.Workspace, ref.ID), Into: &o.Record})
	})
	group.Go(func() (err error) {
		o.people, err = People(inner, c.Table, ref.Workspace, ref.Owner)
		return err
	})
	if err := group.Wait(); err != nil {
		return o, err
	}
	if o.Record.Ended(c.Now) {
		return o, errEnded
	}
	if err := o.recall(ctx, c); err != nil {
		return o, err
	}
	o.confine()
	if len(o.people) == 0 {
		return o, errEnded
	}
	return o, nil
}

// recall adds whom the session speaks for to the people that the index tells
// of: it may lag behind who has just come in.
func (o *Opening) recall(ctx context.Context, c *api.Call) error {
	r := o.Record
	known := func(p Person) bool { return p.ID == r.Principal }
	if r.Principal == "" || slices.ContainsFunc(o.people, known) {
		return nil
	}
	key := table.StaffKey(c.Workspace(), r.Principal)
	if r.Type == access.Client {
		key = table.UserKey(c.Workspace(), r.Organization, r.Principal)
	}
	var p Person
	if err := c.Table.Fetch(ctx, &table.Want{Key: key, Into: &p}); err != nil {
		return err
	}
	if p.Status == active && p.Email == r.Email {
		o.people = append(o.people, p)
	}
	return nil
}

// renew makes the session's next generation of a refresh token, or leaves it
// at the one that the token's other user has just been given.
func (o *Opening) renew(ctx context.Context, c *api.Call, ref token.Ref, principal string) error {
	before := o.Record
	late := ref.Generation == before.Generation-1 && c.Now.Sub(before.RotatedAt) <= grace
	if ref.Generation != before.Generation && !late {
		return o.end(ctx, c)
	}
	if !late {
		o.Record.Generation, o.Record.RotatedAt = before.Generation+1, c.Now
		o.Record.prolong(c.Now)
	}
	if err := o.speakFor(principal, before.Principal); err != nil {
		return err
	}
	if late && o.Record == before {
		return c.Table.Commit(ctx, append(o.checked(c), o.held(before))...)
	}
	same := table.Equals("generation", before.Generation).And(table.HasNot("endedAt"))
	write := table.Change(before, o.Record).If(same).ElseError(api.ErrStale)
	return c.Table.Commit(ctx, append([]*table.Write{write}, o.Seen(c)...)...)
}

// held is the check that the session has not ended meanwhile.
func (o *Opening) held(before Record) *table.Write {
	return table.Check(before.Key, table.Exists().And(table.HasNot("endedAt"))).ElseError(errEnded)
}

// checked is Admitted, where somebody is chosen.
func (o *Opening) checked(c *api.Call) []*table.Write {
	if o.chosen == nil {
		return nil
	}
	return o.Admitted(c)
}

// speakFor chooses the principal that is asked for, or keeps the one there
// was; one who is not let in any more is asked to choose again.
func (o *Opening) speakFor(asked, before string) error {
	if asked != "" {
		return o.choose(asked)
	}
	if err := o.choose(before); err != nil && !problem.Is(err, problem.NotFound) {
		return err
	}
	return nil
}

// end ends the whole session: its refresh token was used twice, so that one of
// those who did may have stolen it.
func (o *Opening) end(ctx context.Context, c *api.Call) error {
	if err := end(ctx, c, o.Record.Key); err != nil {
		return err
	}
	return errEnded
}

// end ends a session, if it is there and has not ended.
func end(ctx context.Context, c *api.Call, key table.Key) error {
	errOver := errors.New("session: over")
	w := table.Update(key, table.Set("endedAt", c.Now)).If(table.Exists()).If(table.HasNot("endedAt")).ElseError(errOver)
	if err := c.Table.UpdateOne(ctx, w, &struct{}{}); !errors.Is(err, errOver) {
		return err
	}
	return nil
}
