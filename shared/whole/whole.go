// Package whole is how concepts say what must hold between the items of the
// table: which follow from which, and what counts what.
//
// Every change is one transaction, and keeps it. A restore to a point in time
// does not: of a transaction that was under way it may hold one half. Each
// concept declares its kinds of records here, in terms of the functions that
// write them, so that what is looked for is never other than what is written;
// infra/repair holds a table against all of them.
package whole

import (
	"context"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/id"
	"atrium/shared/table"
)

// At is where records stand.
type At struct {
	// Call is nobody's. It has the table, the workspace, and the time.
	*api.Call
	// Organization is the one that they lie within; empty for what is the workspace's own.
	Organization string
	// Around is what they lie within, as it was read: the organization's item, or the workspace's.
	Around table.Item
	// Hosts are those that claims say are the workspace's.
	Hosts []string
	// Lag is how far an index may be behind what is written meanwhile.
	Lag time.Duration
}

// In is the place of a workspace itself.
func In(t *table.Table, ws string) At {
	return At{Call: &api.Call{
		Caller: api.Caller{Principal: access.Principal{Workspace: ws}},
		Table:  t, Now: time.Now().UTC().Truncate(time.Millisecond),
	}}
}

// Inside is the place of what lies within a record of this one.
func (a At) Inside(record table.Item) At {
	a.Around = record
	if key := table.KeyOf(record).SK; id.Is(id.Organization, key) {
		a.Organization = key
	}
	return a
}

// Still is the check that what is around has not changed since it was read.
func (a At) Still() *table.Write {
	return table.Check(table.KeyOf(a.Around), table.Unchanged(a.Around))
}

// Keys are the sort keys of all that a query finds, in their order.
func (a At) Keys(ctx context.Context, q table.Query) ([]string, error) {
	var keys []string
	q.KeysOnly = true
	for {
		rows, err := a.Table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, item := range rows.Items {
			keys = append(keys, table.KeyOf(item).SK)
		}
		if q.After = rows.Next; rows.Next == nil {
			return keys, nil
		}
	}
}

// Kind is one kind of records: where they stand, and what must hold. What is
// left out asks for nothing.
type Kind struct {
	// Name is what one of them is called.
	Name string
	// Partition is where they stand.
	Partition func(At) string
	// Derived are the partitions of items that follow from these records and
	// from nothing else: claims and words. What follows from none of them goes.
	Derived func(At) []string
	// Owner is the record that a derived item follows from, or once did. Unless
	// said otherwise, the item has its id.
	Owner func(At, table.Item) table.Key
	// Follows are the items that follow from a record, as Puts. The record's
	// own may be among them.
	Follows func(At, table.Item) ([]*table.Write, error)
	// Yield is what becomes of a record when something that follows from it is
	// rightfully another's: both were given it, one of them in a half.
	Yield func(At, table.Item, table.Key) (Verdict, error)
	// Judge holds a record against what it must be.
	Judge func(context.Context, At, table.Item) (Verdict, error)
	// Among finds what is wrong among all that stand at one place.
	Among func(context.Context, At) ([]Finding, error)
	// Within are the kinds of what lies within one.
	Within []Kind
}

// OwnerOf is the record that a derived item names.
func (k Kind) OwnerOf(at At, derived table.Item) table.Key {
	if k.Owner != nil {
		return k.Owner(at, derived)
	}
	return table.Key{PK: k.Partition(at), SK: derived.String("id")}
}

// Verdict is what becomes of a record.
type Verdict struct {
	// Wrong says what is wrong, in words to go on with after its name: "counts
	// 3 users, and has 4". Where nothing is said, it is only where it stands in lists.
	Wrong []string
	// Was and Be are the record as it is, and as it must be. Where something
	// is wrong and it must be nothing, it goes.
	Was, Be any
	// While are checks that all this is still so elsewhere.
	While []*table.Write
}

// Finding is something that is not as it must be.
type Finding struct {
	// What it is, in words.
	What string
	// Mend are the writes that put it right, in one transaction, if nothing
	// has changed since. Where there are none, only a person can.
	Mend []*table.Write
	// Clear are partitions that are emptied after that.
	Clear []string
}

// Follows lets Kind.Follows take records as the concept has them.
func Follows[R any](f func(At, R) []*table.Write) func(At, table.Item) ([]*table.Write, error) {
	return func(at At, item table.Item) ([]*table.Write, error) {
		var r R
		if err := item.Decode(&r); err != nil {
			return nil, err
		}
		return f(at, r), nil
	}
}

// Yield does so for Kind.Yield.
func Yield[R any](f func(At, R, table.Key) Verdict) func(At, table.Item, table.Key) (Verdict, error) {
	return func(at At, item table.Item, lost table.Key) (Verdict, error) {
		var r R
		if err := item.Decode(&r); err != nil {
			return Verdict{}, err
		}
		return f(at, r, lost), nil
	}
}

// Judge does so for Kind.Judge.
func Judge[R any](f func(context.Context, At, R) (Verdict, error)) func(context.Context, At, table.Item) (Verdict, error) {
	return func(ctx context.Context, at At, item table.Item) (Verdict, error) {
		var r R
		if err := item.Decode(&r); err != nil {
			return Verdict{}, err
		}
		return f(ctx, at, r)
	}
}
