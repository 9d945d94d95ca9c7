//go:build unix

// Opening a file on Linux (xdg-open) and macOS (open).

package process

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"time"
)

// xdgNoTool is the exit code of xdg-open for "a required tool could not be
// found" (xdg-utils manual, EXIT CODES).
const xdgNoTool = 3

func viewer() string {
	if runtime.GOOS == "darwin" {
		return "open"
	}
	return "xdg-open"
}

func open(path string) error {
	cmd := exec.Command(viewer(), path)
	if err := cmd.Start(); err != nil {
		if errors.Is(err, exec.ErrNotFound) {
			return ErrNoViewer
		}
		return fmt.Errorf("%w: %w", ErrViewerFailed, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() == xdgNoTool {
			return ErrNoViewer
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrViewerFailed, err)
		}
		return nil
	case <-time.After(viewerSettles):
		return nil
	}
}
