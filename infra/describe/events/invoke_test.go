package events_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"atrium/infra/describe/events"
	"atrium/infra/describe/sam"
	"atrium/infra/local/inbox"
	"atrium/infra/local/lambda"
	"atrium/shared/apitest"
	"atrium/shared/catalogue"
)

// Each event is given to `sam local invoke`, which runs its function as it is
// built, in Lambda's container, with the table as the making events left it.
func TestEventsSucceedInLambdasContainers(t *testing.T) {
	t.Parallel()
	if !apitest.Exact() {
		t.Skip("It is tried on the other server: this one takes its port on every address, and leaves none to lead containers by.")
	}
	if err := lambda.Ready(t.Context(), apitest.Root()); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	c := containers{before: fixturesBefore(t)}
	c.lead(t)
	for _, name := range names(t, "functions/*") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.invoke(t, name)
		})
	}
}

// containers are what the functions run in.
type containers struct {
	// before is the table's state before the event of a function.
	before map[string]fixture
	// table and ses are the servers, as containers reach them.
	table, ses string
	// inbox is where SES shows what it was given.
	inbox string
}

// lead starts an SES, and leads the containers to it and to the table.
func (c *containers) lead(t *testing.T) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	box, err := inbox.Start(t.Context(), inbox.Options{
		Modules: filepath.Join(apitest.Root(), "infra", "local", "node_modules"), Listeners: []net.Listener{listener}, Log: io.Discard,
		Hear: func(context.Context, json.RawMessage) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(box.Stop)
	c.inbox = "http://" + listener.Addr().String()
	bridge, err := lambda.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bridge.Close)
	for server, reached := range map[string]*string{apitest.New(t).Endpoint: &c.table, c.inbox: &c.ses} {
		if *reached, err = bridge.Lead(t.Context(), server); err != nil {
			t.Fatal(err)
		}
	}
}

// fixturesBefore sends the making events, and keeps what each found.
func fixturesBefore(t *testing.T) map[string]fixture {
	t.Helper()
	before := map[string]fixture{}
	var items fixture
	for _, name := range events.Making {
		before[name] = items
		w := items.load(t)
		o, _ := operation(name)
		send(t, w, o, read(t, name))
		items = dump(t, w)
	}
	items = items.staffed(t)
	for _, name := range names(t, "functions/*") {
		if _, makes := before[name]; !makes {
			before[name] = items
		}
	}
	return before
}

func (c containers) invoke(t *testing.T, name string) {
	t.Helper()
	w := c.before[name].load(t)
	var log bytes.Buffer
	answer, err := lambda.Invoke(sam.LogicalID(name), filepath.Join(apitest.Root(), events.File(name)), lambda.Options{
		Root: apitest.Root(), File: filepath.Join(t.TempDir(), "variables.json"), Log: &log,
		Variables: map[string]string{
			"TABLE_NAME": w.TableName, "AWS_ENDPOINT_URL_DYNAMODB": c.table, "AWS_ENDPOINT_URL_SES": c.ses,
			"SIGNING_KEY": events.SigningKey, "PREVIOUS_SIGNING_KEY": "", "OPEN_SIGNUP": "true",
			"DASHBOARD_URL": "https://clients.agency.example", "MAIL_FROM": "no-reply@agency.example", "CONFIGURATION_SET": "atrium",
		},
	})
	if err != nil || !succeeded(name, answer) {
		t.Errorf("%s answers %s (%v); its log:\n%s", name, answer, err, log.String())
	}
	if name != "deliver-mail" {
		return
	}
	if mails, err := inbox.Mails(t.Context(), c.inbox); err != nil || len(mails) != 1 || !slices.Equal(mails[0].Destination.To, []string{"bruno@client.example"}) {
		t.Errorf("mails %+v (%v); its log:\n%s", mails, err, log.String())
	}
}

// succeeded tells by what a function answers whether it did what its event asks
// for: those behind the gateway with a status, the authorizer with a yes, and
// who takes records with those that failed.
func succeeded(name string, answer json.RawMessage) bool {
	var said struct {
		StatusCode        int    `json:"statusCode"`
		IsAuthorized      bool   `json:"isAuthorized"`
		BatchItemFailures []any  `json:"batchItemFailures"`
		ErrorMessage      string `json:"errorMessage"`
	}
	if text := strings.TrimSpace(string(answer)); text != "" && text != "null" && json.Unmarshal(answer, &said) != nil {
		return false
	}
	for _, o := range catalogue.Operations {
		if o.Name == name {
			return slices.Contains(successes(o), said.StatusCode)
		}
	}
	if name == "authorize" {
		return said.IsAuthorized
	}
	return said.ErrorMessage == "" && len(said.BatchItemFailures) == 0
}
