//go:build !linux

package process

import "os/exec"

// dieWithParent needs Linux; elsewhere a process can outlive a killed parent.
func dieWithParent(*exec.Cmd) {}
