package uitest

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// nobody is a user who owns nothing.
const nobody = 65534

// ReadOnly returns a folder in which this test may not write. To root, who may
// write anywhere, files are shown as to a user who owns nothing.
func ReadOnly(t testing.TB) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "not yours")
	require.NoError(t, os.Mkdir(dir, 0o555))
	if os.Geteuid() != 0 {
		return dir
	}
	for _, way := range []string{filepath.Dir(dir), filepath.Dir(filepath.Dir(dir))} {
		require.NoError(t, os.Chmod(way, 0o755)) // others may go there
	}
	// The kernel keeps this by thread: the test stays on its own.
	runtime.LockOSThread()
	require.NoError(t, syscall.Setfsuid(nobody))
	t.Cleanup(func() {
		require.NoError(t, syscall.Setfsuid(0))
		runtime.UnlockOSThread()
	})
	return dir
}
