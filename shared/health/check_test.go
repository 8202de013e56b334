package health_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"atrium/infra/local/dynamo"
	"atrium/shared/apitest"
	"atrium/shared/problem"
)

func TestATableThatIsWholeIsWell(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	w.Cost("check-health", 1, 0, func() *apitest.Answer {
		return w.Nobody().Get("/health")
	})
	if status := w.Nobody().Get("/health").Want(http.StatusOK).At("status"); status != "ok" {
		t.Errorf("status %v", status)
	}
}

// Who asks from outside is told that it does not work, and the operator why.
func TestWhatIsMissingIsNotWell(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		spoil func(t *testing.T, w *apitest.World)
		says  string
	}{
		"an index":  {func(t *testing.T, w *apitest.World) { withoutIndex(t, w, "gs2") }, "index gs2"},
		"the table": {func(t *testing.T, w *apitest.World) { drop(t, w) }, "TABLE_NAME names no table of this region"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := apitest.New(t)
			tc.spoil(t, w)
			answer := w.Nobody().Get("/health").Refused(http.StatusServiceUnavailable, problem.Unavailable)
			if body := string(answer.Body); strings.Contains(body, w.TableName) || strings.Contains(body, "gs2") {
				t.Errorf("everybody is told of %s", answer.Body)
			}
			if err := w.Table.Check(t.Context()); err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("the operator is told %v, want %q", err, tc.says)
			}
		})
	}
}

func drop(t *testing.T, w *apitest.World) {
	t.Helper()
	if _, err := dynamo.Client(w.Endpoint).DeleteTable(t.Context(), &dynamodb.DeleteTableInput{TableName: aws.String(w.TableName)}); err != nil {
		t.Fatal(err)
	}
}

func withoutIndex(t *testing.T, w *apitest.World, index string) {
	t.Helper()
	_, err := dynamo.Client(w.Endpoint).UpdateTable(t.Context(), &dynamodb.UpdateTableInput{
		TableName:                   aws.String(w.TableName),
		GlobalSecondaryIndexUpdates: []types.GlobalSecondaryIndexUpdate{{Delete: &types.DeleteGlobalSecondaryIndexAction{IndexName: aws.String(index)}}},
	})
	if err != nil {
		t.Fatal(err)
	}
}
