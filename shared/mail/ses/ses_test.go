package ses_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"atrium/shared/mail/ses"
)

// answering is an SES that answers every mail alike, and counts them.
func answering(t *testing.T, status int, body string) (sender *ses.Sender, asked *atomic.Int64) {
	t.Helper()
	asked = new(atomic.Int64)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Header().Set("Content-Type", "text/xml")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(web.Close)
	return to(web.URL), asked
}

func to(url string) *ses.Sender {
	return ses.Open(ses.Config{Region: "eu-central-1", Credentials: aws.Credentials{AccessKeyID: "a", SecretAccessKey: "b"}, Endpoint: url, ConfigurationSet: "atrium"})
}

func letter() ses.Letter {
	return ses.Letter{
		From: ses.Address{Name: "Agency", Address: "no-reply@agency.example"}, To: "ann@example.com", Subject: "Hi", HTML: "<p>Hi</p>", Text: "Hi",
		Tags: map[string]string{"send": "1", "item": "x"},
	}
}

func refusal(code, message string) string {
	return fmt.Sprintf("<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>r</RequestId></ErrorResponse>", code, message)
}

// What SES says decides whether the mail waits, has failed, or is unknown; and
// none of it makes the client send it again by itself.
func TestWhatAFailureMeans(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		status int
		body   string
		want   error
	}{
		"too fast":                    {400, refusal("Throttling", "Maximum sending rate exceeded."), ses.ErrThrottled},
		"the day's quota":             {400, refusal("Throttling", "Daily message quota exceeded."), ses.ErrThrottled},
		"too many, without a word":    {429, "", ses.ErrThrottled},
		"the account is paused":       {400, refusal("AccountSendingPausedException", "Email sending is disabled for your account"), ses.ErrUnavailable},
		"paused, as a rejection":      {400, refusal("MessageRejected", "Sending paused for this account."), ses.ErrUnavailable},
		"the set is paused":           {400, refusal("ConfigurationSetSendingPausedException", "x"), ses.ErrUnavailable},
		"no such set":                 {400, refusal("ConfigurationSetDoesNotExist", "x"), ses.ErrUnavailable},
		"the domain is not verified":  {400, refusal("MailFromDomainNotVerifiedException", "x"), ses.ErrUnavailable},
		"an address is not verified":  {400, refusal("MessageRejected", "Email address is not verified."), ses.ErrUnavailable},
		"not allowed":                 {403, refusal("AccessDenied", "x"), ses.ErrUnavailable},
		"credentials that are over":   {403, refusal("ExpiredToken", "x"), ses.ErrUnavailable},
		"not there":                   {503, refusal("ServiceUnavailable", "x"), ses.ErrUnavailable},
		"not there, without a word":   {503, "", ses.ErrUnavailable},
		"an error of its own":         {500, refusal("InternalFailure", "x"), ses.ErrUnknown},
		"an error, without a word":    {500, "", ses.ErrUnknown},
		"something that is no answer": {200, "<html>", ses.ErrUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sender, asked := answering(t, tc.status, tc.body)
			if _, err := sender.Send(t.Context(), letter()); !errors.Is(err, tc.want) || asked.Load() != 1 {
				t.Errorf("%v, after %d requests; want %v after one", err, asked.Load(), tc.want)
			}
		})
	}
}

// An operator is told what to do, and nobody who the mail was for.
func TestWhatAnOperatorIsTold(t *testing.T) {
	t.Parallel()
	const failed = "Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: "
	for body, remedy := range map[string]string{
		refusal("MessageRejected", failed+"no-reply@agency.example"):                  "verify it in SES",
		refusal("MessageRejected", failed+"ann@example.com"):                          "the account is in SES's sandbox",
		refusal("MessageRejected", failed+"no-reply@agency.example, ann@example.com"): "verify it in SES",
		refusal("AccountSendingPausedException", "for ann@example.com"):               "sending is paused",
		refusal("ConfigurationSetDoesNotExist", "no set for ann@example.com"):         "CONFIGURATION_SET names none",
		refusal("AccessDenied", "to send to ann@example.com"):                         "its role",
	} {
		sender, _ := answering(t, 400, body)
		_, err := sender.Send(t.Context(), letter())
		if err == nil || !strings.Contains(err.Error(), remedy) || strings.Contains(err.Error(), "ann@") {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestWhatIsRefusedForGood(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"MessageRejected", "InvalidParameterValue", "ValidationError"} {
		sender, asked := answering(t, 400, refusal(code, "secret@example.com is illegal"))
		_, err := sender.Send(t.Context(), letter())
		var refused *ses.Refused
		if !errors.As(err, &refused) || asked.Load() != 1 || strings.Contains(refused.Reason, "secret@") {
			t.Errorf("%s: %v after %d requests", code, err, asked.Load())
		}
	}
}

// A request that nobody took was certainly not sent; one that broke off may have been.
func TestWhatBreaksOff(t *testing.T) {
	t.Parallel()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + listener.Addr().String()
	_ = listener.Close()
	if _, err := to(closed).Send(t.Context(), letter()); !errors.Is(err, ses.ErrUnavailable) {
		t.Errorf("nobody listens: %v", err)
	}
	var asked atomic.Int64
	cutting := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_ = conn.Close()
		}
	}))
	defer cutting.Close()
	if _, err := to(cutting.URL).Send(t.Context(), letter()); !errors.Is(err, ses.ErrUnknown) || asked.Load() != 1 {
		t.Errorf("cut off: %v after %d requests", err, asked.Load())
	}
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server see that the client has left
		<-r.Context().Done()
	}))
	defer slow.Close()
	soon, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := to(slow.URL).Send(soon, letter()); !errors.Is(err, ses.ErrUnknown) {
		t.Errorf("out of time: %v", err)
	}
}

// What is sent is one mail, with its tags, and nothing in a name gets into a header.
func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	sent := make(chan url.Values, 1)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		sent <- r.PostForm
		_, _ = io.WriteString(w, "<SendEmailResponse><SendEmailResult><MessageId>m-1</MessageId></SendEmailResult></SendEmailResponse>")
	}))
	defer web.Close()
	for name, source := range map[string]string{
		"Agency":                               `"Agency" <no-reply@agency.example>`,
		"A \"quoted\" \\ name":                 `"A \"quoted\" \\ name" <no-reply@agency.example>`,
		"Evil\r\nBcc: all@example.com":         `"Evil Bcc: all@example.com" <no-reply@agency.example>`,
		"Café Río":                             `=?utf-8?q?Caf=C3=A9_R=C3=ADo?= <no-reply@agency.example>`,
		"":                                     "no-reply@agency.example",
		"x\" <other@example.com>, \"everybody": `"x\" <other@example.com>, \"everybody" <no-reply@agency.example>`,
	} {
		l := letter()
		l.From.Name, l.ReplyTo = name, "help@agency.example"
		id, err := to(web.URL).Send(t.Context(), l)
		if err != nil || id != "m-1" {
			t.Fatal(id, err)
		}
		mail := <-sent
		for field, want := range map[string]string{
			"Source": source, "Destination.ToAddresses.member.1": "ann@example.com", "Destination.ToAddresses.member.2": "",
			"Tags.member.1.Name": "item", "Tags.member.1.Value": "x", "Tags.member.2.Name": "send",
			"ConfigurationSetName": "atrium", "ReplyToAddresses.member.1": "help@agency.example",
		} {
			if got := mail.Get(field); got != want {
				t.Errorf("%q: %s is %q, want %q", name, field, got, want)
			}
		}
	}
}
