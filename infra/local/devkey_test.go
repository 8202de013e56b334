package main

import (
	"encoding/json"
	"net/http"
	"os/exec"
	"strings"
	"testing"

	"atrium/infra/generate/catalogue"
	"atrium/shared/access"
	"atrium/shared/problem"
)

const (
	someWorkspace    = "ws_01jd6v0c8ge2rs2k9v2q1m4t7x"
	otherWorkspace   = "ws_01jd6v0c8ge2rs2k9v2q1m4t7y"
	someOrganization = "org_01jd6v0c8ge2rs2k9v2q1m4t7x"
	someUser         = "usr_01jd6v0c8ge2rs2k9v2q1m4t7z"
)

var theOwner = access.Principal{
	Type: access.Staff, ID: "stf_01jd6v0c8ge2rs2k9v2q1m4t7a", Name: "Rosa", Role: access.Owner, Workspace: someWorkspace,
}

func headers(pairs ...string) http.Header {
	h := http.Header{"Authorization": {"Bearer dev_right"}}
	for i := 0; i < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	return h
}

func TestDevKeyStandsForWhomTheHeadersSay(t *testing.T) {
	admin := theOwner
	admin.Role = access.Admin
	stranger := access.Principal{
		Type: access.Staff, ID: "stf_01jd6v0c8ge2rs2k9v2q1m4t7y", Name: "Development key", Role: access.Owner, Workspace: otherWorkspace,
	}
	client := access.Principal{
		Type: access.Client, ID: "usr_01jd6v0c8ge2rs2k9v2q1m4t7x", Name: "Development key as org_admin", Role: access.OrgAdmin,
		Workspace: someWorkspace, Organization: someOrganization,
	}
	user := client
	user.ID, user.Role, user.Name = someUser, access.User, "Development key as user"
	for name, tc := range map[string]struct {
		headers http.Header
		want    access.Principal
	}{
		"the owner of the agency":      {headers(), theOwner},
		"said to be the owner":         {headers("Atrium-Role", "owner"), theOwner},
		"in another role":              {headers("Atrium-Role", "admin"), admin},
		"in the agency by its id":      {headers("Atrium-Workspace", someWorkspace), theOwner},
		"the owner of another":         {headers("Atrium-Workspace", otherWorkspace), stranger},
		"an admin of a client":         {headers("Atrium-Role", "org_admin", "Atrium-Organization", someOrganization), client},
		"one user of a client":         {headers("Atrium-Role", "user", "Atrium-Organization", someOrganization, "Atrium-User", someUser), user},
		"whatever the scheme's case":   {headers("Authorization", "bearer dev_right"), theOwner},
		"nobody with another key":      {headers("Authorization", "Bearer dev_wrong"), access.Principal{}},
		"nobody with a part of it":     {headers("Authorization", "Bearer dev_righ"), access.Principal{}},
		"nobody with another scheme":   {headers("Authorization", "Basic dev_right"), access.Principal{}},
		"nobody without a key":         {http.Header{}, access.Principal{}},
		"nobody by the role alone":     {http.Header{"Atrium-Role": {"owner"}}, access.Principal{}},
		"nobody in another with wrong": {headers("Authorization", "Bearer x", "Atrium-Workspace", otherWorkspace), access.Principal{}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := newDevKey("dev_right", theOwner).principal(tc.headers)
			if err != nil || !same(got, tc.want) {
				t.Errorf("%+v, %v; want %+v", got, err, tc.want)
			}
		})
	}
}

func same(a, b access.Principal) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

func TestDevKeyRefusesHeadersThatMakeNoSense(t *testing.T) {
	for name, tc := range map[string]struct {
		headers http.Header
		at      string
	}{
		"no workspace":            {headers("Atrium-Workspace", "acme"), "header.Atrium-Workspace"},
		"no role":                 {headers("Atrium-Role", "king"), "header.Atrium-Role"},
		"a client of none":        {headers("Atrium-Role", "user"), "header.Atrium-Organization"},
		"a client of a workspace": {headers("Atrium-Role", "user", "Atrium-Organization", someWorkspace), "header.Atrium-Organization"},
		"no user":                 {headers("Atrium-Role", "user", "Atrium-Organization", someOrganization, "Atrium-User", "ann"), "header.Atrium-User"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := newDevKey("dev_right", theOwner).principal(tc.headers)
			if p := problem.Of(err); p.Code != problem.Invalid || p.Errors[0].Location != tc.at {
				t.Errorf("%+v, want invalid at %s", p, tc.at)
			}
		})
	}
}

// What is deployed is functions/ and what it imports. That the development
// key is not among it is what makes it harmless.
func TestNothingDeployedDependsOnTheLocalStack(t *testing.T) {
	root, err := catalogue.Root()
	if err != nil {
		t.Fatal(err)
	}
	list := exec.CommandContext(t.Context(), "go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "./functions/...", "./shared/...")
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(packages) < 30 {
		t.Fatalf("only %d packages were looked at", len(packages))
	}
	for _, line := range packages {
		pkg, imports, _ := strings.Cut(line, " ")
		// The world that tests live in runs a server; nothing but tests imports it.
		if pkg != "atrium/shared/apitest" && strings.Contains(imports, "atrium/infra") || strings.Contains(imports, "atrium/shared/apitest") {
			t.Errorf("%s imports %s", pkg, imports)
		}
	}
}
