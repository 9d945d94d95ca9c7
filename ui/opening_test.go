package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/start"
	"counterbook/ui/uitest"
	"counterbook/ui/widgets"
)

// held runs slow work when it is told to.
type held struct{ waiting []func() }

func (h *held) Run(work func(context.Context) error, done func(error)) {
	h.waiting = append(h.waiting, func() { done(work(context.Background())) })
}

func (h *held) release() {
	now := h.waiting
	h.waiting = nil
	for _, f := range now {
		f()
	}
}

func TestTheWindowAnswersWhileABookIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "atelier.counterbook")
	b, err := screentest.Make(path, screentest.Options())
	require.NoError(t, err)
	require.NoError(t, b.Close())
	was := widgets.After
	defer func() { widgets.After = was }()
	var later []func()
	widgets.After = func(_ time.Duration, f func()) func() {
		later = append(later, f)
		return func() {}
	}
	pass := func() {
		for _, f := range later {
			f()
		}
		later = nil
	}
	h := &held{}
	a := test.NewTempApp(t)
	u, err := New(a, Options{Path: path, KDF: &store.CheapKDF, Run: h, TempDir: filepath.Join(t.TempDir(), "handouts")})
	require.NoError(t, err)
	w := &uitest.Window{T: t, App: a, Window: u.window}
	u.window.Resize(screentest.Size)
	t.Cleanup(func() { u.closeBook(); u.idle.stop(); u.window.Close() })
	require.True(t, w.HasText("Opening atelier…"))
	require.False(t, w.HasText("Set up my shop"), "the welcome is for a computer without a book")
	w.CheckLooks()
	h.release()
	require.True(t, w.HasText("Who is at the counter?"))

	u.welcome()
	u.open(path)
	u.open(path) // a second click
	require.Len(t, h.waiting, 1)
	require.True(t, w.HasText("Set up my shop"), "what takes a moment does not flicker")
	pass()
	require.True(t, w.HasText("Opening atelier…"))
	h.release()
	require.True(t, w.HasText("Who is at the counter?"))

	u.welcome()
	u.open(path)
	u.setUp()
	pass()
	h.release()
	require.False(t, w.HasText("Who is at the counter?"), "who went elsewhere stays there")
	again, err := store.Open(path, screentest.Options())
	require.NoError(t, err, "and the book was let go")
	require.NoError(t, again.Close())

	u.welcome()
	u.open(filepath.Join(filepath.Dir(path), "missing.counterbook"))
	pass()
	h.release()
	require.True(t, w.HasText("Set up my shop"), "back where it can be tried again")
}

func TestADamagedBookIsSalvagedAndOpened(t *testing.T) {
	r := launch(t)
	path := r.u.book.Info().Path
	r.u.welcome()
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	clear(whole[:2*4096])
	require.NoError(t, os.WriteFile(path, whole, 0o600))
	r.u.open(path)
	r.Settle()
	require.True(t, r.HasText("shop is damaged"))
	require.Nil(t, r.u.book)
	r.Tap("Salvage…")
	r.Tap("Back")
	require.True(t, r.HasText("shop is damaged"), "back where one came from")
	r.Tap("Salvage…")
	r.Type("Passphrase or recovery sheet", sample.Passphrase)
	r.Press(fyne.KeyReturn, fyne.KeyReturn) // by the file
	require.True(t, r.HasText("The new book is made"))
	r.Tap("Open the new book")
	require.True(t, r.HasText("Who is at the counter?"))
	require.NotEqual(t, path, r.u.book.Info().Path)
	require.ErrorIs(t, r.u.book.Standing(), store.ErrRestored)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, whole, after)
}

func TestWhyABookWasNotOpenedStaysOnThePage(t *testing.T) {
	r := launch(t)
	path := r.u.book.Info().Path
	r.u.welcome()
	missing := filepath.Join(filepath.Dir(path), "missing.counterbook")
	for err, says := range map[error]string{
		store.ErrNetwork:  "Copy it to a disk of this computer and open the copy",
		store.ErrReadOnly: "Remove the protection, or copy the book to another disk",
		&os.PathError{Op: "open", Err: os.ErrPermission}: "Copy it into a folder of your own",
		store.ErrBackup: "choose “Restore a backup”",
	} {
		r.u.show(start.NewUnopened(r.u.startEnv(), path, err))
		r.Settle()
		require.True(t, r.HasText(filepath.Base(path)+" was not opened."))
		require.True(t, r.HasText(says))
		require.Equal(t, "Open an existing book…", r.Focused())
		for _, mode := range []widgets.Mode{widgets.Light, widgets.Dark} {
			r.SetMode(mode)
			r.Resize(fyne.NewSize(1024, 640))
			r.CheckLooks()
		}
		if dir := os.Getenv("COUNTERBOOK_SHOTS"); dir != "" && err == store.ErrNetwork {
			r.Capture(filepath.Join(dir, "unopened-dark-small.png"))
			r.SetMode(widgets.Light)
			r.Capture(filepath.Join(dir, "unopened-small.png"))
		}
	}
	r.u.open(missing)
	r.Settle()
	require.True(t, r.HasText("missing.counterbook was not opened."))
	require.True(t, r.HasText("Put the drive in, or choose another file."))
	require.NoError(t, os.Rename(path, missing)) // the drive was put in
	r.Tap("Try again")
	require.True(t, r.HasText("Who is at the counter?"))
}
