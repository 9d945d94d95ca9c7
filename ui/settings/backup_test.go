package settings

import (
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
)

func TestAnybodyBacksUpByKeyboard(t *testing.T) {
	d := screentest.New(t, 3) // the workshop, which reads no invoices
	BackUp(d.Env)
	require.True(t, d.HasText("No backup of this book has been made"))
	require.Equal(t, "Folder", d.Focused())
	d.CheckLooks()
	snap(d, "backup-ask")
	d.Tap("Back up now")
	require.True(t, d.HasText("Choose the folder the backup goes to."))
	d.Path = t.TempDir()
	d.Tap("Choose where…")
	require.Equal(t, d.Path, d.Value("Folder"))
	require.Equal(t, "Back up now", d.Focused())
	d.Press(fyne.KeySpace)
	require.True(t, d.HasText("The backup is good."), "%v", d.Texts())
	require.True(t, d.HasText("It is on the same drive as the book."))
	require.True(t, d.HasText("1 backup of this book is in this folder"))
	require.True(t, d.HasText("Last backup: 22 Nov 2026"))
	d.CheckLooks()
	snap(d, "backup-done")
	found, err := d.Book.Backups(d.Path)
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.True(t, found[0].Signed)
	require.Equal(t, store.BackupHabits{Dir: d.Path, Keep: store.UsualKeep, OnQuit: true, Last: found[0].At, Path: found[0].Path,
		Commit: found[0].Commit}, d.Book.BackupHabits())
}

func TestWhatIsWrongWithABackupIsSaidWhereItWasTyped(t *testing.T) {
	d := screentest.New(t, 0)
	BackUp(d.Env)
	home := filepath.Dir(d.Book.Info().Path)
	for typed, want := range map[string]string{home: "The book itself is in this folder", filepath.Join(home, "none"): "is not there. Put the drive in"} {
		d.Type("Folder", typed)
		d.Tap("Back up now")
		require.True(t, d.HasText(want), typed)
		require.Equal(t, "Folder", d.Focused())
		require.Equal(t, typed, d.Value("Folder"))
	}
	d.CheckLooks()
	snap(d, "backup-wrong")
	d.Type("Backups to keep", "many")
	d.Tap("Back up now")
	require.True(t, d.HasText("Type a number between 0 and 1000."))
	d.Type("Backups to keep", "2")
	d.Tap("Also make one when the program is closed")
	d.Type("Folder", t.TempDir())
	d.Press(fyne.KeyEscape)
	h := d.Book.BackupHabits()
	require.Equal(t, 2, h.Keep, "what was chosen is kept")
	require.False(t, h.OnQuit)
}

func TestABackupShowsHowFarItIsAndStopsWhenItIsLeft(t *testing.T) {
	d := screentest.New(t, 0)
	later := &postponed{}
	d.Env.Run = later
	BackUp(d.Env)
	dir := t.TempDir()
	d.Type("Folder", dir)
	d.Tap("Back up now")
	require.True(t, d.HasText("Writing the copy…"))
	require.False(t, d.Has("Folder"))
	d.CheckLooks()
	snap(d, "backup-progress")
	d.Press(fyne.KeyEscape)
	later.done(later.work(context.Background()))
	require.Equal(t, "The backup was stopped. Earlier ones are as they were.", d.Said[0].Text)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestWhenTheBookBecameSmallerSomebodyHasToSayThatOldOnesGo(t *testing.T) {
	d := screentest.New(t, 0)
	dir := t.TempDir()
	path := d.Book.Info().Path
	old, err := os.ReadFile(path)
	require.NoError(t, err)
	for i := range 3 {
		require.NoError(t, d.Env.Session.Desk().Put("x", i))
	}
	_, err = d.Book.Backup(context.Background(), dir, store.BackupOptions{}, nil)
	require.NoError(t, err)

	earlier := filepath.Join(t.TempDir(), "earlier.counterbook")
	require.NoError(t, os.WriteFile(earlier, old, 0o600))
	b, err := store.Open(earlier, screentest.Options())
	require.NoError(t, err)
	t.Cleanup(func() { b.Close() })
	d.At = d.At.Add(time.Hour)
	d.Env.Session, err = b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(madeup.Passphrase))
	require.NoError(t, err)
	BackUp(d.Env)
	d.Type("Folder", dir)
	d.Type("Backups to keep", "1")
	d.Tap("Back up now")
	require.True(t, d.HasText("No earlier backup was removed."), "%v", d.Texts())
	d.CheckLooks()
	snap(d, "backup-smaller")
	d.Tap("Remove the oldest all the same")
	left, err := filepath.Glob(filepath.Join(dir, "*"+store.BackupEnding))
	require.NoError(t, err)
	require.Len(t, left, 1)
	require.False(t, d.HasText("No earlier backup was removed."))
}
