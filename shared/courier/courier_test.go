package courier_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/courier"
	"atrium/shared/id"
	"atrium/shared/invitation"
	"atrium/shared/lambdastream"
	"atrium/shared/outbox"
	"atrium/shared/table"
)

// office is a world with a courier, a postbox in SES's place, and a clock.
type office struct {
	*apitest.World
	post    *apitest.Postbox
	courier *courier.Courier
	org     string
	now     time.Time
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := officeIn(apitest.NewStreamed(t))
	o.follow() // the owner's sign-in link
	o.post = &apitest.Postbox{}
	o.courier = o.Courier(o.post)
	return o
}

func officeIn(w *apitest.World) *office {
	w.T.Helper()
	o := &office{World: w, post: &apitest.Postbox{}, now: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)}
	o.Now = func() time.Time { return o.now }
	o.courier = o.Courier(o.post)
	o.Workspace = o.Nobody().Post("/workspaces", `{"name":"Agency Ltd","owner":{"name":"Olga","email":"olga@agency.example"}}`).Want(http.StatusCreated).ID()
	o.org = o.Owner().Post("/organizations", `{"name":"Café Río"}`).Want(http.StatusCreated).ID()
	return o
}

// follow hands the courier all that the stream tells of, from its beginning on.
func (o *office) follow() { o.Deliver(o.courier) }

func (o *office) sweep() {
	o.T.Helper()
	if err := o.courier.Sweep(o.T.Context()); err != nil {
		o.T.Error(err)
	}
}

func (o *office) path(id string) string { return "/organizations/" + o.org + "/invitations/" + id }

func (o *office) invite(email string) string {
	o.T.Helper()
	return o.Owner().Post("/organizations/"+o.org+"/invitations", map[string]string{"email": email}).Want(http.StatusCreated).ID()
}

// to are how many mails each address got.
func (o *office) to() map[string]int {
	got := map[string]int{}
	for _, mail := range o.post.Mails() {
		got[mail.Get("Destination.ToAddresses.member.1")]++
	}
	return got
}

// holds fails the test unless the invitation's mail came to this.
func (o *office) holds(when, id string, state outbox.State, reason string) {
	o.T.Helper()
	got := o.Owner().Get(o.path(id)).Want(http.StatusOK)
	if got.At("delivery.state") != string(state) || !strings.Contains(fmt.Sprint(got.At("delivery.reason")), reason) {
		o.T.Errorf("%s: %v (%v), want %s (%s)", when, got.At("delivery.state"), got.At("delivery.reason"), state, reason)
	}
}

// tell is what SES tells of a mail, as EventBridge brings it.
func (o *office) tell(mail url.Values, kind string, at time.Time, more map[string]any) {
	o.T.Helper()
	tags := map[string][]string{}
	for i := 1; mail.Get(fmt.Sprintf("Tags.member.%d.Name", i)) != ""; i++ {
		tags[mail.Get(fmt.Sprintf("Tags.member.%d.Name", i))] = []string{mail.Get(fmt.Sprintf("Tags.member.%d.Value", i))}
	}
	detail := map[string]any{"eventType": kind, "mail": map[string]any{
		"timestamp": at, "destination": []string{mail.Get("Destination.ToAddresses.member.1")}, "tags": tags,
	}}
	for name, value := range more {
		detail[name] = value
	}
	payload, err := json.Marshal(map[string]any{"source": "aws.ses", "detail-type": "Email", "detail": detail})
	if err != nil {
		o.T.Fatal(err)
	}
	if err := o.Recorder().Hear(o.T.Context(), payload); err != nil {
		o.T.Error(err)
	}
}

func bounce(subtype string, at time.Time) map[string]any {
	return map[string]any{"bounce": map[string]any{"bounceType": "Permanent", "bounceSubType": subtype, "timestamp": at}}
}

func TestAMailGoesOutOnceHoweverOftenItIsTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.invite("ann@example.com")
	var all sync.WaitGroup
	for range 3 {
		all.Go(o.follow)
	}
	all.Wait()
	o.follow()
	o.sweep()
	if got := o.to(); got["ann@example.com"] != 1 || len(got) != 1 {
		t.Errorf("mails %v", got)
	}
	o.holds("sent", id, outbox.Sent, "")
	mail := o.post.Mails()[0]
	if mail.Get("Source") != `"Agency Ltd" <no-reply@deployment.example>` || mail.Get("ConfigurationSetName") == "" || !strings.Contains(mail.Get("Message.Body.Text.Data"), "https://dashboard.example/invitation#") {
		t.Errorf("%v", mail)
	}
	o.Owner().Post(o.path(id)+"/resend", nil).Want(http.StatusOK)
	o.follow()
	if got := o.to(); got["ann@example.com"] != 2 {
		t.Errorf("sent again: %v", got)
	}
}

