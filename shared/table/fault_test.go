package table_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"atrium/shared/apitest"
	"atrium/shared/problem"
	"atrium/shared/table"
)

type thing struct {
	table.Key
	N int `json:"n"`
}

func key(ws string) table.Key { return table.Key{PK: ws + "#things", SK: "a"} }

func TestPassingFaultsAreTriedAgain(t *testing.T) {
	for _, fault := range apitest.Faults {
		t.Run(string(fault), func(t *testing.T) {
			w := apitest.New(t)
			ctx := t.Context()
			failed := w.Break(fault, 0, 2)
			if err := w.Table.Commit(ctx, table.Create(thing{Key: key(w.Workspace), N: 1})); err != nil {
				t.Errorf("commit: %v", err)
			}
			w.Break(fault, 0, 2)
			got, err := table.Get[thing](ctx, w.Table, key(w.Workspace))
			if err != nil || got.N != 1 {
				t.Errorf("get: %+v, %v", got, err)
			}
			w.Break(fault, 0, 2)
			rows, err := w.Table.Query(ctx, table.Query{PK: w.Workspace + "#things"})
			if err != nil || len(rows.Items) != 1 {
				t.Errorf("query: %d, %v", len(rows.Items), err)
			}
			if failed.Load() != 2 {
				t.Errorf("%d faults injected", failed.Load())
			}
		})
	}
}

func TestLastingFaultsAre503AndChangeNothing(t *testing.T) {
	for _, fault := range apitest.Faults[:4] {
		t.Run(string(fault), func(t *testing.T) {
			w := apitest.New(t)
			w.Break(fault, 0, 1000)
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			err := w.Table.Commit(ctx, table.Create(thing{Key: key(w.Workspace), N: 1}))
			p := problem.Of(err)
			if p.Status != http.StatusServiceUnavailable || p.GetHeaders().Get("Retry-After") != "1" {
				t.Errorf("commit: %v", err)
			}
			w.Mend()
			if _, err := table.Get[thing](t.Context(), w.Table, key(w.Workspace)); !errors.Is(err, table.ErrNotFound) {
				t.Errorf("after a 503: %v", err)
			}
		})
	}
}
