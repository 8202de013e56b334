package table_test

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"atrium/infra/local/dynamo"
	"atrium/shared/apitest"
	"atrium/shared/table"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// TestKeysStayWhatTheyAre makes one item of each kind through the operations,
// and compares the keys of all with testdata/keys.golden. A key that changes
// loses what is stored under it: here it is seen before that.
func TestKeysStayWhatTheyAre(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	w.Now = func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }
	furnish(w)
	got := []byte(strings.Join(keysOf(t, w), "\n") + "\n")
	golden := filepath.Join("testdata", "keys.golden")
	if *update {
		if err := os.WriteFile(golden, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("the keys are not what they were. If that is meant, and what is stored will be moved, run `go test ./shared/table -update`.\n%s", difference(string(got), string(want)))
	}
}

// furnish makes one of everything.
func furnish(w *apitest.World) {
	const owner = `{"name":"Agency","owner":{"name":"Olga","email":"olga@agency.example"}}`
	w.Workspace = w.Nobody().Post("/workspaces", owner, apitest.Headers{"Idempotency-Key": "1"}).Want(http.StatusCreated).ID()
	w.Owner().Patch("/workspace", `{"dashboardHost":"clients.agency.example"}`).Want(http.StatusOK)
	org := "/organizations/" + w.Owner().Post("/organizations", `{"name":"Café del Mar","externalId":"crm-1"}`, apitest.Headers{"Idempotency-Key": "1"}).Want(http.StatusCreated).ID()
	agent := w.Owner().Post("/agents", `{"name":"Booking Bot","externalId":"bot-1"}`).Want(http.StatusCreated).ID()
	w.Owner().Put(org+"/agents/"+agent, `{}`).Want(http.StatusCreated)
	w.Owner().Post(org+"/users", `{"name":"Ann Li","email":"ann@client.example","externalId":"u-1"}`).Want(http.StatusCreated)
	w.Owner().Post(org+"/teams", `{"key":"support","label":"Support"}`).Want(http.StatusCreated)
	w.Owner().Post(org+"/invitations", `{"email":"bob@client.example"}`).Want(http.StatusCreated)
	w.Nobody().Post("/sign-in", `{"email":"ann@client.example"}`).Want(http.StatusAccepted)
	w.Owner().Post("/api-keys", `{"name":"Bots","scopes":["handoffs:write"]}`).Want(http.StatusCreated)
	for _, path := range []string{org, "/workspace"} {
		w.Owner().Put(path+"/logo", pixel, apitest.Headers{"Content-Type": "image/png"}).Want(http.StatusOK)
	}
}

// keysOf are the keys of all items, in order, each kind of id as that kind.
func keysOf(t *testing.T, w *apitest.World) []string {
	t.Helper()
	answer, err := dynamo.Client(w.Endpoint).Scan(t.Context(), &dynamodb.ScanInput{TableName: aws.String(w.TableName)})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, attributes := range answer.Items {
		all = append(all, describe(attributes))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

var (
	anID   = regexp.MustCompile(`\b(ws|stf|org|agt|usr|act|inv|key|ses|sgn)_[0-9a-z]{26}`)
	aHash  = regexp.MustCompile(`\b[0-9a-f]{32,64}\b`)
	places = []string{"", "gs1", "gs2", "gs3"}
)

func describe(item table.Item) string {
	var b strings.Builder
	for _, index := range places {
		if pk := item.String(index + "pk"); pk != "" {
			fmt.Fprintf(&b, "%-4s %-29s %s\n", index, masked(pk), masked(item.String(index+"sk")))
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// masked is a key with what is new every time taken out.
func masked(key string) string {
	return aHash.ReplaceAllString(anID.ReplaceAllString(key, "{$1}"), "{hash}")
}

// difference is the first line that is not the same.
func difference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

// pixel is a PNG of one.
const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\b\x06\x00\x00\x00\x1f\x15\xc4\x89" +
	"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
