package process

import (
	"os/exec"
	"syscall"
)

// dieWithParent ends the process when we are killed without a chance to end it.
func dieWithParent(cmd *exec.Cmd) { cmd.SysProcAttr.Pdeathsig = syscall.SIGTERM }
