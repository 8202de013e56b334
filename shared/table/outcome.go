package table

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"

	"atrium/shared/problem"
)

// A write whose answer is lost may have been made. Such a call cannot be told
// from one that was refused by its last error alone, as that is the last
// attempt's: so each attempt of a write is watched.

// outcome of a write's attempts so far.
type outcome struct{ unknown atomic.Bool }

type outcomeKey struct{}

// watched is a context under which attempts tell their outcome.
func watched(ctx context.Context) (context.Context, *outcome) {
	o := &outcome{}
	return context.WithValue(ctx, outcomeKey{}, o), o
}

// watcher is an HTTP client that tells of attempts without an answer. An
// answer of 5xx is none: DynamoDB may have made the write all the same.
type watcher struct{ aws.HTTPClient }

// Do makes one attempt.
func (w watcher) Do(r *http.Request) (*http.Response, error) {
	response, err := w.HTTPClient.Do(r)
	if o, ok := r.Context().Value(outcomeKey{}).(*outcome); ok && (err != nil || response.StatusCode >= http.StatusInternalServerError) {
		o.unknown.Store(true)
	}
	return response, err
}

// translate turns what the client says of a write into what callers of this
// package are told.
func (o *outcome) translate(ctx context.Context, err error) error {
	if err == nil || !o.unknown.Load() {
		return translate(ctx, err)
	}
	return again(err, problem.New(problem.OutcomeUnknown,
		"The database did not answer in time: this may or may not have been done. Read before you repeat it, or repeat it under the same Idempotency-Key."))
}

// translate turns what the client says into what callers of this package are
// told: a 503 for what may pass, everything else as it is.
func translate(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var canceled *aws.RequestCanceledError
	if ctx.Err() != nil || errors.As(err, &canceled) || passing(err) || isThrottle(err) {
		return again(err, problem.New(problem.Throttled, "The database did not take this in time. Nothing was changed; try again."))
	}
	if wrong := setup(err); wrong != nil {
		return wrong
	}
	return err
}

func again(err error, p *problem.Problem) error {
	p.RetryAfter = time.Second
	return errors.Join(p, err)
}

func isThrottle(err error) bool {
	codes := retry.ThrottleErrorCode{Codes: retry.DefaultThrottleErrorCodes}
	retryable := retry.RetryableHTTPStatusCode{Codes: retry.DefaultRetryableHTTPStatusCodes}
	return codes.IsErrorThrottle(err).Bool() || retryable.IsErrorRetryable(err).Bool()
}
