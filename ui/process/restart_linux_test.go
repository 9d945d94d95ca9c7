package process

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHoldsSeesAnOpenFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "open")
	f, err := os.Create(path)
	require.NoError(t, err)
	require.True(t, holds(path))
	require.NoError(t, f.Close())
	require.False(t, holds(path))
}
