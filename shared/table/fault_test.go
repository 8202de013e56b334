package table_test

import (
	"context"
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

// More often than a retryer of the SDK tries by itself.
const often = 6

func TestPassingFaultsAreTriedAgain(t *testing.T) {
	for _, fault := range apitest.Faults {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			w := apitest.New(t)
			ctx := t.Context()
			failed := w.Break(fault, 0, often)
			if err := w.Table.Commit(ctx, table.Create(thing{Key: key(w.Workspace), N: 1})); err != nil {
				t.Errorf("commit: %v", err)
			}
			w.Break(fault, 0, often)
			got, err := table.Get[thing](ctx, w.Table, key(w.Workspace))
			if err != nil || got.N != 1 {
				t.Errorf("get: %+v, %v", got, err)
			}
			w.Break(fault, 0, often)
			rows, err := w.Table.Query(ctx, table.Query{PK: w.Workspace + "#things"})
			if err != nil || len(rows.Items) != 1 {
				t.Errorf("query: %d, %v", len(rows.Items), err)
			}
			if failed.Load() != often {
				t.Errorf("%d faults injected", failed.Load())
			}
		})
	}
}

func TestLastingFaultsAre503(t *testing.T) {
	// Whether anything was changed is said only where it is known.
	for fault, code := range map[apitest.Fault]problem.Code{
		apitest.Throttled: problem.Throttled, apitest.Conflict: problem.Throttled,
		apitest.Unserved: problem.OutcomeUnknown, apitest.TimedOut: problem.OutcomeUnknown, apitest.Lost: problem.OutcomeUnknown,
	} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			w := apitest.New(t)
			w.Break(fault, 0, 1000)
			calls := map[string]func(context.Context) error{
				"commit": func(ctx context.Context) error {
					return w.Table.Commit(ctx, table.Create(thing{Key: key(w.Workspace), N: 1}))
				},
				"update": func(ctx context.Context) error {
					return w.Table.UpdateOne(ctx, table.Update(key(w.Workspace+"2"), table.Set("n", 1)), &thing{})
				},
				"get": func(ctx context.Context) error {
					_, err := table.Get[thing](ctx, w.Table, key(w.Workspace))
					return err
				},
			}
			for name, call := range calls {
				ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
				defer cancel()
				p, want := problem.Of(call(ctx)), code
				if name == "get" {
					want = problem.Throttled
				}
				if p.Status != http.StatusServiceUnavailable || p.Code != want || p.GetHeaders().Get("Retry-After") != "1" {
					t.Errorf("%s: %v", name, p)
				}
			}
			w.Mend()
			_, err := table.Get[thing](t.Context(), w.Table, key(w.Workspace))
			if made := err == nil; made != (fault == apitest.Lost) {
				t.Errorf("after a 503: %v", err)
			}
		})
	}
}
