// Package consequence does what follows from a change in other items than its
// own transaction could reach: an organization that is purged takes all that
// is in it along, a deleted agent its assignments, a renamed organization moves
// in the lists of its agents, one that opens or closes tells all its teams, an
// invitation whose time is over is counted out, one whose user is gone is taken
// back, and a user who may do something else is told.
//
// It is told by the table's stream, at least once and in no order but that of
// one item's own changes. So everything here can be done again, or go on where
// it was broken off.
package consequence

import (
	"context"
	"strings"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/assignment"
	"atrium/shared/id"
	"atrium/shared/invitation"
	"atrium/shared/notice"
	"atrium/shared/organization"
	"atrium/shared/table"
	"atrium/shared/text"
	"atrium/shared/user"
)

// Follow does what follows from one change; nothing, from most.
func Follow(ctx context.Context, t *table.Table, change table.Transition) error {
	return At(time.Now)(ctx, t, change)
}

// At is Follow by another clock.
func At(now func() time.Time) func(context.Context, *table.Table, table.Transition) error {
	return func(ctx context.Context, t *table.Table, change table.Transition) error {
		return follow(ctx, ownCall(t, change.Workspace(), now()), change)
	}
}

func follow(ctx context.Context, c *api.Call, change table.Transition) error {
	ws := c.Workspace()
	switch {
	case change.Before == nil:
		return nil
	case change.Key.PK == table.Organizations(ws):
		return organizationChanged(ctx, c, change)
	case strings.HasSuffix(change.Key.PK, table.PendingSuffix) && change.After == nil:
		org := strings.TrimSuffix(strings.TrimPrefix(change.Key.PK, ws+"#"), table.PendingSuffix)
		return invitation.Expire(ctx, c, org, change.Before)
	case id.Is(id.User, change.Key.SK) && strings.HasSuffix(change.Key.PK, table.UserSuffix):
		return userChanged(ctx, c, change)
	case change.Key.PK == table.Agents(ws) && change.After == nil:
		return agentDeleted(ctx, c, change)
	default:
		return nil
	}
}

// ownCall is the call of nobody: what it does stands in the activity log as
// the workspace's own doing. Who caused it stands there too, with the cause.
func ownCall(t *table.Table, ws string, now time.Time) *api.Call {
	itself := access.Principal{Type: "workspace", ID: ws, Name: "Automatic", Workspace: ws}
	return &api.Call{Caller: api.Caller{Principal: itself}, Operation: "purge-organization", Table: t, Now: now.UTC().Truncate(time.Millisecond)}
}

func organizationChanged(ctx context.Context, c *api.Call, change table.Transition) error {
	var before, after organization.Record
	if err := change.Before.Decode(&before); err != nil {
		return err
	}
	if change.After == nil {
		return purge(ctx, c, before)
	}
	if err := change.After.Decode(&after); err != nil {
		return err
	}
	if after.LeavesTeams(before) {
		if err := organization.TellTeams(ctx, c, after.ID); err != nil {
			return err
		}
	}
	if text.Plain(before.Name) == text.Plain(after.Name) {
		return nil
	}
	return assignment.Rename(ctx, c.Table, c.Workspace(), after.ID)
}

func userChanged(ctx context.Context, c *api.Call, change table.Transition) error {
	var before, after user.Record
	if err := change.Before.Decode(&before); err != nil {
		return err
	}
	if change.After != nil {
		if err := change.After.Decode(&after); err != nil {
			return err
		}
	}
	if before.Email != after.Email {
		org := strings.TrimSuffix(strings.TrimPrefix(change.Key.PK, c.Workspace()+"#"), table.UserSuffix)
		if err := invitation.TakeBack(ctx, c, org, before, change.At); err != nil {
			return err
		}
	}
	return notice.Follow(ctx, c, before, after)
}

// purge takes the organization's agents from it, as they count it, and then
// all the rest.
func purge(ctx context.Context, c *api.Call, gone organization.Record) error {
	ws := c.Workspace()
	assigned := table.Query{PK: table.Assignments(ws, gone.ID), KeysOnly: true}
	err := c.Table.Each(ctx, assigned, func(item table.Item) error {
		return assignment.Take(ctx, c, gone.ID, table.KeyOf(item).SK, "")
	})
	if err != nil {
		return err
	}
	return organization.Purge(ctx, c.Table, ws, gone)
}
