package store_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

func TestABackupIsCheckedLongAfterItWasMadeWithoutAKey(t *testing.T) {
	c := newClock()
	b, s := used(t, c)
	dir := t.TempDir()
	made := makeBackup(t, b, dir)
	_, err := anyway(customers(t, s), giulia())
	require.NoError(t, err)
	s.Close()
	before, err := os.ReadFile(b.Info().Path)
	require.NoError(t, err)

	var told []float64
	got, err := b.CheckBackup(context.Background(), made.Path, func(f float64) { told = append(told, f) })
	require.NoError(t, err)
	require.Equal(t, "Atelier Rossi", got.Shop)
	require.Equal(t, made.Commit, got.Commit)
	require.Equal(t, made.At, got.At)
	require.Equal(t, 20, got.Customers)
	require.True(t, got.Ours)
	require.EqualValues(t, 1, got.Lacks)
	require.False(t, got.Forked)
	require.EqualValues(t, 1, told[len(told)-1])

	other, _ := used(t, newClock())
	got, err = other.CheckBackup(context.Background(), made.Path, nil)
	require.NoError(t, err)
	require.False(t, got.Ours)
	require.Zero(t, got.Lacks)

	after, err := os.ReadFile(b.Info().Path)
	require.NoError(t, err)
	require.Equal(t, before, after, "looking writes nothing")
	require.Len(t, files(t, dir), 1)
}

func TestABackupThatWentAnotherWayThanTheBookIsKnown(t *testing.T) {
	c := newClock()
	b, s := used(t, c)
	s.Close()
	path := b.Info().Path
	require.NoError(t, b.Close())
	early, err := os.ReadFile(path)
	require.NoError(t, err)

	change := func(times int) (*store.Book, store.Backup) {
		b := reopen(t, path, options(c))
		s := signIn(t, b, 0, ownerPass)
		for range times {
			_, err := anyway(customers(t, s), giulia())
			require.NoError(t, err)
		}
		s.Close()
		return b, makeBackup(t, b, t.TempDir())
	}
	b, made := change(2)
	require.NoError(t, b.Close())
	require.NoError(t, os.WriteFile(path, early, 0o600))

	b = reopen(t, path, options(c))
	got, err := b.CheckBackup(context.Background(), made.Path, nil)
	require.NoError(t, err)
	require.EqualValues(t, 3, got.Beyond, "the sign-in and two customers")
	require.NoError(t, b.Close())

	b, _ = change(5)
	got, err = b.CheckBackup(context.Background(), made.Path, nil)
	require.NoError(t, err)
	require.True(t, got.Forked)
	require.Zero(t, got.Lacks)
}

func TestWhatIsNoWholeBackupIsNotCalledOne(t *testing.T) {
	b, _ := used(t, newClock())
	made := makeBackup(t, b, t.TempDir())
	check := func(path string) error { return second(b.CheckBackup(context.Background(), path, nil)) }
	require.ErrorIs(t, check(b.Info().Path), store.ErrNotBackup)
	require.ErrorIs(t, check(filepath.Join(t.TempDir(), "none")), fs.ErrNotExist)
	text := filepath.Join(t.TempDir(), "letter.txt")
	require.NoError(t, os.WriteFile(text, []byte("Dear Giulia"), 0o600))
	require.ErrorIs(t, check(text), store.ErrNotBackup)

	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err := b.CheckBackup(ctx, made.Path, nil)
	require.ErrorIs(t, err, context.Canceled)

	data, err := os.ReadFile(made.Path)
	require.NoError(t, err)
	data[len(data)/2] ^= 1
	require.NoError(t, os.WriteFile(made.Path, data, 0o600))
	require.ErrorIs(t, check(made.Path), store.ErrDamaged)
	require.NoError(t, os.WriteFile(made.Path, data[:len(data)/2], 0o600))
	require.ErrorIs(t, check(made.Path), store.ErrDamaged)
}

func TestABackupCountsCustomersAndNotWhatIsKeptBesideThem(t *testing.T) {
	c := newClock()
	b, s := newBook(t, c)
	counted := func() int {
		c.at = c.at.Add(time.Minute)
		return must(b.CheckBackup(context.Background(), makeBackup(t, b, t.TempDir()).Path, nil)).Customers
	}
	require.Zero(t, counted(), "nobody is in a new book")
	cs := customers(t, s)
	g := must(cs.Save(giulia()))
	run(t, must(planOf(t, s, "Name;Telefon\nAnna Berger;0660 111 2222\nBo Rossi;0660 111 3333\n")))
	require.Equal(t, 3, counted())
	g.Phone = "+43 660 999 1234"
	g = must(cs.Save(g))
	must(cs.Reveal(g.ID, "Phone"))
	require.NoError(t, cs.Report(g.ID, store.WrongPhone))
	require.Equal(t, 3, counted(), "history, uses, reports and imports are no customers")
}
