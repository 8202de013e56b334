package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	recorded "atrium/infra/describe/events"
)

// stack is the local stack, as `make run` starts it.
type stack struct {
	APIURL        string `json:"apiUrl"`
	TableEndpoint string `json:"tableEndpoint"`
	TableName     string `json:"tableName"`

	cmd    *exec.Cmd
	exited chan error
}

// startStack starts one with ports and data of its own, and waits until it is
// up: its first start fills a demonstration agency.
func (b *bench) startStack(ctx context.Context) (*stack, error) {
	binary := filepath.Join(b.temp, "stack")
	build := exec.CommandContext(ctx, "go", "build", "-o", binary, "./infra/local") //nolint:gosec // our own code
	build.Dir = b.root
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building infra/local: %w\n%s", err, out)
	}
	ports, err := freePorts(ctx, 3)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(b.temp, "atrium")
	if err := keepKey(data); err != nil {
		return nil, err
	}
	said, err := os.Create(filepath.Join(b.temp, "stack.log"))
	if err != nil {
		return nil, err
	}
	defer said.Close() //nolint:errcheck // the stack has its own handle of it

	s := &stack{cmd: exec.CommandContext(ctx, binary), exited: make(chan error, 1)} //nolint:gosec // built above
	s.cmd.Dir, s.cmd.Stdout, s.cmd.Stderr = b.root, said, said
	s.cmd.Env = append(os.Environ(), "ATRIUM_DATA="+data, "PORT="+ports[0], "TABLE_PORT="+ports[1], "INBOX_PORT="+ports[2])
	s.cmd.Cancel = func() error { return s.cmd.Process.Signal(syscall.SIGTERM) }
	s.cmd.WaitDelay = 10 * time.Second
	log.Print("starting the local stack")
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { s.exited <- s.cmd.Wait() }()
	if err := s.ready(ctx, filepath.Join(data, "run.json")); err != nil {
		s.stop()
		why, _ := os.ReadFile(said.Name())
		return nil, fmt.Errorf("the local stack did not start: %w\n%s", err, why)
	}
	return s, nil
}

// keepKey has the stack sign with the key of our own, so that we can let callers in.
func keepKey(data string) error {
	if err := os.MkdirAll(data, 0o750); err != nil {
		return err
	}
	memory, err := json.Marshal(map[string]string{"SigningKey": recorded.SigningKey})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(data, "memory.json"), memory, 0o600)
}

// ready waits for the facts that the stack writes once it is up.
func (s *stack) ready(ctx context.Context, facts string) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	for {
		if written, err := os.ReadFile(facts); err == nil { //nolint:gosec // a file of this run
			return json.Unmarshal(written, s)
		}
		select {
		case err := <-s.exited:
			s.exited <- err
			return errors.Join(errors.New("it ended at once"), err)
		case <-ctx.Done():
			return fmt.Errorf("it did not write %s in time", facts)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// stop ends the stack in order, with all that it started.
func (s *stack) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.exited: //nolint:errcheck // how it ended does not matter
	case <-time.After(10 * time.Second):
		_ = s.cmd.Process.Kill()
		<-s.exited //nolint:errcheck // nor here
	}
}

// freePorts are ports that nobody listens on, all different.
func freePorts(ctx context.Context, n int) ([]string, error) {
	ports := make([]string, n)
	for i := range ports {
		listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer listener.Close() //nolint:errcheck // held until all are found
		ports[i] = strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}
