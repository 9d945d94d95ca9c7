package settings

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	madeup "counterbook/store/sample"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/widgets"
)

// postponed runs slow work when the test wants it.
type postponed struct {
	work func(context.Context) error
	done func(error)
}

func (l *postponed) Run(work func(context.Context) error, done func(error)) {
	l.work, l.done = work, done
}

func TestAnOwnerExportsEverythingFromTheSettings(t *testing.T) {
	d, _ := open(t)
	d.Tap("Export everything…")
	require.True(t, d.HasText("These files are not encrypted."), "said before anything is written")
	require.Contains(t, d.Value("Folder"), "Counterbook export 2026-11-22")
	require.Equal(t, "Folder", d.Focused())
	d.CheckLooks()
	snap(d, "export-ask")

	d.At = d.At.Add(time.Hour) // the owner went away from the screen
	d.Path = t.TempDir()
	d.Tap("Choose where…")
	dir := filepath.Join(d.Path, "Counterbook export 2026-11-22")
	require.Equal(t, dir, d.Value("Folder"))
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Is it still you, Marta R.?"))
	require.Equal(t, "Passphrase of Marta R.", d.Focused())
	d.CheckLooks()
	snap(d, "step-up")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Type the passphrase of Marta R."))
	d.Type("Passphrase of Marta R.", "not the passphrase")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("This passphrase does not open the profile."))
	require.NoDirExists(t, dir)
	d.Press(fyne.KeyEscape)
	require.NoDirExists(t, dir)
	require.Equal(t, dir, d.Value("Folder"), "what was typed is still there")
	d.At = d.At.Add(time.Minute)
	d.Tap("Export unencrypted")
	d.Type("Passphrase of Marta R.", madeup.Passphrase)
	d.Press(fyne.KeyReturn)
	require.DirExists(t, dir, "it goes on with what was wanted")
	require.True(t, d.HasText("Everything was exported"))
	d.CheckLooks()
	notes := func(dir string) int {
		text, err := os.ReadFile(filepath.Join(dir, "csv", "notes.csv"))
		require.NoError(t, err)
		return bytes.Count(text, []byte("\r\n")) - 1
	}
	require.Zero(t, notes(dir), "nobody ticked them")
	d.Press(fyne.KeyEscape)
	d.Tap("Export everything…")
	d.Tap("Notes about customers, too")
	d.Tap("Choose where…")
	d.Tap("Export unencrypted")
	require.NotZero(t, notes(dir+" 2"))
}

func TestTheExportSaysWhereEverythingIs(t *testing.T) {
	d, _ := open(t)
	parent := t.TempDir()
	d.Path = parent
	d.Tap("Export everything…")
	d.Tap("Notes about customers, too")
	d.Tap("Choose where…")
	d.Press(fyne.KeyReturn)
	dir := filepath.Join(parent, "Counterbook export 2026-11-22")
	require.FileExists(t, filepath.Join(dir, "counterbook.json"))
	require.True(t, d.HasText("Everything was exported"))
	require.True(t, d.HasText("10 customers, 4 notes, 7 items, 1 draft, 7 invoices and the rest"))
	require.True(t, d.HasText(dir))
	require.True(t, d.HasText("These files are not encrypted."))
	d.CheckLooks()
	snap(d, "export-done")
	d.Tap("Close")

	d.Tap("Export everything…")
	d.Tap("Choose where…")
	require.Equal(t, dir+" 2", d.Value("Folder"), "a second one is proposed beside the first")
	d.Type("Folder", dir)
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("There is something in this folder already."))
	d.Type("Folder", filepath.Join(parent, "none", "export"))
	d.Tap("Export unencrypted")
	require.True(t, d.HasText("There is no folder "+filepath.Join(parent, "none")))
	require.Empty(t, d.Failed)
	d.CheckLooks()
}

func TestAnExportThatIsStoppedLeavesNothing(t *testing.T) {
	d, _ := open(t)
	run := &postponed{}
	d.Env.Run = run
	d.Path = t.TempDir()
	d.Tap("Export everything…")
	d.Tap("Choose where…")
	d.Tap("Export unencrypted")
	require.True(t, d.Button("Exporting…").Disabled())
	d.CheckLooks()
	snap(d, "export-runs")
	d.Press(fyne.KeyEscape)
	require.Nil(t, d.Canvas().Overlays().Top())
	run.done(run.work(context.Background()))
	require.Equal(t, "The export was stopped. Nothing of it is left in the folder.", d.Said[len(d.Said)-1].Text)
	left, err := os.ReadDir(d.Path)
	require.NoError(t, err)
	require.Empty(t, left)

	d.Tap("Export everything…")
	d.Tap("Choose where…")
	d.Tap("Export unencrypted")
	locked, lock := context.WithCancel(context.Background())
	lock()
	require.ErrorIs(t, run.work(locked), context.Canceled, "locking stops it as well")
	left, err = os.ReadDir(d.Path)
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestOnlyAnOwnerIsOfferedAnExport(t *testing.T) {
	d := screentest.New(t, 1)
	require.False(t, d.Env.Can(store.ExportData))
	Export(d.Env)
	d.Path = t.TempDir()
	d.Tap("Choose where…")
	d.Tap("Export unencrypted")
	require.True(t, d.HasText("Your profile has no right to"))
	left, err := os.ReadDir(d.Path)
	require.NoError(t, err)
	require.Empty(t, left)
}

// snap leaves a picture in light and dark where PICTURES says so.
func snap(d *screentest.Desk, name string) {
	dir := os.Getenv("PICTURES")
	if dir == "" {
		return
	}
	for mode, look := range map[widgets.Mode]string{widgets.Dark: "dark", widgets.Light: "light"} {
		d.SetMode(mode)
		d.Capture(filepath.Join(dir, name+"-"+look+".png"))
	}
	d.SetMode(widgets.Light)
}
