package mail_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"atrium/infra/mails/sample"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// TestMailsAreTheSame compares every mail, in every language, plain and branded,
// with good names and hostile ones, with what it was. Look at them: make mail.
func TestMailsAreTheSame(t *testing.T) {
	all := samples(t)
	if *update {
		if err := os.RemoveAll("testdata/mails"); err != nil {
			t.Fatal(err)
		}
	}
	var expected []string
	for _, m := range all {
		for name, got := range map[string]string{m.Name() + ".html": m.HTML, m.Name() + ".txt": "Subject: " + m.Subject + "\n\n" + m.Text} {
			path := filepath.Join("testdata", "mails", m.Kind, name)
			expected = append(expected, path)
			compare(t, path, got)
		}
	}
	there, err := filepath.Glob("testdata/mails/*/*")
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(expected)
	slices.Sort(there)
	if !slices.Equal(expected, there) {
		t.Errorf("testdata/mails has %d files, and there are %d of mails; write them with\n\tgo test ./shared/mail -update", len(there), len(expected))
	}
}

func compare(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not the same. If it is meant to be, look at it with make mail, and write it with\n\tgo test ./shared/mail -update\n%s", path, difference(string(want), got))
	}
}

// difference shows where two texts part.
func difference(want, got string) string {
	at := 0
	for at < len(want) && at < len(got) && want[at] == got[at] {
		at++
	}
	around := func(s string) string { return s[max(0, at-60):min(len(s), at+120)] }
	return "want …" + around(want) + "…\ngot  …" + around(got) + "…"
}

func samples(t *testing.T) []sample.Mail {
	t.Helper()
	all, err := sample.All()
	if err != nil {
		t.Fatal(err)
	}
	return all
}
