package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

// lastWeek is a book with a backup of a week ago, after which two invoices were
// issued and a customer was added.
func lastWeek(t testing.TB) (c *clock, o *store.Options, path string, made store.Backup) {
	t.Helper()
	c = newClock()
	o = remembering(c, t.TempDir())
	path = remembered(t, c, o.StateDir)
	dir := t.TempDir()
	visit(t, path, o, func(s *store.Session) {
		addCustomer(t)(s)
		issueAll(t, s, 2)
		var err error
		made, err = s.Backup(context.Background(), dir, store.BackupOptions{}, nil)
		require.NoError(t, err)
	})
	c.at = c.at.AddDate(0, 0, 7)
	visit(t, path, o, func(s *store.Session) {
		addCustomer(t)(s)
		require.Equal(t, []string{"2026-0003", "2026-0004"}, issueAll(t, s, 2))
	})
	return c, o, path, made
}

func restore(t testing.TB, backup, path string, o *store.Options) store.Restored {
	t.Helper()
	r, err := store.Restore(context.Background(), backup, path, o, nil)
	require.NoError(t, err)
	return r
}

func TestInvariant23AfterLastWeeksBackupNoPrintedNumberIsGivenAgain(t *testing.T) {
	for name, elsewhere := range map[string]bool{"on this computer": false, "on a computer that never saw the book": true} {
		t.Run(name, func(t *testing.T) {
			_, o, path, made := lastWeek(t)
			if elsewhere {
				o.StateDir, path = t.TempDir(), filepath.Join(t.TempDir(), "shop.counterbook")
			}
			restore(t, made.Path, path, o)
			b := reopen(t, path, o)
			require.ErrorIs(t, b.Standing(), store.ErrRestored)
			_, err := b.SignIn(b.Info().Profiles[1].ID, store.Passphrase("Luca passphrase"))
			require.ErrorIs(t, err, store.ErrRestored)
			s := signIn(t, b, 0, ownerPass)
			next, err := s.NextAfter("2026-0004")
			require.NoError(t, err)
			require.Equal(t, "2026-0005", next)
			require.NoError(t, s.GoOn(store.GoOn{}))
			for _, number := range issueAll(t, s, 3) {
				require.Regexp(t, `^2026-000[123]-[A-Z0-9]{5}$`, number)
			}
			s.Close()
			require.NoError(t, b.Close())
			require.NoError(t, reopen(t, path, o).Standing())
		})
	}
}

// On Windows bbolt lengthens a file to a power of two when it opens it to write, so
// that the label is not at its end any more.
func TestABackupThatWasPutBackIsKnownInALengthenedFile(t *testing.T) {
	_, o, path, made := lastWeek(t)
	restore(t, made.Path, path, o)
	st, err := os.Stat(path)
	require.NoError(t, err)
	size := int64(1 << 15)
	for size <= st.Size() {
		size *= 2
	}
	require.NoError(t, os.Truncate(path, size))
	o.StateDir = t.TempDir() // nothing but the label tells
	require.ErrorIs(t, reopen(t, path, o).Standing(), store.ErrRestored)
}

func TestABookThatIsOpenedDuringARestoreDoesNotDisturbIt(t *testing.T) {
	_, o, path, made := lastWeek(t)
	opened := 0
	_, err := store.Restore(context.Background(), made.Path, path, o, func(part float64) {
		if part > 0.3 && part < 0.9 { // the copy is beside the book
			b, err := store.Open(path, o)
			require.NoError(t, err)
			require.NoError(t, b.Close())
			opened++
		}
	})
	require.NoError(t, err)
	require.Positive(t, opened)
	require.ErrorIs(t, reopen(t, path, o).Standing(), store.ErrOlder)
	require.Len(t, files(t, filepath.Dir(path)), 2, "the book and the one that was set aside")
}

func TestAPreviewSaysWhatComesBackAndWhatIsLost(t *testing.T) {
	c, o, path, made := lastWeek(t)
	p, err := store.PreviewRestore(context.Background(), made.Path, path, o)
	require.NoError(t, err)
	require.Equal(t, "Atelier Rossi", p.Shop)
	require.Equal(t, 1, p.Customers)
	require.True(t, p.Present && p.Readable && p.Same)
	require.False(t, p.Forked)
	require.EqualValues(t, 3, p.Lost, "signing in, a customer, two invoices at once")
	require.Equal(t, c.at, p.LostTill)
	require.Equal(t, newClock().at, p.Backup.At)

	require.NoError(t, os.Truncate(path, 5000))
	p, err = store.PreviewRestore(context.Background(), made.Path, path, o)
	require.NoError(t, err)
	require.True(t, p.Present)
	require.False(t, p.Readable)
	require.EqualValues(t, 3, p.Lost, "the computer remembers")

	p, err = store.PreviewRestore(context.Background(), made.Path, filepath.Join(t.TempDir(), "none"), nil)
	require.NoError(t, err)
	require.False(t, p.Present)
	require.Zero(t, p.Lost)
	_, err = store.PreviewRestore(context.Background(), path, path, o)
	require.ErrorIs(t, err, store.ErrDamaged, "it is no backup")
}

