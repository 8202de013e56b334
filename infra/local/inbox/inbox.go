// Package inbox is SES on this machine: npm's aws-ses-v2-local, which takes
// mails as SES does and shows them on a page, and in front of it what that one
// lacks. It tells what became of each mail, as SES does, and SES's simulator
// addresses bounce, complain and are suppressed.
package inbox

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"atrium/infra/local/process"
)

// Options say how to run it.
type Options struct {
	// Modules is the node_modules folder that the server was installed into.
	Modules string
	// Listeners are where it answers, on loopback.
	Listeners []net.Listener
	// Hear is told what SES would tell, as EventBridge hands it to a function.
	// After an error it is told again, twice, as AWS Lambda does it.
	Hear func(ctx context.Context, event json.RawMessage) error
	// Log takes what the server prints.
	Log io.Writer
}

// Inbox is a running one.
type Inbox struct {
	*process.Process
	front  *http.Server
	hear   func(ctx context.Context, event json.RawMessage) error
	events chan event
	told   sync.WaitGroup
}

// backlog is how many events may wait to be told.
const backlog = 10_000

// Start runs the server, and answers on the listeners until Stop.
func Start(ctx context.Context, o Options) (*Inbox, error) {
	server, err := process.StartAnywhere(ctx, o.command, o.Log)
	if err != nil {
		return nil, err
	}
	b := &Inbox{Process: server, hear: o.Hear, events: make(chan event, backlog)}
	target, err := url.Parse(server.Endpoint)
	if err != nil {
		return nil, err
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) },
		// A mail that the server has taken is followed, whoever waits for the answer.
		ModifyResponse: b.follow,
		Transport:      &http.Transport{MaxIdleConnsPerHost: 32, IdleConnTimeout: 2 * time.Second},
	}
	b.front = &http.Server{Handler: noted(proxy), ReadHeaderTimeout: 10 * time.Second}
	for _, listener := range o.Listeners {
		go b.front.Serve(listener) //nolint:errcheck // it ends when it is stopped
	}
	b.told.Go(func() { b.tell(context.WithoutCancel(ctx)) })
	return b, nil
}

func (o Options) command(port int) (*exec.Cmd, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, fmt.Errorf("the local SES needs Node.js, and there is no node on the PATH: %w", err)
	}
	script := filepath.Join(o.Modules, "aws-ses-v2-local", "dist", "cli.js")
	if _, err := os.Stat(script); err != nil {
		return nil, fmt.Errorf("there is no local SES at %s: run make tools, which installs it with npm", script)
	}
	return exec.Command(node, script, "--host", "127.0.0.1", "--port", strconv.Itoa(port)), nil //nolint:gosec // our own tool
}

// Stop ends the server, once all is told of the mails that it has taken.
func (b *Inbox) Stop() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = b.front.Shutdown(ctx)
	close(b.events)
	b.told.Wait()
	b.Process.Stop()
}

// form is what a request to SES holds.
type form struct{}

// noted keeps the form of each mail, which the answer does not show.
func noted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.URL.Path == "/" {
			body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 25<<20))
			if err != nil {
				http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			if mail, err := url.ParseQuery(string(body)); err == nil {
				r = r.WithContext(context.WithValue(r.Context(), form{}, mail))
			}
		}
		next.ServeHTTP(w, r)
	})
}

// follow notes what there is to tell of a mail that the server has taken.
func (b *Inbox) follow(answer *http.Response) error {
	sent, isMail := answer.Request.Context().Value(form{}).(url.Values)
	if !isMail || sent.Get("Action") != "SendEmail" || answer.StatusCode != http.StatusOK {
		return nil
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	var taken struct {
		MessageID string `xml:"SendEmailResult>MessageId"`
	}
	if err := xml.Unmarshal(body, &taken); err != nil {
		return err
	}
	for _, e := range eventsOf(sent, taken.MessageID, time.Now()) {
		b.events <- e
	}
	return nil
}

// pause is between two attempts to tell an event.
const pause = time.Second

// tell tells one event after the other, until there are no more.
func (b *Inbox) tell(ctx context.Context) {
	for e := range b.events {
		err := b.hear(ctx, e.bridged())
		for range 2 {
			if err == nil {
				break
			}
			time.Sleep(pause)
			err = b.hear(ctx, e.bridged())
		}
		if err != nil {
			slog.ErrorContext(ctx, "what became of a mail is not noted", "event", e.Kind, "error", err.Error())
		}
	}
}
