package main

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"atrium/shared/table"
	"atrium/shared/whole"
)

// strays finds items of a derived partition that follow from no record.
func (r *round) strays(ctx context.Context, k whole.Kind, at whole.At, partition string) error {
	q := table.Query{PK: partition}
	for {
		rows, err := r.Table.Query(ctx, q)
		if err != nil {
			return err
		}
		owners, err := fetch(ctx, r.Table, ownersOf(k, at, rows.Items)...)
		if err != nil {
			return err
		}
		if err := r.straysAmong(ctx, k, at, rows.Items, owners); err != nil {
			return err
		}
		if q.After = rows.Next; rows.Next == nil {
			return nil
		}
	}
}

// ownersOf are the records that items name, once each.
func ownersOf(k whole.Kind, at whole.At, items []table.Item) []table.Key {
	owners := map[table.Key]bool{}
	for _, item := range items {
		if key := k.OwnerOf(at, item); key.SK != "" {
			owners[key] = true
		}
	}
	return slices.Collect(maps.Keys(owners))
}

func (r *round) straysAmong(ctx context.Context, k whole.Kind, at whole.At, items []table.Item, owners map[table.Key]table.Item) error {
	for _, item := range items {
		key, owner := table.KeyOf(item), k.OwnerOf(at, item)
		follows, err := followsFrom(k, at, owners[owner], key)
		if err != nil {
			return err
		}
		if follows {
			continue
		}
		f := whole.Finding{What: fmt.Sprintf("%s in %s follows from no %s", key.SK, key.PK, k.Name), Mend: []*table.Write{table.Delete(key).If(table.Same(item))}}
		if owner.SK != "" {
			f.Mend = append(f.Mend, table.Check(owner, table.Unchanged(owners[owner])))
		}
		if err := r.take(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// followsFrom tells whether an item of that key follows from a record, if there is one.
func followsFrom(k whole.Kind, at whole.At, record table.Item, key table.Key) (bool, error) {
	if record == nil {
		return false, nil
	}
	writes, err := k.Follows(at, record)
	return slices.ContainsFunc(writes, func(w *table.Write) bool { return table.KeyOf(w.Item()) == key }), err
}

// following finds what is missing of the items that follow from a record, or
// is not what follows.
func (r *round) following(ctx context.Context, k whole.Kind, at whole.At, record table.Item) error {
	writes, err := k.Follows(at, record)
	if err != nil {
		return err
	}
	keys := make([]table.Key, len(writes))
	for i, w := range writes {
		keys[i] = table.KeyOf(w.Item())
	}
	there, err := fetch(ctx, r.Table, keys...)
	if err != nil {
		return err
	}
	for i, w := range writes {
		if keys[i] == table.KeyOf(record) {
			continue
		}
		if err := r.follower(ctx, k, at, record, w.Item(), there[keys[i]]); err != nil {
			return err
		}
	}
	return nil
}

// follower looks at one item that must be there, and what is there in its place.
func (r *round) follower(ctx context.Context, k whole.Kind, at whole.At, record, want, there table.Item) error {
	if there != nil && k.OwnerOf(at, there) != table.KeyOf(record) {
		return r.contested(ctx, k, at, record, there)
	}
	what := "is not there"
	if there != nil {
		if includes(there, want) {
			return nil
		}
		what = "is not what it must be"
	}
	key := table.KeyOf(want)
	return r.take(ctx, whole.Finding{
		What: fmt.Sprintf("%s follows from %s, and %s", key.SK+" in "+key.PK, label(k, at, record), what),
		Mend: []*table.Write{
			table.PutItem(want).If(table.Same(there)),
			table.Check(table.KeyOf(record), table.Unchanged(record)),
		},
	})
}

// contested settles that what follows from a record is another's. If it
// follows from that one too, the record yields. If not, it is a stray, and
// free when that has been mended.
func (r *round) contested(ctx context.Context, k whole.Kind, at whole.At, record, there table.Item) error {
	key, holder := table.KeyOf(there), k.OwnerOf(at, there)
	holders, err := fetch(ctx, r.Table, holder)
	if err != nil {
		return err
	}
	rightful, err := followsFrom(k, at, holders[holder], key)
	if err != nil || !rightful {
		return err
	}
	if k.Yield == nil {
		return r.take(ctx, whole.Finding{What: fmt.Sprintf("%s has what is another's: %s in %s", label(k, at, record), key.SK, key.PK)})
	}
	v, err := k.Yield(at, record, key)
	if err != nil {
		return err
	}
	v.While = append(v.While, table.Check(key, table.Same(there)), table.Check(holder, table.Unchanged(holders[holder])))
	return r.carryOut(ctx, label(k, at, record), record, v)
}

// includes tells whether an item has all attributes of another one.
func includes(item, wanted table.Item) bool {
	for name, value := range wanted {
		if !reflect.DeepEqual(item[name], value) {
			return false
		}
	}
	return true
}

// fetch reads items as they are; those that are not there are missing from the answer.
func fetch(ctx context.Context, t *table.Table, keys ...table.Key) (map[table.Key]table.Item, error) {
	items, wants := make([]table.Item, len(keys)), make([]*table.Want, len(keys))
	for i, key := range keys {
		wants[i] = &table.Want{Key: key, Into: &items[i]}
	}
	if err := t.Fetch(ctx, wants...); err != nil {
		return nil, err
	}
	there := make(map[table.Key]table.Item, len(keys))
	for i, key := range keys {
		if wants[i].Found {
			there[key] = items[i]
		}
	}
	return there, nil
}
