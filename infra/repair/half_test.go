package main

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atrium/shared/table"
)

// window is among how many changes each item may be as it was after any.
const window = 6

func newAgency(t *testing.T) *agency {
	a := &agency{bench: newBench(t), ids: map[string]string{}}
	a.neighbour()
	return a
}

func TestWhatOperationsWriteIsWhole(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	a.live()
	if wrong, said := a.check(); wrong {
		t.Error(said)
	}
	a.agrees()
}

// A restore may hold each item as it was at a moment of its own, among the
// last ones. Whatever that comes to: mended, it is whole.
func TestWhateverIsHalfThereIsMended(t *testing.T) {
	t.Parallel()
	a := newAgency(t)
	moments := a.live()
	rapid.Check(t, func(rt *rapid.T) {
		last := rapid.IntRange(1, len(moments)-1).Draw(rt, "last")
		first := last - 1
		if last > 1 {
			// The workspace's own opening is nothing that others may be mixed with.
			first = rapid.IntRange(max(1, last-window), last-1).Draw(rt, "first")
		}
		broken := mix(rt, moments[first:last+1])
		a.become(broken)
		if wrong, said := a.mend(); wrong {
			rt.Fatalf("something is left:\n%s", said)
		}
		if wrong, said := a.check(); wrong {
			rt.Fatalf("still wrong after mending:\n%s", said)
		}
		a.agrees()
		a.sparesNeighbours(broken)
	})
}

// mix is a table of which each item is as it was at one of the moments.
func mix(rt *rapid.T, moments []items) items {
	last := moments[len(moments)-1]
	mixed, keys := maps.Clone(last), map[table.Key]bool{}
	for _, moment := range moments[:len(moments)-1] {
		for _, key := range last.differing(moment) {
			keys[key] = !strings.Contains(key.PK, "#activity#") && key.SK != "once"
		}
	}
	for _, key := range slices.SortedFunc(maps.Keys(keys), func(a, b table.Key) int { return strings.Compare(a.PK+a.SK, b.PK+b.SK) }) {
		if !keys[key] {
			continue
		}
		moment := moments[rapid.IntRange(0, len(moments)-1).Draw(rt, key.PK+" "+key.SK)]
		if mixed[key] = moment[key]; moment[key] == nil {
			delete(mixed, key)
		}
	}
	return mixed
}

// sparesNeighbours holds that nothing of another workspace was touched.
func (a *agency) sparesNeighbours(before items) {
	a.T.Helper()
	for _, key := range before.differing(a.dump()) {
		if !strings.HasPrefix(key.PK, a.Workspace) && !strings.HasPrefix(key.PK, "host#") {
			a.T.Errorf("%v was touched", key)
		}
	}
}
