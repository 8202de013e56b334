package consequence_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"atrium/infra/local/dynamo"
	"atrium/infra/local/stream"
	"atrium/shared/apitest"
	"atrium/shared/consequence"
	"atrium/shared/lambdastream"
	"atrium/shared/organization"
	"atrium/shared/problem"
	"atrium/shared/search"
	"atrium/shared/table"
)

// follow runs the consumer on the table's own stream, for as long as the test lasts.
func follow(w *apitest.World) {
	ctx, stop := context.WithCancel(w.T.Context())
	file := filepath.Join(w.T.TempDir(), "position.json")
	handler := lambdastream.Handler(w.Table, consequence.Follow)
	var running sync.WaitGroup
	running.Go(func() {
		if err := stream.Run(ctx, w.Endpoint, w.TableName, file, handler); err != nil {
			w.T.Error(err)
		}
	})
	w.T.Cleanup(func() { stop(); running.Wait() })
}

// eventually waits until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("%s: not within 20 seconds", what)
}

func open(w *apitest.World, name string) string {
	w.T.Helper()
	return w.Owner().Post("/organizations", map[string]any{"name": name, "externalId": "crm-" + name}).Want(http.StatusCreated).ID()
}

func register(w *apitest.World, name string) string {
	w.T.Helper()
	return w.Owner().Post("/agents", map[string]any{"name": name}).Want(http.StatusCreated).ID()
}

func assign(w *apitest.World, org, agent string) {
	w.T.Helper()
	w.Owner().Put("/organizations/"+org+"/agents/"+agent, map[string]any{}).Want(http.StatusCreated)
}

func count(w *apitest.World, path, member string) float64 {
	w.T.Helper()
	n, _ := w.Owner().Get(path).Want(http.StatusOK).At(member).(float64)
	return n
}

// populate gives an organization users with all that belongs to each.
func populate(w *apitest.World, org string, users int) {
	w.T.Helper()
	type item struct {
		table.Key
		ID string `json:"id"`
	}
	for first := 0; first < users; first += 20 {
		var writes []*table.Write
		for i := first; i < min(first+20, users); i++ {
			user := fmt.Sprintf("usr_%026d", i)
			writes = append(writes, table.Put(item{table.UserKey(w.Workspace, org, user), user}),
				table.Put(item{table.UserEmailKey(w.Workspace, org, fmt.Sprintf("u%d@client.example", i)), user}),
				table.Put(item{table.ExternalKey(w.Workspace+"#"+org, "user", fmt.Sprint(i)), user}))
			writes = append(writes, search.Add(table.UserWords(w.Workspace, org), user, []string{"ann"})...)
		}
		if err := w.Table.Commit(w.T.Context(), writes...); err != nil {
			w.T.Fatal(err)
		}
	}
	more := []*table.Write{
		table.Put(item{table.TeamKey(w.Workspace, org, "support"), "support"}),
		table.Put(item{table.LogoKey(w.Workspace, org, "4f2a"), "4f2a"}),
	}
	if err := w.Table.Commit(w.T.Context(), more...); err != nil {
		w.T.Fatal(err)
	}
}

// leftovers are the keys of all items that name an organization, but for what
// the workspace keeps: its activity.
func leftovers(w *apitest.World, org string) []string {
	w.T.Helper()
	pages := dynamodb.NewScanPaginator(dynamo.Client(w.Endpoint), &dynamodb.ScanInput{TableName: aws.String(w.TableName), ConsistentRead: aws.Bool(true)})
	var found []string
	for pages.HasMorePages() {
		page, err := pages.NextPage(w.T.Context())
		if err != nil {
			w.T.Fatal(err)
		}
		for _, attributes := range page.Items {
			item := table.Item(attributes)
			key := item.String("pk") + " " + item.String("sk")
			if strings.Contains(item.String("pk"), "#activity#") {
				continue
			}
			if strings.Contains(key, org) || item.String("id") == org {
				found = append(found, key)
			}
		}
	}
	return found
}

