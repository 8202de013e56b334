package organization

import (
	"context"
	"errors"

	"atrium/shared/external"
	"atrium/shared/search"
	"atrium/shared/table"
)

// Purge removes everything that is left of an organization whose own item is
// gone. It can stop anywhere and be done again: its name and external id
// become free last, and only if nobody else has taken them since.
//
// Its agents must be taken from it before, as they count their organizations.
// Its activity stays: what the agency's people did is the workspace's to keep.
func Purge(ctx context.Context, t *table.Table, ws string, r Record) error {
	for _, partition := range table.Within(ws, r.ID) {
		if err := t.Clear(ctx, partition); err != nil {
			return err
		}
	}
	words := search.Remove(table.OrganizationWords(ws), r.ID, search.Words(r.Name), firstWord(r.Name))
	if len(words) > 0 {
		if err := t.Commit(ctx, words...); err != nil {
			return err
		}
	}
	claims := append(external.Release(ws, "org", r.ExternalID), table.Delete(r.claim(ws).Key))
	for _, claim := range claims {
		if err := t.Commit(ctx, claim.If(table.Equals("id", r.ID))); err != nil && !errors.Is(err, table.ErrRefused) {
			return err
		}
	}
	return nil
}
