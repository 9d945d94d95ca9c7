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
	if o.Windows() {
		prefix := os.Getenv("WINEPREFIX")
		o.Env = append(o.Env, "WINEPREFIX="+prefix)
		o.Home = wineHome(t, prefix)
	} else {
		o.Home = t.TempDir()
	}
	return o
}

// wineHome is the user's folder in a Wine prefix, which is kept from one run to
// the next: what a program left there goes before the test and after it.
func wineHome(t *testing.T, prefix string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(prefix, "drive_c", "users", "*", "AppData"))
	require.NoError(t, err)
	require.Len(t, found, 1)
	home := filepath.Dir(found[0])
	empty := func() {
		for _, of := range []string{".*", "*.counterbook*", "*.pdf", "Temp/*", "AppData/*/fyne", "AppData/*/counterbook"} {
			left, err := filepath.Glob(filepath.Join(home, of))
			require.NoError(t, err)
			for _, path := range left {
				require.NoError(t, os.RemoveAll(path))
			}
		}
	}
	empty()
	t.Cleanup(func() {
		// A program that has started itself again is no child of the test.
		_ = exec.Command("wineserver", "-k", "-w").Run()
		empty()
	})
	return home
}

// temporaryFolder is where the program is to put temporary files.
func temporaryFolder(t *testing.T, o *Options) string {
	t.Helper()
	if o.Windows() {
		return filepath.Join(o.Home, "Temp")
	}
	dir := t.TempDir()
	o.Env = append(o.Env, "TMPDIR="+dir)
	return dir
}

func TestProgramOpensItsWindowAndEndsWithoutAnError(t *testing.T) {
	p := Start(t, NewDisplay(t), options(t))
	picture := p.Picture("first-window")
	require.Equal(t, "first-window.png", filepath.Base(picture))
	p.Close()
}
