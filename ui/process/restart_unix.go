//go:build unix

// Starting this program afresh on Linux and macOS.

package process

import (
	"os"
	"syscall"
)

// restart returns only when it failed. Files opened by Go close by themselves
// (O_CLOEXEC), and so does the connection to the display.
func restart(exe string, args []string) error {
	return syscall.Exec(exe, append([]string{exe}, args...), os.Environ())
}
