package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os/exec"
	"time"
)

// lambdaRuntime stands in for the Lambda runtime API: it listens for the first
// request of a function, which is always for work, and gives none.
type lambdaRuntime struct{ listener net.Listener }

func listenAsRuntime(ctx context.Context) (lambdaRuntime, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	return lambdaRuntime{listener}, err
}

func (l lambdaRuntime) close() { _ = l.listener.Close() }

// environment is what AWS Lambda and template.yaml give to a function.
func (l lambdaRuntime) environment() []string {
	return []string{
		"AWS_LAMBDA_RUNTIME_API=" + l.listener.Addr().String(), "AWS_LAMBDA_FUNCTION_NAME=bench",
		"AWS_REGION=us-east-1", "AWS_ACCESS_KEY_ID=none", "AWS_SECRET_ACCESS_KEY=none",
		"TABLE_NAME=none", "SIGNING_KEY=a key for measuring, thirty-two bytes", "GOGC=800", "GOMEMLIMIT=400MiB",
		"DASHBOARD_URL=https://none.example", "API_URL=https://none.example", "MAIL_FROM=none@none.example", "CONFIGURATION_SET=none",
	}
}

// start tells how long a function takes from being spawned to asking for work.
func (l lambdaRuntime) start(ctx context.Context, binary string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary)
	var said bytes.Buffer
	cmd.Env, cmd.Stderr = l.environment(), &said
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	asked := l.awaitRequest()
	select {
	case at := <-asked:
		cancel()
		<-ended
		return at.Sub(begun), nil
	case <-ended:
		l.release(ctx)
		return 0, fmt.Errorf("%s ended before it asked for work: %s", binary, bytes.TrimSpace(said.Bytes()))
	}
}

// awaitRequest tells when the first bytes of a request have come; nothing if
// the connection is closed without any.
func (l lambdaRuntime) awaitRequest() <-chan time.Time {
	asked := make(chan time.Time, 1)
	go func() {
		conn, err := l.listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close() //nolint:errcheck // the other side is killed
		if _, err := conn.Read(make([]byte, 1024)); err == nil {
			asked <- time.Now()
		}
	}()
	return asked
}

// release ends an awaitRequest for which nobody will come.
func (l lambdaRuntime) release(ctx context.Context) {
	if conn, err := new(net.Dialer).DialContext(context.WithoutCancel(ctx), "tcp", l.listener.Addr().String()); err == nil {
		_ = conn.Close()
	}
}
