package organization_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/problem"
)

// open creates an organization and returns its id.
func open(w *apitest.World, name string) string {
	w.T.Helper()
	return w.Owner().Post("/organizations", map[string]any{"name": name}).Want(http.StatusCreated).ID()
}

func TestCreateAnswersWithTheWholeResource(t *testing.T) {
	w := apitest.New(t)
	a := w.Admin().Post("/organizations", `{"name":"  Café   del Mar ","ceiling":{"prompt":"none"},"metadata":{"plan":"gold"}}`).Want(http.StatusCreated)
	for path, want := range map[string]any{
		"name": "Café del Mar", "status": "active", "language": "en", "layout": "vertical", "version": 1.0,
		"ceiling.prompt": "none", "ceiling.home": "edit", "handoff.enabled": true, "billing": false,
		"metadata.plan": "gold", "counts.users": 0.0, "logoUrl": nil,
	} {
		if got := a.At(path); got != want {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
	if got := a.Header.Get("ETag"); got != `"1"` {
		t.Errorf("ETag %s", got)
	}
	b := w.Member().Get("/organizations/" + a.ID()).Want(http.StatusOK)
	if string(a.Body) != string(b.Body) {
		t.Errorf("read back\n%s\nwrote\n%s", b.Body, a.Body)
	}
}

func TestCreateRefuses(t *testing.T) {
	w := apitest.New(t)
	many := func(n int) map[string]string {
		m := map[string]string{}
		for i := range n {
			m[fmt.Sprint("k", i)] = "v"
		}
		return m
	}
	tabs := func(n int) map[string]string {
		m := map[string]string{}
		for i := range n {
			m[fmt.Sprint("tab:t", i)] = "none"
		}
		return m
	}
	for name, tc := range map[string]struct {
		body   any
		status int
		code   problem.Code
		places []string
	}{
		"no body":                {"", 400, problem.Malformed, nil},
		"broken JSON":            {`{"name":`, 400, problem.Malformed, []string{"body"}},
		"two values":             {`{"name":"a"}{}`, 400, problem.Malformed, []string{"body"}},
		"invalid UTF-8":          {"{\"name\":\"a\xffb\"}", 400, problem.Malformed, []string{"body"}},
		"no object":              {`["name"]`, 422, problem.Invalid, []string{"body"}},
		"null":                   {`null`, 422, problem.Invalid, []string{"body"}},
		"no name":                {`{}`, 422, problem.Invalid, []string{"body.name"}},
		"empty name":             {`{"name":" 　 "}`, 422, problem.Invalid, []string{"body.name"}},
		"invisible name":         {`{"name":"\u200d\u2060"}`, 422, problem.Invalid, []string{"body.name"}},
		"long name":              {map[string]any{"name": strings.Repeat("é", 121)}, 422, problem.Invalid, []string{"body.name"}},
		"name of a wrong type":   {`{"name":7}`, 422, problem.Invalid, []string{"body.name"}},
		"control character":      {`{"name":"a\u0007b"}`, 422, problem.Invalid, []string{"body.name"}},
		"line feed in a name":    {`{"name":"a\nb"}`, 422, problem.Invalid, []string{"body.name"}},
		"lone surrogate":         {`{"name":"a\ud83db"}`, 422, problem.Invalid, []string{"body.name"}},
		"low surrogate alone":    {`{"name":"\udc00"}`, 422, problem.Invalid, []string{"body.name"}},
		"bidi override":          {`{"name":"abc\u202egpj"}`, 422, problem.Invalid, []string{"body.name"}},
		"unknown field":          {`{"name":"a","nmae":"b"}`, 422, problem.Invalid, []string{"body.nmae"}},
		"unknown nested field":   {`{"name":"a","brand":{"color":"#fff"}}`, 422, problem.Invalid, []string{"body.brand.color"}},
		"two faults at once":     {`{"name":"","layout":"round"}`, 422, problem.Invalid, []string{"body.layout"}},
		"no such section":        {`{"name":"a","ceiling":{"kitchen":"view"}}`, 422, problem.Invalid, []string{"body.ceiling.kitchen"}},
		"101 sections":           {map[string]any{"name": "a", "ceiling": tabs(101)}, 422, problem.Invalid, []string{"body.ceiling"}},
		"no such grant":          {`{"name":"a","ceiling":{"home":"admin"}}`, 422, problem.Invalid, []string{"body.ceiling.home"}},
		"a colour by name":       {`{"name":"a","brand":{"primaryColor":"red"}}`, 422, problem.Invalid, []string{"body.brand.primaryColor"}},
		"deleted from the start": {`{"name":"a","status":"deleted"}`, 422, problem.Invalid, []string{"body.status"}},
		"a logo from elsewhere":  {`{"name":"a","logoUrl":"https://x.example/l.png"}`, 422, problem.Invalid, []string{"body.logoUrl"}},
		"51 keys of metadata":    {map[string]any{"name": "a", "metadata": many(51)}, 422, problem.Invalid, []string{"body.metadata"}},
		"a long metadata key":    {map[string]any{"name": "a", "metadata": map[string]string{strings.Repeat("k", 41): "v"}}, 422, problem.Invalid, []string{"body.metadata." + strings.Repeat("k", 40) + "…"}},
		"a long metadata value":  {map[string]any{"name": "a", "metadata": map[string]string{"k": strings.Repeat("v", 501)}}, 422, problem.Invalid, []string{"body.metadata.k"}},
		"metadata of numbers":    {`{"name":"a","metadata":{"k":7}}`, 422, problem.Invalid, []string{"body.metadata.k"}},
		"a metadata line feed":   {`{"name":"a","metadata":{"k":"a\nb"}}`, 422, problem.Invalid, []string{"body.metadata.k"}},
		"a message for nobody":   {`{"name":"a","handoff":{"messages":{"":"x"}}}`, 422, problem.Invalid, []string{"body.handoff.messages"}},
		"a message in no tongue": {`{"name":"a","handoff":{"messages":{"zz top":"x"}}}`, 422, problem.Invalid, []string{"body.handoff.messages"}},
		"an order of no tabs":    {`{"name":"a","tabOrder":["home","attic","home"]}`, 422, problem.Invalid, []string{"body.tabOrder[1]", "body.tabOrder[2]"}},
		"an answer of nothing":   {`{"name":"a","cannedResponses":[{"text":" "}]}`, 422, problem.Invalid, []string{"body.cannedResponses[0].text"}},
		"a font of style":        {`{"name":"a","brand":{"font":"Inter\";} body{display:none"}}`, 422, problem.Invalid, []string{"body.brand.font"}},
		"more than an item":      {map[string]any{"name": "a", "cannedResponses": answers(50, "客")}, 422, problem.Invalid, []string{"body"}},
		"6 MB":                   {`{"name":"` + strings.Repeat("a", 6<<20) + `"}`, 413, problem.TooLarge, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w.T = t
			w.Owner().Post("/organizations", tc.body).Refused(tc.status, tc.code, tc.places...)
		})
	}
	w.T = t
	if left := w.Owner().All("/organizations", "name"); len(left) != 0 {
		t.Errorf("refused, yet stored: %q", left)
	}
}

func TestCreateRefusesOtherMediaTypes(t *testing.T) {
	w := apitest.New(t)
	w.Owner().Post("/organizations", "name=a", apitest.Headers{"Content-Type": "application/x-www-form-urlencoded"}).
		Refused(http.StatusUnsupportedMediaType, problem.UnsupportedMedia, "header.Content-Type")
}

func TestNamesAreUnique(t *testing.T) {
	w := apitest.New(t)
	open(w, "Café del Mar")
	for _, same := range []string{"Café del Mar", "CAFÉ DEL MAR", "cafe\u0301 del mar", "  café  del   mar "} {
		w.Owner().Post("/organizations", map[string]any{"name": same}).Refused(http.StatusConflict, problem.NameTaken, "body.name")
	}
	open(w, "Cafe del Mar") // accents count
	other := apitest.Caller(w.As(access.Principal{Type: access.Staff, ID: "stf_b", Role: access.Owner, Workspace: "ws_01jd6v0c8ge2rs2k9v2q1m4t7x"}))
	other.Post("/organizations", map[string]any{"name": "Café del Mar"}).Want(http.StatusCreated)
}

func TestExternalIDsAreUnique(t *testing.T) {
	w := apitest.New(t)
	w.Owner().Post("/organizations", `{"name":"a","externalId":"crm-1"}`).Want(http.StatusCreated)
	w.Owner().Post("/organizations", `{"name":"b","externalId":"crm-1"}`).Refused(http.StatusConflict, problem.ExternalIDTaken, "body.externalId")
	open(w, "b") // the refused one took nothing
	if got := w.Owner().All("/organizations?externalId=crm-1", "name"); !slices.Equal(got, []string{"a"}) {
		t.Errorf("found %q", got)
	}
}

func TestOfTwentyWithOneNameOneWins(t *testing.T) {
	w := apitest.New(t)
	statuses := make([]int, 20)
	var group sync.WaitGroup
	for i := range statuses {
		group.Go(func() { statuses[i] = w.Owner().Post("/organizations", `{"name":"The One"}`).Status })
	}
	group.Wait()
	slices.Sort(statuses)
	if statuses[0] != http.StatusCreated || statuses[1] != http.StatusConflict || statuses[19] != http.StatusConflict {
		t.Errorf("statuses %v", statuses)
	}
}

func TestIdempotencyKey(t *testing.T) {
	w := apitest.New(t)
	key := apitest.Headers{"Idempotency-Key": "a, b"}
	body := `{"name":"Once"}`
	first := w.Owner().Post("/organizations", body, key).Want(http.StatusCreated)
	if first.Header.Get("Idempotent-Replayed") != "" {
		t.Error("the first is marked as replayed")
	}
	w.Owner().Patch("/organizations/"+first.ID(), `{"name":"Twice"}`).Want(http.StatusOK)
	again := w.Owner().Post("/organizations", body, key).Want(http.StatusCreated)
	if again.ID() != first.ID() || again.Header.Get("Idempotent-Replayed") != "true" || again.At("name") != "Twice" {
		t.Errorf("replayed %s %v", again.Body, again.Header)
	}
	w.Owner().Post("/organizations", `{"name":"Other"}`, key).Refused(http.StatusUnprocessableEntity, problem.IdempotencyReused, "header.Idempotency-Key")
	w.Admin().Post("/organizations", `{"name":"Another caller"}`, key).Want(http.StatusCreated)
	w.Owner().Post("/organizations", `{"name":"x"}`, apitest.Headers{"Idempotency-Key": strings.Repeat("k", 256)}).
		Refused(http.StatusUnprocessableEntity, problem.Invalid, "header.Idempotency-Key")
	w.Owner().Post("/organizations", `{"name":""}`, apitest.Headers{"Idempotency-Key": "refused"}).Want(http.StatusUnprocessableEntity)
	w.Owner().Post("/organizations", `{"name":"Not recorded"}`, apitest.Headers{"Idempotency-Key": "refused"}).Want(http.StatusCreated)
}

func TestOfTwentyWithOneKeyAllGetTheSame(t *testing.T) {
	w := apitest.New(t)
	answers := make([]*apitest.Answer, 20)
	var group sync.WaitGroup
	for i := range answers {
		group.Go(func() {
			answers[i] = w.Owner().Post("/organizations", `{"name":"Once"}`, apitest.Headers{"Idempotency-Key": "k"})
		})
	}
	group.Wait()
	replays := 0
	for _, a := range answers {
		if a.Want(http.StatusCreated).ID() != answers[0].ID() {
			t.Error("two organizations")
		}
		if a.Header.Get("Idempotent-Replayed") == "true" {
			replays++
		}
	}
	if replays != 19 {
		t.Errorf("%d replays", replays)
	}
}
