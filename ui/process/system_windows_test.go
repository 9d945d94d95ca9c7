package process

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const keepsPID = false

// holds says whether a process still has the file open: Windows then refuses to
// rename it away.
func holds(path string) bool {
	if err := os.Rename(path, path+".moved"); err != nil {
		return true
	}
	return os.Rename(path+".moved", path) != nil
}

func TestPrintingIsLeftToTheViewer(t *testing.T) {
	require.ErrorIs(t, Print(t.Context(), Job{}, strings.NewReader("x")), ErrViewerPrints)
	_, err := Printers(t.Context())
	require.ErrorIs(t, err, ErrViewerPrints)
}

func TestIdleTimeIsKnown(t *testing.T) {
	d, ok := Idle()
	require.True(t, ok)
	require.GreaterOrEqual(t, d, time.Duration(0))
	require.Less(t, d, 50*24*time.Hour)
}

func TestOpenSaysThatTheFileCannotBeShown(t *testing.T) {
	require.ErrorIs(t, Open(filepath.Join(t.TempDir(), "gone.pdf")), ErrViewerFailed)
}
