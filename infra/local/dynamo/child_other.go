//go:build !linux

package dynamo

import "os/exec"

// dieWithParent needs Linux; elsewhere a server can outlive a killed parent.
func dieWithParent(*exec.Cmd) {}
