package start

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/screen/screentest"
)

// lost is the made-up shop on a computer that remembers it, with a backup, after
// which it was used once more.
func (d *desk) lost() (path, backup string) {
	d.t.Helper()
	d.env.Options.StateDir = d.t.TempDir()
	path = filepath.Join(d.t.TempDir(), "atelier-rossi.counterbook")
	b, err := screentest.Make(path, d.env.Options)
	require.NoError(d.t, err)
	dir := d.t.TempDir()
	require.NoError(d.t, b.SetBackupHabits(store.BackupHabits{Dir: dir, Keep: 3}))
	made, err := b.Backup(context.Background(), dir, store.BackupOptions{}, nil)
	require.NoError(d.t, err)
	d.now = d.now.Add(48 * time.Hour)
	s, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(sample.Passphrase))
	require.NoError(d.t, err)
	s.Close()
	require.NoError(d.t, b.Close())
	return path, made.Path
}

func (d *desk) reopen(path string) *store.Book {
	d.t.Helper()
	b, err := store.Open(path, d.env.Options)
	require.NoError(d.t, err)
	d.t.Cleanup(func() { b.Close() })
	return b
}

func TestABackupIsRestoredByKeyboardAndAnOwnerSaysHowNumbersGoOn(t *testing.T) {
	d := newDesk(t)
	path, backup := d.lost()
	d.show(NewRestore(d.env, path))
	require.Equal(t, "Backups that this computer knows", d.Focused()[:len("Backups that this computer knows")])
	d.looks("restore-choose")
	d.Press(fyne.KeyDown)
	require.Equal(t, backup, d.Value("Backup"))
	d.Focus("Backup")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("1 change made since"))
	require.True(t, d.HasText("about "))
	require.Equal(t, "Restore this backup", d.Focused())
	d.looks("restore-preview")
	d.runs.hold = true
	d.Press(fyne.KeySpace)
	d.looks("restore-progress")
	d.runs.letGo()
	require.Equal(t, []string{path}, d.opened)

	b := d.reopen(path)
	d.show(NewSignIn(d.env, b, b.Info().Profiles[1].ID))
	require.True(t, d.HasText("This book was put back from a backup"))
	d.looks("signin-standing")
	d.TypeOn(sample.Passphrase)
	d.Press(fyne.KeyReturn)
	require.Empty(t, d.sessions, "no member of staff gets in")
	require.True(t, d.HasText("An owner has to sign in"))
	d.Tap("Marta R.")
	d.Type("Passphrase", sample.Passphrase)
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("This book was put back from a backup"))
	require.Empty(t, d.sessions)
	d.looks("goon")
	require.True(t, d.HasText("The next invoice will be 2026-0001-"))
	d.Press(fyne.KeyDown)
	d.Type("The last printed number", "2026-")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("They look like"))
	d.looks("goon-wrong")
	d.Type("The last printed number", "2026-0412")
	require.True(t, d.HasText("The next invoice will be 2026-0413."))
	d.looks("goon-typed")
	d.Press(fyne.KeyReturn)
	require.Len(t, d.sessions, 1)
	require.NoError(t, b.Standing())
}

func TestWhoDoesNotGoOnLeavesTheBookAsItIs(t *testing.T) {
	d := newDesk(t)
	path, backup := d.lost()
	d.show(NewRestore(d.env, path))
	d.Type("Backup", backup)
	d.Tap("Look at it")
	d.Tap("Restore this backup")
	b := d.reopen(path)
	was, err := os.ReadFile(path)
	require.NoError(t, err)
	d.show(NewSignIn(d.env, b, b.Info().Profiles[0].ID))
	d.TypeOn(sample.Passphrase)
	d.Press(fyne.KeyReturn)
	d.Tap("Not now")
	require.Equal(t, "Passphrase", d.Focused())
	require.Empty(t, d.sessions)
	now, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, was, now)

	d.TypeOn(sample.Passphrase)
	d.Press(fyne.KeyReturn)
	d.now = d.now.Add(6 * time.Minute)
	d.Tap("Go on with this book")
	require.True(t, d.HasText("Passphrase of Marta R."), "the secret is wanted again: %v", d.Texts())
	d.TypeOn(sample.Passphrase)
	d.Press(fyne.KeyReturn)
	require.Len(t, d.sessions, 1)
}

