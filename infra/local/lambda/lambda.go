// Package lambda runs the functions of template.yaml as AWS runs them: in
// Lambda's containers, behind the gateway and the authorizer of SAM's own `sam
// local`. What is wrong with a build, a role's environment, an event or a header
// on its way through a gateway shows here, and not where all is one process.
package lambda

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"atrium/infra/local/process"
)

// Options are how functions run.
type Options struct {
	// Root is the repository.
	Root string
	// Variables are what the functions' environments say instead of what
	// template.yaml says. Those that it does not name are left out.
	Variables map[string]string
	// File is a file that Variables are written into, for SAM to read.
	File string
	// Log takes what SAM and the functions say.
	Log io.Writer
}

// environment is SAM's own. It hands a person's AWS credentials on to the
// functions, and asks AWS whose they are: here there are none to be found. Nor
// are SAM's makers told anything.
func environment() []string {
	own := slices.DeleteFunc(os.Environ(), func(variable string) bool { return strings.HasPrefix(variable, "AWS_") })
	return append(own, "AWS_SHARED_CREDENTIALS_FILE="+os.DevNull, "AWS_CONFIG_FILE="+os.DevNull, "AWS_EC2_METADATA_DISABLED=true",
		"SAM_CLI_TELEMETRY=0", "SAM_CLI_CHECK_FOR_UPDATES=0")
}

// built is where `make functions-here` has SAM build them, from the repository's
// root: what `sam deploy` takes stays as it is.
const built = ".aws-sam/local"

// Gateway starts the API's gateway with all functions behind it, on a port of
// loopback. A function's container starts with its first call.
func Gateway(ctx context.Context, o Options) (*process.Process, error) {
	template, err := o.template()
	if err != nil {
		return nil, err
	}
	if template, err = withBinary(template); err != nil {
		return nil, err
	}
	return process.StartAnywhere(ctx, func(port int) (*exec.Cmd, error) {
		return o.command("start-api", template, "--host", "127.0.0.1", "--port", strconv.Itoa(port), "--warm-containers", "LAZY")
	}, o.Log)
}

// tooEarly is whether the containers' emulator of Lambda started a function before
// it listened for it itself, as it does now and then where much goes on. Then there
// is no answer, and nothing was done. A function that has answered finds nobody
// listening, too, once the emulator has ended.
func tooEarly(answer json.RawMessage, said string) bool {
	return len(bytes.TrimSpace(answer)) == 0 && strings.Contains(said, "Init failed") &&
		strings.Contains(said, "127.0.0.1:9001: connect: connection refused")
}

// attempts are how often a function is called that was started too early.
const attempts = 3

// Invoke calls one function, by its name in template.yaml, with an event from a
// file, and returns what it answers. It takes as long as the function may.
func Invoke(function, event string, o Options) (answer json.RawMessage, err error) {
	for range attempts {
		var said bytes.Buffer
		answer, err = o.invoke(function, event, &said)
		if _, err := o.Log.Write(said.Bytes()); err != nil {
			return nil, err
		}
		if !tooEarly(answer, said.String()) {
			break
		}
	}
	return answer, err
}

func (o Options) invoke(function, event string, said io.Writer) (json.RawMessage, error) {
	template, err := o.template()
	if err != nil {
		return nil, err
	}
	cmd, err := o.command("invoke", template, function, "--event", event)
	if err != nil {
		return nil, err
	}
	cmd.Stderr = said
	answer, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("sam local invoke %s: %w", function, err)
	}
	return answer, nil
}

func (o Options) command(kind, template string, arguments ...string) (*exec.Cmd, error) {
	sam, err := program(o.Root)
	if err != nil {
		return nil, err
	}
	variables, err := json.Marshal(map[string]map[string]string{"Parameters": o.Variables})
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(o.File, variables, 0o600); err != nil { // there is the signing key in it
		return nil, err
	}
	cmd := exec.Command(sam, append([]string{ //nolint:gosec // SAM's own, on our own template
		"local", kind, "--template", template, "--env-vars", o.File, "--skip-pull-image", "--region", region,
		"--parameter-overrides", "Architecture=" + Architecture(), "--add-host", Host + ":host-gateway",
	}, append(address(), arguments...)...)...)
	cmd.Dir = o.Root
	cmd.Env = environment()
	return cmd, nil
}

// address has SAM reach its containers at an address of loopback that no other
// SAM uses. It looks for a free port and has Docker take it some time later: of
// two that run at once, one now and then finds its port taken. Only Linux has
// more than one such address.
func address() []string {
	if runtime.GOOS != "linux" {
		return nil
	}
	within := func() int { return 1 + rand.IntN(254) }
	own := fmt.Sprintf("127.%d.%d.%d", within(), within(), within())
	return []string{"--container-host", own, "--container-host-interface", own}
}

// template is what `sam build` left.
func (o Options) template() (string, error) {
	file := filepath.Join(o.Root, built, "template.yaml")
	if _, err := os.Stat(file); err != nil {
		return "", fmt.Errorf("no functions were built for this machine: run make functions-here: %w", err)
	}
	return file, nil
}

// region is the one that the functions believe to be in.
const region = "us-east-1"

// program is SAM's, of this folder or else of this machine.
func program(root string) (string, error) {
	own := filepath.Join(root, ".atrium", "bin", "sam")
	if _, err := os.Stat(own); err == nil {
		return own, nil
	}
	path, err := exec.LookPath("sam")
	if err != nil {
		return "", fmt.Errorf("there is no SAM CLI: run make tools, which installs it: %w", err)
	}
	return path, nil
}

// Architecture is this machine's, as AWS calls it.
func Architecture() string {
	if runtime.GOARCH == "arm64" {
		return "arm64"
	}
	return "x86_64"
}

// Ready tells why functions cannot run here, in a sentence; nil where they can.
func Ready(ctx context.Context, root string) error {
	b, err := Open(ctx)
	if err != nil {
		return err
	}
	b.Close()
	_, err = Options{Root: root}.template()
	return err
}
