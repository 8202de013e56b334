package rights

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestWhatIsWrittenIsRead(t *testing.T) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, filepath.Dir(File)), 0o750); err != nil {
		t.Fatal(err)
	}
	r := Rights{}
	for _, right := range []string{"table PutItem", "gs1 Query", "table GetItem", "keys *#user"} {
		r.Add("add-user", right)
	}
	r.Add("check-health", "table DescribeTable")
	if err := r.Write(root); err != nil {
		t.Fatal(err)
	}
	read, err := Read(root)
	if err != nil || read.String() != r.String() {
		t.Errorf("%v: read\n%s, written\n%s", err, read, r)
	}
	if got := read.Of("add-user", "table"); !slices.Equal(got, []string{"GetItem", "PutItem"}) {
		t.Errorf("on the table: %v", got)
	}
	if r.Add("add-user", "gs1 Query") || !r.Add("add-user", "gs2 Query") {
		t.Error("what is new is told wrongly")
	}
	if got := r.Beyond(read); !slices.Equal(got, []string{"add-user: gs2 Query"}) || len(read.Beyond(r)) > 0 {
		t.Errorf("beyond are %v, and %v", got, read.Beyond(r))
	}
}

// Each package's tests note what they saw in a file of their own.
func TestNotesArePutTogether(t *testing.T) {
	root := t.TempDir()
	here := filepath.Join(root, "shared", "agent")
	if err := os.MkdirAll(here, 0o750); err != nil {
		t.Fatal(err)
	}
	t.Chdir(here)
	if err := Note(root, "add-user", "table PutItem"); err != nil {
		t.Fatal(err)
	}
	if err := Note(root, "get-user", "table GetItem"); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(root, folder, "shared.user")
	if err := os.WriteFile(other, []byte("add-user: table UpdateItem\nadd-user: table PutItem\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := Noted(root)
	if want := "add-user: table PutItem, table UpdateItem\nget-user: table GetItem\n"; err != nil || all.String() != want {
		t.Errorf("%v: %q, want %q", err, all, want)
	}
}