func TestWhatSESDoesNotTakeWaits(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fault  func(url.Values) (*http.Response, error)
		reason string
	}{
		"throttled": {func(url.Values) (*http.Response, error) { return apitest.RefuseMail(400, "Throttling"), nil }, "busy"},
		"paused": {func(url.Values) (*http.Response, error) {
			return apitest.RefuseMail(400, "AccountSendingPausedException"), nil
		}, "takes no mail of ours"},
		"down": {func(url.Values) (*http.Response, error) { return apitest.RefuseMail(503, "ServiceUnavailable"), nil }, "takes no mail of ours"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.post.Fault = tc.fault
			id := o.invite("ann@example.com")
			o.follow()
			o.holds("refused", id, outbox.Queued, tc.reason)
			// An hour of it: no attempt is the last one.
			for range 60 {
				o.now = o.now.Add(time.Minute)
				o.sweep()
			}
			o.holds("after an hour", id, outbox.Queued, tc.reason)
			o.post.Fault = nil
			o.now = o.now.Add(10 * time.Minute)
			o.sweep()
			o.sweep()
			if got := o.to(); got["ann@example.com"] != 1 {
				t.Errorf("mails %v", got)
			}
			o.holds("taken", id, outbox.Sent, "")
		})
	}
}

func TestWhatSESWillNeverTakeHasFailed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.post.Fault = func(url.Values) (*http.Response, error) { return apitest.RefuseMail(400, "MessageRejected"), nil }
	id := o.invite("ann@example.com")
	o.follow()
	o.holds("rejected", id, outbox.Failed, "does not take this mail")
	o.post.Fault = nil
	o.now = o.now.Add(time.Hour)
	o.sweep()
	if got := o.to(); len(got) != 0 {
		t.Errorf("mails %v", got)
	}
}

// cut is a connection that broke after SES took the mail.
func (o *office) cut(mail url.Values) (*http.Response, error) {
	o.taken(mail)
	return nil, errors.New("connection reset by peer")
}

// taken puts a mail into the postbox though its sender is not told.
func (o *office) taken(mail url.Values) {
	fault := o.post.Fault
	o.post.Fault = nil
	defer func() { o.post.Fault = fault }()
	request, _ := http.NewRequest(http.MethodPost, "http://ses", strings.NewReader(mail.Encode()))
	if response, err := o.post.Do(request); err == nil {
		_ = response.Body.Close()
	}
}

func TestAMailOfUnknownFateIsSettledByItsEvent(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.post.Fault = o.cut
	id := o.invite("ann@example.com")
	o.follow()
	o.holds("unknown", id, outbox.Queued, "")
	o.post.Fault = nil
	o.now = o.now.Add(9 * time.Minute)
	o.sweep()
	o.tell(o.post.Mails()[0], "Send", o.now, nil)
	o.holds("told", id, outbox.Sent, "")
	o.now = o.now.Add(time.Hour)
	o.sweep()
	if got := o.to(); got["ann@example.com"] != 1 {
		t.Errorf("mails %v", got)
	}
}

func TestAMailOfUnknownFateIsSentAgainAfterTenMinutes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.post.Fault = func(url.Values) (*http.Response, error) { return nil, errors.New("connection reset by peer") }
	id := o.invite("ann@example.com")
	o.follow()
	o.post.Fault = nil
	o.now = o.now.Add(outbox.Unknown)
	o.sweep()
	if got := o.to(); len(got) != 0 {
		t.Errorf("too early: %v", got)
	}
	o.now = o.now.Add(time.Second)
	o.sweep()
	o.holds("sent", id, outbox.Sent, "")
	if got := o.to(); got["ann@example.com"] != 1 {
		t.Errorf("mails %v", got)
	}
}

// shortly is a context that ends soon: the table's client tries until then.
func shortly(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 80*time.Millisecond)
	t.Cleanup(cancel)
	return ctx
}

// The function ends between SES's answer and our record: all calls to the table
// after the mail was taken fail.
func TestACrashAfterSESTookTheMail(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.invite("ann@example.com")
	item, err := table.Get[table.Item](t.Context(), o.Table, table.InvitationKey(o.Workspace, o.org, id))
	if err != nil {
		t.Fatal(err)
	}
	change := table.Transition{Key: table.KeyOf(item), After: item}
	o.post.Fault = func(url.Values) (*http.Response, error) {
		o.Fault = func(*http.Request) (*http.Response, error) { return nil, errors.New("gone") }
		return nil, nil //nolint:nilnil // the mail is taken
	}
	if err := o.courier.Follow(shortly(t), o.courier.Table, change); err == nil {
		t.Error("nothing failed")
	}
	o.Mend()
	o.post.Fault = nil
	if err := o.courier.Follow(t.Context(), o.courier.Table, change); err != nil {
		t.Error(err)
	}
	o.tell(o.post.Mails()[0], "Send", o.now, nil)
	o.now = o.now.Add(time.Hour)
	o.sweep()
	if got := o.to(); got["ann@example.com"] != 1 {
		t.Errorf("mails %v", got)
	}
	o.holds("settled", id, outbox.Sent, "")
}

