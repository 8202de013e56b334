package apitest

import (
	"net/http"
	"sync/atomic"
)

// Cost makes a request, which must succeed, and fails the test unless it took
// exactly so many calls to DynamoDB, refused ones included, and so many
// capacity units, read and written, those of indexes included. A consistent
// read of up to 4 KB is 1, one of an index half of that; an item in a
// transaction is 2 for each KB, and 1 more for each index it stands in.
func (w *World) Cost(name string, trips int64, units float64, do func() *Answer) {
	w.T.Helper()
	var calls atomic.Int64 // some ask for several things at once
	w.Fault = func(*http.Request) (*http.Response, error) {
		calls.Add(1)
		return nil, nil //nolint:nilnil // counted, not broken
	}
	defer w.Mend()
	w.Meter.Take()
	if got := do(); got.Status >= http.StatusBadRequest {
		w.T.Fatalf("%s: %d %s", name, got.Status, got.Body)
	}
	used := 0.0
	for _, call := range w.Meter.Take() {
		used += call.Units
	}
	if calls.Load() != trips || Exact() && used != units {
		w.T.Errorf("%s: %d round trips and %v units, want %d and %v", name, calls.Load(), used, trips, units)
	}
}
