package lambdamail_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"atrium/shared/apitest"
	"atrium/shared/lambdamail"
	"atrium/shared/outbox"
)

// office is a world in which invitations wait to be sent.
type office struct {
	*apitest.World
	apitest.Postbox
	now time.Time
	org string
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{World: apitest.NewStreamed(t), now: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)}
	o.Now = func() time.Time { return o.now }
	o.Workspace = o.Nobody().Post("/workspaces", `{"name":"Agency Ltd","owner":{"name":"Olga","email":"olga@agency.example"}}`).Want(http.StatusCreated).ID()
	o.org = o.Owner().Post("/organizations", `{"name":"Café Río"}`).Want(http.StatusCreated).ID()
	return o
}

func (o *office) invite(email string) (id string) {
	o.T.Helper()
	return o.Owner().Post("/organizations/"+o.org+"/invitations", `{"email":"`+email+`"}`).Want(http.StatusCreated).ID()
}

// delivery is the state of an invitation's mail.
func (o *office) delivery(id string) any {
	o.T.Helper()
	return o.Owner().Get("/organizations/" + o.org + "/invitations/" + id).Want(http.StatusOK).At("delivery.state")
}

// wake hands an event to deliver-mail, and returns the failures it reports.
func (o *office) wake(ctx context.Context, event []byte) (failed []string, err error) {
	o.T.Helper()
	answer, err := lambdamail.Deliverer(o.Courier(&o.Postbox))(ctx, event)
	if batch, ok := answer.(events.DynamoDBEventResponse); ok {
		for _, failure := range batch.BatchItemFailures {
			failed = append(failed, failure.ItemIdentifier)
		}
	}
	return failed, err
}

// due are the records of the stream that ask for a mail to somebody.
func (o *office) due() (records []events.DynamoDBEventRecord) {
	o.T.Helper()
	for _, r := range o.Records() {
		image := r.Change.NewImage
		if strings.HasSuffix(r.Change.Keys["pk"].String(), "#invitation") && image["outbox"].String() == string(outbox.Due) {
			records = append(records, r)
		}
	}
	return records
}

func batch(t *testing.T, records []events.DynamoDBEventRecord) []byte {
	t.Helper()
	event, err := json.Marshal(events.DynamoDBEvent{Records: records})
	if err != nil {
		t.Fatal(err)
	}
	return event
}

// clock is what EventBridge sends every minute.
const clock = `{"version":"0","id":"89d1a02d-5ec7-412e-82f5-13505f849b41","detail-type":"Scheduled Event","source":"aws.events",
	"account":"123456789012","time":"2026-11-26T09:01:00Z","region":"eu-central-1","resources":["arn:aws:events:eu-central-1:123456789012:rule/Minute"],"detail":{}}`

func TestWhatTheStreamTellsOfIsSent(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann, bob := o.invite("ann@example.com"), o.invite("bob@example.com")
	event := batch(t, o.due())
	for range 2 { // AWS delivers at least once
		if failed, err := o.wake(t.Context(), event); err != nil || len(failed) > 0 {
			t.Fatal(failed, err)
		}
	}
	if o.delivery(ann) != "sent" || o.delivery(bob) != "sent" || len(o.Mails()) != 2 {
		t.Errorf("%v, %v, and %d mails", o.delivery(ann), o.delivery(bob), len(o.Mails()))
	}
	for _, mail := range o.Mails() {
		if from := mail.Get("Source"); from != `"Agency Ltd" <no-reply@deployment.example>` || mail.Get("ConfigurationSetName") != "atrium" {
			t.Errorf("from %s, with %q", from, mail.Get("ConfigurationSetName"))
		}
	}
}

