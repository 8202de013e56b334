package notice_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"atrium/shared/apitest"
	"atrium/shared/consequence"
	"atrium/shared/lambdastream"
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

// deliver has both consumers do what the stream asks for, twice as it may be
// told twice, and then what had to wait.
func (o *office) deliver() {
	o.T.Helper()
	for range 2 {
		o.Follow(lambdastream.Handler(o.Table, consequence.At(o.Now)))
		o.Follow(lambdastream.Handler(o.Table, o.Courier(&o.Postbox).Follow))
	}
	if err := o.Courier(&o.Postbox).Sweep(o.T.Context()); err != nil {
		o.T.Error(err)
	}
}

// told are the texts of the mails to the user.
func (o *office) told() (texts []string) {
	for _, m := range o.Mails() {
		if m.Get("Destination.ToAddresses.member.1") == "ann@example.com" {
			texts = append(texts, m.Get("Message.Body.Text.Data"))
		}
	}
	return texts
}

func TestAChangeOfRightsIsTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.deliver()
	o.change(`{"sections":{"home":"view","analytics":"edit"},"language":"en"}`)
	o.deliver()
	told := o.told()
	if len(told) != 1 || !strings.Contains(told[0], "Analytics") || !strings.Contains(told[0], "https://dashboard.example") {
		t.Fatalf("%d mails: %s", len(told), told)
	}
	html := o.Mails()[len(o.Mails())-1].Get("Message.Body.Html.Data")
	if strings.Contains(html, "<b>Ann") || !strings.Contains(html, "&lt;b&gt;Ann") {
		t.Errorf("a name is markup: %s", html)
	}
	// Of a change of something else nobody is told.
	o.now = o.now.Add(time.Hour)
	o.change(`{"name":"Ann Lee","availability":"online"}`)
	o.deliver()
	if n := len(o.told()); n != 1 {
		t.Errorf("%d mails after a change of the name", n)
	}
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
	if n := len(o.told()); n != 1 {
		t.Fatalf("%d mails at once", n)
	}
	o.now = o.now.Add(10 * time.Minute)
	o.deliver()
	told := o.told()
	if len(told) != 2 || !strings.Contains(told[1], "Channels: Can edit (before: No access)") || strings.Contains(told[1], "Analytics: Can view (before") {
		t.Fatalf("%d mails: %s", len(told), told)
	}
	o.deliver()
	if n := len(o.told()); n != 2 {
		t.Errorf("%d mails in the end", n)
	}
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
	if n := len(o.told()); n != 1 {
		t.Errorf("%d mails", n)
	}
}

func TestWhoIsNotLetInIsToldNothing(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(o *office){
		"suspended":                   func(o *office) { o.change(`{"status":"suspended"}`) },
		"suspended before it is sent": func(*office) {},
		"of an address that takes no mail": func(o *office) {
			s := struct {
				table.Key
				Reason string `json:"reason"`
			}{table.SuppressedKey(o.Workspace, "ann@example.com"), "There is no such address."}
			if err := o.Table.Commit(o.T.Context(), table.Put(s)); err != nil {
				o.T.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.deliver()
			prepare(o)
			o.change(`{"role":"org_admin"}`)
			if name == "suspended before it is sent" {
				o.change(`{"status":"suspended"}`)
			}
			o.deliver()
			o.change(`{"status":"active"}`)
			o.deliver()
			if told := o.told(); len(told) != 0 {
				t.Errorf("%s", told)
			}
		})
	}
}