func TestEventsComeInAnyOrder(t *testing.T) {
	t.Parallel()
	type event struct {
		kind string
		more func(at time.Time) map[string]any
	}
	plain := func(time.Time) map[string]any { return nil }
	delivered := func(at time.Time) map[string]any { return map[string]any{"delivery": map[string]any{"timestamp": at}} }
	delayed := func(at time.Time) map[string]any {
		return map[string]any{"deliveryDelay": map[string]any{"delayType": "MailboxFull", "timestamp": at}}
	}
	came := func(at time.Time) map[string]any { return bounce("NoEmail", at) }
	spam := func(at time.Time) map[string]any { return map[string]any{"complaint": map[string]any{"timestamp": at}} }
	for name, tc := range map[string]struct {
		events []event
		state  outbox.State
		reason string
	}{
		"in order":            {[]event{{"Send", plain}, {"DeliveryDelay", delayed}, {"Delivery", delivered}}, outbox.Delivered, ""},
		"out of order":        {[]event{{"Delivery", delivered}, {"DeliveryDelay", delayed}, {"Send", plain}}, outbox.Delivered, ""},
		"twice":               {[]event{{"Send", plain}, {"Send", plain}, {"DeliveryDelay", delayed}, {"DeliveryDelay", delayed}}, outbox.Deferred, "full"},
		"a bounce":            {[]event{{"Bounce", came}, {"Send", plain}}, outbox.Bounced, "no such address"},
		"a late bounce":       {[]event{{"Delivery", delivered}, {"Bounce", came}}, outbox.Bounced, "no such address"},
		"a complaint":         {[]event{{"Complaint", spam}, {"Delivery", delivered}, {"Send", plain}}, outbox.Complained, "spam"},
		"a rejection":         {[]event{{"Reject", plain}, {"Send", plain}}, outbox.Failed, "harmful"},
		"a suppressed one":    {[]event{{"Send", plain}, {"Bounce", func(at time.Time) map[string]any { return bounce("OnAccountSuppressionList", at) }}}, outbox.Suppressed, "came back before"},
		"what nobody follows": {[]event{{"Open", plain}, {"Click", plain}}, outbox.Sent, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			id := o.invite("ann@example.com")
			o.follow()
			for i, e := range tc.events {
				at := o.now.Add(time.Duration(i) * time.Second)
				o.tell(o.post.Mails()[0], e.kind, at, e.more(at))
			}
			o.holds(name, id, tc.state, tc.reason)
		})
	}
}

func TestAnEventOfAnEarlierSendSaysNothingOfTheLast(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.invite("ann@example.com")
	o.follow()
	first := o.post.Mails()[0]
	o.Owner().Post(o.path(id)+"/resend", nil).Want(http.StatusOK)
	o.follow()
	o.tell(first, "Bounce", o.now, bounce("NoEmail", o.now))
	o.holds("the last", id, outbox.Sent, "")
}

func TestEventsComeBeforeOurOwnRecord(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.invite("ann@example.com")
	o.post.Fault = func(mail url.Values) (*http.Response, error) {
		o.tell(mail, "Delivery", o.now, map[string]any{"delivery": map[string]any{"timestamp": o.now}})
		return nil, nil //nolint:nilnil // the mail is taken
	}
	o.follow()
	o.holds("delivered", id, outbox.Delivered, "")
}

func TestAnAddressThatBouncedIsToldBeforeSending(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.invite("ann@example.com")
	o.follow()
	o.tell(o.post.Mails()[0], "Bounce", o.now, bounce("NoEmail", o.now))
	o.Owner().Post(o.path(id)+"/revoke", nil).Want(http.StatusOK)
	again := o.Owner().Post("/organizations/"+o.org+"/invitations", `{"email":"ann@example.com"}`).Want(http.StatusCreated)
	if again.At("delivery.state") != "suppressed" || again.At("delivery.reason") != "There is no such address. Check its spelling." {
		t.Errorf("%s", again.Body)
	}
	o.follow()
	if got := o.to(); got["ann@example.com"] != 1 {
		t.Errorf("mails %v", got)
	}
	// Somebody knows better.
	o.Owner().Post(o.path(again.ID())+"/resend", nil).Want(http.StatusOK)
	o.follow()
	o.holds("tried again", again.ID(), outbox.Sent, "")
	o.tell(o.post.Mails()[1], "Complaint", o.now, nil)
	o.Owner().Post(o.path(again.ID())+"/resend", nil).Refused(http.StatusConflict, "address_suppressed")
}

