package catalogue_test

import (
	"net/http"
	"testing"

	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/catalogue"
)

// retried is a request that is sent twice under one Idempotency-Key, and what
// happens in between, after which it could not be granted for the first time.
type retried struct {
	body    string
	prepare func(f *fixture)
	spoil   func(f *fixture, made *apitest.Answer)
	// shows is the member of the answer by which both are told to be of one thing.
	shows string
}

var retries = map[string]retried{
	"create-workspace": {
		// Nothing that is stored can refuse another workspace.
		body: `{"name":"n","owner":{"name":"o","email":"o@example.com"}}`, shows: "id",
		spoil: func(f *fixture, made *apitest.Answer) {
			f.w.Workspace = made.ID()
			f.w.Owner().Patch("/workspace", `{"name":"m"}`).Want(http.StatusOK)
		},
	},
	"create-organization": {
		body: `{"name":"n","externalId":"x"}`, shows: "id",
		spoil: func(f *fixture, made *apitest.Answer) {
			f.w.Owner().Patch("/organizations/"+made.ID(), `{"name":"m","externalId":"y"}`).Want(http.StatusOK)
			f.w.Owner().Post("/organizations", `{"name":"n","externalId":"x"}`).Want(http.StatusCreated)
		},
	},
	"create-api-key": {
		body: `{"name":"n","scopes":["users:read"],"organizationId":"{o}"}`, shows: "id",
		spoil: func(f *fixture, _ *apitest.Answer) {
			f.w.Owner().Patch(f.org(), `{"status":"archived"}`).Want(http.StatusOK)
		},
	},
	"create-agent": {
		body: `{"name":"n","externalId":"x"}`, shows: "id",
		spoil: func(f *fixture, made *apitest.Answer) {
			f.w.Owner().Patch("/agents/"+made.ID(), `{"externalId":"y"}`).Want(http.StatusOK)
			f.w.Owner().Post("/agents", `{"name":"n","externalId":"x"}`).Want(http.StatusCreated)
		},
	},
	"add-user": {
		body: `{"name":"n","email":"n@example.com","teams":["support"],"sections":{"home":"edit"}}`, shows: "id",
		spoil: func(f *fixture, _ *apitest.Answer) {
			f.w.Owner().Delete(f.org() + "/teams/support").Want(http.StatusNoContent)
			f.w.Owner().Patch(f.org(), `{"ceiling":{"home":"none"}}`).Want(http.StatusOK)
			f.w.Owner().Patch(f.org(), `{"status":"archived"}`).Want(http.StatusOK)
		},
	},
	"import-users": {
		body: `{"users":[{"name":"n","email":"n@example.com","teams":["support"]}]}`, shows: "created",
		spoil: func(f *fixture, _ *apitest.Answer) {
			f.w.Owner().Delete(f.org() + "/teams/support").Want(http.StatusNoContent)
			f.w.Owner().Patch(f.org(), `{"status":"archived"}`).Want(http.StatusOK)
		},
	},
	"create-team": {
		body: `{"key":"sales","members":["{u}"]}`, shows: "id",
		spoil: func(f *fixture, _ *apitest.Answer) {
			f.w.Owner().Delete(f.user()).Want(http.StatusNoContent)
			f.w.Owner().Patch(f.org(), `{"status":"archived"}`).Want(http.StatusOK)
		},
	},
	"send-invitation": {
		body: `{"email":"n@example.com","teams":["support"]}`, shows: "id",
		spoil: func(f *fixture, _ *apitest.Answer) {
			f.w.Owner().Patch(f.org(), `{"status":"archived"}`).Want(http.StatusOK)
		},
	},
	// Used once, links and codes open nothing any more.
	"accept-invitation": {body: `{"name":"n"}`, shows: "principal.id", spoil: func(*fixture, *apitest.Answer) {}},
	"create-session":    {body: `{"code":"{code}"}`, shows: "principal.id", spoil: func(*fixture, *apitest.Answer) {}},
	"impersonate-user": {body: `{"reason":"r"}`, shows: "accessToken", spoil: func(f *fixture, _ *apitest.Answer) {
		f.w.Owner().Patch(f.user(), `{"status":"suspended"}`).Want(http.StatusOK)
	}},
	"invite-staff": {
		// The address is taken from then on, by the one it made.
		body: `{"name":"n","email":"n@example.com","role":"member"}`, shows: "id", spoil: func(*fixture, *apitest.Answer) {},
	},
	"resend-invitation": {shows: "id", spoil: func(f *fixture, _ *apitest.Answer) {
		f.w.Owner().Post(f.named("/organizations/{o}/invitations/{i}/revoke"), nil).Want(http.StatusOK)
	}},
	// Revoked once, it can be revoked no more.
	"revoke-invitation": {shows: "id", spoil: func(*fixture, *apitest.Answer) {}},
	"route-handoff": {
		body: `{}`, shows: "user.id",
		prepare: func(f *fixture) { f.w.Owner().Patch(f.user(), `{"availability":"online"}`).Want(http.StatusOK) },
		spoil: func(f *fixture, _ *apitest.Answer) {
			f.w.Owner().Delete(f.org() + "/teams/support").Want(http.StatusNoContent)
			f.w.Owner().Patch(f.org(), `{"status":"archived"}`).Want(http.StatusOK)
		},
	},
}

// unremembered are POSTs that make nothing: what they answer twice is tested
// where they are.
var unremembered = map[string]bool{"preview-invitation": true, "decline-invitation": true, "request-sign-in": true}

func (f *fixture) org() string  { return "/organizations/" + f.things[own]["o"] }
func (f *fixture) user() string { return f.org() + "/users/" + f.things[own]["u"] }

// A retry under an Idempotency-Key is answered as the first request was,
// whatever has come to pass since.
func TestEveryPOSTAnswersARetryAsItAnsweredFirst(t *testing.T) {
	for _, o := range catalogue.Operations {
		if o.Method != http.MethodPost {
			continue
		}
		t.Run(o.Name, func(t *testing.T) {
			t.Parallel()
			if unremembered[o.Name] {
				t.Skip("it makes nothing that a retry could show")
			}
			r, ok := retries[o.Name]
			if !ok {
				t.Fatal("say in retries, in this file, what may change between it and its retry")
			}
			f := newFixture(apitest.New(t))
			f.retry(o, r)
		})
	}
}

func (f *fixture) retry(o api.Operation, r retried) {
	f.w.T.Helper()
	if r.prepare != nil {
		r.prepare(f)
	}
	sender, path, body := f.w.Owner(), f.named(o.Path), f.named(r.body)
	send := func() *apitest.Answer { return sender.Post(path, body, apitest.Headers{"Idempotency-Key": "k"}) }
	first := send()
	if first.Status >= http.StatusBadRequest || first.At(r.shows) == nil {
		f.w.T.Fatalf("%s: %d %s", o.Name, first.Status, first.Body)
	}
	r.spoil(f, first)
	again := send().Want(first.Status)
	if again.At(r.shows) != first.At(r.shows) || again.Header.Get("Idempotent-Replayed") != "true" {
		f.w.T.Errorf("replayed %q\n%s\nfirst\n%s", again.Header.Get("Idempotent-Replayed"), again.Body, first.Body)
	}
}
