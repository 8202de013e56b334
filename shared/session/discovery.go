package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"code.dny.dev/ssrf"
	"github.com/coreos/go-oidc/v3/oidc"

	"atrium/shared/api"
)

// An issuer's address comes from whoever owns a workspace, and is asked from
// inside the deployment: so it is reached by https on its usual port, at public
// addresses alone, and is not followed elsewhere.
var (
	issuers = client(ssrf.New(ssrf.WithPorts(443)))
	// localIssuers are those of a developer's own machine, too.
	localIssuers = client(nil)
)

// What an issuer answers within, and how much of it is read: keys take kilobytes.
const (
	issuerTimeout = 4 * time.Second
	issuerAnswer  = 1 << 20
)

func client(guard *ssrf.Guardian) *http.Client {
	dialer := &net.Dialer{Timeout: issuerTimeout}
	if guard != nil {
		dialer.Control = guard.Safe
	}
	return &http.Client{
		Timeout:       issuerTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     brief{&http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: issuerTimeout, IdleConnTimeout: 20 * time.Second}},
	}
}

// brief reads no more of an answer than an issuer has to say.
type brief struct{ http.RoundTripper }

// RoundTrip cuts the answer's body.
func (b brief) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(answer.Body, issuerAnswer), answer.Body}
	}
	return answer, err
}

// errSilent says that an issuer does not answer as one does.
var errSilent = errors.New("session: the issuer does not answer")

// prove is what an ID token says, once it is proven to be the issuer's, for the
// client, and in time.
func prove(ctx context.Context, c *api.Call, idToken, issuer, client string) (*oidc.IDToken, error) {
	network := issuers
	if c.Config.LocalIssuers {
		network = localIssuers
	}
	provider, err := discover(oidc.ClientContext(ctx, network), issuer, c.Config.LocalIssuers)
	if err != nil {
		return nil, errors.Join(errSilent, err)
	}
	proven, err := provider.Verifier(&oidc.Config{ClientID: client, Now: func() time.Time { return c.Now }}).Verify(oidc.ClientContext(ctx, network), idToken)
	var silent *url.Error
	if errors.As(err, &silent) {
		err = errors.Join(errSilent, err)
	}
	return proven, err
}

// providers are the issuers that were discovered, with their keys, for a while.
var providers = struct {
	sync.Mutex
	found map[string]discovered
}{found: map[string]discovered{}}

type discovered struct {
	*oidc.Provider
	at time.Time
}

const (
	// memory is how long what an issuer says of itself is believed; its keys are
	// looked for again whenever a token names one that is not known.
	memory = 10 * time.Minute
	// mostKnown bounds what issuers can make us remember.
	mostKnown = 1000
)

func discover(ctx context.Context, issuer string, local bool) (*oidc.Provider, error) {
	if known, ok := recalled(issuer); ok {
		return known, nil
	}
	if u, err := url.Parse(issuer); err != nil || u.Scheme != "https" && !local {
		return nil, fmt.Errorf("session: %q is not reached by https", issuer)
	}
	// The provider keeps the context for later looks at the keys: it must not end.
	p, err := oidc.NewProvider(context.WithoutCancel(ctx), issuer)
	if err != nil {
		return nil, err
	}
	providers.Lock()
	defer providers.Unlock()
	if len(providers.found) >= mostKnown {
		clear(providers.found)
	}
	providers.found[issuer] = discovered{p, time.Now()}
	return p, nil
}

func recalled(issuer string) (*oidc.Provider, bool) {
	providers.Lock()
	defer providers.Unlock()
	known, ok := providers.found[issuer]
	return known.Provider, ok && time.Since(known.at) < memory
}
