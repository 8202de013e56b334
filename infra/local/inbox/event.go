package inbox

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// event is what SES tells of a mail: Amazon SES Developer Guide, "Contents of
// event data".
type event struct {
	Kind      string     `json:"eventType"`
	Mail      mail       `json:"mail"`
	Send      *struct{}  `json:"send,omitempty"`
	Delivery  *delivery  `json:"delivery,omitempty"`
	Bounce    *bounce    `json:"bounce,omitempty"`
	Complaint *complaint `json:"complaint,omitempty"`
}

type mail struct {
	Timestamp   time.Time           `json:"timestamp"`
	Source      string              `json:"source"`
	MessageID   string              `json:"messageId"`
	Destination []string            `json:"destination"`
	Tags        map[string][]string `json:"tags"`
}

type delivery struct {
	Timestamp    time.Time `json:"timestamp"`
	Recipients   []string  `json:"recipients"`
	SMTPResponse string    `json:"smtpResponse"`
}

type bounce struct {
	Type       string      `json:"bounceType"`
	SubType    string      `json:"bounceSubType"`
	Recipients []recipient `json:"bouncedRecipients"`
	Timestamp  time.Time   `json:"timestamp"`
}

type complaint struct {
	Recipients []recipient `json:"complainedRecipients"`
	Timestamp  time.Time   `json:"timestamp"`
	Type       string      `json:"complaintFeedbackType"`
}

type recipient struct {
	Address        string `json:"emailAddress"`
	Status         string `json:"status,omitempty"`
	DiagnosticCode string `json:"diagnosticCode,omitempty"`
}

// detailTypes are EventBridge's names of the kinds.
var detailTypes = map[string]string{
	"Send": "Email Sent", "Delivery": "Email Delivered", "Bounce": "Email Bounced", "Complaint": "Email Complaint Received",
}

// bridged is the event as EventBridge hands it to a function.
func (e event) bridged() []byte {
	text, err := json.Marshal(map[string]any{
		"version": "0", "id": rand.Text(), "detail-type": detailTypes[e.Kind], "source": "aws.ses", "account": "000000000000",
		"time": e.Mail.Timestamp, "region": "us-east-1", "resources": []string{}, "detail": e,
	})
	if err != nil {
		panic(err) // nothing in it can fail
	}
	return text
}

// eventsOf are what SES tells of a mail that it took: as a rule that it was sent
// and delivered, and of the simulator's addresses what they are for. Amazon SES
// Developer Guide, "Using the Amazon SES mailbox simulator".
func eventsOf(sent url.Values, messageID string, at time.Time) []event {
	to := sent.Get("Destination.ToAddresses.member.1")
	at = at.UTC().Truncate(time.Millisecond)
	m := mail{Timestamp: at, Source: sent.Get("Source"), MessageID: messageID, Destination: []string{to}, Tags: tagsOf(sent)}
	taken := event{Kind: "Send", Mail: m, Send: &struct{}{}}
	delivered := event{Kind: "Delivery", Mail: m, Delivery: &delivery{Timestamp: at, Recipients: m.Destination, SMTPResponse: "250 2.0.0 OK"}}
	bounced := func(subType, code string) event {
		return event{Kind: "Bounce", Mail: m, Bounce: &bounce{
			Type: "Permanent", SubType: subType, Timestamp: at, Recipients: []recipient{{Address: to, Status: "5.1.1", DiagnosticCode: code}},
		}}
	}
	switch simulated(to) {
	case "bounce":
		return []event{taken, bounced("General", "smtp; 550 5.1.1 user unknown")}
	case "suppressionlist":
		return []event{taken, bounced("Suppressed", "Amazon SES did not send the message to this address because it is on the suppression list.")}
	case "complaint":
		return []event{taken, delivered, {Kind: "Complaint", Mail: m, Complaint: &complaint{
			Type: "abuse", Timestamp: at, Recipients: []recipient{{Address: to}},
		}}}
	default:
		return []event{taken, delivered}
	}
}

// simulated is the part of an address of the simulator that says what it does,
// which a label may follow; empty of any other address.
func simulated(to string) string {
	local, is := strings.CutSuffix(strings.ToLower(to), "@simulator.amazonses.com")
	if !is {
		return ""
	}
	what, _, _ := strings.Cut(local, "+")
	return what
}

// tagsOf are the tags that a mail was sent with.
func tagsOf(sent url.Values) map[string][]string {
	tags := map[string][]string{}
	for i := 1; ; i++ {
		name := sent.Get(fmt.Sprintf("Tags.member.%d.Name", i))
		if name == "" {
			return tags
		}
		tags[name] = []string{sent.Get(fmt.Sprintf("Tags.member.%d.Value", i))}
	}
}
