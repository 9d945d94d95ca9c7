package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/internal/vault"
)

func TestASecondProgramIsToldWhoHasTheBook(t *testing.T) {
	b, _ := newBook(t, newClock())
	path := b.Info().Path
	require.NoError(t, b.Close())
	o := options(newClock())
	o.StateDir = filepath.Join(t.TempDir(), "state")
	b, err := store.Open(path, o)
	require.NoError(t, err)
	require.Len(t, names(t, filepath.Dir(path)), 1, "nothing lies beside the book")
	notes := names(t, o.StateDir)
	require.Len(t, notes, 1)

	start := time.Now()
	_, err = store.Open(path, o)
	require.Less(t, time.Since(start), time.Second)
	require.ErrorIs(t, err, store.ErrBusy)
	var busy *store.BusyError
	require.ErrorAs(t, err, &busy)
	host, err := os.Hostname()
	require.NoError(t, err)
	require.Equal(t, os.Getpid(), busy.Who.PID)
	require.Equal(t, host, busy.Who.Host)
	require.NotEmpty(t, busy.Who.User)

	// What a process left that ended without closing is not believed, nor is
	// nonsense, however long.
	note := filepath.Join(o.StateDir, notes[0])
	for name, text := range map[string]string{
		"gone": "2147483000\nanna\n" + host + "\n", "empty": "", "nonsense": "x\ny\nz\n", "long": strings.Repeat("1", 1<<20),
	} {
		require.NoError(t, os.WriteFile(note, []byte(text), 0o600))
		_, err = store.Open(path, o)
		require.True(t, errors.As(err, &busy), name)
		require.Zero(t, busy.Who, name)
	}
	require.NoError(t, os.WriteFile(note, []byte("77\nan\x1b[31mna\nthe other till\n"), 0o600))
	_, err = store.Open(path, o)
	require.True(t, errors.As(err, &busy))
	require.Equal(t, store.Holder{PID: 77, User: "an[31mna", Host: "the other till"}, busy.Who)

	require.NoError(t, b.Close())
	require.FileExists(t, note, "it is not this process's any more")
	b, err = store.Open(path, o)
	require.NoError(t, err, "the lock decides, not the note")
	require.NoError(t, b.Close())
	require.Empty(t, names(t, o.StateDir))
}

func TestABookOnANetworkDriveIsNeitherMadeNorOpened(t *testing.T) {
	b, _ := newBook(t, newClock())
	path := b.Info().Path
	require.NoError(t, b.Close())
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	was := vault.Network
	defer func() { vault.Network = was }()
	var asked []string
	vault.Network = func(p string) bool { asked = append(asked, p); return true }
	_, err = store.Open(path, options(newClock()))
	require.ErrorIs(t, err, store.ErrNetwork)
	k := store.NewKit()
	confirm(t, k)
	made := filepath.Join(t.TempDir(), "new.counterbook")
	_, err = store.Create(made, k, shop(), store.NewProfile{Nickname: "Marta", Passphrase: ownerPass}, options(newClock()))
	require.ErrorIs(t, err, store.ErrNetwork)
	require.Equal(t, []string{path, filepath.Dir(made)}, asked)
	require.Empty(t, names(t, filepath.Dir(made)))
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
	_, err = store.Check(path)
	require.NoError(t, err, "reading harms nothing")
}

func TestABackupIsNotRestoredOntoANetworkDrive(t *testing.T) {
	b, _ := newBook(t, newClock())
	made, err := b.Backup(t.Context(), t.TempDir(), store.BackupOptions{}, nil)
	require.NoError(t, err)
	was := vault.Network
	defer func() { vault.Network = was }()
	dir := t.TempDir()
	vault.Network = func(p string) bool { return p == dir }
	to := filepath.Join(dir, "new.counterbook")
	_, err = store.PreviewRestore(t.Context(), made.Path, to, options(newClock()))
	require.ErrorIs(t, err, store.ErrNetwork)
	_, err = store.Restore(t.Context(), made.Path, to, options(newClock()), nil)
	require.ErrorIs(t, err, store.ErrNetwork)
	require.Empty(t, names(t, dir))
}
