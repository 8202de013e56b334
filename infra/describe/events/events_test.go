package events_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"atrium/infra/describe/events"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/catalogue"
	"atrium/shared/id"
	"atrium/shared/lambdahttp"
	"atrium/shared/token"

	lambda "github.com/aws/aws-lambda-go/events"
)

func TestEveryFunctionHasOneEvent(t *testing.T) {
	functions := names(t, "functions/*")
	recorded := names(t, "events/*.json")
	if !slices.Equal(functions, recorded) {
		t.Errorf("functions and events differ: run make generate, and delete the events of functions that are gone\n%v\n%v", functions, recorded)
	}
}

func names(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(apitest.Root(), pattern))
	if err != nil {
		t.Fatal(err)
	}
	for i, path := range paths {
		paths[i] = strings.TrimSuffix(filepath.Base(path), ".json")
	}
	slices.Sort(paths)
	return paths
}

func TestEventsMatchTheirDeclarations(t *testing.T) {
	for _, o := range catalogue.Operations {
		event := read(t, o.Name)
		route := o.Routes()[0]
		key := route.Method + " " + route.Path
		http := event.RequestContext.HTTP
		if event.RouteKey != key || event.RequestContext.RouteKey != key || http.Method != route.Method || http.Path != event.RawPath {
			t.Errorf("%s: the event is of %s (%s, %s %s), the declaration of %s", o.Name, event.RouteKey, event.RequestContext.RouteKey, http.Method, http.Path, key)
		}
		path := route.Path
		for name, value := range event.PathParameters {
			path = strings.ReplaceAll(path, "{"+name+"}", value)
		}
		if path != event.RawPath || strings.Contains(path, "{") {
			t.Errorf("%s: the path is %s, and with the parameters %s", o.Name, event.RawPath, path)
		}
		if signedIn := event.RequestContext.Authorizer != nil; signedIn == o.May.Public {
			t.Errorf("%s: somebody is signed in: %v; public: %v", o.Name, signedIn, o.May.Public)
		}
	}
}

func read(t *testing.T, function string) lambda.APIGatewayV2HTTPRequest {
	t.Helper()
	event, err := events.Read(apitest.Root(), function)
	if err != nil {
		t.Fatal(err)
	}
	return event
}

// Each event is sent to its function, with the table as the making events left
// it, and must succeed.
func TestEventsSucceed(t *testing.T) {
	t.Parallel()
	made := map[string]bool{}
	var items fixture
	for _, name := range events.Making {
		if o, ok := operation(name); ok {
			made[name] = true
			items = items.after(t, o)
		}
	}
	items = items.staffed(t)
	for _, o := range catalogue.Operations {
		if !made[o.Name] {
			t.Run(o.Name, func(t *testing.T) {
				t.Parallel()
				items.after(t, o)
			})
		}
	}
	t.Run("purge-organization", func(t *testing.T) {
		t.Parallel()
		items.purged(t)
	})
	t.Run("authorize", func(t *testing.T) {
		t.Parallel()
		items.authorized(t)
	})
	t.Run("deliver-mail and record-mail-event", func(t *testing.T) {
		t.Parallel()
		items.mailed(t)
	})
	t.Run("consequences", func(t *testing.T) {
		t.Parallel()
		items.followed(t)
	})
}

func operation(name string) (api.Operation, bool) {
	for _, o := range catalogue.Operations {
		if o.Name == name {
			return o, true
		}
	}
	return api.Operation{}, false
}

// staffed is the fixture with somebody else on the staff beside the owner.
func (f fixture) staffed(t *testing.T) fixture {
	t.Helper()
	w := f.load(t)
	if err := events.Hire(t.Context(), w.Table, events.IDs[id.Workspace]); err != nil {
		t.Fatal(err)
	}
	return dump(t, w)
}

// after is the fixture as an operation's event leaves it.
func (f fixture) after(t *testing.T, o api.Operation) fixture {
	t.Helper()
	w := f.load(t)
	send(t, w, o, read(t, o.Name))
	return dump(t, w)
}

// send sends an operation an event, which must succeed.
func send(t *testing.T, w *apitest.World, o api.Operation, event lambda.APIGatewayV2HTTPRequest) {
	t.Helper()
	answer, err := lambdahttp.Handler(w.Table, o, deployed)(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	if want := successes(o); !slices.Contains(want, answer.StatusCode) {
		t.Fatalf("%s answers %d, want one of %v\n%s", o.Name, answer.StatusCode, want, answer.Body)
	}
}

// deployed is what the deployment of the events has chosen.
var deployed = api.Configured(api.Config{Keys: token.NewKeys(events.SigningKey), DashboardURL: "https://dashboard.agency.example"})

func successes(o api.Operation) []int {
	switch {
	case o.Method == http.MethodPut:
		return []int{http.StatusOK, http.StatusCreated}
	case o.Status != 0:
		return []int{o.Status}
	default:
		return []int{http.StatusOK}
	}
}

func TestSkeletonsNameWhatEventsName(t *testing.T) {
	for _, o := range catalogue.Operations {
		event, err := events.Skeleton(o, json.RawMessage(`{}`))
		if err != nil {
			t.Fatal(err)
		}
		kept := read(t, o.Name)
		if got, want := slices.Sorted(maps.Keys(event.PathParameters)), slices.Sorted(maps.Keys(kept.PathParameters)); !slices.Equal(got, want) {
			t.Errorf("%s: path parameters %v, want %v", o.Name, got, want)
		}
	}
}
