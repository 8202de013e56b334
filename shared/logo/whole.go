package logo

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"atrium/shared/logo/address"
	"atrium/shared/table"
	"atrium/shared/whole"
	"atrium/shared/workspace"
)

// Whole is what must hold of the logos around: the one that is worn is there
// to stay, and no other is.
func Whole() whole.Kind {
	return whole.Kind{
		Name:      "logo",
		Partition: func(at whole.At) string { return wearing(at).partition() },
		Among: func(ctx context.Context, at whole.At) ([]whole.Finding, error) {
			return wearing(at).among(ctx)
		},
	}
}

// worn is what is around, and the logo that it wears, or none.
type worn struct {
	whole.At
	owner, hash string
}

func wearing(at whole.At) worn {
	return worn{At: at, owner: cmp.Or(at.Organization, workspace.LogoOwner), hash: at.Around.String("logo")}
}

func (w worn) partition() string { return table.Logos(w.Workspace(), w.owner) }

func (w worn) key(hash string) table.Key { return table.LogoKey(w.Workspace(), w.owner, hash) }

// among looks at names only: pictures are large.
func (w worn) among(ctx context.Context) ([]whole.Finding, error) {
	stays := table.Has("png").And(table.HasNot("ttl"))
	staying, err := w.Keys(ctx, table.Query{PK: w.partition(), Filter: &stays})
	if err != nil {
		return nil, err
	}
	if w.hash != "" && !slices.Contains(staying, w.hash) {
		return w.missing(ctx, staying)
	}
	var found []whole.Finding
	for _, other := range staying {
		if other != w.hash {
			leave := address.Leave(w.Call, w.owner, other, w.hash)[0].If(table.Exists())
			found = append(found, whole.Finding{
				What: fmt.Sprintf("logo %s of %s is worn by nobody", other, w.owner), Mend: []*table.Write{leave, w.Still()},
			})
		}
	}
	return found, nil
}

// missing is the finding for a logo that is not there to stay. If it is there
// at all, it stays from now on; if not, the one before or after it is worn.
func (w worn) missing(ctx context.Context, staying []string) ([]whole.Finding, error) {
	leaving, err := w.leaving(ctx)
	if err != nil {
		return nil, err
	}
	if slices.Contains(leaving, w.hash) {
		stay := table.Update(w.key(w.hash), table.Edit{}.Remove(table.Path("ttl"))).If(table.Has("png"))
		return []whole.Finding{{
			What: fmt.Sprintf("logo %s of %s is worn, and is about to go", w.hash, w.owner), Mend: []*table.Write{stay, w.Still()},
		}}, nil
	}
	return []whole.Finding{w.replaced(append(staying, leaving...))}, nil
}

// leaving are the logos that others took the place of, the latest first.
func (w worn) leaving(ctx context.Context) ([]string, error) {
	var one sync.Mutex
	expires := map[string]int64{}
	leaves := table.Has("png").And(table.Has("ttl"))
	err := w.Table.Each(ctx, table.Query{PK: w.partition(), Filter: &leaves}, func(item table.Item) error {
		var logo struct {
			Hash    string `json:"sk"`
			Expires int64  `json:"ttl"`
		}
		err := item.Decode(&logo)
		one.Lock()
		defer one.Unlock()
		expires[logo.Hash] = logo.Expires
		return err
	})
	return slices.SortedFunc(maps.Keys(expires), func(a, b string) int { return cmp.Compare(expires[b], expires[a]) }), err
}

// replaced is the finding that one of those that are there is worn instead, if any is.
func (w worn) replaced(there []string) whole.Finding {
	update := table.Increase("version", 1).Set(table.Path("updatedAt"), table.Value(w.Now))
	f := whole.Finding{What: fmt.Sprintf("logo %s of %s is not there, and no other is", w.hash, w.owner)}
	if len(there) == 0 {
		update = update.Remove(table.Path("logo"))
	} else {
		update = update.Set(table.Path("logo"), table.Value(there[0]))
		f.What = fmt.Sprintf("logo %s of %s is not there, but %s is", w.hash, w.owner, there[0])
		f.Mend = append(f.Mend, table.Check(w.key(there[0]), table.Has("png")))
	}
	f.Mend = append(f.Mend, table.Update(table.KeyOf(w.Around), update).If(table.Unchanged(w.Around)))
	return f
}
