package settings

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen/screentest"
)

// backedUp is a desk of somebody who opens nothing but items, and a backup in the
// usual folder.
func backedUp(t *testing.T) (*screentest.Desk, store.Backup) {
	t.Helper()
	d := screentest.New(t, 3)
	made, err := d.Env.Session.Backup(context.Background(), t.TempDir(), store.BackupOptions{}, nil)
	require.NoError(t, err)
	h := d.Book.BackupHabits()
	h.Dir = filepath.Dir(made.Path)
	require.NoError(t, d.Book.SetBackupHabits(h))
	return d, made
}

func TestAnybodyChecksTheNewestBackupByKeyboard(t *testing.T) {
	d, made := backedUp(t)
	CheckBackup(d.Env)
	require.Equal(t, made.Path, d.Value("Backup"))
	require.Equal(t, "Backup", d.Focused())
	d.CheckLooks()
	snap(d, "check-ask")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("This backup is whole."), "%v", d.Texts())
	require.True(t, d.HasText("the book has not changed since"))
	require.True(t, d.HasText("about 10 customers"))
	require.Equal(t, "Check it", d.Focused())
	d.CheckLooks()
	snap(d, "check-good")

	require.NoError(t, d.Env.Session.Desk().Put("x", 1))
	d.Press(fyne.KeySpace)
	require.True(t, d.HasText("It is of this book, which has changed once since."))
	d.Press(fyne.KeyEscape)
	require.Nil(t, d.Canvas().Overlays().Top())
	require.Empty(t, d.Said)
	require.Empty(t, d.Failed)
}

func TestADamagedBackupIsNotCalledWhole(t *testing.T) {
	d, made := backedUp(t)
	data, err := os.ReadFile(made.Path)
	require.NoError(t, err)
	data[len(data)/3] ^= 1
	require.NoError(t, os.WriteFile(made.Path, data, 0o600))
	CheckBackup(d.Env)
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("This backup is damaged."))
	require.False(t, d.HasText("This backup is whole."))
	require.Equal(t, made.Path, d.Value("Backup"), "what was typed stays")
	d.CheckLooks()
	snap(d, "check-bad")
}

func TestABackupOfAnotherBookIsSaidToBe(t *testing.T) {
	_, made := backedUp(t)
	d := screentest.New(t, 0)
	CheckBackup(d.Env)
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Choose the backup to check."))
	d.Path = made.Path
	d.Tap("Choose a file…")
	d.Press(fyne.KeySpace)
	require.True(t, d.HasText("It is not of this book."))
	d.CheckLooks()
	snap(d, "check-other")
	for typed, want := range map[string]string{
		filepath.Join(t.TempDir(), "none.counterbook-backup"): "This file is not there.",
		d.Book.Info().Path: "This file is not a backup.",
	} {
		d.Type("Backup", typed)
		d.Press(fyne.KeyReturn)
		require.True(t, d.HasText(want), "%v", d.Texts())
		require.False(t, d.HasText("It is not of this book."))
		require.Equal(t, typed, d.Value("Backup"))
	}
}

func TestACheckShowsHowFarItIsAndStopsWhenItIsLeft(t *testing.T) {
	d, made := backedUp(t)
	later := &postponed{}
	CheckBackup(d.Env)
	d.Env.Run = later
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Reading it from beginning to end…"))
	require.False(t, d.Has("Backup"))
	d.CheckLooks()
	snap(d, "check-progress")
	d.Press(fyne.KeyEscape)
	err := later.work(context.Background())
	require.ErrorIs(t, err, context.Canceled)
	later.done(err)
	require.Equal(t, "The check was stopped. It says nothing about the backup.", d.Said[0].Text)
	require.FileExists(t, made.Path)
}
