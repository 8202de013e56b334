// Package ses hands mails to Amazon SES, and reads what SES tells of them. It
// is the only place that knows SES's client.
//
// A mail must go out once, and SES takes no idempotency token. So one Send is
// one request, which the SDK never repeats, and its error says which of three
// things happened: the mail was certainly not sent and may be later, it never
// will be, or nobody knows.
package ses

import (
	"context"
	"fmt"
	"mime"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/ses"
	"github.com/aws/aws-sdk-go-v2/service/ses/types"
)

// Config is what SES needs to be reached.
type Config struct {
	// Region and Credentials, as AWS Lambda gives them.
	Region      string
	Credentials aws.Credentials
	// Endpoint of a local server; empty on AWS.
	Endpoint string
	// ConfigurationSet is the one whose events are followed; empty for none.
	ConfigurationSet string
	// HTTP is the client to use instead of our own: tests break calls here.
	HTTP aws.HTTPClient
}

// Sender sends mails. It is safe for concurrent use.
type Sender struct {
	client *ses.Client
	set    *string
}

// A mail is handed over within seconds, or nobody knows.
const (
	dialTimeout = 2 * time.Second
	sendTimeout = 10 * time.Second
)

// Open makes the client; it calls nothing.
func Open(c Config) *Sender {
	options := ses.Options{
		Region:      c.Region,
		Credentials: aws.NewCredentialsCache(credentials.StaticCredentialsProvider{Value: c.Credentials}),
		HTTPClient:  c.HTTP,
		Retryer:     aws.NopRetryer{},
	}
	if c.Endpoint != "" {
		options.BaseEndpoint = aws.String(c.Endpoint)
	}
	if options.HTTPClient == nil {
		options.HTTPClient = awshttp.NewBuildableClient().WithTimeout(sendTimeout).
			WithDialerOptions(func(d *net.Dialer) { d.Timeout = dialTimeout }).
			// A connection that was closed while it was idle would make a mail's fate unknown.
			WithTransportOptions(func(t *http.Transport) { t.IdleConnTimeout = 20 * time.Second })
	}
	s := &Sender{client: ses.New(options)}
	if c.ConfigurationSet != "" {
		s.set = aws.String(c.ConfigurationSet)
	}
	return s
}

// Letter is one mail to one address.
type Letter struct {
	From    Address
	ReplyTo string
	To      string
	Subject string
	HTML    string
	Text    string
	// Tags come back with every event of the mail: letters, digits, _ and - only.
	Tags map[string]string
}

// Address is an address with a name, which may be any text.
type Address struct{ Name, Address string }

// String is the address as it stands in a header. The name is encoded, so that
// nothing in it can be taken for a part of the header.
func (a Address) String() string {
	name := strings.Join(strings.FieldsFunc(a.Name, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }), " ")
	switch {
	case name == "":
		return a.Address
	case strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII }):
		return mime.QEncoding.Encode("utf-8", name) + " <" + a.Address + ">"
	default:
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `" <` + a.Address + ">"
	}
}

// Send hands a mail to SES, once, and returns SES's name of it. See Refused and
// the other errors for what a failure means.
func (s *Sender) Send(ctx context.Context, l Letter) (messageID string, err error) {
	input := &ses.SendEmailInput{
		Source: aws.String(l.From.String()), Destination: &types.Destination{ToAddresses: []string{l.To}},
		Message:              &types.Message{Subject: content(l.Subject), Body: &types.Body{Html: content(l.HTML), Text: content(l.Text)}},
		ConfigurationSetName: s.set, Tags: tagsOf(l.Tags),
	}
	if l.ReplyTo != "" {
		input.ReplyToAddresses = []string{l.ReplyTo}
	}
	answer, err := s.client.SendEmail(ctx, input)
	if err != nil {
		return "", fmt.Errorf("ses: %w", classified(err, l.From.Address))
	}
	return aws.ToString(answer.MessageId), nil
}

func content(text string) *types.Content {
	return &types.Content{Data: aws.String(text), Charset: aws.String("UTF-8")}
}

func tagsOf(tags map[string]string) []types.MessageTag {
	all := make([]types.MessageTag, 0, len(tags))
	for name, value := range tags {
		all = append(all, types.MessageTag{Name: aws.String(name), Value: aws.String(value)})
	}
	slices.SortFunc(all, func(a, b types.MessageTag) int { return strings.Compare(*a.Name, *b.Name) })
	return all
}
