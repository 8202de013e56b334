package main

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// listenNear is listen, on another port where anywhere is as good.
func listenNear(name string, port int, anywhere bool) ([]net.Listener, int, error) {
	listeners, got, err := listen(name, port)
	if err != nil && anywhere {
		return listen(name, 0)
	}
	return listeners, got, err
}

// listen opens a port on this machine only, for both families of addresses:
// localhost may mean either. It returns the port that it got.
func listen(name string, port int) ([]net.Listener, int, error) {
	four, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, 0, notListening(name, port, err)
	}
	port = four.Addr().(*net.TCPAddr).Port
	six, err := net.Listen("tcp", net.JoinHostPort("::1", strconv.Itoa(port)))
	switch {
	case err == nil:
		return []net.Listener{four, six}, port, nil
	case errors.Is(err, syscall.EADDRINUSE):
		_ = four.Close()
		return nil, 0, notListening(name, port, err)
	default:
		return []net.Listener{four}, port, nil // a machine without IPv6
	}
}

func notListening(name string, port int, err error) error {
	if !errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("port %d cannot be used (set %s to another one): %w", port, name, err)
	}
	return fmt.Errorf("port %d is taken by another program: stop that one, or choose another port, as in %s=%d make run", port, name, port+100)
}

// tablePortFor is the port for the DynamoDB-compatible server, which opens it itself.
func tablePortFor(s settings) (int, error) {
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(s.tablePort)))
	if err != nil && s.tableAnywhere {
		listener, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return 0, notListening("TABLE_PORT", s.tablePort, err)
	}
	return listener.Addr().(*net.TCPAddr).Port, listener.Close()
}
