package api_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/apitest"
)

// long is an operation that runs under a lease: work is what it does.
type long struct {
	*apitest.World
	server *api.Server
}

type longInput struct {
	api.Idempotent
	Body struct {
		N int `json:"n"`
	}
}

type longOutput struct {
	Replayed string `header:"Idempotent-Replayed"`
	Body     struct{ Sum int }
}

func newLong(t *testing.T, deadline time.Duration, work func(ctx context.Context, n int) (int, error)) long {
	t.Helper()
	t.Parallel()
	w := apitest.New(t)
	o := api.Operation{
		Name: "work-long", Method: http.MethodPost, Path: "/work", May: access.Rule{Staff: access.Member}, Deadline: deadline,
		Handler: api.Func[longInput, longOutput](func(ctx context.Context, c *api.Call, in *longInput) (*longOutput, error) {
			out := &longOutput{}
			sum, replayed, err := api.OnceLong(ctx, c, func(ctx context.Context) (int, error) { return work(ctx, in.Body.N) })
			out.Body.Sum, out.Replayed = sum, api.Replayed(replayed)
			return out, err
		}),
	}
	return long{World: w, server: api.New(w.Table, []api.Operation{o}, api.At(func() time.Time {
		if w.Now != nil {
			return w.Now()
		}
		return time.Now()
	}))}
}

func (l long) post(body, key string) *apitest.Answer {
	r := httptest.NewRequestWithContext(l.T.Context(), http.MethodPost, "/v1/work", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	r = r.WithContext(api.WithCaller(r.Context(), api.Caller{Principal: l.Owner().Principal, RequestID: "req-test"}))
	w := httptest.NewRecorder()
	l.server.ServeHTTP(w, r)
	return &apitest.Answer{T: l.T, Request: "POST /work", Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
}

func TestOnceLongDoesItOnce(t *testing.T) {
	var runs atomic.Int32
	l := newLong(t, 0, func(_ context.Context, n int) (int, error) { return n + int(runs.Add(1)), nil })
	var group sync.WaitGroup
	var replays atomic.Int32
	for range 5 {
		group.Go(func() {
			got := l.post(`{"n":1}`, "k").Want(http.StatusOK)
			if got.At("Sum") != 2.0 {
				t.Errorf("sum %v, want 2", got.At("Sum"))
			}
			if got.Header.Get("Idempotent-Replayed") == "true" {
				replays.Add(1)
			}
		})
	}
	group.Wait()
	if runs.Load() != 1 || replays.Load() != 4 {
		t.Errorf("%d runs and %d replays, want 1 and 4", runs.Load(), replays.Load())
	}
	l.post(`{"n":2}`, "k").Refused(422, "idempotency_key_reused", "header.Idempotency-Key")
	l.post(`{"n":1}`, "")
	l.post(`{"n":1}`, "another")
	if runs.Load() != 3 {
		t.Errorf("%d runs, want one more without a key and one under another", runs.Load())
	}
}

// TestOnceLongWhileItRuns: the second of two equal requests waits, and when its
// own time is over is told to come back.
func TestOnceLongWhileItRuns(t *testing.T) {
	started, finish := make(chan bool), make(chan bool)
	l := newLong(t, 300*time.Millisecond, func(_ context.Context, n int) (int, error) {
		close(started)
		<-finish
		return n, nil
	})
	var first *apitest.Answer
	var group sync.WaitGroup
	group.Go(func() { first = l.post(`{"n":7}`, "k") })
	<-started
	got := l.post(`{"n":7}`, "k").Refused(409, "in_progress")
	if got.Header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After %q", got.Header.Get("Retry-After"))
	}
	l.post(`{"n":8}`, "k").Refused(422, "idempotency_key_reused")
	close(finish)
	group.Wait()
	// The first's own time was over long before it ended: its answer is kept all the same.
	if first.Want(http.StatusOK).At("Sum") != 7.0 || l.post(`{"n":7}`, "k").Want(http.StatusOK).Header.Get("Idempotent-Replayed") != "true" {
		t.Error("the answer was not kept")
	}
}

// TestOnceLongEndsInTime: with the request's own time over, a table that does
// not answer keeps it no longer than its function lives, two seconds more.
func TestOnceLongEndsInTime(t *testing.T) {
	const deadline = 100 * time.Millisecond
	l := newLong(t, deadline, func(ctx context.Context, n int) (int, error) {
		<-ctx.Done()
		return n, nil
	})
	calls := 0
	l.Fault = func(r *http.Request) (*http.Response, error) {
		if calls++; calls > 1 {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}
		return nil, nil //nolint:nilnil // not broken
	}
	began := time.Now()
	l.post(`{"n":1}`, "k").Want(http.StatusOK)
	if took := time.Since(began); took > deadline+1500*time.Millisecond {
		t.Errorf("it took %v", took)
	}
}

func TestOnceLongForgetsFailures(t *testing.T) {
	var runs atomic.Int32
	l := newLong(t, 0, func(_ context.Context, n int) (int, error) {
		if runs.Add(1) == 1 {
			return 0, context.Canceled
		}
		return n, nil
	})
	l.post(`{"n":1}`, "k").Refused(500, "internal")
	l.post(`{"n":1}`, "k").Want(http.StatusOK)
	if got := l.post(`{"n":1}`, "k").Want(http.StatusOK); got.Header.Get("Idempotent-Replayed") != "true" || runs.Load() != 2 {
		t.Errorf("%d runs, want 2", runs.Load())
	}
}

// TestOnceLongTakesOver: of a request that died, and after a day of any.
func TestOnceLongTakesOver(t *testing.T) {
	var runs atomic.Int32
	l := newLong(t, 200*time.Millisecond, func(context.Context, int) (int, error) { return int(runs.Add(1)), nil })
	// The request's last write fails for good, as if it had died at work.
	calls := 0
	l.Fault = func(*http.Request) (*http.Response, error) {
		if calls++; calls > 1 {
			return nil, context.Canceled
		}
		return nil, nil //nolint:nilnil // not broken
	}
	l.post(`{"n":1}`, "k").Want(http.StatusOK)
	l.Mend()
	l.post(`{"n":1}`, "k").Refused(409, "in_progress")
	now := time.Now()
	for _, step := range []struct {
		after time.Duration
		runs  int32
	}{{31 * time.Second, 2}, {time.Hour, 2}, {23 * time.Hour, 2}, {25 * time.Hour, 3}} {
		at := now.Add(step.after)
		l.Now = func() time.Time { return at }
		if l.post(`{"n":1}`, "k").Want(http.StatusOK); runs.Load() != step.runs {
			t.Errorf("after %v: %d runs, want %d", step.after, runs.Load(), step.runs)
		}
	}
}

func TestOnceLongSurvivesFaults(t *testing.T) {
	for _, fault := range apitest.Faults {
		for nth := range 2 {
			t.Run(string(fault), func(t *testing.T) {
				var runs atomic.Int32
				l := newLong(t, 0, func(context.Context, int) (int, error) { return int(runs.Add(1)), nil })
				l.Break(fault, nth, 1)
				l.post(`{"n":1}`, "k").Want(http.StatusOK)
				l.Mend()
				if got := l.post(`{"n":1}`, "k").Want(http.StatusOK); got.At("Sum") != 1.0 || runs.Load() != 1 {
					t.Errorf("%d runs, sum %v", runs.Load(), got.At("Sum"))
				}
			})
		}
	}
}
