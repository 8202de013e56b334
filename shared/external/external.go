// Package external keeps the ids that agencies' own systems give to things:
// each at most once per kind within a workspace, or within an organization.
package external

import (
	"context"
	"errors"

	"atrium/shared/problem"
	"atrium/shared/table"
)

type claim struct {
	table.Key
	// ID is the thing's own id.
	ID string `json:"id"`
}

// Claim is the write that takes an external id for a thing; none for "".
func Claim(below, kind, externalID, id string) []*table.Write {
	if externalID == "" {
		return nil
	}
	taken := problem.New(problem.ExternalIDTaken, "This external id belongs to another one. An external id names one thing only.",
		problem.Field{Location: "body.externalId", Message: "is taken"})
	return []*table.Write{table.Create(claim{Key: table.ExternalKey(below, kind, externalID), ID: id}).ElseError(taken)}
}

// Release is the write that gives one free; none for "".
func Release(below, kind, externalID string) []*table.Write {
	if externalID == "" {
		return nil
	}
	return []*table.Write{table.Delete(table.ExternalKey(below, kind, externalID))}
}

// Exchange are the writes that swap one for another, if they differ.
func Exchange(below, kind, before, after, id string) []*table.Write {
	if before == after {
		return nil
	}
	return append(Claim(below, kind, after, id), Release(below, kind, before)...)
}

// Find is the id of the thing that has the external id: one, or none.
func Find(ctx context.Context, t *table.Table, below, kind, externalID string) ([]string, error) {
	found, err := table.Get[claim](ctx, t, table.ExternalKey(below, kind, externalID))
	if errors.Is(err, table.ErrNotFound) {
		return nil, nil
	}
	return []string{found.ID}, err
}
