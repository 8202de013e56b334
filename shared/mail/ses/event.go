package ses

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Kind is what SES tells of a mail.
type Kind string

// The kinds that are followed.
const (
	Send      Kind = "send"
	Delivery  Kind = "delivery"
	Delay     Kind = "delay"
	Bounce    Kind = "bounce"
	Complaint Kind = "complaint"
	Reject    Kind = "reject"
)

// Event is one thing that SES tells of one mail.
type Event struct {
	Kind Kind
	// Tags are those that the mail was sent with, the first value of each.
	Tags map[string]string
	// Recipient is whom it concerns.
	Recipient string
	At        time.Time
	// Reason is in plain words, for a person of the agency.
	Reason string
	// Permanent is set on a bounce that would come again.
	Permanent bool
	// Suppressed is set on a bounce of an address that SES knows not to take
	// mail, and to which it has sent none.
	Suppressed bool
}

// message is an event as SES publishes it: Amazon SES Developer Guide,
// "Contents of event data".
type message struct {
	EventType string `json:"eventType"`
	Mail      struct {
		Timestamp   time.Time           `json:"timestamp"`
		Destination []string            `json:"destination"`
		Tags        map[string][]string `json:"tags"`
	} `json:"mail"`
	Bounce struct {
		Type       string      `json:"bounceType"`
		SubType    string      `json:"bounceSubType"`
		Recipients []recipient `json:"bouncedRecipients"`
		Timestamp  time.Time   `json:"timestamp"`
	} `json:"bounce"`
	Complaint struct {
		SubType    string      `json:"complaintSubType"`
		Recipients []recipient `json:"complainedRecipients"`
		Timestamp  time.Time   `json:"timestamp"`
	} `json:"complaint"`
	Delivery struct {
		Timestamp time.Time `json:"timestamp"`
	} `json:"delivery"`
	Delay struct {
		Type      string    `json:"delayType"`
		Timestamp time.Time `json:"timestamp"`
	} `json:"deliveryDelay"`
}

type recipient struct {
	EmailAddress string `json:"emailAddress"`
}

// Events reads what SES tells, as it comes through SNS, through EventBridge, or
// as it is. What SES tells beside that (opens, clicks) is passed over. What
// cannot be read is an error, beside the events that can.
func Events(payload []byte) ([]Event, error) {
	messages, err := unwrapped(payload)
	errs := []error{err}
	var events []Event
	for i, text := range messages {
		var m message
		if err := json.Unmarshal(text, &m); err != nil || m.EventType == "" {
			errs = append(errs, fmt.Errorf("ses: record %d is no event of SES: %w", i, errors.Join(err)))
			continue
		}
		if e, followed := m.event(); followed {
			events = append(events, e)
		}
	}
	return events, errors.Join(errs...)
}

// unwrapped are the events in what a function is handed.
func unwrapped(payload []byte) ([]json.RawMessage, error) {
	var envelope struct {
		Records []struct {
			SNS struct {
				Message string `json:"Message"`
			} `json:"Sns"`
		} `json:"Records"`
		Detail json.RawMessage `json:"detail"`
	}
	if err := json.Unmarshal(bytes.TrimSpace(payload), &envelope); err != nil {
		return nil, fmt.Errorf("ses: no event: %w", err)
	}
	switch {
	case len(envelope.Records) > 0:
		messages := make([]json.RawMessage, len(envelope.Records))
		for i, r := range envelope.Records {
			messages[i] = json.RawMessage(r.SNS.Message)
		}
		return messages, nil
	case envelope.Detail != nil:
		return []json.RawMessage{envelope.Detail}, nil
	default:
		return []json.RawMessage{payload}, nil
	}
}

func (m message) event() (e Event, followed bool) {
	e = Event{Tags: map[string]string{}, At: m.Mail.Timestamp}
	for name, values := range m.Mail.Tags {
		if len(values) > 0 {
			e.Tags[name] = values[0]
		}
	}
	recipients := []recipient{}
	switch m.EventType {
	case "Send":
		e.Kind = Send
	case "Delivery":
		e.Kind, e.At = Delivery, m.Delivery.Timestamp
	case "DeliveryDelay":
		e.Kind, e.At, e.Reason = Delay, m.Delay.Timestamp, delayReason(m.Delay.Type)
	case "Bounce":
		e.Kind, e.At, e.Reason = Bounce, m.Bounce.Timestamp, bounceReason(m.Bounce.Type, m.Bounce.SubType)
		e.Permanent = m.Bounce.Type == "Permanent"
		e.Suppressed = m.Bounce.SubType == "Suppressed" || m.Bounce.SubType == "OnAccountSuppressionList"
		recipients = m.Bounce.Recipients
	case "Complaint":
		e.Kind, e.At, e.Reason = Complaint, m.Complaint.Timestamp, "Whoever reads this address marked the mail as spam."
		if m.Complaint.SubType == "OnAccountSuppressionList" {
			e.Reason = "Whoever reads this address has marked mail as spam before, and was not written to."
		}
		recipients = m.Complaint.Recipients
	case "Reject":
		e.Kind, e.Reason = Reject, "The mail service found something harmful in the mail, and did not send it."
	case "Rendering Failure":
		e.Kind, e.Reason = Reject, "The mail could not be put together."
	default:
		return e, false
	}
	e.Recipient = first(recipients, m.Mail.Destination)
	if e.At.IsZero() {
		e.At = m.Mail.Timestamp
	}
	return e, true
}

func first(recipients []recipient, destination []string) string {
	switch {
	case len(recipients) > 0:
		return recipients[0].EmailAddress
	case len(destination) > 0:
		return destination[0]
	default:
		return ""
	}
}

// bounceReason says why a mail came back. What the other server said is not
// repeated: it may hold what is nobody's business.
func bounceReason(kind, subtype string) string {
	switch subtype {
	case "Suppressed", "OnAccountSuppressionList":
		return "Mail to this address came back before, so the mail service did not try again."
	case "NoEmail":
		return "There is no such address. Check its spelling."
	case "MailboxFull":
		return "The mailbox is full."
	case "MessageTooLarge":
		return "The mail is too large for this mailbox."
	case "ContentRejected", "AttachmentRejected":
		return "The recipient's server did not take what is in the mail."
	case "CustomTimeoutExceeded":
		return "The recipient's server did not take the mail in time."
	}
	switch kind {
	case "Permanent":
		return "The recipient's server refused the mail for good. Check the address."
	case "Transient":
		return "The recipient's server did not take the mail for now. Try again later."
	default:
		return "The mail came back, and the recipient's server did not say why."
	}
}

func delayReason(kind string) string {
	switch kind {
	case "MailboxFull":
		return "The mailbox is full. The mail service keeps trying."
	case "RecipientServerError", "InternalFailure", "IPFailure", "TransientCommunicationFailure":
		return "The recipient's server does not take mail at the moment. The mail service keeps trying."
	case "SpamDetected":
		return "The recipient's server takes many mails like this for spam. The mail service keeps trying."
	case "BYOIPHostNameLookupUnavailable", "SendingDeferral", "Undetermined":
		return "The mail is delayed. The mail service keeps trying."
	default:
		return "The mail is delayed. The mail service keeps trying."
	}
}
