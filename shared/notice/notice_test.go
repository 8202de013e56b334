package notice_test

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/consequence"
	"atrium/shared/lambdastream"
	"atrium/shared/outbox"
	"atrium/shared/table"
)

// office is a world with an organization, a user who is let in, and a clock.
type office struct {
	*apitest.World
	apitest.Postbox
	now       time.Time
	org, user string
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{World: apitest.NewStreamed(t), now: time.Now().UTC().Truncate(time.Second)}
	o.Now = func() time.Time { return o.now }
	o.Workspace = o.Nobody().Post("/workspaces", `{"name":"Agency Ltd","owner":{"name":"Olga","email":"olga@agency.example"}}`).Want(http.StatusCreated).ID()
	o.org = "/organizations/" + o.Owner().Post("/organizations", `{"name":"Café Río","language":"es"}`).Want(http.StatusCreated).ID()
	o.user = o.org + "/users/" + o.Owner().Post(o.org+"/users", `{"name":"<b>Ann</b>","email":"ann@example.com","sections":{"home":"view"}}`).Want(http.StatusCreated).ID()
	return o
}

func (o *office) change(body string) {
	o.T.Helper()
	o.Owner().Patch(o.user, body).Want(http.StatusOK)
}

// follow has the one consumer do what follows from records, and tells how many
// are to come again.
func (o *office) follow(records ...events.DynamoDBEventRecord) int {
	o.T.Helper()
	answer, err := lambdastream.Handler(o.Table, consequence.At(o.Now))(o.T.Context(), events.DynamoDBEvent{Records: records})
	if err != nil {
		o.T.Fatal(err)
	}
	return len(answer.BatchItemFailures)
}

// send has the other one send what is to be sent at once, and then what had to wait.
func (o *office) send() {
	o.T.Helper()
	o.Deliver(o.Courier(&o.Postbox))
	if err := o.Courier(&o.Postbox).Sweep(o.T.Context()); err != nil {
		o.T.Error(err)
	}
}

// deliver has both do what the stream asks for, twice as it may be told twice.
func (o *office) deliver() {
	o.T.Helper()
	for range 2 {
		o.Follow(lambdastream.Handler(o.Table, consequence.At(o.Now)))
		o.send()
	}
}

// changes are the stream's records of the user so far, but for the first.
func (o *office) changes() []events.DynamoDBEventRecord {
	o.T.Helper()
	return slices.DeleteFunc(o.Records(), func(r events.DynamoDBEventRecord) bool {
		return !strings.HasSuffix(o.user, r.Change.Keys["sk"].String()) || r.Change.OldImage == nil
	})
}

// told are the texts of the mails to the user, which there must be so many of.
func (o *office) told(mails int) (texts []string) {
	o.T.Helper()

	for _, m := range o.Mails() {
		if m.Get("Destination.ToAddresses.member.1") == "ann@example.com" {
			texts = append(texts, m.Get("Message.Body.Text.Data"))
		}
	}
	if len(texts) != mails {
		o.T.Fatalf("%d mails, want %d: %s", len(texts), mails, texts)
	}
	return texts
}

func TestAChangeOfRightsIsTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.deliver()
	o.change(`{"sections":{"home":"view","analytics":"edit"},"language":"en"}`)
	o.deliver()
	told := o.told(1)[0]
	if !strings.Contains(told, "Analytics: Can edit (before: No access)") || !strings.Contains(told, "https://dashboard.example") || strings.Contains(told, "Sam owner") {
		t.Errorf("%s", told)
	}
	html := o.Mails()[len(o.Mails())-1].Get("Message.Body.Html.Data")
	if strings.Contains(html, "<b>Ann") || !strings.Contains(html, "&lt;b&gt;Ann") {
		t.Errorf("a name is markup: %s", html)
	}
	// Of a change of something else nobody is told.
	o.now = o.now.Add(time.Hour)
	o.change(`{"name":"Ann Lee","availability":"online"}`)
	o.deliver()
	o.told(1)
}

// What somebody may do is their role, their grants, and the agents they see.
func TestWhatIsTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	hire := func(name string) string {
		agent := o.Owner().Post("/agents", map[string]any{"name": name}).Want(http.StatusCreated).ID()
		o.Owner().Put(o.org+"/agents/"+agent, `{}`).Want(http.StatusCreated)
		return agent
	}
	agent, another := hire("Concierge"), hire("Night Porter")
	o.deliver()
	for i, change := range []struct{ body, says string }{
		{`{"role":"org_admin","language":"en"}`, "Role: Administrator (You also manage users, teams and invitations.) (before: User)"},
		{`{"agents":["` + agent + `"]}`, "Agents: 1 (before: All)"},
		{`{"agents":["` + another + `"]}`, "Agents: 1\n"},
		{`{"agents":"all"}`, "Agents: All (before: 1)"},
		{`{"sections":{"home":"none"}}`, "Home: No access (before: Can view)"},
	} {
		o.now = o.now.Add(time.Hour)
		o.change(change.body)
		o.deliver()
		told := o.told(i + 1)[i]
		if changed := strings.Count(told, "(before: "); !strings.Contains(told, change.says) || changed != strings.Count(change.says, "(before: ") {
			t.Errorf("after %s: %s", change.body, told)
		}
	}
}

