package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"atrium/infra/place"
	"atrium/shared/apitest"
	"atrium/shared/table"
	"atrium/shared/whole"
)

// TestMain lets this binary be the program itself, for tests that start it.
func TestMain(m *testing.M) {
	if os.Getenv("ATRIUM_TEST_MAIN") != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// command runs the program, and returns what it said and how it ended.
func command(t *testing.T, env []string, args ...string) (said string, status int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), append(env, "ATRIUM_TEST_MAIN=1")...)
	out, err := cmd.CombinedOutput()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func TestTheCommandSaysWhatItFindsAndMends(t *testing.T) {
	t.Parallel()
	a := opened(t)
	env := []string{"TABLE_NAME=" + a.TableName, "AWS_ENDPOINT_URL_DYNAMODB=" + a.Endpoint}
	a.set(table.HostKey("clients.agency.example"), nil)
	finding := a.Workspace + ": host in host#clients.agency.example follows from workspace, and is not there\n"
	looked := "2 workspaces looked at in the table " + a.TableName + " at " + a.Endpoint
	for _, run := range []struct {
		args   []string
		said   string
		status int
	}{
		{nil, finding + looked + ": found 1 thing wrong. make repair-table mends what can be mended.\n", 1},
		{[]string{"-mend"}, "mended: " + finding + looked + ": 1 thing mended, and everything is whole now.\n", 0},
		{[]string{"-mend"}, looked + ": everything is whole.\n", 0},
		{[]string{"-workspace", a.Workspace}, strings.Replace(looked, "2 workspaces", "1 workspace", 1) + ": everything is whole.\n", 0},
		{[]string{"-workspace", "ws_1"}, `The table was not looked at to its end: -workspace is "ws_1", which is no id of a workspace: give one like ws_01jd6v0c8ge2rs2k9v2q1m4t7x` + "\n", 2},
		{[]string{"mend"}, `The table was not looked at to its end: "mend" is not understood: there are -mend and -workspace only` + "\n", 2},
	} {
		if said, status := command(t, env, run.args...); said != run.said || status != run.status {
			t.Errorf("%v ends with %d and says\n%s\nwant %d and\n%s", run.args, status, said, run.status, run.said)
		}
	}
}

func TestTheCommandSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	server := "AWS_ENDPOINT_URL_DYNAMODB=" + w.Endpoint
	for name, tc := range map[string]struct {
		env  []string
		want string
	}{
		"a name":           {[]string{"TABLE_NAME=", server}, "TABLE_NAME is not set"},
		"the table":        {[]string{"TABLE_NAME=none", server}, "there is no such table as the table none at " + w.Endpoint},
		"the server":       {[]string{"TABLE_NAME=none", "AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:1"}, "nothing answers for the table none at http://127.0.0.1:1"},
		"a region":         {awsOf(t), "AWS_REGION is not set"},
		"credentials":      {append(awsOf(t), "AWS_REGION=eu-west-1"), "you have no AWS credentials here"},
		"a fitting config": {append(awsOf(t), "AWS_PROFILE=nobody"), "your AWS configuration cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if said, status := command(t, tc.env); status != 2 || !strings.Contains(said, tc.want) {
				t.Errorf("ends with %d and says\n%s\nwant 2 and %q", status, said, tc.want)
			}
		})
	}
}

// awsOf is the environment of somebody with a table on AWS, and nothing to reach it by.
func awsOf(t *testing.T) []string {
	t.Helper()
	none := filepath.Join(t.TempDir(), "none")
	return []string{
		"TABLE_NAME=atrium", "AWS_ENDPOINT_URL_DYNAMODB=", "AWS_REGION=", "AWS_DEFAULT_REGION=", "AWS_PROFILE=", "AWS_ACCESS_KEY_ID=",
		"AWS_SECRET_ACCESS_KEY=", "AWS_CONFIG_FILE=" + none, "AWS_SHARED_CREDENTIALS_FILE=" + none, "AWS_EC2_METADATA_DISABLED=true",
		"AWS_WEB_IDENTITY_TOKEN_FILE=", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=", "AWS_CONTAINER_CREDENTIALS_FULL_URI=",
	}
}

func TestALocalStacksTableIsFound(t *testing.T) {
	t.Parallel()
	none := func(string) string { return "" }
	root := t.TempDir()
	if _, err := place.Find(t.Context(), none, root); err == nil || !strings.Contains(err.Error(), "make run") {
		t.Errorf("without a stack: %v", err)
	}
	folder := filepath.Join(root, ".atrium")
	for text, want := range map[string]string{
		`{"tableEndpoint":"http://127.0.0.1:8000","tableName":"atrium"}`: "the table atrium at http://127.0.0.1:8000",
		`{"tableName":"atrium"}`: "",
		`{`:                      "",
	} {
		if err := errors.Join(os.MkdirAll(folder, 0o700), os.WriteFile(filepath.Join(folder, "run.json"), []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
		if p, err := place.Find(t.Context(), none, root); p.Where != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", text, p.Where, err)
		}
	}
}

// The table of keys is the list of all kinds of items: each is looked at, or
// stands here.
func TestEveryKindOfItemIsLookedAt(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile(filepath.Join(apitest.Root(), "shared", "table", "keys.go"))
	if err != nil {
		t.Fatal(err)
	}
	// What was done, what was asked for, API keys, sessions, notices and what SES
	// said of an address follow from nothing and are followed by nothing.
	ours := append(partitions(kinds(), "", nil), "{ws}#activity#{yyyy-mm}", "{ws}#once#{sha256}", "{ws}#key",
		"{ws}#session", "{ws}#sign-in", "{ws}#suppressed", "{ws}#{org}#notice", "sign-in#{person}", "sign-in-from#{ip}")
	listed := strings.NewReplacer("{owner}", "workspace", "external-{kind}", "external-agent").Replace(string(source))
	for _, row := range regexp.MustCompile(`(?m)^//\t(.{18})(\S+)`).FindAllStringSubmatch(listed, -1)[1:] {
		if !strings.HasPrefix(row[1], "   gs") && !slices.Contains(ours, row[2]) {
			t.Errorf("nothing looks at %s: let its concept declare it, and name that in kinds", row[2])
		}
	}
}

// partitions are all that a kind and those within it look at.
func partitions(k whole.Kind, org string, all []string) []string {
	at := whole.In(nil, "{ws}")
	at.Organization, at.Hosts = org, []string{"{host}"}
	all = append(all, k.Partition(at))
	if k.Derived != nil {
		all = append(all, k.Derived(at)...)
	}
	if k.Name == "organization" {
		org = "{org}"
	}
	for _, inner := range k.Within {
		all = partitions(inner, org, all)
	}
	return all
}
