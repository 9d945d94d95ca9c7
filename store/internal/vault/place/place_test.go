package place

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(b)
}

func TestAFileGetsItsNameOnlyWhenItIsWhole(t *testing.T) {
	for name, dir := range map[string]string{
		"plain":     t.TempDir(),
		"not ascii": filepath.Join(t.TempDir(), "Läden ☕ Κατάστημα"),
		"long":      filepath.Join(t.TempDir(), strings.Repeat("a long name of a folder, ", 8)+"b", strings.Repeat("b", 120)),
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, os.MkdirAll(dir, 0o700))
			path := filepath.Join(dir, "shop.counterbook")
			temp, err := Beside(path)
			require.NoError(t, err)
			require.NoFileExists(t, path)
			require.Equal(t, []string{temp}, Leftovers(path))
			require.NoError(t, os.WriteFile(temp, []byte("one"), 0o600))
			require.NoError(t, Commit(temp, path, false))
			require.Equal(t, "one", content(t, path))
			require.Empty(t, Leftovers(path))

			temp, err = Beside(path)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(temp, []byte("two"), 0o600))
			require.ErrorIs(t, Commit(temp, path, false), ErrExists)
			require.Equal(t, "one", content(t, path))
			require.NoError(t, Commit(temp, path, true))
			require.Equal(t, "two", content(t, path))
		})
	}
}

func TestWhatIsBeingRestoredIsLeftOverOnlyOnceNobodyWritesIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.counterbook")
	temp, err := BesideClosed(path)
	require.NoError(t, err)
	require.Empty(t, Leftovers(path))
	old := time.Now().Add(-2 * abandonedAfter)
	require.NoError(t, os.Chtimes(temp, old, old))
	require.Equal(t, []string{temp}, Leftovers(path))
}

func TestARenameOverAnOpenFileLosesNeither(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shop.counterbook")
	require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
	open, err := os.Open(path)
	require.NoError(t, err)
	before, err := open.Stat()
	require.NoError(t, err)
	require.NoError(t, Same(path, before))
	temp, err := Beside(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(temp, []byte("new"), 0o600))
	// Unix renames and leaves the reader its file; Windows may refuse, and then
	// both files are as they were.
	if err := Commit(temp, path, true); err != nil {
		require.Equal(t, "old", content(t, path))
		require.Equal(t, "new", content(t, temp))
		require.NoError(t, open.Close())
		require.NoError(t, Commit(temp, path, true))
	} else {
		require.ErrorIs(t, Same(path, before), ErrMoved)
		require.NoError(t, open.Close())
	}
	require.Equal(t, "new", content(t, path))
}

func TestAMissingFileIsNotTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	st, err := os.Stat(path)
	require.NoError(t, err)
	require.NoError(t, os.Remove(path))
	require.ErrorIs(t, Same(path, st), ErrMoved)
}

func TestOnlyAFileIsOpened(t *testing.T) {
	_, err := Open(t.TempDir())
	require.ErrorIs(t, err, ErrNotFile)
	_, err = Open(os.DevNull)
	require.ErrorIs(t, err, ErrNotFile)
	path := filepath.Join(t.TempDir(), "x")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	f, err := Open(path)
	require.NoError(t, err)
	require.NoError(t, f.Close())
}
