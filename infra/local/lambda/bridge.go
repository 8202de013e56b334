package lambda

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"strings"
	"time"
)

// Host is what a container calls this machine.
const Host = "host.docker.internal"

// Bridge lets containers reach HTTP servers that listen on loopback alone. It
// listens on the one address that only containers come by.
type Bridge struct {
	// address is empty where Docker runs in a machine of its own, as on macOS: there
	// Host is this machine's loopback.
	address string
	servers []*http.Server
}

// Open finds Docker's bridge. Where no engine answers it says what to do.
func Open(ctx context.Context) (*Bridge, error) {
	out, err := exec.CommandContext(ctx, "docker", "network", "inspect", "bridge", "--format", `{{index .Options "com.docker.network.bridge.name"}}`).Output()
	if err != nil {
		return nil, fmt.Errorf("no Docker engine answers, and Lambda's containers need one: start it, then try again: %w", err)
	}
	bridge, err := net.InterfaceByName(strings.TrimSpace(string(out)))
	if err != nil {
		return &Bridge{}, nil //nolint:nilerr // not on this machine
	}
	addresses, err := bridge.Addrs()
	if err != nil {
		return nil, err
	}
	for _, address := range addresses {
		if network, ok := address.(*net.IPNet); ok && network.IP.To4() != nil {
			return &Bridge{address: network.IP.String()}, nil
		}
	}
	return nil, fmt.Errorf("the bridge %s of Docker has no IPv4 address, by which containers would reach the table", bridge.Name)
}

// Lead makes a server of loopback reachable, and returns where containers find it.
func (b *Bridge) Lead(ctx context.Context, server string) (string, error) {
	target, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	found := "http://" + net.JoinHostPort(Host, target.Port())
	if b.address == "" {
		return found, nil
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", net.JoinHostPort(b.address, target.Port()))
	if err != nil {
		return "", fmt.Errorf("containers cannot be let in to port %s: %w", target.Port(), err)
	}
	front := &http.Server{
		Handler:           &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }},
		ReadHeaderTimeout: 10 * time.Second,
	}
	b.servers = append(b.servers, front)
	go func() { _ = front.Serve(listener) }()
	return found, nil
}

// Close ends it.
func (b *Bridge) Close() {
	for _, server := range b.servers {
		_ = server.Close()
	}
}
