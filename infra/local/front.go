package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"atrium/dashboard"
	"atrium/shared/api"
	"atrium/shared/authorizer"
	"atrium/shared/catalogue"
	"atrium/shared/problem"
	"atrium/shared/table"
)

// front stands where API Gateway and its authorizer stand on AWS: it finds out
// who calls, gives each request its id, and answers what no operation does.
type front struct {
	operations http.Handler
	gate       *gate
	baseURL    string
	log        *slog.Logger
	// functions, once set, answer what is under the API's prefix.
	functions atomic.Pointer[httputil.ReverseProxy]
	// busy is how many requests are under way.
	busy atomic.Int32
}

// maxUnread is how much of a body is taken though nobody wants it: more than
// Lambda would.
const maxUnread = 16 << 20

func newFront(t *table.Table, config api.Config, app *dashboard.App, baseURL string, log *slog.Logger) *front {
	f := &front{baseURL: baseURL, log: log, gate: newGate(authorizer.Authorizer{Table: t, Config: config, Now: time.Now})}
	others := http.NewServeMux()
	others.Handle("/", app)
	others.HandleFunc(api.Prefix+"/", f.otherwise)
	f.operations = api.New(t, catalogue.Operations, api.Configured(config), api.Otherwise(others))
	return f
}

// ServeHTTP answers one request and logs a line of it: the route and never the
// path, which may hold what nobody else should read.
func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	f.busy.Add(1)
	defer f.busy.Add(-1)
	caller := api.Caller{RequestID: rand.Text(), IP: host(r.RemoteAddr), BaseURL: f.baseURL}
	answer := &answer{ResponseWriter: w}
	if functions := f.functions.Load(); functions != nil && strings.HasPrefix(r.URL.Path, api.Prefix+"/") {
		functions.ServeHTTP(answer, r)
		return
	}
	var err error
	caller.Principal, err = f.gate.who(r.Context(), r.Header.Get("Authorization"))
	r = r.WithContext(api.WithCaller(r.Context(), caller))
	defer func() {
		f.log.Info(routeOf(r), "status", answer.status, "ms", time.Since(began).Milliseconds())
	}()
	defer f.recover(answer, caller)
	// A caller who is still sending would have its connection cut, and not see why.
	defer io.CopyN(io.Discard, r.Body, maxUnread) //nolint:errcheck // whatever is left of it
	if err != nil {
		problem.Of(err).Answer(answer, caller.RequestID)
		return
	}
	f.operations.ServeHTTP(answer, r)
}

// handOver has a gateway answer for the operations from now on. The pages stay
// here, beside them: in this it is what CloudFront is on AWS.
func (f *front) handOver(gateway string) error {
	target, err := url.Parse(gateway)
	if err != nil {
		return err
	}
	f.functions.Store(&httputil.ReverseProxy{
		Rewrite:  func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ErrorLog: slog.NewLogLogger(f.log.Handler(), slog.LevelWarn),
	})
	return nil
}

// What works behind the API lets its callers go first while there are many.
const (
	many     = 4
	longWait = time.Second
)

// calm waits until few requests are under way, but not for long. On AWS mail
// takes nothing from the API's callers; here they share a machine and a table.
func (f *front) calm(ctx context.Context) {
	for deadline := time.Now().Add(longWait); f.busy.Load() >= many && time.Now().Before(deadline) && ctx.Err() == nil; {
		time.Sleep(10 * time.Millisecond)
	}
}

// recover makes a panic a 500, unless the answer has begun already.
func (f *front) recover(w *answer, caller api.Caller) {
	cause := recover()
	if cause == nil {
		return
	}
	f.log.Error("panic", "requestId", caller.RequestID, "cause", cause, "stack", string(debug.Stack()))
	if w.status == 0 {
		problem.Of(nil).Answer(w, caller.RequestID)
	}
}

// otherwise answers what no operation does.
func (f *front) otherwise(w http.ResponseWriter, _ *http.Request) {
	p := problem.New(problem.NotFound, "There is no such operation. All of them are described at "+f.baseURL+api.Prefix+"/openapi.json.")
	p.Answer(w, w.Header().Get("X-Request-Id"))
}

func routeOf(r *http.Request) string {
	if r.Pattern == "" || r.Pattern == "/" {
		return r.Method + " (no operation)"
	}
	return r.Pattern
}

func host(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return address
}

// answer remembers the status that was sent.
type answer struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write is an answer of 200 unless another status was sent.
func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the writer below.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// serve answers on all listeners; failed is told when it cannot any more.
func (f *front) serve(listeners []net.Listener, failed chan<- error) *http.Server {
	server := &http.Server{
		Handler: f, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(f.log.Handler(), slog.LevelWarn),
	}
	for _, listener := range listeners {
		go func() {
			if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
				failed <- fmt.Errorf("the API's server has ended: %w", err)
			}
		}()
	}
	return server
}

// finish lets requests under way end, but not for long.
func finish(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), api.DefaultDeadline)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		_ = server.Close()
	}
}
