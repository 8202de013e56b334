package main

import (
	"context"
	"encoding/json"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// Bare calls are a fair comparison only if they do all that the operation's
// own calls do: what they leave in the twin must be the same items.
func TestBareCallsLeaveEqualItems(t *testing.T) {
	a := testTwins(t)
	organization, err := a.ask(t.Context(), createOrganization("Café del Mar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []request{
		createOrganization("Second"), createTeam(organization, "support"),
		{operation: "update-organization", path: "/organizations/" + organization, body: map[string]any{"name": "Mar del Café", "language": "es"}},
		{operation: "delete-team", path: "/organizations/" + organization + "/teams/support"},
	} {
		if _, err := a.ask(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	own, twin := a.items(t, a.workspace), a.items(t, a.twin)
	for i := range twin {
		twin[i] = strings.ReplaceAll(twin[i], a.twin, a.workspace)
	}
	if len(own) < 10 || !slices.Equal(own, twin) {
		t.Errorf("the workspace and its twin differ:\n%s\n\n%s", strings.Join(own, "\n"), strings.Join(twin, "\n"))
	}
}

// A bare call that does not go through must not count as a fast one.
func TestBareCallsTellOfRefusals(t *testing.T) {
	a := testTwins(t)
	event, o, err := a.event(createOrganization("Once"))
	if err != nil {
		t.Fatal(err)
	}
	tape := &tape{}
	if _, err := o.answer(tape.recording(t.Context()), event); err != nil {
		t.Fatal(err)
	}
	for _, taken := range []bool{false, true} {
		replay, err := a.replay(tape)
		if err != nil {
			t.Fatal(err)
		}
		if err := replay(t.Context()); (err != nil) != taken {
			t.Errorf("the name is taken: %v; error %v", taken, err)
		}
	}
}

func TestRefusedRequestsCannotBeMeasured(t *testing.T) {
	a, err := testLab(t).newAgency(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	unknown := request{operation: "get-organization", path: "/organizations/org_unknown"}
	if _, err := alternate(t.Context(), 5, a.handled(func() request { return unknown })); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("error %v, want one that says 404", err)
	}
	if _, err := a.ask(t.Context(), request{operation: "no-such-operation"}); err == nil {
		t.Error("an operation that is not there was asked for, and no error came")
	}
}

func testBench(t *testing.T) *bench {
	t.Helper()
	_, file, _, _ := runtime.Caller(0)
	return &bench{root: filepath.Join(filepath.Dir(file), "..", ".."), temp: t.TempDir()}
}

func testLab(t *testing.T) *lab {
	t.Helper()
	l, stop, err := testBench(t).newLab(context.WithoutCancel(t.Context()), "test.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return l
}

func testTwins(t *testing.T) agency {
	t.Helper()
	a, err := testLab(t).newTwins(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// items are all of a workspace, in order, as JSON.
func (l *lab) items(t *testing.T, workspace string) []string {
	t.Helper()
	all, err := l.client.Scan(t.Context(), &dynamodb.ScanInput{TableName: aws.String(tableName)})
	if err != nil {
		t.Fatal(err)
	}
	var items []string
	for _, item := range all.Items {
		plain := map[string]any{}
		if err := attributevalue.UnmarshalMap(item, &plain); err != nil {
			t.Fatal(err)
		}
		encoded, err := json.Marshal(plain)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(encoded), workspace) {
			items = append(items, string(encoded))
		}
	}
	slices.Sort(items)
	return items
}
