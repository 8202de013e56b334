package me_test

import (
	"testing"

	"atrium/shared/access"
	"atrium/shared/apitest"
)

// TestOperationsCostTheLeast holds calls and units: a consistent read is 1, one
// of an index half. The first look is of two or three calls side by side; names
// that it has to tell cost a second one.
func TestOperationsCostTheLeast(t *testing.T) {
	a := newAgency(t)
	ann := a.add("Ann", "ann@example.com", nil)
	me := func(c apitest.Caller) func() *apitest.Answer { return func() *apitest.Answer { return c.Get("/me") } }
	change := func(c apitest.Caller, body string) func() *apitest.Answer {
		return func() *apitest.Answer { return c.Patch("/me", body) }
	}
	owner := a.Owner()
	a.Cost("staff", 2, 2+0.5, me(owner))
	a.Cost("key", 1, 1, me(a.Key("", access.UsersRead)))
	a.Cost("user without agents", 3, 3+1+0.5, me(ann))
	a.agent("One", nil)
	a.agent("Two", nil)
	a.Cost("user with agents", 4, 3+1+0.5+2, me(ann))
	a.in(a.open("Other", `{}`)).add("Ann", "ann@example.com", nil)
	a.Cost("user with agents, of two organizations", 4, 3+1+0.5+2+1, me(ann))
	a.Cost("still to choose", 3, 1+0.5+2, me(a.unchosen("ann@example.com")))
	a.Cost("nothing changed", 4, 3+1+0.5+2+1, change(ann, `{"name":"Ann"}`))
	a.Cost("availability", 5, 3+1+0.5+2+1+4+5, change(ann, `{"availability":"away"}`))
	a.Cost("staff's name", 3, 2+0.5+3+4, change(owner, `{"name":"Sam"}`))
}
