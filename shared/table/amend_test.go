package table_test

import (
	"errors"
	"slices"
	"testing"

	"atrium/shared/apitest"
	"atrium/shared/table"
)

// versioned is a thing of which whoever amends it knows a part.
type versioned struct {
	table.Key
	Version int            `json:"version"`
	Name    string         `json:"name,omitempty"`
	Counts  map[string]int `json:"counts"`
	Other   string         `json:"other,omitempty"`
}

func TestAmendChangesOnlyWhatWasRead(t *testing.T) {
	t.Parallel()
	was := versioned{Version: 1, Name: "a", Counts: map[string]int{"users": 1}, Other: "kept"}
	for name, tc := range map[string]struct {
		meanwhile table.Edit
		refused   bool
	}{
		"nothing changed":               {table.Set("unrelated", 1), false},
		"another version":               {table.Set("version", 2), true},
		"the attribute itself":          {table.Set("counts.users", 5), true},
		"one that was not there before": {table.Set("added", "x"), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := apitest.New(t)
			was := was
			was.Key = key(w.Workspace)
			if err := w.Table.Commit(t.Context(), table.Create(was)); err != nil {
				t.Fatal(err)
			}
			read, err := table.Get[table.Item](t.Context(), w.Table, was.Key)
			if err != nil {
				t.Fatal(err)
			}
			type known struct {
				Version int            `json:"version"`
				Name    string         `json:"name,omitempty"`
				Counts  map[string]int `json:"counts"`
				Added   string         `json:"added,omitempty"`
			}
			amend, names, err := table.Amend(read, known{1, "a", map[string]int{"users": 1}, ""}, known{1, "", map[string]int{"users": 2}, "y"})
			if slices.Sort(names); err != nil || !slices.Equal(names, []string{"added", "counts", "name"}) {
				t.Fatalf("%v differ: %v", names, err)
			}
			if err := w.Table.UpdateOne(t.Context(), table.Update(was.Key, tc.meanwhile), &struct{}{}); err != nil {
				t.Fatal(err)
			}
			if err := w.Table.Commit(t.Context(), amend); errors.Is(err, table.ErrRefused) != tc.refused || err != nil && !tc.refused {
				t.Fatal(err)
			}
			got, err := table.Get[versioned](t.Context(), w.Table, was.Key)
			if done := got.Counts["users"] == 2 && got.Name == "" && got.Other == "kept"; err != nil || done == tc.refused {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestAmendOfWhatIsRightIsNoWrite(t *testing.T) {
	t.Parallel()
	was := versioned{Version: 1, Name: "a"}
	if w, names, err := table.Amend(table.Item{}, was, was); w != nil || len(names) > 0 || err != nil {
		t.Errorf("%v %v %v", w, names, err)
	}
}
