// Package process runs a server beside this program, on this machine, and ends
// it with this program, however that ends.
package process

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

// Process is a running server.
type Process struct {
	// Endpoint is its address.
	Endpoint string
	cmd      *exec.Cmd
	exited   chan struct{}
	// failure is why it ended, once exited is closed.
	failure error
}

// attempts are how often a server is started on a free port. Between finding one
// and the server's opening it, another program may have been quicker.
const attempts = 3

// StartAnywhere is Start on any free port, with the command that makes a server
// listen on one.
func StartAnywhere(ctx context.Context, command func(port int) (*exec.Cmd, error), log io.Writer) (p *Process, err error) {
	for range attempts {
		var port int
		if port, err = freePort(); err != nil {
			return nil, err
		}
		var cmd *exec.Cmd
		if cmd, err = command(port); err != nil {
			return nil, err
		}
		if p, err = Start(ctx, cmd, port, log); err == nil || ctx.Err() != nil {
			return p, err
		}
	}
	return nil, err
}

// Start runs a server that listens on a port of loopback, and waits until it
// answers there. log takes what it prints.
func Start(ctx context.Context, cmd *exec.Cmd, port int, log io.Writer) (*Process, error) {
	cmd.Stdout, cmd.Stderr = log, log
	// A group of its own: Ctrl-C reaches us first, and we end it in order.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	dieWithParent(cmd)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", cmd.Path, err)
	}
	p := &Process{Endpoint: "http://127.0.0.1:" + strconv.Itoa(port), cmd: cmd, exited: make(chan struct{})}
	go func() {
		p.failure = cmd.Wait()
		close(p.exited)
	}()
	if err := p.ready(ctx); err != nil {
		p.Stop()
		return nil, err
	}
	return p, nil
}

// Pid is the server's process.
func (p *Process) Pid() int { return p.cmd.Process.Pid }

// Exited is closed when the server has ended.
func (p *Process) Exited() <-chan struct{} { return p.exited }

// patience is how long a server may take to end: sam local ends dozens of containers.
const patience = 45 * time.Second

// Stop ends the server and waits for it.
func (p *Process) Stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.exited:
	case <-time.After(patience):
		_ = p.cmd.Process.Kill()
		<-p.exited
	}
}

func (p *Process) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.Endpoint, nil)
		if err != nil {
			return err
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			return response.Body.Close()
		}
		select {
		case <-p.exited:
			return fmt.Errorf("the server on %s ended at once (%w): is its port taken, or its file in use by another one?", p.Endpoint, p.failure)
		case <-ctx.Done():
			return fmt.Errorf("the server on %s did not answer in time", p.Endpoint)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// freePort is a port of loopback that nobody listens on.
func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close() //nolint:errcheck // nothing was written
	return listener.Addr().(*net.TCPAddr).Port, nil
}
