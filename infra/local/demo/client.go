package demo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// client calls the API.
type client struct {
	url string
	// token is empty until somebody has signed in.
	token string
}

// fields are a JSON object.
type fields map[string]any

// post makes a thing, once, however often it is called with the same name.
func (c client) post(ctx context.Context, path, name string, body fields, into any) error {
	sum := sha256.Sum256([]byte(name))
	return c.send(ctx, http.MethodPost, path, body, into, http.Header{"Idempotency-Key": {"demonstration-" + hex.EncodeToString(sum[:8])}})
}

// call sends a request that may be repeated as it is.
func (c client) call(ctx context.Context, method, path string, body fields, into any) error {
	return c.send(ctx, method, path, body, into, http.Header{})
}

func (c client) send(ctx context.Context, method, path string, body fields, into any, header http.Header) error {
	var encoded []byte
	if body != nil {
		var err error
		if encoded, err = json.Marshal(body); err != nil {
			return err
		}
		header.Set("Content-Type", "application/json")
	}
	return c.do(ctx, method, path, encoded, into, header)
}

var transport = &http.Client{
	Timeout:   30 * time.Second,
	Transport: &http.Transport{MaxIdleConnsPerHost: atOnce, IdleConnTimeout: time.Minute},
}

// errBusy is what a 503 says: nothing was changed, try again.
var errBusy = errors.New("busy")

// tries is how often a request is made that is told to try again.
const tries = 6

// do makes a request, and again after a second as long as it is told to: a
// slow machine that has eight things to do at once may need that.
func (c client) do(ctx context.Context, method, path string, body []byte, into any, header http.Header) error {
	for try := 1; ; try++ {
		err := c.attempt(ctx, method, path, body, into, header)
		if !errors.Is(err, errBusy) || try == tries {
			return err
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (c client) attempt(ctx context.Context, method, path string, body []byte, into any, header http.Header) error {
	request, err := http.NewRequestWithContext(ctx, method, c.url+"/v1"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header = header
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	response, err := transport.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close() //nolint:errcheck // it was read
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode == http.StatusServiceUnavailable {
		return fmt.Errorf("%s %s: %w: %s", method, path, errBusy, bytes.TrimSpace(text))
	}
	if response.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("%s %s answered %d: %s", method, path, response.StatusCode, bytes.TrimSpace(text))
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(text, into)
}
