package lambda_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"atrium/infra/local/lambda"
)

// sam stands in for SAM's own. At first it fails as its emulator does; then it
// answers, and the function finds that the emulator has ended.
const sam = `#!/bin/sh
echo call >>"$0.calls"
if [ "$(wc -l <"$0.calls")" -le %early% ]; then
	echo '[ERROR] (rapid) Init failed InvokeID= error=Runtime exited with error: exit status 1' >&2
else
	echo '{"statusCode":200}'
fi
echo 'Get "http://127.0.0.1:9001/2018-06-01/runtime/invocation/next": dial tcp 127.0.0.1:9001: connect: connection refused' >&2
`

func TestAFunctionThatWasStartedTooEarlyIsCalledAgain(t *testing.T) {
	for early, want := range []int{1, 2, 3, 3} {
		t.Run(strconv.Itoa(early), func(t *testing.T) {
			root := t.TempDir()
			program := filepath.Join(root, ".atrium", "bin", "sam")
			write(t, program, strings.ReplaceAll(sam, "%early%", strconv.Itoa(early)))
			write(t, filepath.Join(root, ".aws-sam", "local", "template.yaml"), "{}")
			var log bytes.Buffer
			answer, err := lambda.Invoke("GetMe", "event.json", lambda.Options{Root: root, File: filepath.Join(root, "variables.json"), Log: &log})
			if err != nil {
				t.Fatal(err)
			}
			calls, err := os.ReadFile(program + ".calls")
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Count(string(calls), "call"); got != want {
				t.Errorf("it was called %d times, not %d", got, want)
			}
			if answered := len(answer) > 0; answered != (early < 3) {
				t.Errorf("it answers %q", answer)
			}
			if early > 0 && !strings.Contains(log.String(), "Init failed") {
				t.Errorf("the log does not say why: %q", log.String())
			}
		})
	}
}

func write(t *testing.T, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o700); err != nil {
		t.Fatal(err)
	}
}
