package main

import (
	"context"
	"sync"
	"time"

	"atrium/shared/access"
	"atrium/shared/authorizer"
)

// gate is the API's authorizer with its answers kept, as API Gateway keeps them:
// by the header, for all routes at once.
type gate struct {
	authorizer authorizer.Authorizer
	mu         sync.Mutex
	kept       map[string]verdict
}

type verdict struct {
	principal access.Principal
	until     time.Time
}

const (
	// keptFor is a minute on AWS. Whoever tries something out at a desk should
	// not have to wait that long to see it.
	keptFor = 5 * time.Second
	// mostKept bounds the memory that answers take.
	mostKept = 10_000
)

func newGate(a authorizer.Authorizer) *gate { return &gate{authorizer: a, kept: map[string]verdict{}} }

// who is who sends an Authorization header. What could not be found out is not kept.
func (g *gate) who(ctx context.Context, authorization string) (access.Principal, error) {
	if authorization == "" {
		return access.Principal{}, nil
	}
	now := time.Now()
	if v, ok := g.recall(authorization); ok && now.Before(v.until) {
		return v.principal, nil
	}
	p, err := g.authorizer.Who(ctx, authorization)
	if err == nil {
		g.keep(authorization, verdict{p, now.Add(keptFor)})
	}
	return p, err
}

func (g *gate) recall(authorization string) (verdict, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	v, ok := g.kept[authorization]
	return v, ok
}

func (g *gate) keep(authorization string, v verdict) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.kept) >= mostKept {
		clear(g.kept)
	}
	g.kept[authorization] = v
}
