package table_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atrium/shared/apitest"
	"atrium/shared/table"
)

type listed struct {
	table.Key
	table.Indexed
	Odd bool   `json:"odd"`
	Pad string `json:"pad,omitempty"`
}

// every follows a list to its end and returns the sort keys.
func every(t testing.TB, tb *table.Table, l table.List) []string {
	t.Helper()
	var all []string
	for range 1000 {
		items, next, err := tb.List(t.Context(), l)
		if err != nil {
			t.Fatal(err)
		}
		if len(items) > l.Limit {
			t.Fatalf("%d items on a page of %d", len(items), l.Limit)
		}
		for _, item := range items {
			all = append(all, item.String("sk"))
		}
		if next == nil {
			return all
		}
		l.After = next
	}
	t.Fatal("no end")
	return nil
}

// A list over several partitions has everything once, in order, whatever the
// sizes of the partitions and pages.
func TestMergedPartitionsListEverythingOnce(t *testing.T) {
	w := apitest.New(t)
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		partitions := make([]string, rapid.IntRange(1, 3).Draw(rt, "partitions"))
		for i := range partitions {
			partitions[i] = fmt.Sprintf("%s#%d#%d", w.Workspace, run, i)
		}
		var want []string
		for i := range rapid.IntRange(0, 12).Draw(rt, "items") {
			sk := fmt.Sprintf("item_%02d", i)
			name := fmt.Sprintf("%02d#%s", rapid.IntRange(0, 5).Draw(rt, "name"), sk)
			partition := rapid.SampledFrom(partitions).Draw(rt, "partition")
			item := listed{Key: table.Key{PK: fmt.Sprintf("%s#%d", w.Workspace, run), SK: sk}, Indexed: table.Indexed{G2PK: partition, G2SK: name}}
			if err := w.Table.Commit(t.Context(), table.Put(item)); err != nil {
				rt.Fatal(err)
			}
			want = append(want, name)
		}
		slices.Sort(want)
		l := table.List{
			Index: table.G2, Partitions: partitions,
			Limit: rapid.IntRange(1, 5).Draw(rt, "limit"), Descending: rapid.Bool().Draw(rt, "descending"),
		}
		if l.Descending {
			slices.Reverse(want)
		}
		for i, name := range want {
			_, want[i], _ = strings.Cut(name, "#")
		}
		if got := every(t, w.Table, l); !slices.Equal(got, want) {
			rt.Errorf("listed %q, want %q", got, want)
		}
	})
}

func fill(t testing.TB, w *apitest.World, partition string, n, pad int) {
	t.Helper()
	for i := range n {
		item := listed{Key: table.Key{PK: partition, SK: fmt.Sprintf("item_%03d", i)}, Odd: i%2 == 1, Pad: strings.Repeat("x", pad)}
		if err := w.Table.Commit(t.Context(), table.Put(item)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFilteredListLosesNothing(t *testing.T) {
	w := apitest.New(t)
	partition := w.Workspace + "#filtered"
	fill(t, w, partition, 40, 0)
	odd := table.Equals("odd", true)
	if got := every(t, w.Table, table.List{Partitions: []string{partition}, Limit: 3, Filter: &odd}); len(got) != 20 || !slices.IsSorted(got) {
		t.Errorf("listed %q", got)
	}
}

// DynamoDB returns at most a megabyte: a page may then be short, and the next
// one goes on.
func TestAPageEndsAtAMegabyte(t *testing.T) {
	w := apitest.New(t)
	partition := w.Workspace + "#large"
	fill(t, w, partition, 12, 200_000)
	items, next, err := w.Table.List(t.Context(), table.List{Partitions: []string{partition}, Limit: 10})
	if err != nil || len(items) >= 10 || next == nil {
		t.Fatalf("%d items, next %v, %v", len(items), next, err)
	}
	if got := every(t, w.Table, table.List{Partitions: []string{partition}, Limit: 10}); len(got) != 12 {
		t.Errorf("listed %d of 12", len(got))
	}
}

func TestTwoHundredAreOneQuery(t *testing.T) {
	w := apitest.New(t)
	partition := w.Workspace + "#many"
	fill(t, w, partition, 210, 0)
	w.Meter.Take()
	items, next, err := w.Table.List(t.Context(), table.List{Partitions: []string{partition}, Limit: 200})
	if calls := w.Meter.Take(); err != nil || len(items) != 200 || next == nil || len(calls) != 1 {
		t.Errorf("%d items, next %v, calls %v, %v", len(items), next, calls, err)
	}
}

func TestFetchReadsMoreThanOneBatch(t *testing.T) {
	w := apitest.New(t)
	partition := w.Workspace + "#batch"
	fill(t, w, partition, 130, 0)
	things := make([]listed, 131)
	var wants []*table.Want
	for i := range things {
		wants = append(wants, &table.Want{Key: table.Key{PK: partition, SK: fmt.Sprintf("item_%03d", i)}, Into: &things[i]})
	}
	if err := w.Table.Fetch(t.Context(), wants...); err != nil {
		t.Fatal(err)
	}
	for i, want := range wants {
		if want.Found != (i < 130) || want.Found && things[i].SK != want.Key.SK {
			t.Errorf("%d: found %v, %s", i, want.Found, things[i].SK)
		}
	}
}