func TestARestoreKeepsTheBookThatWasThere(t *testing.T) {
	_, o, path, made := lastWeek(t)
	was, err := os.ReadFile(path)
	require.NoError(t, err)
	for n, want := range []string{"shop (before restoring 2026-11-29 10.42).counterbook", "shop (before restoring 2026-11-29 10.42) 2.counterbook"} {
		r := restore(t, made.Path, path, o)
		require.Equal(t, want, filepath.Base(r.Aside))
		kept, err := os.ReadFile(r.Aside)
		require.NoError(t, err)
		require.Equal(t, n == 0, string(was) == string(kept))
	}
	b := reopen(t, path, o)
	_, err = store.Restore(context.Background(), made.Path, path, o, nil)
	require.ErrorIs(t, err, store.ErrBusy, "it is open")
	require.Len(t, files(t, filepath.Dir(path)), 3)
	require.NoError(t, b.Close())
}

func TestABadBackupIsNotRestored(t *testing.T) {
	_, o, path, made := lastWeek(t)
	was, err := os.ReadFile(path)
	require.NoError(t, err)
	data, err := os.ReadFile(made.Path)
	require.NoError(t, err)
	data[len(data)/2] ^= 1
	require.NoError(t, os.WriteFile(made.Path, data, 0o600))
	_, err = store.Restore(context.Background(), made.Path, path, o, nil)
	require.ErrorIs(t, err, store.ErrDamaged)
	for at := range 9 {
		data[len(data)/2] ^= byte(1 - min(at, 1)) // whole again from the first on
		require.NoError(t, os.WriteFile(made.Path, data, 0o600))
		ctx, stop := context.WithCancel(context.Background())
		_, err = store.Restore(ctx, made.Path, path, o, func(f float64) {
			if f >= float64(at)/10 {
				stop()
			}
		})
		require.ErrorIs(t, err, context.Canceled)
	}
	now, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, was, now)
	require.Len(t, files(t, filepath.Dir(path)), 1)
}

func TestARestoreThatIsKilledLeavesTheOldBookOrTheNewOne(t *testing.T) {
	if with := os.Getenv(killedWith); with != "" {
		f := strings.Split(with, "\n")
		fmt.Println("begin")
		for {
			if _, err := store.Restore(context.Background(), f[0], f[1], remembering(newClock(), f[2]), nil); err != nil {
				fmt.Println("error", err)
				os.Exit(1)
			}
		}
	}
	rounds := 25
	if testing.Short() {
		rounds = 3
	}
	_, o, path, made := lastWeek(t)
	was, err := os.ReadFile(path)
	require.NoError(t, err)
	fresh, err := os.ReadFile(made.Path)
	require.NoError(t, err)
	old := 0
	for round := range rounds {
		killSoon(t, time.Duration(round)*700*time.Microsecond, made.Path, path, o.StateDir)
		now, err := os.ReadFile(path)
		require.NoError(t, err, "there is always a book")
		if string(now) == string(was) {
			old++
		} else {
			require.Equal(t, fresh, now)
		}
		b := reopen(t, path, o)
		require.Equal(t, string(now) == string(fresh), b.Standing() != nil)
		require.NoError(t, b.Close())
		aside, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*before*"))
		require.NoError(t, err)
		kept := string(now) == string(was)
		for _, f := range aside {
			data, err := os.ReadFile(f)
			require.NoError(t, err)
			kept = kept || string(data) == string(was)
			require.NoError(t, os.Remove(f))
		}
		require.True(t, kept, "what was there is beside it")
		require.NoError(t, os.Remove(path)) // as another file: the second name is the same one
		require.NoError(t, os.WriteFile(path, was, 0o600))
	}
	t.Logf("%d of %d times it was the old one", old, rounds)
}

func TestARestoredBookKeepsItsDatesInOrder(t *testing.T) {
	c, o, path, made := lastWeek(t)
	restore(t, made.Path, path, o)
	s := signIn(t, reopen(t, path, o), 0, ownerPass)
	require.NoError(t, s.GoOn(store.GoOn{LastPrinted: "2026-0004"}))
	d := draft()
	d.Doc.Date = invoice.DateOf(c.at).AddDays(-1)
	_, _, err := issue(t, s, d)
	require.Error(t, err, "2026-0004 may be of today")
	require.Equal(t, []string{"2026-0005"}, issueAll(t, s, 1))
}
