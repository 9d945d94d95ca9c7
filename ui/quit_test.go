package ui

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/sample"
	"counterbook/ui/start"
)

// ended counts how often the program was told to end.
func (r *running) ended() bool { return r.u.book == nil && r.u.shell == nil }

func TestTheBookIsBackedUpBeforeTheProgramEndsWhereItChanged(t *testing.T) {
	r := launch(t)
	dir := t.TempDir()
	require.NoError(t, r.u.book.SetBackupHabits(store.BackupHabits{Dir: dir, Keep: 3, OnQuit: true}))
	b := r.u.book
	r.signIn(0)
	r.u.Quit()
	require.True(t, r.ended())
	made, err := filepath.Glob(filepath.Join(dir, "*"+store.BackupEnding))
	require.NoError(t, err)
	require.Len(t, made, 1)
	require.False(t, b.Unsaved())
}

func TestAProgramWhoseBackupDriveIsAwayAsksAndEndsAllTheSame(t *testing.T) {
	r := launch(t)
	dir := filepath.Join(t.TempDir(), "stick")
	require.NoError(t, r.u.book.SetBackupHabits(store.BackupHabits{Dir: dir, Keep: 3, OnQuit: true}))
	r.signIn(0)
	r.u.Quit()
	require.False(t, r.ended())
	require.True(t, r.HasText("is not there. Put the drive in and try again"))
	require.Equal(t, "Try again", r.Focused())
	r.CheckLooks()
	require.NoError(t, os.Mkdir(dir, 0o700))
	r.Tap("Try again")
	require.True(t, r.ended())
	made, err := filepath.Glob(filepath.Join(dir, "*"+store.BackupEnding))
	require.NoError(t, err)
	require.Len(t, made, 1)

	r = launch(t)
	require.NoError(t, r.u.book.SetBackupHabits(store.BackupHabits{Dir: filepath.Join(dir, "none"), Keep: 3, OnQuit: true}))
	r.u.Quit()
	require.False(t, r.ended())
	r.Tap("Close without a backup")
	require.True(t, r.ended())

	r = launch(t)
	require.NoError(t, r.u.book.SetBackupHabits(store.BackupHabits{Dir: filepath.Join(dir, "none"), Keep: 3, OnQuit: true}))
	r.u.Quit()
	r.u.Quit()
	require.True(t, r.ended(), "who quits twice wants to go")
}

func TestNobodyWaitsForABackupThatWasNotChosen(t *testing.T) {
	r := launch(t)
	require.NoError(t, r.u.book.SetBackupHabits(store.BackupHabits{Dir: t.TempDir(), Keep: 3}))
	r.signIn(0)
	r.u.Quit()
	require.True(t, r.ended())
}

func TestABackupIsRestoredFromTheSignInInTheProgram(t *testing.T) {
	r := launch(t)
	r.u.store.StateDir = t.TempDir()
	path := r.u.book.Info().Path
	made, err := r.u.book.Backup(t.Context(), t.TempDir(), store.BackupOptions{}, nil)
	require.NoError(t, err)
	r.Tap("Restore a backup")
	require.Nil(t, r.u.book, "the book is closed for it")
	r.Type("Backup", made.Path)
	r.Tap("Look at it")
	r.Tap("Restore this backup")
	require.NotNil(t, r.u.book)
	require.Equal(t, path, r.u.book.Info().Path)
	require.ErrorIs(t, r.u.book.Standing(), store.ErrRestored)
	r.Type("Passphrase", sample.Passphrase)
	r.Tap("Unlock")
	r.Tap("Go on with this book")
	require.NotNil(t, r.u.shell)
	_, closing := r.u.page.(*start.Closing)
	require.False(t, closing)
}
