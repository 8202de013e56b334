package main

import (
	"context"
	"slices"
	"strings"

	"atrium/shared/table"
	"atrium/shared/whole"
)

// kind looks at all records of a kind at a place, and at what follows from them.
func (r *round) kind(ctx context.Context, k whole.Kind, at whole.At) error {
	if k.Derived != nil {
		for _, partition := range k.Derived(at) {
			if err := r.strays(ctx, k, at, partition); err != nil {
				return err
			}
		}
	}
	if k.Follows != nil || k.Judge != nil || k.Within != nil {
		err := r.Table.Each(ctx, table.Query{PK: k.Partition(at)}, func(item table.Item) error { return r.record(ctx, k, at, item) })
		if err != nil {
			return err
		}
	}
	if k.Among == nil {
		return nil
	}
	found, err := k.Among(ctx, at)
	if err != nil {
		return err
	}
	return r.takeAll(ctx, found)
}

// record looks at one: first within, as it counts what is there.
func (r *round) record(ctx context.Context, k whole.Kind, at whole.At, item table.Item) error {
	for _, inner := range k.Within {
		if err := r.kind(ctx, inner, at.Inside(item)); err != nil {
			return err
		}
	}
	if k.Follows != nil {
		if err := r.following(ctx, k, at, item); err != nil {
			return err
		}
	}
	if k.Judge == nil {
		return nil
	}
	v, err := k.Judge(ctx, at, item)
	if err != nil {
		return err
	}
	return r.carryOut(ctx, label(k, at, item), item, v)
}

// carryOut makes a record what a verdict says it must be.
func (r *round) carryOut(ctx context.Context, name string, item table.Item, v whole.Verdict) error {
	if v.Be == nil {
		if len(v.Wrong) == 0 {
			return nil
		}
		gone := table.Delete(table.KeyOf(item)).If(table.Unchanged(item))
		return r.take(ctx, whole.Finding{What: name + " " + strings.Join(v.Wrong, ", "), Mend: append([]*table.Write{gone}, v.While...)})
	}
	amend, differing, err := table.Amend(item, v.Was, v.Be)
	if err != nil || amend == nil {
		return err
	}
	if len(v.Wrong) == 0 {
		slices.Sort(differing)
		v.Wrong = []string{"is not where it belongs: " + strings.Join(differing, ", ")}
	}
	return r.take(ctx, whole.Finding{What: name + " " + strings.Join(v.Wrong, ", "), Mend: append([]*table.Write{amend}, v.While...)})
}

func (r *round) takeAll(ctx context.Context, found []whole.Finding) error {
	for _, f := range found {
		if err := r.take(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// label names a record for people.
func label(k whole.Kind, at whole.At, item table.Item) string {
	name := k.Name
	if key := table.KeyOf(item).SK; key != k.Name {
		name += " " + key
	}
	if at.Organization != "" {
		name += " of organization " + at.Organization
	}
	return name
}
