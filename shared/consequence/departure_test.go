package consequence_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"atrium/shared/apitest"
	"atrium/shared/consequence"
	"atrium/shared/lambdastream"
	"atrium/shared/table"
)

// deleted is the record of an agent that was deleted while assigned to some
// organizations.
func deleted(w *apitest.World, organizations int) (record events.DynamoDBEvent, agent string, orgs []string) {
	w.T.Helper()
	agent = register(w, "Concierge")
	for i := range organizations {
		orgs = append(orgs, open(w, fmt.Sprint("Client ", i)))
		assign(w, orgs[i], agent)
	}
	w.Owner().Delete("/agents/" + agent).Want(http.StatusNoContent)
	for _, r := range records(w).Records {
		if change, err := table.TransitionOf(r); err == nil && change.Key == table.AgentKey(w.Workspace, agent) && change.After == nil {
			record.Records = []events.DynamoDBEventRecord{r}
		}
	}
	return record, agent, orgs
}

// lag keeps an agent's organizations out of so many answers of the index.
func lag(w *apitest.World, agent string, answers int) {
	partition := table.OrganizationsWith(w.Workspace, agent)
	w.Fault = func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		if err != nil || !strings.Contains(string(body), partition) || answers == 0 {
			return nil, err
		}
		answers--
		nothing := `{"Items":[],"Count":0,"ScannedCount":0}`
		return &http.Response{
			StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}},
			Body: io.NopCloser(strings.NewReader(nothing)), ContentLength: int64(len(nothing)),
		}, nil
	}
}

// deliver hands a record to the consumer and returns how many are to come again.
func deliver(w *apitest.World, record events.DynamoDBEvent) int {
	w.T.Helper()
	answer, err := lambdastream.Handler(w.Table, consequence.Follow)(w.T.Context(), record)
	if err != nil {
		w.T.Fatal(err)
	}
	return len(answer.BatchItemFailures)
}

func assigned(w *apitest.World, orgs []string) (total float64) {
	w.T.Helper()
	for _, org := range orgs {
		total += count(w, "/organizations/"+org, "counts.agents")
	}
	return total
}

func TestDeletedAgentLeavesOrganizationsThatTheIndexIsLateToTellOf(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	record, agent, orgs := deleted(w, 3)
	lag(w, agent, 2)
	if again := deliver(w, record); again != 0 || assigned(w, orgs) != 0 {
		t.Errorf("%d records are to come again, %v assignments are left", again, assigned(w, orgs))
	}
}

func TestDeletedAgentsRecordComesAgainWhileTheIndexMayLag(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	record, agent, orgs := deleted(w, 3)
	lag(w, agent, 1000)
	if again := deliver(w, record); again != 1 || assigned(w, orgs) != 3 {
		t.Errorf("%d records are to come again, %v assignments are left", again, assigned(w, orgs))
	}
	w.Mend()
	if again := deliver(w, record); again != 0 || assigned(w, orgs) != 0 {
		t.Errorf("then %d records are to come again, %v assignments are left", again, assigned(w, orgs))
	}
}

// What was taken before is not looked for: the stream delivers at least once.
func TestDeletedAgentsRecordMayComeAgainWhenAllIsDone(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	record, _, orgs := deleted(w, 3)
	for range 2 {
		if again := deliver(w, record); again != 0 || assigned(w, orgs) != 0 {
			t.Errorf("%d records are to come again, %v assignments are left", again, assigned(w, orgs))
		}
	}
}

func TestWhatTheIndexDoesNotTellOfForLongIsGivenUp(t *testing.T) {
	// Not in parallel: what is logged is everybody's.
	var log bytes.Buffer
	usual := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(usual)
	w := apitest.NewStreamed(t)
	record, agent, orgs := deleted(w, 2)
	record.Records[0].Change.ApproximateCreationDateTime.Time = time.Now().Add(-2 * time.Minute)
	lag(w, agent, 1000)
	if again := deliver(w, record); again != 0 || assigned(w, orgs) != 2 {
		t.Errorf("%d records are to come again, %v assignments are left", again, assigned(w, orgs))
	}
	for _, said := range []string{"level=WARN", "agent=" + agent, "missing=2"} {
		if !strings.Contains(log.String(), said) {
			t.Errorf("not logged: %s in %q", said, log.String())
		}
	}
}
