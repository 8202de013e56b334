package assignment

import (
	"context"
	"errors"

	"atrium/shared/organization"
	"atrium/shared/table"
	"atrium/shared/text"
)

// Rename puts an organization's assignments to where its name belongs among
// the organizations of their agents. It goes by the name that the organization
// has by now, so that doing it again, late, or twice at once does no harm.
func Rename(ctx context.Context, t *table.Table, ws, org string) error {
	r, err := table.Get[organization.Record](ctx, t, table.OrganizationKey(ws, org))
	if errors.Is(err, table.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	place := table.ByName(text.Plain(r.Name), org)
	return t.Each(ctx, table.Query{PK: table.Assignments(ws, org)}, func(item table.Item) error {
		if item.String("gs1sk") == place {
			return nil
		}
		move := table.Update(table.KeyOf(item), table.Set("gs1sk", place)).If(table.Exists())
		err := t.UpdateOne(ctx, move, &Record{})
		if errors.Is(err, table.ErrRefused) {
			return nil
		}
		return err
	})
}
