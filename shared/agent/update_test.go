package agent_test

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"

	"atrium/shared/apitest"
	"atrium/shared/problem"
)

func TestUpdateMerges(t *testing.T) {
	a := newAgency(t)
	path := "/agents/" + a.register("Bot", map[string]any{"provider": "vapi", "metadata": map[string]string{"a": "1", "b": "2"}, "channels": []string{"web"}})
	changed := a.Owner().Patch(path, `{"status":"paused","metadata":{"a":null,"c":"3"},"channels":["voice"],"provider":null}`).Want(http.StatusOK)
	for member, want := range map[string]any{
		"name": "Bot", "status": "paused", "metadata.a": nil, "metadata.b": "2", "metadata.c": "3",
		"channels.0": "voice", "channels.1": nil, "provider": "", "version": 2.0,
	} {
		if got := changed.At(member); got != want {
			t.Errorf("%s = %v, want %v", member, got, want)
		}
	}
	if got := changed.Header.Get("ETag"); got != `"2"` {
		t.Errorf("ETag %s", got)
	}
	changed = a.Owner().Patch(path, `{"status":null,"channels":null,"tabs":null,"metadata":null}`).Want(http.StatusOK)
	if changed.At("status") != "active" || fmt.Sprint(changed.At("channels"), changed.At("tabs"), changed.At("metadata")) != "[] [] map[]" {
		t.Errorf("null does not put back the defaults: %s", changed.Body)
	}
	if same := a.Owner().Patch(path, `{"name":" Bot "}`).Want(http.StatusOK); same.At("version") != 3.0 {
		t.Errorf("a patch that changes nothing made version %v", same.At("version"))
	}
}

func TestUpdateRefuses(t *testing.T) {
	a := newAgency(t)
	path := "/agents/" + a.register("Bot", map[string]any{"externalId": "mine"})
	a.register("Other", map[string]any{"externalId": "x"})
	each(a, faulty, func(tc struct{ body, place string }) {
		a.Owner().Patch(path, tc.body).Refused(http.StatusUnprocessableEntity, problem.Invalid, tc.place)
	})
	a.Owner().Patch(path, `{"name":null}`).Refused(http.StatusUnprocessableEntity, problem.Invalid, "body.name")
	a.Owner().Patch(path, `{"externalId":"x"}`).Refused(http.StatusConflict, problem.ExternalIDTaken, "body.externalId")
	if got := a.Owner().Get(path); got.At("version") != 1.0 || got.At("externalId") != "mine" {
		t.Errorf("refused, yet changed: %s", got.Body)
	}
}

func TestIfMatch(t *testing.T) {
	a := newAgency(t)
	path := "/agents/" + a.register("Bot")
	a.Owner().Patch(path, `{"name":"Bot 2"}`, apitest.Headers{"If-Match": `"1"`}).Want(http.StatusOK)
	a.Owner().Patch(path, `{"name":"Bot 3"}`, apitest.Headers{"If-Match": `"1"`}).Refused(http.StatusPreconditionFailed, problem.Stale, "header.If-Match")
	a.Owner().Delete(path, apitest.Headers{"If-Match": `"1"`}).Refused(http.StatusPreconditionFailed, problem.Stale, "header.If-Match")
	a.Owner().Patch(path, `{"name":"Bot 3"}`, apitest.Headers{"If-Match": "*"}).Want(http.StatusOK)
	a.Owner().Delete(path, apitest.Headers{"If-Match": `"3"`}).Want(http.StatusNoContent)
}

func TestRenamedIsFoundByTheNewNameOnly(t *testing.T) {
	a := newAgency(t)
	path := "/agents/" + a.register("Alpha Beta")
	a.Owner().Patch(path, `{"name":"Beta Gamma"}`).Want(http.StatusOK)
	for q, want := range map[string]int{"alpha": 0, "beta": 1, "gamma": 1, "be%20ga": 1, "al%20be": 0} {
		if got := a.Owner().All("/agents?q="+q, "id"); len(got) != want {
			t.Errorf("q=%s finds %d, want %d", q, len(got), want)
		}
	}
	a.Owner().Patch(path, `{"name":"BETA gamma"}`).Want(http.StatusOK)
	if got := a.Owner().All("/agents?q=gamma", "name"); !slices.Equal(got, []string{"BETA gamma"}) {
		t.Errorf("after a change of case: %q", got)
	}
	if got := a.Owner().All("/agents", "name"); !slices.Equal(got, []string{"BETA gamma"}) {
		t.Errorf("listed: %q", got)
	}
}

func TestAnExternalIDMovesOn(t *testing.T) {
	a := newAgency(t)
	one, two := "/agents/"+a.register("One", map[string]any{"externalId": "x"}), "/agents/"+a.register("Two")
	a.Owner().Patch(one, `{"externalId":"y"}`).Want(http.StatusOK)
	a.Owner().Patch(two, `{"externalId":"x"}`).Want(http.StatusOK)
	a.Owner().Delete(one).Want(http.StatusNoContent)
	a.register("Three", map[string]any{"externalId": "y"})
	for externalID, want := range map[string]string{"x": "Two", "y": "Three"} {
		if got := a.Owner().All("/agents?externalId="+externalID, "name"); !slices.Equal(got, []string{want}) {
			t.Errorf("%s is of %q, want %s", externalID, got, want)
		}
	}
}

func TestConcurrentChangesAllCount(t *testing.T) {
	a := newAgency(t)
	path := "/agents/" + a.register("Bot")
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() { a.Owner().Patch(path, fmt.Sprintf(`{"metadata":{"k%d":"v"}}`, i)).Want(http.StatusOK) })
	}
	group.Wait()
	var got struct {
		Metadata map[string]string
		Version  int
	}
	a.Owner().Get(path).Into(&got)
	if len(got.Metadata) != 8 || got.Version != 9 {
		t.Errorf("%d of 8 changes kept, version %d", len(got.Metadata), got.Version)
	}
}

func TestDeletedIsGoneEverywhere(t *testing.T) {
	a := newAgency(t)
	path := "/agents/" + a.register("Alpha Beta", map[string]any{"externalId": "x"})
	a.Owner().Delete(path).Want(http.StatusNoContent)
	a.Owner().Get(path).Refused(http.StatusNotFound, problem.NotFound)
	a.Owner().Delete(path).Refused(http.StatusNotFound, problem.NotFound)
	for _, query := range []string{"", "?sort=-createdAt", "?q=alpha", "?q=beta", "?status=active", "?assigned=false", "?externalId=x"} {
		if got := a.Owner().All("/agents"+query, "id"); len(got) != 0 {
			t.Errorf("%s lists %q", query, got)
		}
	}
	a.register("Alpha Beta", map[string]any{"externalId": "x"})
}

func TestOfManyDeletionsOneDeletes(t *testing.T) {
	a := newAgency(t)
	path := "/agents/" + a.register("Bot")
	statuses := make([]int, 4)
	var group sync.WaitGroup
	for i := range statuses {
		group.Go(func() { statuses[i] = a.Owner().Delete(path).Status })
	}
	group.Wait()
	slices.Sort(statuses)
	if !slices.Equal(statuses, []int{http.StatusNoContent, http.StatusNotFound, http.StatusNotFound, http.StatusNotFound}) {
		t.Errorf("statuses %v", statuses)
	}
}