// One record that nobody can make anything of keeps no other one back.
func TestOfABatchThoseThatFailedAreNamed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann, bob := o.invite("ann@example.com"), o.invite("bob@example.com")
	records := o.due()
	poison := records[0]
	poison.Change.SequenceNumber = "poison"
	poison.Change.NewImage = map[string]events.DynamoDBAttributeValue{
		"pk": events.NewStringAttribute(o.Workspace + "#parcel"), "sk": events.NewStringAttribute("x"), "outbox": events.NewStringAttribute("due"),
	}
	failed, err := o.wake(t.Context(), batch(t, []events.DynamoDBEventRecord{records[0], poison, records[1]}))
	if err != nil || !slices.Equal(failed, []string{"poison"}) {
		t.Errorf("failed: %v, %v", failed, err)
	}
	if o.delivery(ann) != "sent" || o.delivery(bob) != "sent" {
		t.Errorf("%v, %v", o.delivery(ann), o.delivery(bob))
	}
}

// What SES did not take waits for the clock, and its time.
func TestWhatHadToWaitIsSentByTheClock(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.invite("ann@example.com")
	o.Postbox.Fault = func(url.Values) (*http.Response, error) {
		return apitest.RefuseMail(http.StatusBadRequest, "Throttling"), nil
	}
	if failed, err := o.wake(t.Context(), batch(t, o.due())); err != nil || len(failed) > 0 {
		t.Fatal(failed, err)
	}
	o.Postbox.Fault = nil
	for _, tc := range []struct {
		passes time.Duration
		mails  int
		state  string
	}{{0, 0, "queued"}, {time.Minute, 1, "sent"}, {time.Minute, 1, "sent"}} {
		o.now = o.now.Add(tc.passes)
		if _, err := o.wake(t.Context(), []byte(clock)); err != nil {
			t.Fatal(err)
		}
		if len(o.Mails()) != tc.mails || o.delivery(ann) != tc.state {
			t.Errorf("at %v: %d mails, %v; want %d, %s", o.now, len(o.Mails()), o.delivery(ann), tc.mails, tc.state)
		}
	}
}

// postponed leaves invitations for the clock.
func (o *office) postponed(n int) (ids []string) {
	o.T.Helper()
	for i := range n {
		ids = append(ids, o.invite(fmt.Sprintf("ann%d@example.com", i)))
	}
	o.Postbox.Fault = func(url.Values) (*http.Response, error) {
		return apitest.RefuseMail(http.StatusBadRequest, "Throttling"), nil
	}
	if failed, err := o.wake(o.T.Context(), batch(o.T.(*testing.T), o.due())); err != nil || len(failed) > 0 {
		o.T.Fatal(failed, err)
	}
	o.Postbox.Fault = nil
	o.now = o.now.Add(time.Minute)
	return ids
}

// A sweep that is ended finishes what it has begun: SES took the mail, and a
// record of it must not be missing.
func TestASweepThatIsEndedFinishesWhatItBegan(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.postponed(20)
	ctx, end := context.WithCancel(t.Context())
	o.Postbox.Fault = func(url.Values) (*http.Response, error) { end(); return nil, nil } //nolint:nilnil // nothing injected
	if _, err := o.wake(ctx, []byte(clock)); err == nil {
		t.Error("it says that all was done")
	}
	begun := len(o.Mails())
	if begun == 0 || begun == len(ids) {
		t.Errorf("%d of %d were begun", begun, len(ids))
	}
	sent := 0
	for _, id := range ids {
		if o.delivery(id) == "sent" {
			sent++
		}
	}
	if sent != begun {
		t.Errorf("SES took %d, and %d are sent", begun, sent)
	}
	if _, err := o.wake(t.Context(), []byte(clock)); err != nil || len(o.Mails()) != len(ids) {
		t.Errorf("then %d of %d, %v", len(o.Mails()), len(ids), err)
	}
}

// A function that is about to be ended begins nothing, and what it leaves to
// the next sweep is no failure.
func TestASweepOutOfTimeLeavesTheRestToTheNext(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.postponed(1)
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
	defer cancel()
	if _, err := o.wake(ctx, []byte(clock)); err != nil || len(o.Mails()) != 0 {
		t.Errorf("%d mails, %v", len(o.Mails()), err)
	}
	if _, err := o.wake(t.Context(), []byte(clock)); err != nil || len(o.Mails()) != 1 {
		t.Errorf("then %d mails, %v", len(o.Mails()), err)
	}
}

func TestNoOtherEventWakesIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.postponed(1)
	for name, event := range map[string]string{
		"no JSON":           `ping`,
		"nothing":           `{}`,
		"no records":        `{"Records":[]}`,
		"a text":            `"Scheduled Event"`,
		"of SNS":            `{"Records":[{"EventSource":"aws:sns","Sns":{"Message":"{}"}}]}`,
		"of SQS":            `{"Records":[{"eventSource":"aws:sqs","body":"{}"}]}`,
		"of SES":            `{"detail-type":"Email Bounced","source":"aws.ses","detail":{}}`,
		"of an HTTP API":    `{"version":"2.0","routeKey":"GET /v1/me","rawPath":"/v1/me"}`,
		"a broken record":   `{"Records":[{"eventSource":"aws:dynamodb","dynamodb":{"NewImage":{"outbox":{"X":"due"}}}}]}`,
		"of several places": `{"Records":[{"eventSource":"aws:dynamodb"},{"eventSource":"aws:sqs"}]}`,
	} {
		if failed, err := o.wake(t.Context(), []byte(event)); err == nil || len(failed) > 0 {
			t.Errorf("%s: taken, with the failures %v", name, failed)
		}
	}
	if len(o.Mails()) > 0 {
		t.Errorf("%d mails", len(o.Mails()))
	}
}

// told is what SES tells of the last mail, through EventBridge.
func (o *office) told(eventType, member string) string {
	mail := o.Mails()[len(o.Mails())-1]
	tags := map[string][]string{"ses:configuration-set": {"atrium"}}
	for i := 1; mail.Get(fmt.Sprintf("Tags.member.%d.Name", i)) != ""; i++ {
		tags[mail.Get(fmt.Sprintf("Tags.member.%d.Name", i))] = []string{mail.Get(fmt.Sprintf("Tags.member.%d.Value", i))}
	}
	at := o.now.Add(time.Second).Format(time.RFC3339)
	detail := map[string]any{
		"eventType": eventType, member: map[string]any{"timestamp": at},
		"mail": map[string]any{"timestamp": at, "destination": []string{mail.Get("Destination.ToAddresses.member.1")}, "tags": tags},
	}
	event, err := json.Marshal(map[string]any{"version": "0", "source": "aws.ses", "detail-type": "Email " + eventType, "detail": detail})
	if err != nil {
		o.T.Fatal(err)
	}
	return string(event)
}

func TestWhatSESTellsIsRecorded(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ann := o.invite("ann@example.com")
	if failed, err := o.wake(t.Context(), batch(t, o.due())); err != nil || len(failed) > 0 {
		t.Fatal(failed, err)
	}
	hear := lambdamail.Hearer(o.Recorder())
	if err := hear(t.Context(), []byte(o.told("Delivery", "delivery"))); err != nil || o.delivery(ann) != "delivered" {
		t.Errorf("%v, %v", o.delivery(ann), err)
	}
	var direct struct{ Detail json.RawMessage }
	if err := json.Unmarshal([]byte(o.told("Complaint", "complaint")), &direct); err != nil {
		t.Fatal(err)
	}
	// Through SNS, and beside something that is no event: that is told, and the rest is not lost.
	var message bytes.Buffer
	if err := json.Compact(&message, direct.Detail); err != nil {
		t.Fatal(err)
	}
	records := []any{}
	for _, text := range []string{"no event", message.String()} {
		records = append(records, map[string]any{"EventSource": "aws:sns", "Sns": map[string]any{"Message": text}})
	}
	event, err := json.Marshal(map[string]any{"Records": records})
	if err != nil {
		t.Fatal(err)
	}
	if err := hear(t.Context(), event); err == nil || o.delivery(ann) != "complained" {
		t.Errorf("%v, %v", o.delivery(ann), err)
	}
}