func TestWhatIsOverIsNotMailed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.post.Fault = func(url.Values) (*http.Response, error) { return apitest.RefuseMail(400, "Throttling"), nil }
	late, revoked := o.invite("late@example.com"), o.invite("revoked@example.com")
	o.follow()
	o.Owner().Post(o.path(revoked)+"/revoke", nil).Want(http.StatusOK)
	o.post.Fault = nil
	o.now = o.now.AddDate(0, 0, 8)
	o.sweep()
	if got := o.to(); len(got) != 0 {
		t.Errorf("mails %v", got)
	}
	o.holds("late", late, outbox.Failed, "expired")
}

func TestAPoisonedRecordKeepsNothingBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var batch events.DynamoDBEvent
	o.invite("ann@example.com")
	poison := table.Key{PK: o.Workspace + "#poison", SK: "x"}
	if err := o.Table.Commit(t.Context(), table.Put(struct {
		table.Key
		Outbox outbox.Place `json:"outbox"`
	}{poison, outbox.Due})); err != nil {
		t.Fatal(err)
	}
	o.invite("bob@example.com")
	batch.Records = o.Records()
	answer, err := lambdastream.Handler(o.courier.Table, o.courier.Follow)(t.Context(), batch)
	if err != nil || len(answer.BatchItemFailures) != 1 {
		t.Errorf("%+v %v", answer, err)
	}
	if got := o.to(); got["ann@example.com"] != 1 || got["bob@example.com"] != 1 {
		t.Errorf("mails %v", got)
	}
}

// Ten thousand invitations go through an SES that fails four calls of nine, in
// every way it can: none is lost, and none is sent twice.
func TestTenThousandThroughAFailingSES(t *testing.T) {
	// Without a stream: each write of the local server would look through all of it.
	o := officeIn(apitest.New(t))
	many := 10_000
	if !apitest.Exact() {
		many = 1_000 // the second opinion takes ten times as long
	}
	var writes []*table.Write
	for i := range many {
		r := invitation.Record{Invitation: invitation.Invitation{
			Resource: api.Resource{ID: id.New(id.Invitation, o.now), Version: 1}, Email: fmt.Sprintf("n%d@example.com", i), State: invitation.Pending, ExpiresAt: o.now.AddDate(0, 0, 7),
		}, Generation: 1}
		r.Key = table.InvitationKey(o.Workspace, o.org, r.ID)
		r.Post, r.Delivery = r.Queue(o.now)
		// As if all had been put off.
		r.Outbox, r.G3PK, r.G3SK = outbox.Later, table.Outbox, "2026-11-26T09:00:00.000Z "+r.ID
		writes = append(writes, table.Create(r))
	}
	for len(writes) > 0 {
		n := min(100, len(writes))
		if err := o.Table.Commit(t.Context(), writes[:n]...); err != nil {
			t.Fatal(err)
		}
		writes = writes[n:]
	}
	var calls atomic.Int64
	var lost sync.Map
	o.post.Fault = func(mail url.Values) (*http.Response, error) {
		switch calls.Add(1) % 9 {
		case 0:
			return apitest.RefuseMail(400, "Throttling"), nil
		case 1:
			return apitest.RefuseMail(503, "ServiceUnavailable"), nil
		case 2:
			return nil, errors.New("connection reset by peer")
		case 3: // taken, and the answer lost: SES tells of it
			lost.Store(mail.Get("Destination.ToAddresses.member.1"), mail)
			return nil, errors.New("connection reset by peer")
		default:
			return nil, nil //nolint:nilnil // taken
		}
	}
	left := func() int {
		rows, err := o.Table.Query(t.Context(), table.Query{Index: table.G3, PK: table.Outbox, KeysOnly: true, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		return len(rows.Items)
	}
	for round := 0; left() > 0; round++ {
		if round == 60 {
			t.Fatal("there is no end of it")
		}
		o.sweep()
		lost.Range(func(_, mail any) bool {
			o.tell(mail.(url.Values), "Send", o.now, nil)
			return true
		})
		o.now = o.now.Add(11 * time.Minute)
	}
	got := o.to()
	lost.Range(func(address, _ any) bool { got[address.(string)]++; return true })
	for i := range many {
		if n := got[fmt.Sprintf("n%d@example.com", i)]; n != 1 {
			t.Fatalf("n%d got %d mails", i, n)
		}
	}
}
