package main

import (
	"strings"
	"testing"

	"atrium/shared/access"
	"atrium/shared/apitest"
	"atrium/shared/table"
)

func TestAWorkspaceThatWasOpenedByHalfGoes(t *testing.T) {
	t.Parallel()
	for name, lost := range map[string]func(a *agency) []table.Key{
		"without itself": func(a *agency) []table.Key { return []table.Key{table.WorkspaceKey(a.Workspace)} },
		"without its owner": func(a *agency) []table.Key {
			return []table.Key{table.StaffKey(a.Workspace, a.owner())}
		},
		"but for an address": func(a *agency) []table.Key {
			return []table.Key{table.WorkspaceKey(a.Workspace), table.StaffKey(a.Workspace, a.owner())}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAgency(t)
			steps[0](a)
			for _, key := range lost(a) {
				a.set(key, nil)
			}
			broken := a.dump()
			if wrong, said := a.mend(); wrong || !strings.Contains(said, "workspace was opened by half") {
				t.Error(said)
			}
			for key := range a.dump() {
				if strings.HasPrefix(key.PK, a.Workspace) && !strings.Contains(key.PK, "#activity#") {
					t.Errorf("%v is left", key)
				}
			}
			a.sparesNeighbours(broken)
		})
	}
}

func TestAWorkspaceInUseIsLeftToPeople(t *testing.T) {
	t.Parallel()
	a := opened(t)
	for _, owner := range []string{a.owner(), apitest.StaffID(access.Owner)} {
		a.set(table.StaffKey(a.Workspace, owner), nil)
	}
	wrong, said := a.mend()
	if !wrong || !strings.Contains(said, "has no owner: restore the table to another minute") || !strings.Contains(said, "1 left") {
		t.Error(said)
	}
	if a.dump()[table.WorkspaceKey(a.Workspace)] == nil {
		t.Error("it is gone")
	}
}

func TestOneWorkspaceOnly(t *testing.T) {
	t.Parallel()
	a := opened(t)
	neighbour := ""
	for key := range a.dump() {
		if key.SK == "workspace" && key.PK != a.Workspace {
			neighbour = key.PK
		}
	}
	a.set(table.HostKey("clients.agency.example"), nil)
	a.set(table.HostKey("neighbour.example"), nil)
	if wrong, said := a.run(repair{mend: true, only: neighbour}); wrong || !strings.Contains(said, "1 workspace looked at in the table: 1 thing mended, and everything is whole now.") {
		t.Error(said)
	}
	if wrong, said := a.run(repair{}); !wrong || !strings.Contains(said, "2 workspaces looked at in the table: found 1 thing wrong.") || !strings.Contains(said, a.Workspace+": ") {
		t.Error(said)
	}
}
