package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

// used is a book that somebody worked with, and its owner.
func used(t testing.TB, c *clock) (*store.Book, *store.Session) {
	b, s := newBook(t, c)
	for range 20 {
		_, err := anyway(customers(t, s), giulia())
		require.NoError(t, err)
	}
	issueAll(t, s, 3)
	return b, s
}

func makeBackup(t testing.TB, b *store.Book, dir string) store.Backup {
	t.Helper()
	made, err := b.Backup(context.Background(), dir, store.BackupOptions{}, nil)
	require.NoError(t, err)
	return made
}

// files lists what is in a folder, but for the list of those who were erased.
func files(t testing.TB, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".erased" {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestInvariant28StaffWithoutKeysMakeAndVerifyABackup(t *testing.T) {
	c := newClock()
	b, owner := used(t, c)
	trainee := addStaff(t, b, owner, "Luca", store.Trainee)
	owner.Close()
	dir := t.TempDir()
	var told []float64
	made, err := trainee.Backup(context.Background(), dir, store.BackupOptions{}, func(f float64) { told = append(told, f) })
	require.NoError(t, err)
	require.True(t, made.Signed, "the members' key is enough for the signatures")
	require.Equal(t, fmt.Sprintf("shop 2026-11-22 10.42 #%d.counterbook-backup", made.Commit), filepath.Base(made.Path))
	require.IsIncreasing(t, told)
	require.EqualValues(t, 1, told[len(told)-1])
	got, err := store.VerifyBackup(context.Background(), made.Path, nil)
	require.NoError(t, err)
	require.Equal(t, made.Commit, got.Commit)
	require.Equal(t, c.at, got.At)
	report, err := store.Check(made.Path)
	require.NoError(t, err)
	require.Equal(t, made.Commit, report.Commits)
	require.Equal(t, made.Records, report.Records)

	trainee.Close()
	again := makeBackup(t, b, dir) // with nobody signed in
	require.False(t, again.Signed)
	list, err := b.Backups(dir)
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Len(t, files(t, dir), 2)
}

func TestABackupIsNotOpenedAsABook(t *testing.T) {
	c := newClock()
	b, _ := used(t, c)
	made := makeBackup(t, b, t.TempDir())
	_, err := store.Open(made.Path, options(c))
	require.ErrorIs(t, err, store.ErrBackup)
	renamed := filepath.Join(t.TempDir(), "shop.counterbook")
	require.NoError(t, os.Rename(made.Path, renamed))
	again := reopen(t, renamed, options(c))
	require.ErrorIs(t, again.Standing(), store.ErrRestored, "whatever it is called")
	s := signIn(t, again, 0, ownerPass)
	_, err = anyway(customers(t, s), giulia())
	require.ErrorIs(t, err, store.ErrRestored)
	require.NoError(t, s.GoOn(store.GoOn{}))
	s.Close()
	require.NoError(t, again.Close())
	require.NoError(t, reopen(t, renamed, options(c)).Standing())
}

func TestInvariant28ABackupWithAFlippedBitIsNotCalledGood(t *testing.T) {
	b, _ := used(t, newClock())
	made := makeBackup(t, b, t.TempDir())
	good, err := os.ReadFile(made.Path)
	require.NoError(t, err)
	flip := func(at int) {
		bad := append([]byte{}, good...)
		bad[at] ^= 1 << (at % 8)
		require.NoError(t, os.WriteFile(made.Path, bad, 0o600))
		_, err := store.VerifyBackup(context.Background(), made.Path, nil)
		require.ErrorIs(t, err, store.ErrDamaged, "byte %d", at)
	}
	for at := 0; at < len(good); at += 509 { // several in each page, in use or not
		flip(at)
	}
	for at := len(good) - 4096; at < len(good)-4096+130; at++ { // what closes the copy
		flip(at)
	}
	flip(len(good) - 1)
	for _, size := range []int{0, 4096, len(good) - 4096, len(good) - 1, len(good) - 512} {
		require.NoError(t, os.WriteFile(made.Path, good[:size], 0o600))
		_, err := store.VerifyBackup(context.Background(), made.Path, nil)
		require.ErrorIs(t, err, store.ErrDamaged, "%d bytes", size)
	}
	require.NoError(t, os.WriteFile(made.Path, append(good, 0), 0o600))
	_, err = store.VerifyBackup(context.Background(), made.Path, nil)
	require.ErrorIs(t, err, store.ErrDamaged)
	require.NoError(t, os.WriteFile(made.Path, good, 0o600))
	_, err = store.VerifyBackup(context.Background(), made.Path, nil)
	require.NoError(t, err)
}

// linked makes a link, and reports whether it leads somewhere.
func linked(to, link string) bool {
	if os.Symlink(to, link) != nil {
		return false
	}
	_, err := os.Stat(link)
	return err == nil
}

func TestABackupDoesNotGoWhereTheBookIs(t *testing.T) {
	b, _ := used(t, newClock())
	home := filepath.Dir(b.Info().Path)
	_, err := b.Backup(context.Background(), home, store.BackupOptions{}, nil)
	require.ErrorIs(t, err, store.ErrSameFolder)
	link := filepath.Join(t.TempDir(), "link")
	if linked(home, link) {
		_, err = b.Backup(context.Background(), link, store.BackupOptions{}, nil)
		require.ErrorIs(t, err, store.ErrSameFolder)
	}
	_, err = b.Backup(context.Background(), filepath.Join(t.TempDir(), "none"), store.BackupOptions{}, nil)
	require.ErrorIs(t, err, os.ErrNotExist)
	require.True(t, makeBackup(t, b, t.TempDir()).SameDrive)
}

func TestOnlyTheLastBackupsOfThisBookStay(t *testing.T) {
	c := newClock()
	b, s := used(t, c)
	dir := t.TempDir()
	other, _ := used(t, c)
	theirs := makeBackup(t, other, dir)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "pictures.counterbook-backup"), []byte("none"), 0o600))
	var last store.Backup
	for range 5 {
		addCustomer(t)(s)
		c.at = c.at.Add(time.Hour)
		var err error
		last, err = s.Backup(context.Background(), dir, store.BackupOptions{Keep: 3}, nil)
		require.NoError(t, err)
		require.Nil(t, last.Smaller)
	}
	require.Equal(t, 1, last.Removed)
	list, err := b.Backups(dir)
	require.NoError(t, err)
	require.Len(t, list, 3)
	require.Equal(t, last.Path, list[0].Path)
	require.FileExists(t, theirs.Path)
	require.FileExists(t, filepath.Join(dir, "pictures.counterbook-backup"))
}

