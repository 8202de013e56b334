package apitest

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"

	"atrium/shared/courier"
	"atrium/shared/lambdastream"
	"atrium/shared/mail/ses"
)

// Postbox takes mails in SES's place, and answers as it does.
type Postbox struct {
	// Fault, when set, is asked before each mail is taken: it may answer instead.
	Fault func(mail url.Values) (*http.Response, error)
	mu    sync.Mutex
	mails []url.Values
}

// Do makes it the HTTP client of SES's client.
func (p *Postbox) Do(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	mail, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	if p.Fault != nil {
		if response, err := p.Fault(mail); response != nil || err != nil {
			return response, err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mails = append(p.mails, mail)
	return said(http.StatusOK, fmt.Sprintf("<SendEmailResponse><SendEmailResult><MessageId>message-%d</MessageId></SendEmailResult></SendEmailResponse>", len(p.mails))), nil
}

// RefuseMail is how SES refuses a mail, by a code of its API.
func RefuseMail(status int, code string) *http.Response {
	return said(status, "<ErrorResponse><Error><Type>Sender</Type><Code>"+code+"</Code><Message>injected</Message></Error></ErrorResponse>")
}

func said(status int, xml string) *http.Response {
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"text/xml"}},
		Body: io.NopCloser(strings.NewReader(xml)), ContentLength: int64(len(xml)),
	}
}

// Mails are those that were taken, as requests to SES.
func (p *Postbox) Mails() []url.Values {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]url.Values{}, p.mails...)
}

var _ aws.HTTPClient = (*Postbox)(nil)

// Courier is the one of the world's deployment.
func (w *World) Courier(p *Postbox) *courier.Courier {
	return &courier.Courier{
		Table: w.Function("deliver-mail"), Config: w.Config, From: "no-reply@deployment.example", BaseURL: "https://api.example", Now: w.now,
		Sender: ses.Open(ses.Config{Region: "eu-central-1", Credentials: aws.Credentials{AccessKeyID: "none", SecretAccessKey: "none"}, ConfigurationSet: "atrium", HTTP: p}),
	}
}

// Recorder is the one that hears of mails, and sends none.
func (w *World) Recorder() *courier.Courier {
	return &courier.Courier{Table: w.Function("record-mail-event"), Now: w.now}
}

// Deliver has the stream of a NewStreamed world tell that of all that happened so far.
func (w *World) Deliver(c *courier.Courier) {
	w.T.Helper()
	w.Follow(lambdastream.Handler(c.Table, c.Follow))
}