// In the user's language, else the organization's.
func TestItIsToldInTheirLanguage(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.change(`{"role":"org_admin"}`)
	o.deliver()
	if told := o.told(1)[0]; !strings.Contains(told, "Administrador") {
		t.Errorf("%s", told)
	}
	o.now = o.now.Add(time.Hour)
	o.change(`{"role":"user","language":"de"}`)
	o.deliver()
	if told := o.told(2)[1]; !strings.Contains(told, "Benutzer") {
		t.Errorf("%s", told)
	}
}

// Whoever changes what they may do themselves knows; but not who is made to, by
// one of the staff who acts as them.
func TestWhoDidItThemselvesIsToldNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.change(`{"role":"org_admin"}`)
	o.deliver()
	o.told(1)
	o.now = o.now.Add(time.Hour)
	self := access.Principal{
		Type: access.Client, ID: o.user[strings.LastIndex(o.user, "/")+1:], Name: "Ann", Email: "ann@example.com", Role: access.OrgAdmin,
		Workspace: o.Workspace, Organization: strings.TrimPrefix(o.org, "/organizations/"),
	}
	o.As(self).Patch(o.user, `{"sections":{"home":"edit"}}`).Want(http.StatusOK)
	o.deliver()
	o.told(1)
	self.Actor = &access.Actor{ID: o.Owner().Principal.ID, Name: "Sam owner", Role: access.Owner, Reason: "a ticket", Write: true}
	o.As(self).Patch(o.user, `{"sections":{"home":"view"}}`).Want(http.StatusOK)
	o.deliver()
	o.told(2)
}

func TestChangesInARowAreToldTogether(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.deliver()
	o.change(`{"sections":{"home":"view","analytics":"view"},"language":"en"}`)
	o.deliver()
	for _, more := range []string{"conversations", "settings", "channels"} {
		o.now = o.now.Add(time.Minute)
		o.change(`{"sections":{"home":"view","analytics":"view","` + more + `":"edit"}}`)
		o.deliver()
	}
	o.told(1)
	o.now = o.now.Add(10 * time.Minute)
	o.deliver()
	if told := o.told(2)[1]; !strings.Contains(told, "Channels: Can edit (before: No access)") || strings.Contains(told, "Analytics: Can view (before") {
		t.Errorf("%s", told)
	}
	// That one is followed by quiet minutes, too.
	o.now = o.now.Add(time.Minute)
	o.change(`{"role":"org_admin"}`)
	o.deliver()
	o.told(2)
	o.now = o.now.Add(10 * time.Minute)
	o.deliver()
	o.told(3)
	o.now = o.now.Add(time.Hour)
	o.deliver()
	o.told(3)
}

// The stream tells of changes at least once, and late: of what has been told
// already there is no other mail.
func TestWhatTheStreamTellsAgainIsNotToldAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.change(`{"sections":{"home":"view","analytics":"view"},"language":"en"}`)
	o.change(`{"sections":{"home":"view","analytics":"edit"}}`)
	o.change(`{"role":"org_admin"}`)
	changes := o.changes()
	o.follow(changes[0])
	o.send() // and the mail tells of all three
	if told := o.told(1)[0]; !strings.Contains(told, "Analytics: Can edit (before: No access)") || !strings.Contains(told, "Administrator") {
		t.Errorf("%s", told)
	}
	for _, records := range [][]events.DynamoDBEventRecord{changes, changes[1:], changes[:2], {changes[2], changes[0], changes[1]}} {
		if again := o.follow(records...); again != 0 {
			t.Errorf("%d records are to come again", again)
		}
		o.now = o.now.Add(time.Hour)
		o.send()
		o.told(1)
	}
}

func TestRecordsInNoOrderAreToldOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.change(`{"sections":{"home":"view","analytics":"view"},"language":"en"}`)
	o.change(`{"sections":{"home":"view","analytics":"edit"}}`)
	changes := o.changes()
	slices.Reverse(changes)
	o.follow(slices.Concat(changes, changes)...)
	o.send()
	o.now = o.now.Add(time.Hour)
	o.send()
	if told := o.told(1)[0]; !strings.Contains(told, "Analytics: Can edit") {
		t.Errorf("%s", told)
	}
}

