package apitest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"atrium/infra/describe/rights"
	"atrium/shared/catalogue"
	"atrium/shared/table"
)

// What functions do with the table is seen here, where their calls pass. It must
// be what they have a right to; and all that the tests of the repository see
// together is what they have a right to: see infra/describe/rights.

// seen are the rights that the functions of this process's worlds have needed.
var seen = struct {
	sync.Mutex
	rights  rights.Rights
	allowed func() (rights.Rights, error)
}{rights: rights.Rights{}, allowed: sync.OnceValues(func() (rights.Rights, error) { return rights.Read(Root()) })}

// Function is the table as a function reaches it that is no operation.
func (w *World) Function(name string) *table.Table {
	config := w.reached
	config.HTTP = calls{name: name, world: w}
	return table.Open(config)
}

// calls are a function's to the table.
type calls struct {
	name  string
	world *World
}

// Do makes one.
func (c calls) Do(r *http.Request) (*http.Response, error) { return c.world.call(c.name, r) }

// call makes a call of a function's, which must have the right to it.
func (w *World) call(function string, r *http.Request) (*http.Response, error) {
	if functions()[function] {
		needed, err := needs(r, rights.Guarded[function] != "")
		if err != nil {
			return nil, err
		}
		w.hold(function, needed)
	}
	if w.Fault != nil {
		if response, err := w.Fault(r); response != nil || err != nil {
			return response, err
		}
	}
	return transport.Do(r)
}

// functions are those whose rights are seen here.
var functions = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{"authorize": true, "deliver-mail": true, "record-mail-event": true, "purge-organization": true}
	for _, o := range catalogue.Operations {
		all[o.Name] = true
	}
	return all
})

// hold fails the test where a function does what it has no right to.
func (w *World) hold(function string, needed []string) {
	allowed, err := seen.allowed()
	seen.Lock()
	defer seen.Unlock()
	for _, right := range needed {
		if !seen.rights.Add(function, right) {
			continue
		}
		if err := rights.Note(Root(), function, right); err != nil {
			w.T.Error(err)
		}
		if !rights.Recording() && (err != nil || !allowed[function][right]) {
			w.T.Errorf("%s needs %q, and has no right to it. If that is as it should be, make rights gives it", function, right)
		}
	}
}

// partRights are what the parts of a transaction need. The transaction itself
// needs nothing: IAM has no action for it.
var partRights = map[string]string{
	"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem", "Get": "GetItem",
}

// key is a key in a request; of an item, it is among the attributes.
type key struct {
	PK struct{ S string } `json:"pk"`
}

// request is what there is to see of a call.
type request struct {
	IndexName     string
	Key, Item     key
	RequestItems  map[string]json.RawMessage
	TransactItems []map[string]struct{ Key, Item key }
	Values        map[string]struct{ S string } `json:"ExpressionAttributeValues"`
}

// needs are the rights that a call to DynamoDB needs; with keys also to which
// kinds of items, by how their partitions begin or end.
func needs(r *http.Request, keys bool) (needed []string, err error) {
	body, err := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	var sent request
	if err := errors.Join(err, json.Unmarshal(body, &sent)); err != nil {
		return nil, err
	}
	_, call, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	switch {
	case strings.HasPrefix(call, "Transact"):
		for _, item := range sent.TransactItems {
			for part := range item {
				needed = append(needed, "table "+partRights[part])
			}
		}
	case sent.IndexName != "":
		return []string{sent.IndexName + " " + call}, nil
	default:
		needed = []string{"table " + call}
	}
	if keys {
		for _, partition := range sent.partitions(call) {
			needed = append(needed, "keys "+kindOf(partition))
		}
	}
	return needed, nil
}

// partitions are those that a call names.
func (s request) partitions(call string) (all []string) {
	for _, k := range []key{s.Key, s.Item} {
		all = append(all, k.PK.S)
	}
	for _, items := range s.RequestItems {
		var read struct{ Keys []key }
		if json.Unmarshal(items, &read) == nil { // writes in batches are of no guarded function
			for _, k := range read.Keys {
				all = append(all, k.PK.S)
			}
		}
	}
	for _, parts := range s.TransactItems {
		for _, part := range parts {
			all = append(all, part.Key.PK.S, part.Item.PK.S)
		}
	}
	if call == "Query" { // of the table itself, whose partition is the first value
		all = append(all, s.Values[":0"].S)
	}
	return slices.DeleteFunc(all, func(partition string) bool { return partition == "" })
}

// kindOf is a pattern of the partitions of a kind of items. They end with it; or
// begin with it, where they are of no workspace; or have it before a month or a
// hash. A workspace itself is a partition, too.
func kindOf(partition string) string {
	parts := strings.Split(partition, "#")
	last := len(parts) - 1
	switch {
	case last == 0:
		// A star would be for all that begins so: every item of every workspace.
		prefix := strings.Index(partition, "_") + 1
		return partition[:prefix] + strings.Repeat("?", len(partition)-prefix)
	case !strings.HasPrefix(partition, "ws_"):
		return parts[0] + "#*"
	case parts[last-1] == "activity" || parts[last-1] == "once":
		return "*#" + parts[last-1] + "#*"
	default:
		return "*#" + parts[last]
	}
}
