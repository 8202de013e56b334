// Package dynamo runs a DynamoDB-compatible server on this machine: Dynoxide,
// which the local stack and most tests use, or AWS's own DynamoDB Local, the
// second opinion that the same tests must also pass on.
package dynamo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"

	"atrium/infra/local/process"
)

// Kind is which server to run.
type Kind string

// The servers.
const (
	Dynoxide      Kind = "dynoxide"
	DynamoDBLocal Kind = "dynamodb-local"
)

// Options say how to run it.
type Options struct {
	Kind Kind
	// Modules is the node_modules folder that the servers were installed into.
	Modules string
	// Port to listen on, on loopback only; 0 for a free one.
	Port int
	// File keeps the data; empty for memory.
	File string
	// Log takes what the server prints.
	Log io.Writer
}

// Start runs a server and waits until it answers.
func Start(ctx context.Context, o Options) (*process.Process, error) {
	if o.Port == 0 {
		return process.StartAnywhere(ctx, o.on, o.Log)
	}
	cmd, err := o.command()
	if err != nil {
		return nil, err
	}
	return process.Start(ctx, cmd, o.Port, o.Log)
}

// on is the command for a port.
func (o Options) on(port int) (*exec.Cmd, error) {
	o.Port = port
	return o.command()
}

func (o Options) command() (*exec.Cmd, error) {
	if o.Kind == DynamoDBLocal {
		return o.javaCommand()
	}
	binary := filepath.Join(o.Modules, "@dynoxide", platform(), "dynoxide")
	if _, err := os.Stat(binary); err != nil {
		return nil, fmt.Errorf("there is no DynamoDB-compatible server at %s: run make tools, which installs it with npm", binary)
	}
	args := []string{"serve", "--host", "127.0.0.1", "--port", strconv.Itoa(o.Port)}
	if o.File != "" {
		args = append(args, "--db-path", o.File)
	}
	return exec.Command(binary, args...), nil //nolint:gosec // our own tool
}

func (o Options) javaCommand() (*exec.Cmd, error) {
	java, err := exec.LookPath("java")
	if err != nil {
		return nil, errors.New("DynamoDB Local needs Java, and there is no java on the PATH: install a JRE (Debian: apt-get install default-jre-headless)")
	}
	emulator := filepath.Join(o.Modules, "amplify-dynamodb-simulator", "emulator")
	if _, err := os.Stat(emulator); err != nil {
		return nil, fmt.Errorf("there is no DynamoDB Local in %s: run make tools, which installs it with npm", emulator)
	}
	cmd := exec.Command(java, "-Xmx512m", "-Djava.library.path="+filepath.Join(emulator, "DynamoDBLocal_lib"), //nolint:gosec // our own tool
		"-jar", filepath.Join(emulator, "DynamoDBLocal.jar"), "-inMemory", "-sharedDb", "-disableTelemetry", "-port", strconv.Itoa(o.Port))
	cmd.Dir = os.TempDir() // it writes a file where it stands
	return cmd, nil
}

func platform() string {
	arch := map[string]string{"amd64": "x64"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	return runtime.GOOS + "-" + arch
}
