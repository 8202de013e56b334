package team

import (
	"context"
	"net/http"
	"slices"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/patch"
	"atrium/shared/table"
)

// Update changes a team, and who is on it.
var Update = api.Operation{
	Name: "update-team", Method: http.MethodPatch, Path: "/organizations/{o}/teams/{t}", Tag: "Teams",
	Summary: "Change a team",
	Description: "Changes what the body names, and nothing else (JSON merge-patch). `members` replaces the whole list: " +
		"at most 50 can be named. The key never changes. Where more than 98 come and go in all, some are taken off first: " +
		"should that be interrupted, it is a smaller team, and repeating the call finishes it.",
	May:     access.Rule{Staff: access.Admin, Client: access.OrgAdmin, Scope: access.TeamsWrite},
	Handler: api.Func[updateInput, api.Answer[Team]](update),
}

type updateInput struct {
	api.Conditional
	Organization string `path:"o" doc:"The organization's id."`
	Key          string `path:"t" doc:"The team's key."`
	Body         patch.Of[Fields]
}

// maxMoving is how many can join and leave in one change: with the team and its
// activity they fit one transaction.
const maxMoving = table.MaxItems - 2

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
	if len(patch.Diff(before.fields(), fields)) == 0 {
		return before, nil
	}
	ch := change{before: before, details: fields.Details, joining: newcomers(before, people), leaving: missing(before, fields)}
	if err := in.shorten(ctx, c, &ch); err != nil {
		return before, err
	}
	return ch.commit(ctx, c, in.Organization, "team.updated", patch.Diff(ch.before.fields(), fields))
}

// shorten takes off ahead whoever does not fit the one transaction.
func (in *updateInput) shorten(ctx context.Context, c *api.Call, ch *change) error {
	if _, err := ch.joins(c, in.Organization); err != nil {
		return err
	}
	for len(ch.joining)+len(ch.leaving) > maxMoving {
		shorter, err := ch.before.without(ctx, c, in.Organization, ch.leaving[:step])
		if err != nil {
			return err
		}
		ch.before, ch.leaving = shorter, ch.leaving[step:]
		// What was begun is finished: the version is our own by now.
		in.Conditional = api.Conditional{}
	}
	return nil
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
