// Package dynamo runs a DynamoDB-compatible server on this machine: Dynoxide,
// which the local stack and most tests use, or AWS's own DynamoDB Local, the
// second opinion that the same tests must also pass on.
package dynamo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"
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

// Server is a running one.
type Server struct {
	// Endpoint is its address.
	Endpoint string
	cmd      *exec.Cmd
	exited   chan struct{}
	// failure is why it ended, once exited is closed.
	failure error
}

// Start runs a server and waits until it answers.
func Start(ctx context.Context, o Options) (*Server, error) {
	if o.Port == 0 {
		port, err := freePort()
		if err != nil {
			return nil, err
		}
		o.Port = port
	}
	cmd, err := o.command()
	if err != nil {
		return nil, err
	}
	cmd.Stdout, cmd.Stderr = o.Log, o.Log
	// A group of its own: Ctrl-C reaches us first, and we end it in order.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	dieWithParent(cmd)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", o.Kind, err)
	}
	s := &Server{Endpoint: "http://127.0.0.1:" + strconv.Itoa(o.Port), cmd: cmd, exited: make(chan struct{})}
	go func() {
		s.failure = cmd.Wait()
		close(s.exited)
	}()
	if err := s.ready(ctx); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// Pid is the server's process.
func (s *Server) Pid() int { return s.cmd.Process.Pid }

// Exited is closed when the server has ended.
func (s *Server) Exited() <-chan struct{} { return s.exited }

// Stop ends the server and waits for it.
func (s *Server) Stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.exited:
	case <-time.After(3 * time.Second):
		_ = s.cmd.Process.Kill()
		<-s.exited
	}
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

func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.Endpoint, nil)
		if err != nil {
			return err
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			return response.Body.Close()
		}
		select {
		case <-s.exited:
			return fmt.Errorf("the server on %s ended at once (%w): is its port taken, or its file in use by another one?", s.Endpoint, s.failure)
		case <-ctx.Done():
			return fmt.Errorf("the server on %s did not answer in time", s.Endpoint)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close() //nolint:errcheck // nothing was written
	return listener.Addr().(*net.TCPAddr).Port, nil
}
