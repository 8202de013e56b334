package inbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"atrium/infra/generate/catalogue"
	"atrium/infra/local/inbox"
	"atrium/shared/mail/ses"
)

// post is an inbox, and what it has told.
type post struct {
	*inbox.Inbox
	t      *testing.T
	url    string
	sender *ses.Sender
	mu     sync.Mutex
	told   []ses.Event
	// deaf is how many events are not taken.
	deaf int
}

func open(t *testing.T) *post {
	t.Helper()
	root, err := catalogue.Root()
	if err != nil {
		t.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &post{t: t, url: "http://" + listener.Addr().String()}
	p.Inbox, err = inbox.Start(t.Context(), inbox.Options{
		Modules: filepath.Join(root, "infra", "local", "node_modules"), Listeners: []net.Listener{listener}, Hear: p.hear, Log: io.Discard,
	})
	if err != nil {
		t.Fatal(err)
	}
	p.sender = ses.Open(ses.Config{
		Region: "us-east-1", Credentials: aws.Credentials{AccessKeyID: "local", SecretAccessKey: "local"}, Endpoint: p.url, ConfigurationSet: "atrium",
	})
	return p
}

func (p *post) hear(_ context.Context, event json.RawMessage) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.deaf > 0 {
		p.deaf--
		return errors.New("deaf")
	}
	events, err := ses.Events(event)
	p.told = append(p.told, events...)
	return err
}

func (p *post) send(to string) {
	p.t.Helper()
	_, err := p.sender.Send(p.t.Context(), ses.Letter{
		From: ses.Address{Name: "Agencia Río", Address: "no-reply@mail.example"}, To: to, Subject: "Hallo",
		Text: "Go to http://localhost:3000/invitation#tok-en_1.", HTML: "<p>Go</p>", Tags: map[string]string{"send": to[:3], "attempt": "1"},
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// What is told is what SES tells, in its own shape: so as we read it.
func TestTellsWhatBecameOfMails(t *testing.T) {
	t.Parallel()
	p := open(t)
	want := map[string][]string{
		"ann@example.com":                          {"send", "delivery"},
		"success@simulator.amazonses.com":          {"send", "delivery"},
		"bounce@simulator.amazonses.com":           {"send", "bounce permanent"},
		"Bounce+ann@simulator.amazonses.com":       {"send", "bounce permanent"},
		"suppressionlist@simulator.amazonses.com":  {"send", "bounce permanent suppressed"},
		"complaint@simulator.amazonses.com":        {"send", "delivery", "complaint"},
		"bounce@simulator.amazonses.com.other.org": {"send", "delivery"},
	}
	for to := range want {
		p.send(to)
	}
	mails, err := inbox.Mails(t.Context(), p.url)
	if err != nil || len(mails) != len(want) {
		t.Errorf("%d mails are in the inbox, %v", len(mails), err)
	}
	p.Stop() // which tells all first
	got := map[string][]string{}
	for _, e := range p.told {
		if e.Tags["send"] != e.Recipient[:3] || e.Tags["attempt"] != "1" || time.Since(e.At).Abs() > time.Minute {
			t.Errorf("%+v", e)
		}
		got[e.Recipient] = append(got[e.Recipient], described(e))
	}
	for to, events := range want {
		if !slices.Equal(got[to], events) {
			t.Errorf("of a mail to %s it tells %v, want %v", to, got[to], events)
		}
	}
}

func described(e ses.Event) string {
	text := string(e.Kind)
	if e.Permanent {
		text += " permanent"
	}
	if e.Suppressed {
		text += " suppressed"
	}
	return text
}

func TestTellsAgainWhatWasNotTaken(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.deaf = 2
	p.send("ann@example.com")
	p.Stop()
	if len(p.told) != 2 {
		t.Errorf("it has told %v", p.told)
	}
}

func TestReaderReadsEachMailOnce(t *testing.T) {
	t.Parallel()
	p := open(t)
	defer p.Stop()
	p.send("bob@example.com")
	p.send("ann@example.com")
	p.send("ann@example.com")
	reader := inbox.Reader{URL: p.url}
	for i := range 3 {
		soon, cancel := context.WithTimeout(t.Context(), time.Second)
		link, err := reader.Link(soon, "ann@example.com", "/invitation")
		cancel()
		if read := err == nil && link == "http://localhost:3000/invitation#tok-en_1"; read != (i < 2) {
			t.Error(fmt.Sprint(i), link, err)
		}
	}
}
