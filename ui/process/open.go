// Handing a file to the viewer the user has chosen for its kind.

package process

import (
	"errors"
	"path/filepath"
	"time"
)

var (
	// ErrNoViewer says that no program on this computer is chosen for the file's kind.
	ErrNoViewer = errors.New("no program is set up to show this kind of file")
	// ErrViewerFailed says that the viewer was found and gave up at once.
	ErrViewerFailed = errors.New("the program that shows this kind of file failed")
)

// viewerSettles is how long a viewer may take to fail. One that still runs then
// has the file.
const viewerSettles = 2 * time.Second

// Open shows the file in the system's viewer for its kind. It may take two
// seconds, and does not wait for the viewer to be closed.
func Open(path string) error {
	// An absolute path cannot be taken for an option.
	full, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	return open(full)
}