func TestABookThatBecameSmallerPushesNoBackupOut(t *testing.T) {
	c := newClock()
	o := remembering(c, t.TempDir())
	path := remembered(t, c, o.StateDir)
	old, err := os.ReadFile(path)
	require.NoError(t, err)
	dir := t.TempDir()
	keep := store.BackupOptions{Keep: 1}
	var large store.Backup
	visit(t, path, o, func(s *store.Session) {
		for range 40 {
			addCustomer(t)(s)
		}
		large, err = s.Backup(context.Background(), dir, keep, nil)
		require.NoError(t, err)
	})
	c.at = c.at.Add(time.Hour)
	s := goBack(t, path, old, o)
	require.NoError(t, s.GoOn(store.GoOn{}))
	made, err := s.Backup(context.Background(), dir, keep, nil)
	require.NoError(t, err)
	require.NotNil(t, made.Smaller, "it has fewer changes")
	require.Equal(t, large.Commit, made.Smaller.CommitsBefore)
	require.FileExists(t, large.Path)
	for s.Profile().ID.IsZero() || made.Commit < large.Commit+2 {
		require.NoError(t, s.Desk().Put("x", made.Commit))
		c.at = c.at.Add(time.Second)
		made, err = s.Backup(context.Background(), dir, keep, nil)
		require.NoError(t, err)
		require.NotNil(t, made.Smaller, "it has fewer records, however many changes")
	}
	require.FileExists(t, large.Path)
	made, err = s.Backup(context.Background(), dir, store.BackupOptions{Keep: 1, Force: true}, nil)
	require.NoError(t, err)
	require.NotZero(t, made.Removed)
	require.NoFileExists(t, large.Path)
	require.Len(t, files(t, dir), 1)
}

func TestABackupThatIsStoppedLeavesNothing(t *testing.T) {
	b, s := used(t, newClock())
	dir := t.TempDir()
	earlier := makeBackup(t, b, dir)
	before := files(t, dir)
	for at := range 18 {
		ctx, stop := context.WithCancel(context.Background())
		_, err := s.Backup(ctx, dir, store.BackupOptions{Keep: 1}, func(f float64) {
			if f >= float64(at)/20 {
				stop()
			}
		})
		require.ErrorIs(t, err, context.Canceled)
		require.Equal(t, before, files(t, dir))
	}
	_, err := store.VerifyBackup(context.Background(), earlier.Path, nil)
	require.NoError(t, err)
}

