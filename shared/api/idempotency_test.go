package api_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"atrium/shared/access"
	"atrium/shared/api"
	"atrium/shared/apitest"
	"atrium/shared/problem"
)

// public is an operation that anybody may call: it makes what the body says,
// unless refuses says why not.
type public struct {
	*apitest.World
	server  *api.Server
	refuses error
}

func newPublic(t *testing.T) *public {
	t.Helper()
	t.Parallel()
	p := &public{World: apitest.New(t)}
	load := func(_ context.Context, made string) (string, error) { return made, nil }
	o := api.Operation{
		Name: "make", Method: http.MethodPost, Path: "/make", May: access.Rule{Public: true},
		Handler: api.Func[makeInput, makeOutput](func(ctx context.Context, c *api.Call, in *makeInput) (*makeOutput, error) {
			plan := func(context.Context) (api.Plan[string], error) {
				return api.Plan[string]{Made: in.Body.Name, Result: in.Body.Name}, p.refuses
			}
			made, replayed, err := api.OncePlanned(ctx, c, plan, load)
			return &makeOutput{Replayed: api.Replayed(replayed), Body: made}, err
		}),
	}
	p.server = api.New(p.Table, []api.Operation{o})
	return p
}

type makeInput struct {
	api.Idempotent
	Body struct {
		Name string `json:"name"`
	}
}

type makeOutput struct {
	Replayed string `header:"Idempotent-Replayed"`
	Body     string
}

func (p *public) post(ip, name, key string) *apitest.Answer {
	r := httptest.NewRequestWithContext(p.T.Context(), http.MethodPost, "/v1/make", strings.NewReader(`{"name":"`+name+`"}`))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	r = r.WithContext(api.WithCaller(r.Context(), api.Caller{RequestID: "req-test", IP: ip}))
	w := httptest.NewRecorder()
	p.server.ServeHTTP(w, r)
	return &apitest.Answer{T: p.T, Request: "POST /make", Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
}

func replayed(a *apitest.Answer) bool { return a.Header.Get("Idempotent-Replayed") == "true" }

// TestStrangersShareNoKey: who has not signed in is told apart by address.
func TestStrangersShareNoKey(t *testing.T) {
	p := newPublic(t)
	p.post("192.0.2.1", "mine", "k").Want(http.StatusOK)
	if theirs := p.post("192.0.2.2", "mine", "k").Want(http.StatusOK); replayed(theirs) {
		t.Error("a stranger is shown what somebody else made")
	}
	p.post("192.0.2.3", "another", "k").Want(http.StatusOK)
	if again := p.post("192.0.2.1", "mine", "k").Want(http.StatusOK); !replayed(again) {
		t.Error("one's own key is forgotten")
	}
	p.post("192.0.2.1", "another", "k").Refused(422, problem.IdempotencyReused, "header.Idempotency-Key")
}

func TestAKeyIsMeasuredInCharacters(t *testing.T) {
	p := newPublic(t)
	for _, character := range []string{"k", "é", "鍵", "🔑"} {
		p.post("192.0.2.1", "n", strings.Repeat(character, 255)).Want(http.StatusOK)
		p.post("192.0.2.1", "n", strings.Repeat(character, 256)).Refused(422, problem.Invalid, "header.Idempotency-Key")
	}
}

// TestARefusalHoldsOnlyForAKeyThatIsFree: what was granted stays granted, and
// what was refused is not remembered.
func TestARefusalHoldsOnlyForAKeyThatIsFree(t *testing.T) {
	p := newPublic(t)
	full := problem.New(problem.LimitReached, "There is no more room.")
	p.post("192.0.2.1", "n", "granted").Want(http.StatusOK)
	p.refuses = full
	if again := p.post("192.0.2.1", "n", "granted").Want(http.StatusOK); !replayed(again) || string(again.Body) != "\"n\"\n" {
		t.Errorf("again: %s", again.Body)
	}
	p.post("192.0.2.1", "another", "granted").Refused(422, problem.IdempotencyReused, "header.Idempotency-Key")
	p.post("192.0.2.1", "n", "refused").Refused(409, problem.LimitReached)
	p.refuses = nil
	if first := p.post("192.0.2.1", "n", "refused").Want(http.StatusOK); replayed(first) {
		t.Error("a refusal was remembered")
	}
}
