package dynamo

import (
	"os"
	"path/filepath"
	"testing"

	"atrium/infra/generate/catalogue"
)

// DynamoDB Local writes dynamodb-local-metadata.json where it stands, which
// for a test would be its package's folder.
func TestDynamoDBLocalLeavesNothingInTheTree(t *testing.T) {
	root, err := catalogue.Root()
	if err != nil {
		t.Fatal(err)
	}
	cmd, err := Options{Kind: DynamoDBLocal, Modules: filepath.Join(root, "infra", "local", "node_modules")}.command()
	if err != nil {
		t.Fatal(err)
	}
	if cmd.Dir != os.TempDir() {
		t.Errorf("it stands in %q, want %q", cmd.Dir, os.TempDir())
	}
	left, err := filepath.Glob(filepath.Join(root, "shared", "*", "dynamodb-local-metadata.json"))
	if err != nil || len(left) > 0 {
		t.Errorf("left in the tree: %v %v", left, err)
	}
}