// expire deletes an organization, and lets its grace period pass.
func expire(w *apitest.World, org string) {
	w.T.Helper()
	w.Owner().Delete("/organizations/" + org).Want(http.StatusAccepted)
	swept, err := dynamo.Sweep(w.T.Context(), w.Endpoint, w.TableName, time.Now().Add(organization.Grace+time.Minute))
	if err != nil || swept != 1 {
		w.T.Fatalf("swept %d items: %v", swept, err)
	}
}

func TestDeletedAgentTakesItsAssignmentsAlong(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	follow(w)
	concierge, other := register(w, "Concierge"), register(w, "Other")
	orgs := make([]string, 12)
	for i := range orgs {
		orgs[i] = open(w, fmt.Sprint("Client ", i))
		assign(w, orgs[i], concierge)
	}
	assign(w, orgs[0], other)
	w.Owner().Patch("/organizations/"+orgs[1], `{"status":"archived"}`).Want(http.StatusOK)

	w.Owner().Delete("/agents/" + concierge).Want(http.StatusNoContent)
	for i, org := range orgs {
		want := 0.0
		if i == 0 {
			want = 1
		}
		eventually(t, "the organization counts one agent less", func() bool { return count(w, "/organizations/"+org, "counts.agents") == want })
	}
	if left := w.Owner().All("/organizations/"+orgs[0]+"/agents", "id"); len(left) != 1 || left[0] != other {
		t.Errorf("agents of the organization: %v, want only %s", left, other)
	}
}

func TestPurgedOrganizationLeavesNothingButItsActivity(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	follow(w)
	org, other := open(w, "Café del Mar"), open(w, "Other client")
	agent := register(w, "Concierge")
	assign(w, org, agent)
	populate(w, org, 130)
	populate(w, other, 3)
	kept := len(leftovers(w, other))

	expire(w, org)
	eventually(t, "everything is gone", func() bool { return len(leftovers(w, org)) == 0 })
	again := open(w, "Café del Mar")
	if got := count(w, "/agents/"+agent, "organizationCount"); got != 0 {
		t.Errorf("the agent counts %v organizations", got)
	}
	if free := w.Owner().All("/agents?assigned=false", "id"); len(free) != 1 || free[0] != agent {
		t.Errorf("free agents: %v", free)
	}
	if found := w.Owner().All("/organizations?q=mar", "id"); len(found) != 1 || found[0] != again {
		t.Errorf("found by name: %v, want only the new one, %s", found, again)
	}
	if left := len(leftovers(w, other)); left != kept {
		t.Errorf("another organization has %d items left of %d", left, kept)
	}
}

func TestRenamedOrganizationMovesInItsAgentsList(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	follow(w)
	agent := register(w, "Concierge")
	first, second := open(w, "Alpha"), open(w, "Beta")
	assign(w, first, agent)
	assign(w, second, agent)
	w.Owner().Patch("/organizations/"+first, `{"name":"Gamma"}`).Want(http.StatusOK)
	eventually(t, "the renamed one is the last", func() bool {
		// One on each page: within a page they are sorted again.
		names := w.Owner().All("/organizations?limit=1&agent="+agent, "name")
		return len(names) == 2 && names[0] == "Beta" && names[1] == "Gamma"
	})
}

// records are those of the table's stream so far, as Lambda would deliver them.
func records(w *apitest.World) events.DynamoDBEvent {
	w.T.Helper()
	ctx, stop := context.WithCancel(w.T.Context())
	defer stop()
	var all events.DynamoDBEvent
	collect := func(_ context.Context, event events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
		for _, r := range event.Records {
			all.Records = append(all.Records, r)
			if change, err := table.TransitionOf(r); err == nil && change.After == nil {
				stop()
			}
		}
		return events.DynamoDBEventResponse{}, nil
	}
	if err := stream.Run(ctx, w.Endpoint, w.TableName, filepath.Join(w.T.TempDir(), "position.json"), collect); err != nil {
		w.T.Fatal(err)
	}
	return all
}

