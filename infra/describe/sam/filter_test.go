package sam_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	lambda "github.com/aws/aws-lambda-go/events"

	"atrium/infra/describe/sam"
	"atrium/infra/local/dynamo"
	"atrium/infra/local/stream"
	"atrium/shared/apitest"
	"atrium/shared/organization"
)

// filters are those of each consumer.
func filters(t *testing.T) map[string]stream.Filters {
	t.Helper()
	_, functions := load(t)
	all := map[string]stream.Filters{}
	for folder, f := range functions {
		of, err := stream.FiltersOf(filepath.Join(apitest.Root(), sam.File), f.logicalID)
		if err != nil {
			t.Fatal(err)
		}
		if len(of) > 0 {
			all[folder] = of
		}
	}
	return all
}

// consumers are those that are handed a record.
func consumers(all map[string]stream.Filters, r lambda.DynamoDBEventRecord) (names []string) {
	for name, filters := range all {
		if filters.Admit(r) {
			names = append(names, name)
		}
	}
	return names
}

// wants is what a change is called after which something is to be done, and who does it.
func wants(r lambda.DynamoDBEventRecord) (what, consumer string) {
	pk := r.Change.Keys["pk"]
	before, after := r.Change.OldImage, r.Change.NewImage
	last := pk.String()[strings.LastIndex(pk.String(), "#")+1:]
	listed := func(image map[string]lambda.DynamoDBAttributeValue) bool { _, ok := image["gs1pk"]; return ok }
	switch {
	case after != nil && text(after["outbox"]) == "due":
		return last + " to be mailed", "deliver-mail"
	case strings.HasPrefix(pk.String(), "sign-in#") && after != nil:
		return "request for a link", "deliver-mail"
	case last == "org" && strings.HasPrefix(r.Change.Keys["sk"].String(), "org_") && before != nil:
		return "change or end of an organization", "purge-organization"
	case last == "agent" && after == nil && listed(before) && strings.HasSuffix(text(before["gs1pk"]), "#agent"):
		return "end of an agent", "purge-organization"
	case last == "user" && before != nil:
		return "change or end of a user", "purge-organization"
	case last == "pending" && after == nil:
		return "address of an invitation given free", "purge-organization"
	default:
		return "", ""
	}
}

func text(v lambda.DynamoDBAttributeValue) string {
	if v.DataType() != lambda.DataTypeString {
		return ""
	}
	return v.String()
}

// Each consumer is woken by what concerns it, and by nothing else: a function
// that starts for every change costs as much as the change.
func TestConsumersAreWokenByWhatConcernsThem(t *testing.T) {
	t.Parallel()
	w := apitest.NewStreamed(t)
	muchHappens(t, w)
	all, seen := filters(t), map[string]int{}
	for _, r := range w.Records() {
		what, want := wants(r)
		seen[what]++
		if got := consumers(all, r); strings.Join(got, " ") != want {
			t.Errorf("%s of %s %s wakes %v, want %q", r.EventName, r.Change.Keys["pk"].String(), r.Change.Keys["sk"].String(), got, want)
		}
	}
	for _, what := range []string{
		"", "address of an invitation given free", "invitation to be mailed", "sign-in to be mailed", "request for a link",
		"change or end of an organization", "end of an agent", "change or end of a user",
	} {
		if seen[what] == 0 {
			t.Errorf("nothing of that kind happened: %q, of %v", what, seen)
		}
	}
}

// muchHappens is a bit of everything that is written.
func muchHappens(t *testing.T, w *apitest.World) {
	t.Helper()
	w.Workspace = w.Nobody().Post("/workspaces", `{"name":"Agency Ltd","owner":{"name":"Olga","email":"olga@agency.example"}}`).Want(http.StatusCreated).ID()
	owner := w.Owner()
	org := owner.Post("/organizations", `{"name":"Café Río"}`).Want(http.StatusCreated).ID()
	agent := owner.Post("/agents", `{"name":"Reservations","provider":"Voiceflow"}`).Want(http.StatusCreated).ID()
	owner.Put("/organizations/"+org+"/agents/"+agent, `{}`).Want(http.StatusCreated)
	user := owner.Post("/organizations/"+org+"/users", `{"name":"Ann Lee","email":"ann@example.com"}`).Want(http.StatusCreated).ID()
	owner.Patch("/organizations/"+org+"/users/"+user, `{"role":"org_admin"}`).Want(http.StatusOK)
	owner.Post("/organizations/"+org+"/users/import", `{"users":[{"name":"Cem","email":"cem@example.com"}],"invite":true}`).Want(http.StatusOK)
	cem := strings.Join(owner.Get("/organizations/"+org+"/users?status=invited").Each("id"), "")
	owner.Delete("/organizations/" + org + "/users/" + cem).Want(http.StatusNoContent)
	owner.Post("/organizations/"+org+"/teams", `{"key":"support","label":"Support","members":["`+user+`"]}`).Want(http.StatusCreated)
	owner.Post("/organizations/"+org+"/invitations", `{"email":"bob@example.com"}`).Want(http.StatusCreated)
	w.Nobody().Post("/sign-in", `{"email":"ann@example.com"}`).Want(http.StatusAccepted)
	owner.Delete("/organizations/" + org + "/agents/" + agent).Want(http.StatusNoContent)
	owner.Delete("/agents/" + agent).Want(http.StatusNoContent)
	owner.Delete("/organizations/" + org + "/users/" + user).Want(http.StatusNoContent)
	owner.Delete("/organizations/" + org).Want(http.StatusAccepted)
	if _, err := dynamo.Sweep(t.Context(), w.Endpoint, w.TableName, time.Now().Add(organization.Grace+time.Minute)); err != nil {
		t.Fatal(err)
	}
}