func TestWorkGoesOnWhileABackupIsMadeAndClosingStopsIt(t *testing.T) {
	b, s := used(t, newClock())
	dir := t.TempDir()
	var at uint64
	made, err := s.Backup(context.Background(), dir, store.BackupOptions{}, func(f float64) {
		if at == 0 {
			at = b.Newest()
			issueAll(t, s, 1)
		}
	})
	require.NoError(t, err)
	require.Equal(t, at, made.Commit, "what was written meanwhile is not in it")
	_, err = b.Backup(context.Background(), dir, store.BackupOptions{}, func(f float64) {
		_, err := b.Backup(context.Background(), dir, store.BackupOptions{}, nil)
		if f < 0.5 {
			require.ErrorIs(t, err, store.ErrBackingUp)
		}
	})
	require.NoError(t, err)

	began, ended := make(chan struct{}), make(chan error)
	go func() {
		once := false
		_, err := b.Backup(context.Background(), dir, store.BackupOptions{}, func(f float64) {
			if !once {
				once = true
				close(began)
				time.Sleep(100 * time.Millisecond)
			}
		})
		ended <- err
	}()
	<-began
	s.Close()
	require.NoError(t, b.Close())
	err = <-ended
	require.True(t, err == nil || errors.Is(err, store.ErrClosed), "%v", err)
	for _, f := range files(t, dir) {
		require.False(t, strings.HasPrefix(f, "."), f)
	}
}

func TestABackupBeginsAgainWhereTheBookIsWrittenAnewMeanwhile(t *testing.T) {
	b, s := newBook(t, newClock())
	var list []store.Customer
	for i := range 6000 { // of several pieces
		c := giulia()
		c.Name = fmt.Sprint("Giulia ", i)
		list = append(list, c)
	}
	require.NoError(t, customers(t, s).Import(context.Background(), list, nil))
	done := make(chan error, 1)
	told := 0.0
	made, err := b.Backup(context.Background(), t.TempDir(), store.BackupOptions{}, func(part float64) {
		require.GreaterOrEqual(t, part, told)
		if told == 0 {
			stop, once := make(chan struct{}), sync.Once{}
			go func() {
				done <- s.Compact(store.Wait{Progress: func(at, of int64) {
					if at*3 >= of*2 { // all but the exchange is done
						once.Do(func() { close(stop) })
					}
				}})
			}()
			<-stop
			time.Sleep(time.Second)
		}
		told = part
	})
	require.NoError(t, err)
	require.NoError(t, <-done)
	_, err = store.VerifyBackup(context.Background(), made.Path, nil)
	require.NoError(t, err)
}

func TestTheLastBackupIsRememberedWhereAnybodySeesIt(t *testing.T) {
	c := newClock()
	o := remembering(c, t.TempDir())
	path := remembered(t, c, o.StateDir)
	b := reopen(t, path, o)
	h := b.BackupHabits()
	require.Equal(t, store.BackupHabits{Keep: store.UsualKeep, OnQuit: true}, h)
	require.True(t, h.Stale(c.at))
	require.True(t, b.Unsaved())
	dir := t.TempDir()
	h.Dir, h.Keep = dir, 4
	c.at = c.at.Add(1234567).In(time.FixedZone("CET", 3600)) // as a real clock
	require.NoError(t, b.SetBackupHabits(h))
	made := makeBackup(t, b, dir)
	require.False(t, b.Unsaved())
	require.NoError(t, b.Close())
	b = reopen(t, path, o)
	h = b.BackupHabits()
	require.Equal(t, store.BackupHabits{Dir: dir, Keep: 4, OnQuit: true, Last: made.At, Path: made.Path, Commit: made.Commit}, h)
	require.False(t, h.Stale(h.Last.Add(7*24*time.Hour)))
	require.True(t, h.Stale(h.Last.Add(7*24*time.Hour+time.Second)))
	require.False(t, b.Unsaved())
	signIn(t, b, 0, ownerPass)
	require.True(t, b.Unsaved())
}

func TestABackupHasANameThatEverySystemTakes(t *testing.T) {
	for book, want := range map[string]string{
		"shop":                  "shop 2026",
		"CON":                   "CON 2026",
		"Müller & Söhne":        "Müller & Söhne 2026",
		"trailing. ":            "trailing 2026",
		`a<b>c:d"e|f?g*h`:       "a-b-c-d-e-f-g-h 2026",
		" .. ":                  "book 2026",
		strings.Repeat("ü", 90): strings.Repeat("ü", 60) + " 2026",
	} {
		if filepath.Separator == '\\' && (book == "CON" || strings.ContainsAny(book, `<>:"|?*`)) {
			continue
		}
		c := newClock()
		path := filepath.Join(t.TempDir(), book+".counterbook")
		b, err := store.Create(path, confirmedKit(t), shop(), store.NewProfile{Nickname: "Marta", Passphrase: ownerPass}, options(c))
		require.NoError(t, err)
		made := makeBackup(t, b, t.TempDir())
		require.True(t, strings.HasPrefix(filepath.Base(made.Path), want), made.Path)
		require.Less(t, len(filepath.Base(made.Path)), 255-40)
		require.NoError(t, b.Close())
	}
}
