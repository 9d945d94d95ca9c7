//go:build tour && linux

// What every part of the tour begins with, and the shortest one. `make tour` builds
// the program and runs them.

package tour

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// options says which program is driven: TOUR_PROGRAM names it, TOUR_RUNNER what
// runs it (Wine), TOUR_OUT where the pictures go.
func options(t *testing.T, args ...string) Options {
	t.Helper()
	path := os.Getenv("TOUR_PROGRAM")
	require.NotEmpty(t, path, "TOUR_PROGRAM names the program: run `make tour`")
	o := Options{Path: path, Args: args, Out: os.Getenv("TOUR_OUT"), Runner: strings.Fields(os.Getenv("TOUR_RUNNER"))}
	if prefix := os.Getenv("WINEPREFIX"); prefix != "" && len(o.Runner) > 0 {
		o.Env = append(o.Env, "WINEPREFIX="+prefix)
		// A program that has started itself again is no child of the test.
		t.Cleanup(func() { _ = exec.Command("wineserver", "-k").Run() })
	}
	return o
}

func TestProgramOpensItsWindowAndEndsWithoutAnError(t *testing.T) {
	p := Start(t, NewDisplay(t), options(t))
	picture := p.Picture("first-window")
	require.Equal(t, "first-window.png", filepath.Base(picture))
	p.Close()
}
