package apitest

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// What a call needs is read off it as DynamoDB is sent it.
func TestNeedsAreThoseOfEachPartOfACall(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		call, body string
		needs      []string
	}{
		"a get": {"GetItem", `{"Key": {"pk": {"S": "ws_1#org_1#user"}}}`, []string{"table GetItem", "keys *#user"}},
		"a put": {"PutItem", `{"Item": {"pk": {"S": "person#hash"}}}`, []string{"table PutItem", "keys person#*"}},
		"several gets": {
			"BatchGetItem", `{"RequestItems": {"atrium": {"Keys": [{"pk": {"S": "ws_1"}}, {"pk": {"S": "ws_1#agent"}}]}}}`,
			[]string{"table BatchGetItem", "keys ws_?", "keys *#agent"},
		},
		"a transaction": {
			"TransactWriteItems", `{"TransactItems": [
				{"ConditionCheck": {"Key": {"pk": {"S": "ws_1#org"}}}}, {"Put": {"Item": {"pk": {"S": "ws_1#activity#2026-11"}}}},
				{"Update": {"Key": {"pk": {"S": "ws_1#session"}}}}, {"Delete": {"Key": {"pk": {"S": "ws_1#once#hash"}}}}]}`,
			[]string{
				"table ConditionCheckItem", "table PutItem", "table UpdateItem", "table DeleteItem",
				"keys *#org", "keys *#activity#*", "keys *#session", "keys *#once#*",
			},
		},
		"a transaction of gets": {
			"TransactGetItems", `{"TransactItems": [{"Get": {"Key": {"pk": {"S": "ws_1#key"}}}}]}`, []string{"table GetItem", "keys *#key"},
		},
		"a query": {"Query", `{"ExpressionAttributeValues": {":0": {"S": "ws_1#team"}, ":1": {"S": "a"}}}`, []string{"table Query", "keys *#team"}},
		// IAM's leading keys are of the index then, and no item's own.
		"a query of an index": {"Query", `{"IndexName": "gs1", "ExpressionAttributeValues": {":0": {"S": "ws_1#team"}}}`, []string{"gs1 Query"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(tc.body))
			r.Header.Set("X-Amz-Target", "DynamoDB_20120810."+tc.call)
			needed, err := needs(r, true)
			if err != nil || !slices.Equal(needed, tc.needs) {
				t.Errorf("%q (%v), want %q", needed, err, tc.needs)
			}
			if sent := new(strings.Builder); r.Write(sent) != nil || !strings.HasSuffix(sent.String(), tc.body) {
				t.Errorf("the call goes on as %q", sent)
			}
		})
	}
}

// A kind's pattern holds for all of the kind, whichever workspace they are of.
func TestKindIsHowAPartitionBeginsOrEnds(t *testing.T) {
	t.Parallel()
	for partition, kind := range map[string]string{
		"ws_abc":               "ws_???",
		"ws_abc#agent":         "*#agent",
		"ws_abc#org_abc#user":  "*#user",
		"ws_abc#activity#2026": "*#activity#*",
		"ws_abc#once#hash":     "*#once#*",
		"person#hash":          "person#*",
	} {
		if got := kindOf(partition); got != kind {
			t.Errorf("%s is of the kind %s, want %s", partition, got, kind)
		}
	}
}