func TestAComputerWithoutABookRestoresOne(t *testing.T) {
	d := newDesk(t)
	_, backup := d.lost()
	d.env.Options.StateDir = t.TempDir()
	d.show(NewWelcome(d.env))
	d.looks("welcome")
	d.Tap("Restore a backup")
	require.Equal(t, []string{"restore "}, d.went)
	d.show(NewRestore(d.env, ""))
	require.Equal(t, "Backup", d.Focused())
	d.Tap("Look at it")
	require.True(t, d.HasText("Choose a backup."))
	d.path = backup
	d.Tap("Choose a file…")
	want := filepath.Join(d.env.BookDir, "atelier-rossi.counterbook")
	require.Equal(t, want, d.Value("Where the book goes"))
	d.looks("restore-welcome")
	d.Press(fyne.KeySpace)
	require.True(t, d.HasText("nothing newer is lost"), "%v %s", d.Texts(), d.Focused())
	d.Press(fyne.KeySpace)
	require.Equal(t, []string{want}, d.opened)
	require.ErrorIs(t, d.reopen(want).Standing(), store.ErrRestored)
}

func TestABackupThatIsNoneIsRefusedWhereItWasTyped(t *testing.T) {
	d := newDesk(t)
	path, backup := d.lost()
	d.show(NewRestore(d.env, path))
	for typed, want := range map[string]string{path: "This backup is damaged", filepath.Join(t.TempDir(), "x"): "This file is not there"} {
		d.Type("Backup", typed)
		d.Press(fyne.KeyReturn)
		require.True(t, d.HasText(want), typed)
		require.Equal(t, "Backup", d.Focused())
		require.Equal(t, typed, d.Value("Backup"))
	}
	data, err := os.ReadFile(backup)
	require.NoError(t, err)
	data[len(data)-4096-1] ^= 1 // nothing but the digest tells
	require.NoError(t, os.WriteFile(backup, data, 0o600))
	d.Type("Backup", backup)
	d.Press(fyne.KeyReturn)
	d.Tap("Restore this backup")
	require.True(t, d.HasText("This backup is damaged"))
	d.looks("restore-damaged")
	d.Tap("Back")
	d.Press(fyne.KeyEscape)
	require.Equal(t, []string{path}, d.opened, "the book as it was")
	require.NoError(t, d.reopen(path).Standing())
}

func TestTheSignInSaysWhenTheBookWasBackedUpLast(t *testing.T) {
	d := newDesk(t)
	path, _ := d.lost()
	b := d.reopen(path)
	d.show(NewSignIn(d.env, b, b.Info().Profiles[0].ID))
	require.True(t, d.HasText("Last backup: 22 Nov 2026"), "%v", d.Texts())
	require.True(t, d.HasText("read back and checked"))
	d.looks("signin-backup")
	d.now = d.now.Add(6 * 24 * time.Hour)
	d.show(NewSignIn(d.env, b, b.Info().Profiles[0].ID))
	require.True(t, d.HasText("Make a new one soon"))
	d.looks("signin-stale")
	d.Tap("Restore a backup")
	require.Equal(t, []string{"restore " + path}, d.went)
}

func TestWhoGoesOnWithoutAListOfTheErasedIsTold(t *testing.T) {
	d := newDesk(t)
	path, backup := d.lost()
	for _, dir := range []string{d.env.Options.StateDir, filepath.Dir(backup)} {
		lists, err := filepath.Glob(filepath.Join(dir, "*.erased"))
		require.NoError(t, err)
		for _, f := range lists {
			require.NoError(t, os.Remove(f))
		}
	}
	_, err := store.Restore(context.Background(), backup, path, d.env.Options, nil)
	require.NoError(t, err)
	b := d.reopen(path)
	d.show(NewSignIn(d.env, b, b.Info().Profiles[0].ID))
	d.TypeOn(sample.Passphrase)
	d.Press(fyne.KeyReturn)
	d.Tap("Go on with this book")
	require.True(t, d.HasText("No list of erased customers was found"))
	require.Empty(t, d.sessions)
	require.Equal(t, "Go on", d.Focused())
	d.looks("again-lost")
	d.Press(fyne.KeySpace)
	require.Len(t, d.sessions, 1)
}
