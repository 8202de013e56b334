package dashboard_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"atrium/shared/apitest"
)

// standIn stands where the AWS CLI would: it notes how it is called, and knows a stack.
const standIn = `#!/bin/bash
echo "$*" >>"$CALLS"
case "$*" in
*DashboardBucket*) echo the-bucket ;;
*DashboardDistribution*) echo the-distribution ;;
*DashboardUrl*) echo https://clients.agency.example ;;
*) : ;;
esac
`

func publish(t *testing.T, stack string) (calls []string, said string, err error) {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "aws"), []byte(standIn), 0o700); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(folder, "calls")
	command := exec.CommandContext(t.Context(), filepath.Join("infra", "tools", "publish"), stack)
	command.Dir = apitest.Root()
	command.Env = append(os.Environ(), "CALLS="+log, "PATH="+folder+":"+os.Getenv("PATH"))
	out, err := command.CombinedOutput()
	noted, _ := os.ReadFile(log)
	return strings.Split(strings.TrimSpace(string(noted)), "\n"), string(out), err
}

// Whoever opens the page while it is published finds what it loads.
func TestThePageIsPublishedAfterWhatItLoads(t *testing.T) {
	t.Parallel()
	calls, said, err := publish(t, "atrium")
	if err != nil || !strings.Contains(said, "https://clients.agency.example") {
		t.Fatalf("%v: %s", err, said)
	}
	at := func(start string) int {
		return slices.IndexFunc(calls, func(call string) bool { return strings.HasPrefix(call, start) })
	}
	assets, page := at("s3 sync dashboard/dist/assets s3://the-bucket/assets"), at("s3 cp dashboard/dist/index.html s3://the-bucket/index.html")
	fresh := at("cloudfront create-invalidation --distribution-id the-distribution --paths /index.html")
	if assets < 0 || page < assets || fresh < page {
		t.Errorf("assets, page and invalidation are at %d, %d and %d of %q", assets, page, fresh, calls)
	}
}

func TestPublishingAsksForTheStack(t *testing.T) {
	t.Parallel()
	if calls, said, err := publish(t, ""); err == nil || !strings.Contains(said, "STACK=") || calls[0] != "" {
		t.Errorf("%v, %q: %s", err, calls, said)
	}
}
