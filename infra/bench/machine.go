package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// machine is what the figures were measured on.
type machine struct {
	cpu    string
	cores  int
	kernel string
	golang string
}

func describeMachine(ctx context.Context) machine {
	return machine{cpu: cpuModel(ctx), cores: runtime.NumCPU(), kernel: said(ctx, "uname", "-sr"), golang: runtime.Version()}
}

func (m machine) String() string {
	return fmt.Sprintf("%s, %d cores; %s; %s %s/%s", m.cpu, m.cores, m.kernel, m.golang, runtime.GOOS, runtime.GOARCH)
}

func cpuModel(ctx context.Context) string {
	if runtime.GOOS == "darwin" {
		return said(ctx, "sysctl", "-n", "machdep.cpu.brand_string")
	}
	info, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(info)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH + " processor"
}

// said is what a command prints, or that it is unknown.
func said(ctx context.Context, name string, args ...string) string {
	out, err := exec.CommandContext(ctx, name, args...).Output() //nolint:gosec // fixed commands
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}
