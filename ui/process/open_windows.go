// Opening a file on Windows.

package process

import (
	"errors"
	"fmt"
	"syscall"

	"golang.org/x/sys/windows"
)

// Results of ShellExecuteW that say nothing is registered for the file's kind.
const (
	shellNoAssociation         = syscall.Errno(31) // SE_ERR_NOASSOC
	shellIncompleteAssociation = syscall.Errno(27) // SE_ERR_ASSOCINCOMPLETE
)

func open(path string) error {
	file, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	err = windows.ShellExecute(0, nil, file, nil, nil, windows.SW_SHOWNORMAL)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, shellNoAssociation), errors.Is(err, shellIncompleteAssociation),
		errors.Is(err, windows.ERROR_NO_ASSOCIATION):
		return ErrNoViewer
	default:
		return fmt.Errorf("%w: %w", ErrViewerFailed, err)
	}
}