// A change that comes between the reading of what a mail tells and the claim of
// its attempt is told all the same, in the one mail.
func TestAChangeWhileAMailIsBegunIsNotLost(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.change(`{"role":"org_admin","language":"en"}`)
	o.follow(o.changes()...)
	o.World.Fault = func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		if strings.HasSuffix(r.Header.Get("X-Amz-Target"), ".UpdateItem") && strings.Contains(string(body), "#notice") {
			o.Mend()
			o.change(`{"sections":{"settings":"edit"}}`)
			o.follow(o.changes()...)
		}
		return nil, err
	}
	o.send()
	o.now = o.now.Add(time.Hour)
	o.send()
	if told := o.told(1)[0]; !strings.Contains(told, "Administrator") || !strings.Contains(told, "Settings: Can edit") {
		t.Errorf("%s", told)
	}
}

func TestFaultsLoseNoNotice(t *testing.T) {
	t.Parallel()
	for _, fault := range apitest.Faults {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.change(`{"role":"org_admin"}`)
			changes := o.changes()
			o.Stumble(fault)
			o.follow(changes...)
			o.Mend()
			if again := o.follow(changes...); again != 0 {
				t.Errorf("%d records are to come again", again)
			}
			o.send()
			o.now = o.now.Add(time.Hour)
			o.send()
			o.told(1)
		})
	}
}

// While SES is busy, further changes go into the mail that waits.
func TestANoticeThatIsPutOffTellsOfLaterChanges(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.deliver()
	o.Postbox.Fault = refuse
	o.change(`{"role":"org_admin","language":"en"}`)
	o.deliver()
	o.change(`{"sections":{"settings":"edit"}}`)
	o.deliver()
	o.Postbox.Fault = nil
	o.now = o.now.Add(time.Minute)
	o.deliver()
	if told := o.told(1)[0]; !strings.Contains(told, "Administrator") || !strings.Contains(told, "Settings: Can edit (before: No access)") {
		t.Errorf("%s", told)
	}
	o.now = o.now.Add(time.Hour)
	o.deliver()
	o.told(1)
}

func TestWhatIsChangedBackIsNotTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.deliver()
	o.change(`{"role":"org_admin"}`)
	o.deliver()
	o.change(`{"role":"user"}`)
	o.deliver() // within the quiet minutes
	o.change(`{"role":"org_admin"}`)
	o.now = o.now.Add(11 * time.Minute)
	o.deliver()
	o.told(1)
}

func TestWhoIsNotLetInIsToldNothing(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(o *office){
		"suspended":                   func(o *office) { o.change(`{"status":"suspended"}`) },
		"suspended before it is sent": func(o *office) { o.change(`{"role":"org_admin"}`); o.change(`{"status":"suspended"}`) },
		"of an organization that is suspended": func(o *office) {
			o.Owner().Patch(o.org, `{"status":"suspended"}`).Want(http.StatusOK)
		},
		"of an address that takes no mail": func(o *office) {
			s := outbox.Suppression{Key: table.SuppressedKey(o.Workspace, "ann@example.com"), Reason: "There is no such address."}
			if err := o.Table.Commit(o.T.Context(), table.Put(s)); err != nil {
				o.T.Fatal(err)
			}
		},
		"removed": func(o *office) {
			o.change(`{"role":"org_admin"}`)
			o.Owner().Delete(o.user).Want(http.StatusNoContent)
			o.user = o.org + "/users/" + o.Owner().Post(o.org+"/users", `{"name":"Ann","email":"ann@example.com","status":"suspended"}`).Want(http.StatusCreated).ID()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.deliver()
			prepare(o)
			o.change(`{"role":"org_admin"}`)
			o.deliver()
			o.change(`{"status":"active"}`)
			o.now = o.now.Add(time.Hour)
			o.deliver()
			o.told(0)
		})
	}
}

// A change of rights costs one read and one write; all other changes nothing.
func TestWhatANoticeCosts(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.change(`{"role":"org_admin"}`)
	o.change(`{"name":"Ann"}`)
	o.change(`{"role":"user"}`)
	changes := o.changes()
	for i, want := range []struct {
		name  string
		trips int64
		units float64
	}{{"a notice", 2, 3}, {"no notice", 0, 0}, {"the same notice", 2, 3}} {
		o.Cost(want.name, want.trips, want.units, func() *apitest.Answer {
			o.follow(changes[i])
			return &apitest.Answer{}
		})
	}
}

// refuse is what SES says when it is busy.
func refuse(url.Values) (*http.Response, error) {
	return apitest.RefuseMail(http.StatusBadRequest, "Throttling"), nil
}
