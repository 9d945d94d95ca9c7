//go:build unix

package process

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const keepsPID = true

// holds says whether this process has the file open. macOS has no list of open
// files to read; there nothing is claimed.
func holds(path string) bool {
	links, _ := filepath.Glob("/proc/self/fd/*")
	for _, l := range links {
		if to, err := os.Readlink(l); err == nil && to == path {
			return true
		}
	}
	return false
}

// command puts a shell script in front of the PATH that plays a system command.
func command(t *testing.T, name, script string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	body := "#!/bin/sh\ndir='" + dir + "'\n" + script + "\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(body), 0o700))
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	return dir
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

func TestOpenHandsTheViewerAnAbsolutePath(t *testing.T) {
	dir := command(t, viewer(), `printf '%s' "$*" >"$dir/args"`)
	t.Chdir(dir)
	require.NoError(t, Open("-d x.pdf"))
	require.True(t, strings.HasSuffix(read(t, filepath.Join(dir, "args")), "/-d x.pdf"))
	require.True(t, filepath.IsAbs(read(t, filepath.Join(dir, "args"))))
}

func TestOpenTellsAMissingViewerFromAFailingOne(t *testing.T) {
	command(t, viewer(), "exit 3")
	require.ErrorIs(t, Open("x.pdf"), ErrNoViewer)
	command(t, viewer(), "exit 4")
	require.ErrorIs(t, Open("x.pdf"), ErrViewerFailed)
	t.Setenv("PATH", t.TempDir())
	require.ErrorIs(t, Open("x.pdf"), ErrNoViewer)
}

func TestOpenDoesNotWaitForTheViewerToBeClosed(t *testing.T) {
	dir := command(t, viewer(), `echo $$ >"$dir/pid"; while [ -d "$dir" ]; do sleep 0.1; done`)
	require.NoError(t, Open("x.pdf"))
	require.NotEmpty(t, read(t, filepath.Join(dir, "pid")))
}

func TestPrintPipesTheDocumentToTheChosenPrinter(t *testing.T) {
	dir := command(t, "lp", `printf '%s|' "$@" >"$dir/args"; cat >"$dir/in"; echo "request id is Counter-7 (0 file(s))"`)
	job := Job{Title: "2026-0007", Printer: "Counter", Media: "A4", Copies: 2}
	require.NoError(t, Print(t.Context(), job, strings.NewReader("%PDF-1.7 …")))
	require.Equal(t, "-d|Counter|-t|2026-0007|-n|2|-o|media=A4|-|", read(t, filepath.Join(dir, "args")))
	require.Equal(t, "%PDF-1.7 …", read(t, filepath.Join(dir, "in")))
}

func TestPrintTellsItsRefusalsApart(t *testing.T) {
	for said, want := range map[string]error{
		"lp: Error - no default destination available.":            ErrNoPrinter,
		"lp: Error - No default destination.":                      ErrNoPrinter,
		"lp: Error - The printer or class does not exist.":         ErrUnknownPrinter,
		"lp: Error - Unknown destination \"x\".":                   ErrUnknownPrinter,
		"lp: Error - Scheduler is not running.":                    ErrNoPrinting,
		"lp: Unable to connect to server: Connection refused":      ErrNoPrinting,
		"lp: Bad file descriptor":                                  ErrNoPrinting,
		"lpstat: Unable to connect to server: Bad file descriptor": ErrNoPrinting,
	} {
		command(t, "lp", "cat >/dev/null; echo '"+said+"' >&2; exit 1")
		require.ErrorIs(t, Print(t.Context(), Job{}, strings.NewReader("x")), want, said)
	}
	command(t, "lp", "cat >/dev/null; echo 'lp: Error - too many copies.' >&2; exit 1")
	var refused *PrintError
	require.ErrorAs(t, Print(t.Context(), Job{}, strings.NewReader("x")), &refused)
	require.Equal(t, "lp: Error - too many copies.", refused.Said)

	t.Setenv("PATH", t.TempDir())
	require.ErrorIs(t, Print(t.Context(), Job{}, strings.NewReader("x")), ErrNoPrinting)
}

func TestPrintStopsWhenItsContextEnds(t *testing.T) {
	command(t, "lp", "exec sleep 60")
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, Print(ctx, Job{}, strings.NewReader("x")), context.DeadlineExceeded)
}

func TestPrintersNamesTheUsualOne(t *testing.T) {
	command(t, "lpstat", `case "$1" in -e) printf 'Counter\nOffice\n';; -d) echo 'system default destination: Office';; esac`)
	q, err := Printers(t.Context())
	require.NoError(t, err)
	require.Equal(t, Queues{Names: []string{"Counter", "Office"}, Usual: "Office"}, q)

	command(t, "lpstat", `case "$1" in -d) echo 'no system default destination';; esac`)
	q, err = Printers(t.Context())
	require.NoError(t, err)
	require.Equal(t, Queues{Names: []string{}}, q)

	command(t, "lpstat", "echo 'lpstat: No destinations added.' >&2; exit 1")
	q, err = Printers(t.Context())
	require.NoError(t, err)
	require.Empty(t, q.Names)
}

func TestIdleTimeIsTheShortestTheRegistryNames(t *testing.T) {
	listing := []byte(`+-o IOHIDSystem  <class IOHIDSystem, id 0x100000466>
    {
      "HIDIdleTime" = 2500000000
      "HIDParameters" = {"HIDIdleTime" = 1500000000}
    }`)
	d, ok := idleFromRegistry(listing)
	require.True(t, ok)
	require.Equal(t, 1500*time.Millisecond, d)
	_, ok = idleFromRegistry([]byte(`"HIDKind" = 1`))
	require.False(t, ok)
	_, ok = idleFromRegistry([]byte(`"HIDIdleTime" = 99999999999999999999`))
	require.False(t, ok)
}

func TestHandoutsRefuseAFolderThatIsNotOurs(t *testing.T) {
	behind := t.TempDir()
	keep := filepath.Join(behind, "keep")
	require.NoError(t, os.WriteFile(keep, nil, 0o600))
	link := filepath.Join(t.TempDir(), "handouts")
	require.NoError(t, os.Symlink(behind, link))
	_, err := OpenHandouts(link)
	require.ErrorIs(t, err, ErrNotPrivate)
	require.FileExists(t, keep, "nothing behind the link is touched")
}

func TestHandoutsAreReadableByTheirUserAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "handouts")
	require.NoError(t, os.Mkdir(dir, 0o755))
	h, err := OpenHandouts(dir)
	require.NoError(t, err)
	path, err := h.Put(".pdf", []byte("x"))
	require.NoError(t, err)
	for p, want := range map[string]os.FileMode{dir: 0o700, path: 0o600} {
		info, err := os.Stat(p)
		require.NoError(t, err)
		require.Equal(t, want, info.Mode().Perm(), p)
	}
}
