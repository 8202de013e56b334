package workspace_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"atrium/shared/apitest"
	"atrium/shared/problem"
)

func TestBrandingIsFoundByHost(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	open(w)
	w.Owner().Patch("/workspace", `{"dashboardHost":"clients.agency.example:3000","language":"de","brand":{"primaryColor":"#112233"},"supportEmail":"h@x.example"}`).Want(http.StatusOK)
	for _, host := range []string{"clients.agency.example:3000", "CLIENTS.agency.example:3000", "clients.agency.example.:3000"} {
		a := w.Nobody().Get("/branding?host=" + url.QueryEscape(host)).Want(http.StatusOK)
		if a.At("name") != "Agency" || a.At("brand.primaryColor") != "#112233" || a.At("language") != "de" || a.At("logoUrl") != nil {
			t.Errorf("%s: %s", host, a.Body)
		}
		var members map[string]any
		a.Into(&members)
		var names []string
		for name := range members {
			names = append(names, name)
		}
		slices.Sort(names)
		if !slices.Equal(names, []string{"brand", "language", "logoUrl", "name"}) || strings.Contains(string(a.Body), w.Workspace) {
			t.Errorf("shows more than the face: %s", a.Body)
		}
	}
}

func TestBrandingRefuses(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	open(w)
	w.Owner().Patch("/workspace", `{"dashboardHost":"a.example"}`).Want(http.StatusOK)
	w.Owner().Patch("/workspace", `{"dashboardHost":"b.example"}`).Want(http.StatusOK)
	for name, host := range map[string]string{
		"unknown": "x.example", "given up": "a.example", "another port": "b.example:3000", "an address": "https://b.example",
		"a dot": ".", "a key's separator": "b.example#x",
	} {
		t.Run(name, func(t *testing.T) {
			w.T = t
			w.Nobody().Get("/branding?host="+url.QueryEscape(host)).Refused(http.StatusNotFound, problem.NotFound)
		})
	}
	w.T = t
	for _, host := range []string{"\xff", "b.example\n", ""} {
		w.Nobody().Get("/branding?host="+url.QueryEscape(host)).Refused(http.StatusUnprocessableEntity, problem.Invalid, "query.host")
	}
	w.Nobody().Get("/branding").Refused(http.StatusUnprocessableEntity, problem.Invalid, "query.host")
	w.Nobody().Get("/branding?host="+strings.Repeat("a", 301)).Refused(http.StatusUnprocessableEntity, problem.Invalid, "query.host")
}
