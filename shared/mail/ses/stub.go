package ses

import (
	"context"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

type Config struct {
	Region           string
	Credentials      aws.Credentials
	Endpoint         string
	ConfigurationSet string
	HTTP             aws.HTTPClient
}
type Sender struct{}

func Open(c Config) *Sender { return nil }

type Letter struct {
	From                             Address
	ReplyTo, To, Subject, HTML, Text string
	Tags                             map[string]string
}
type Address struct{ Name, Address string }

func (s *Sender) Send(ctx context.Context, l Letter) (string, error) { return "", nil }

var ErrThrottled, ErrUnavailable, ErrUnknown = errors.New(""), errors.New(""), errors.New("")

type Refused struct{ Reason string }

func (r *Refused) Error() string { return r.Reason }

type Kind string

const (
	Send      Kind = "send"
	Delivery  Kind = "delivery"
	Delay     Kind = "delay"
	Bounce    Kind = "bounce"
	Complaint Kind = "complaint"
	Reject    Kind = "reject"
)

type Event struct {
	Kind                  Kind
	Tags                  map[string]string
	Recipient             string
	At                    time.Time
	Reason                string
	Permanent, Suppressed bool
}

func Events(payload []byte) ([]Event, error) { return nil, nil }
