package api

import (
	"context"
	"time"

	"atrium/shared/access"
	"atrium/shared/table"
)

// Caller is who sent a request, and from where: what stands around the
// operation, API Gateway or the local server, finds out before it is called.
type Caller struct {
	Principal access.Principal
	RequestID string
	IP        string
	// BaseURL is where this API is reached, without a slash at its end.
	BaseURL string
	// Idempotency is the request's Idempotency-Key with its fingerprint, if it has one.
	Idempotency *Idempotency
}

// Call is one request to an operation.
type Call struct {
	Caller
	Operation string
	Table     *table.Table
	Config    Config
	// Now is the time of the request, UTC, in whole milliseconds.
	Now time.Time
	// may is the operation's rule; rights is set where it changes who may do what.
	may    access.Rule
	rights bool
}

// Workspace is the caller's, and the only one that the call can touch.
func (c *Call) Workspace() string { return c.Principal.Workspace }

type operationKey struct{}

// OperationOf is the operation that something is done for, where its context
// tells; empty where there is none.
func OperationOf(ctx context.Context) string {
	name, _ := ctx.Value(operationKey{}).(string)
	return name
}

type callerKey struct{}

// WithCaller puts the caller into a request's context.
func WithCaller(ctx context.Context, caller Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, caller)
}

func callerOf(ctx context.Context) Caller {
	caller, _ := ctx.Value(callerKey{}).(Caller)
	return caller
}

// callerOf is callerOf, who reaches the API where the deployment says.
func (s *Server) callerOf(ctx context.Context) Caller {
	caller := callerOf(ctx)
	if s.config.APIURL != "" {
		caller.BaseURL = s.config.APIURL
	}
	return caller
}
