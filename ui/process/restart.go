// Starting this program afresh: what is the same on every system.

package process

import (
	"errors"
	"fmt"
	"os"
	"runtime"
)

// Restart replaces this program by a fresh copy of itself with the given
// arguments. It does not return when it succeeds: on Unix the process keeps its
// id and gets a new memory image, on Windows a new process is started and this
// one ends with exit code 0.
//
// Deferred calls do not run. Close the book, and clear the [Handouts], before.
// The environment and the working folder are kept; open files are not.
func Restart(args ...string) error {
	exe, err := executable()
	if err != nil {
		return fmt.Errorf("find this program's file: %w", err)
	}
	if err := restart(exe, args); err != nil {
		return fmt.Errorf("start this program again: %w", err)
	}
	return errors.New("start this program again: the old copy is still running")
}

// executable is the file to start. An update may have removed the file this
// program was started from; Linux can still start what is running.
func executable() (string, error) {
	exe, err := os.Executable()
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(exe); err != nil && runtime.GOOS == "linux" {
		return "/proc/self/exe", nil
	}
	return exe, nil
}
