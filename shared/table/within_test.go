package table_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"atrium/shared/table"
)

// The table of keys is the list of all kinds: one that is added below an
// organization, and not to Within, would outlive it.
func TestAllOfAnOrganizationGoesWithIt(t *testing.T) {
	source, err := os.ReadFile("keys.go")
	if err != nil {
		t.Fatal(err)
	}
	goes := table.Within("{ws}", "{org}")
	text := strings.ReplaceAll(string(source), "{owner}", "{org}")
	found := regexp.MustCompile(`\{ws\}#\{org\}#[a-z-]+`).FindAllString(text, -1)
	slices.Sort(found)
	found = slices.Compact(found)
	// Counted by agents, and taken one by one; the workspace's own.
	stays := []string{table.Assignments("{ws}", "{org}"), table.ActivityOf("{ws}", "{org}")}
	for _, partition := range found {
		if !slices.Contains(goes, partition) && !slices.Contains(stays, partition) {
			t.Errorf("%s is below an organization, and does not go with it: see Within", partition)
		}
	}
	if len(found) != len(goes)+len(stays) {
		t.Errorf("the table of keys has %v below an organization, Within %v", found, goes)
	}
}