// crash makes every call to the table fail from the nth on, in a way that is
// not tried again: as if the function had ended there.
func crash(w *apitest.World, nth int) {
	var calls atomic.Int64
	w.Fault = func(*http.Request) (*http.Response, error) {
		if calls.Add(1) <= int64(nth) {
			return nil, nil //nolint:nilnil // not yet
		}
		body := []byte(`{"__type":"com.amazonaws.dynamodb.v20120810#AccessDeniedException","message":"ended"}`)
		return &http.Response{
			StatusCode: http.StatusBadRequest, Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}},
			Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
		}, nil
	}
}

func TestPurgeGoesOnWhereItWasBrokenOff(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	org := open(w, "Café del Mar")
	first, second := register(w, "First"), register(w, "Second")
	assign(w, org, first)
	assign(w, org, second)
	populate(w, org, 60)
	expire(w, org)
	event, handler := records(w), lambdastream.Handler(w.Table, consequence.Follow)

	interrupted := 0
	for nth := 0; ; nth++ {
		crash(w, nth)
		answer, err := handler(t.Context(), event)
		w.Mend()
		if err != nil {
			t.Fatal(err)
		}
		if len(answer.BatchItemFailures) == 0 {
			break
		}
		interrupted++
	}
	if interrupted < 5 {
		t.Errorf("broken off %d times only", interrupted)
	}
	if left := leftovers(w, org); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
	for _, agent := range []string{first, second} {
		if got := count(w, "/agents/"+agent, "organizationCount"); got != 0 {
			t.Errorf("an agent counts %v organizations", got)
		}
	}
}

func TestRecordsThatComeAgainTakeNothingFromOthers(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	org := open(w, "Café del Mar")
	expire(w, org)
	event, handler := records(w), lambdastream.Handler(w.Table, consequence.Follow)
	deliver := func() {
		t.Helper()
		if answer, err := handler(t.Context(), event); err != nil || len(answer.BatchItemFailures) > 0 {
			t.Fatalf("%v %v", answer, err)
		}
	}
	deliver()
	open(w, "Café del Mar")
	deliver()
	w.Owner().Post("/organizations", `{"name":"café del mar"}`).Refused(http.StatusConflict, problem.NameTaken)
	w.Owner().Post("/organizations", `{"name":"Another","externalId":"crm-Café del Mar"}`).Refused(http.StatusConflict, problem.ExternalIDTaken)
}

func TestOneFailureDoesNotHoldUpOthers(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	org := open(w, "Café del Mar")
	expire(w, org)
	event := records(w)
	poison := events.DynamoDBEventRecord{EventName: "REMOVE", Change: events.DynamoDBStreamRecord{
		SequenceNumber: "poison",
		Keys: map[string]events.DynamoDBAttributeValue{
			"pk": events.NewStringAttribute(table.Organizations(w.Workspace)), "sk": events.NewStringAttribute(org),
		},
		OldImage: map[string]events.DynamoDBAttributeValue{"version": events.NewStringAttribute("three")},
	}}
	event.Records = append([]events.DynamoDBEventRecord{poison}, event.Records...)

	answer, err := lambdastream.Handler(w.Table, consequence.Follow)(t.Context(), event)
	if err != nil || len(answer.BatchItemFailures) != 1 || answer.BatchItemFailures[0].ItemIdentifier != "poison" {
		t.Fatalf("%+v %v, want the poison record to fail alone", answer, err)
	}
	if left := leftovers(w, org); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
}

func TestPurgeStopsInTime(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	org := open(w, "Café del Mar")
	expire(w, org)
	event := records(w)
	// Less than what the consumer keeps for its answer is left.
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	answer, err := lambdastream.Handler(w.Table, consequence.Follow)(ctx, event)
	if err != nil || len(answer.BatchItemFailures) == 0 {
		t.Errorf("%+v %v, want the record to come again", answer, err)
	}
}
