package events_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"

	lambda "github.com/aws/aws-lambda-go/events"

	"atrium/infra/describe/events"
	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/authorizer"
	"atrium/shared/id"
	"atrium/shared/invitation"
	"atrium/shared/lambdaauthorizer"
	"atrium/shared/lambdahttp"
	"atrium/shared/lambdamail"
	"atrium/shared/outbox"
	"atrium/shared/table"
	"atrium/shared/token"
)

// sent is when the events happen.
func sent() time.Time { return time.Date(2026, 11, 24, 9, 31, 0, 0, time.UTC) }

func eventOf(t *testing.T, function string) json.RawMessage {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(apitest.Root(), events.File(function)))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// authorized sends the authorizer its event: it is the owner's access token.
func (f fixture) authorized(t *testing.T) {
	t.Helper()
	w := f.load(t)
	var event lambda.APIGatewayV2CustomAuthorizerV2Request
	if err := json.Unmarshal(eventOf(t, "authorize"), &event); err != nil {
		t.Fatal(err)
	}
	a := authorizer.Authorizer{Table: w.Table, Config: api.Config{Keys: token.NewKeys(events.SigningKey)}, Now: sent}
	answer, err := lambdaauthorizer.Handler(a)(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	want := lambdahttp.Context(access.Principal{
		Type: access.Staff, ID: events.IDs[id.Staff], Name: "Olivia Brandt", Email: "olivia@agency.example", Role: access.Owner,
		Workspace: events.IDs[id.Workspace], Session: events.IDs[id.Session],
	})
	if !answer.IsAuthorized || !maps.Equal(answer.Context, want) {
		t.Errorf("%+v, want %v", answer, want)
	}
}

// mailed sends the mail's functions their events: the invitation goes out,
// once though it is told twice, and is seen to have arrived.
func (f fixture) mailed(t *testing.T) {
	t.Helper()
	w, post := f.load(t), &apitest.Postbox{}
	w.Now = sent
	courier := w.Courier(post)
	for range 2 {
		answer, err := lambdamail.Deliverer(courier)(t.Context(), eventOf(t, "deliver-mail"))
		if failed, ok := answer.(lambda.DynamoDBEventResponse); err != nil || !ok || len(failed.BatchItemFailures) > 0 {
			t.Fatalf("%+v %v", answer, err)
		}
	}
	if mails := post.Mails(); len(mails) != 1 || mails[0].Get("Destination.ToAddresses.member.1") != "bruno@client.example" {
		t.Fatalf("mails %v", mails)
	}
	f.holds(t, w, outbox.Sent)
	if err := lambdamail.Hearer(w.Recorder())(t.Context(), eventOf(t, "record-mail-event")); err != nil {
		t.Fatal(err)
	}
	f.holds(t, w, outbox.Delivered)
}

func (fixture) holds(t *testing.T, w *apitest.World, state outbox.State) {
	t.Helper()
	key := table.InvitationKey(events.IDs[id.Workspace], events.IDs[id.Organization], events.IDs[id.Invitation])
	r, err := table.Get[invitation.Record](t.Context(), w.Table, key)
	if err != nil || r.Delivery.State != state {
		t.Errorf("%v, %v, want %s", r.Delivery, err, state)
	}
}
