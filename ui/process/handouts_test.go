package process

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHandoutsAreGoneAfterClear(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "counterbook", "handouts")
	h, err := OpenHandouts(dir)
	require.NoError(t, err)
	one, err := h.Put(".pdf", []byte("%PDF one"))
	require.NoError(t, err)
	two, err := h.Put(".pdf", []byte("%PDF two"))
	require.NoError(t, err)
	require.NotEqual(t, one, two)
	data, err := os.ReadFile(one)
	require.NoError(t, err)
	require.Equal(t, "%PDF one", string(data))

	require.NoError(t, h.Clear())
	require.NoFileExists(t, one)
	require.NoFileExists(t, two)
	require.NoError(t, h.Clear(), "clearing twice is harmless")

	_, err = h.Put(".pdf", []byte("x"))
	require.NoError(t, err, "a cleared folder is used again")
}

func TestHandoutsOfACrashedRunAreGoneAtTheNextStart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "handouts")
	h, err := OpenHandouts(dir)
	require.NoError(t, err)
	left, err := h.Put(".pdf", []byte("left behind"))
	require.NoError(t, err)

	_, err = OpenHandouts(dir)
	require.NoError(t, err)
	require.NoFileExists(t, left)
}

func TestHandoutsSurviveTheirFolderBeingRemoved(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "handouts")
	h, err := OpenHandouts(dir)
	require.NoError(t, err)
	require.NoError(t, os.RemoveAll(dir))
	require.NoError(t, h.Clear())
	path, err := h.Put(".pdf", []byte("x"))
	require.NoError(t, err)
	require.FileExists(t, path)
}

func TestHandoutsLieInTheUsersCache(t *testing.T) {
	cache, err := os.UserCacheDir()
	require.NoError(t, err)
	dir, err := HandoutsDir()
	require.NoError(t, err)
	rel, err := filepath.Rel(cache, dir)
	require.NoError(t, err)
	require.True(t, filepath.IsLocal(rel))
}
