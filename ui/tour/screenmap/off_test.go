//go:build !tour

package screenmap

import (
	"go/build"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOtherProgramsCannotReadTheirScreen(t *testing.T) {
	pkg, err := build.Default.ImportDir(".", 0)
	require.NoError(t, err)
	require.Equal(t, []string{"map.go", "off.go"}, pkg.GoFiles)
	Start(nil)
}
