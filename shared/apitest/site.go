package apitest

import (
	"net/http"

	"atrium/shared/api"
	"atrium/shared/authorizer"
	"atrium/shared/problem"
)

// ServeHTTP makes the world the API as browsers reach it: callers are whom the
// authorizer finds behind their Authorization header, and may do as much.
func (w *World) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	caller := api.Caller{RequestID: "req-test", IP: "192.0.2.1", BaseURL: "http://" + r.Host}
	var err error
	if caller.Principal, err = (authorizer.Authorizer{Table: w.Function("authorize"), Config: w.Config, Now: w.now}).Who(r.Context(), r.Header.Get("Authorization")); err != nil {
		problem.Of(err).Answer(out, caller.RequestID)
		return
	}
	w.server.ServeHTTP(out, r.WithContext(api.WithCaller(r.Context(), caller)))
}
