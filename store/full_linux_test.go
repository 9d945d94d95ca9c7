package store_test

// Disks that are really full: a file system of two megabytes, and a limit the
// kernel keeps.

import (
	"context"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

// fullDisk is set in the process in which nothing can be written. It has no other
// tests, as the testing package writes files of its own.
const fullDisk = "COUNTERBOOK_TEST_FULL_DISK"

// noRoom lets the kernel refuse every write to a file until room is called.
func noRoom(t *testing.T) (room func()) {
	t.Helper()
	return roomFor(t, 0)
}

// roomFor is noRoom where files may become so many bytes long.
func roomFor(t *testing.T, size uint64) (room func()) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	var was syscall.Rlimit
	require.NoError(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was))
	require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: was.Max}))
	room = func() { require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was)) }
	t.Cleanup(room)
	return room
}

func TestWhenTheKernelRefusesToWriteNoNumberIsTaken(t *testing.T) {
	if os.Getenv(fullDisk) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
		cmd.Env = append(os.Environ(), fullDisk+"=1")
		said, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", said)
		require.Contains(t, string(said), "--- PASS: "+t.Name())
		return
	}
	w := newWaiting(t)
	room := noRoom(t)
	_, err := w.issue()
	require.ErrorIs(t, err, store.ErrFull)
	w.keptEverything()
	_, err = w.ds.Save(store.Draft{Doc: w.draft.Doc})
	require.ErrorIs(t, err, store.ErrFull)
	room()
	w.goesOn()
}

func TestInvariant21ABookOnADiskThatFillsUpGoesOnWhenThereIsRoomAgain(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root may mount a small file system")
	}
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=2m"); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(dir, syscall.MNT_DETACH)) })
	k := store.NewKit()
	confirm(t, k)
	path := filepath.Join(dir, "shop.counterbook")
	b, err := store.Create(path, k, shop(), store.NewProfile{Nickname: "Marta", Passphrase: ownerPass}, options(newClock()))
	require.NoError(t, err)
	defer b.Close()
	s := signIn(t, b, 0, ownerPass)
	_, _, err = issue(t, s, draft())
	require.NoError(t, err)
	ballast := filepath.Join(dir, "holiday-pictures")
	fill(t, ballast)

	// A draft as long as one may be, so that the book has to grow.
	d := draft()
	for range 200 {
		l := frame()
		l.Detail = strings.Repeat("walnut ", 200)
		d.Doc.Lines = append(d.Doc.Lines, l)
	}
	ds, is := desk(t, s)
	_, err = ds.Save(d)
	require.ErrorIs(t, err, store.ErrFull)
	all, err := ds.List()
	require.NoError(t, err)
	require.Empty(t, all, "nothing half-saved")
	require.NoError(t, s.Vault().Verify())

	require.NoError(t, os.Remove(ballast))
	d, err = ds.Save(d)
	require.NoError(t, err)
	d, err = ds.Get(d.ID)
	require.NoError(t, err)
	fill(t, ballast)
	_, err = is.Issue(t.Context(), d.ID)
	require.ErrorIs(t, err, store.ErrFull)
	kept, err := ds.Get(d.ID)
	require.NoError(t, err)
	require.True(t, reflect.DeepEqual(d.Doc, kept.Doc), "every line is there")
	require.NoError(t, os.Remove(ballast))
	doc, err := is.Issue(t.Context(), d.ID)
	require.NoError(t, err)
	require.Equal(t, "2026-0002", doc.Number, "without a gap")
	require.NoError(t, s.Vault().Verify())
	s.Close()
	require.NoError(t, b.Close())
	_, err = store.Check(path)
	require.NoError(t, err)
}

// fill writes a file until the disk takes no more.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	require.NoError(t, err)
	defer f.Close()
	for size := 1 << 16; size > 0; {
		if _, err := f.Write(make([]byte, size)); err != nil {
			require.ErrorIs(t, err, syscall.ENOSPC)
			size /= 16
		}
	}
}

func TestABackupOnAFullDriveSaysSoAndLeavesWhatWasThere(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root may mount a small file system")
	}
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(dir, syscall.MNT_DETACH)) })
	b, s := used(t, newClock())
	made := makeBackup(t, b, dir)
	require.False(t, made.SameDrive)
	ballast := filepath.Join(dir, "holiday-pictures")
	fill(t, ballast)
	before := files(t, dir)
	for left := int64(0); left < made.Size; left += 64 << 10 { // full at any moment
		st, err := os.Stat(ballast)
		require.NoError(t, err)
		_, err = s.Backup(t.Context(), dir, store.BackupOptions{Keep: 1}, nil)
		if err == nil {
			break
		}
		require.ErrorIs(t, err, store.ErrFull)
		require.Equal(t, before, files(t, dir))
		require.NoError(t, os.Truncate(ballast, max(0, st.Size()-64<<10)))
	}
	_, err := store.VerifyBackup(t.Context(), made.Path, nil)
	require.NoError(t, err)
	require.NoError(t, os.Remove(ballast))
	_, err = s.Backup(t.Context(), dir, store.BackupOptions{}, nil)
	require.NoError(t, err)
}

func TestWhenTheKernelRefusesToWriteABookAnewNothingIsChanged(t *testing.T) {
	if os.Getenv(fullDisk) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
		cmd.Env = append(os.Environ(), fullDisk+"=1")
		said, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", said)
		require.Contains(t, string(said), "--- PASS: "+t.Name())
		return
	}
	v := newVisited(t)
	jonas := addStaff(t, v.b, v.s, "Jonas", store.FrontDesk)
	st, cs := must(v.s.Staff()), must(v.s.Customers())
	before := len(v.of(t))
	whole, err := os.Stat(v.b.Info().Path)
	require.NoError(t, err)
	for _, size := range []uint64{0, 4096, 20_000, uint64(whole.Size()) / 2, uint64(whole.Size()) - 1} {
		room := roomFor(t, size)
		require.ErrorIs(t, cs.Erase(context.Background(), v.giulia, nil), store.ErrFull, size)
		require.ErrorIs(t, st.Disable(jonas.Profile().ID), store.ErrFull, size)
		require.ErrorIs(t, v.s.ChangePassphrase(ownerPass, "another passphrase of some length"), store.ErrFull, size)
		room()
		require.Equal(t, []string{filepath.Base(v.b.Info().Path)}, names(t, filepath.Dir(v.b.Info().Path)))
	}
	require.Equal(t, before, len(v.of(t)))
	require.True(t, jonas.Can(store.ReadNotes))
	require.NoError(t, v.s.Vault().Verify())
	require.NoError(t, cs.Erase(context.Background(), v.giulia, nil))
	require.NoError(t, st.Disable(jonas.Profile().ID))
	require.Zero(t, len(v.of(t)))
	require.NoError(t, v.s.Vault().Verify())
}
