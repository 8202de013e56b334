package team

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/patch"
	"atrium/shared/problem"
)

// Update changes a team, and who is on it.
var Update = api.Operation{
	Name: "update-team", Method: http.MethodPatch, Path: "/organizations/{o}/teams/{t}", Tag: "Teams",
	Summary: "Change a team",
	Description: "Changes what the body names, and nothing else (JSON merge-patch). `members` replaces the whole list: " +
		"at most 50 can be named, and at most 40 leave at once. The key never changes.",
	May:     access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.TeamsWrite},
	Handler: api.Func[updateInput, api.Answer[Team]](update),
}

type updateInput struct {
	api.Conditional
	Organization string `path:"o" doc:"The organization's id."`
	Key          string `path:"t" doc:"The team's key."`
	Body         patch.Of[Fields]
}

// maxLeaving is how many members can leave in one change: with the 50 that may
// join, the team and its activity they fit one transaction.
const maxLeaving = 40

func update(ctx context.Context, c *api.Call, in *updateInput) (*api.Answer[Team], error) {
	asked, err := in.Body.Apply(Fields{})
	if err != nil {
		return nil, err
	}
	r, err := api.Optimistic(ctx, func(ctx context.Context) (Record, error) {
		before, people, err := open(ctx, c, in.Organization, in.Key, asked.Members...)
		if err != nil {
			return before, err
		}
		if err := in.Demands(before); err != nil {
			return before, err
		}
		if err := known(people); err != nil {
			return before, err
		}
		return in.apply(ctx, c, before, people)
	})
	if err != nil {
		return nil, err
	}
	return api.Found(r.Shown()), nil
}

// apply makes the change to the team as it was read; people are those whom the patch names.
func (in *updateInput) apply(ctx context.Context, c *api.Call, before Record, people []person) (Record, error) {
	fields, err := in.Body.Apply(before.fields())
	if err != nil {
		return before, err
	}
	if err := fields.settle(before.ID); err != nil {
		return before, err
	}
	changes := patch.Diff(before.fields(), fields)
	if len(changes) == 0 {
		return before, nil
	}
	ch := change{before: before, details: fields.Details, joining: newcomers(before, people), leaving: missing(before, fields)}
	if len(ch.leaving) > maxLeaving {
		return before, problem.New(problem.LimitReached,
			fmt.Sprintf("%d members would leave the team; at most %d can at once. Take them off with DELETE …/members/{u}.", len(ch.leaving), maxLeaving),
			problem.Field{Location: "body.members", Message: "leaves out too many of the members"})
	}
	return ch.commit(ctx, c, in.Organization, "team.updated", changes)
}

// newcomers are those of the people who are not on the team.
func newcomers(r Record, people []person) []person {
	return slices.DeleteFunc(distinct(people), func(p person) bool { return r.Has(p.ID) })
}

// missing are the members whom the fields no longer name.
func missing(r Record, fields Fields) []string {
	return slices.DeleteFunc(r.Members(), func(user string) bool {
		_, named := slices.BinarySearch(fields.Members, user)
		return named
	})
}
