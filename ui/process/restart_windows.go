// Starting this program afresh on Windows, which cannot replace a running process.

package process

import (
	"os"
	"os/exec"
)

// restart returns only when it failed. The new process gets no standard streams:
// a window program has none to hand on.
func restart(exe string, args []string) error {
	if err := exec.Command(exe, args...).Start(); err != nil {
		return err
	}
	os.Exit(0)
	return nil
}
