package store_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

// erasedSince is a backup with two customers, of whom one was erased since.
func erasedSince(t *testing.T) (o *store.Options, path, dir string, made store.Backup) {
	t.Helper()
	c := newClock()
	o = remembering(c, t.TempDir())
	path, dir = remembered(t, c, o.StateDir), t.TempDir()
	visit(t, path, o, func(s *store.Session) {
		h := s.Book().BackupHabits()
		h.Dir = dir
		require.NoError(t, s.Book().SetBackupHabits(h))
		cs := customers(t, s)
		gone, err := anyway(cs, giulia())
		require.NoError(t, err)
		_, err = anyway(cs, giulia())
		require.NoError(t, err)
		made, err = s.Backup(context.Background(), dir, store.BackupOptions{}, nil)
		require.NoError(t, err)
		require.NoError(t, cs.Erase(context.Background(), gone.ID, nil))
	})
	return o, path, dir, made
}

func TestWhoWasErasedIsErasedAgainAfterARestore(t *testing.T) {
	for name, where := range map[string]func(t *testing.T, o *store.Options, path, dir *string){
		"here": func(*testing.T, *store.Options, *string, *string) {},
		"on another computer, from the stick": func(t *testing.T, o *store.Options, path, _ *string) {
			o.StateDir, *path = t.TempDir(), filepath.Join(t.TempDir(), "shop.counterbook")
		},
		"here, when the stick lost its list": func(t *testing.T, o *store.Options, path, dir *string) {
			lists, err := filepath.Glob(filepath.Join(*dir, "*.erased"))
			require.NoError(t, err)
			require.Len(t, lists, 1, "it was written when the customer was erased")
			require.NoError(t, os.Truncate(lists[0], 30))
		},
	} {
		t.Run(name, func(t *testing.T) {
			o, path, dir, made := erasedSince(t)
			where(t, o, &path, &dir)
			restore(t, made.Path, path, o)
			b := reopen(t, path, o)
			s := signIn(t, b, 0, ownerPass)
			require.NoError(t, s.GoOn(store.GoOn{}))
			found, err := customers(t, s).List("")
			require.NoError(t, err)
			require.Len(t, found, 2)
			s.Close()
			require.NoError(t, b.Close())

			b = reopen(t, path, o) // the program ended in between
			s = signIn(t, b, 1, "Luca passphrase")
			require.False(t, s.EraseDue(), "others go on working")
			s.Close()
			s = signIn(t, b, 0, ownerPass)
			require.True(t, s.EraseDue())
			got, err := s.EraseAgain(context.Background(), nil)
			require.NoError(t, err)
			require.Equal(t, store.ErasedAgain{Count: 1}, got)
			require.False(t, s.EraseDue())
			found, err = customers(t, s).List("")
			require.NoError(t, err)
			require.Len(t, found, 1)
			require.NoError(t, s.Vault().Verify())
		})
	}
}

// blocked is a state folder in which nothing can be written, whoever one is.
func blocked(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	return filepath.Join(file, "state")
}

func TestABookRemembersItselfThatSomebodyIsToBeErasedAgain(t *testing.T) {
	o, path, dir, made := erasedSince(t)
	o.StateDir, path = blocked(t), filepath.Join(t.TempDir(), "shop.counterbook")
	_, err := store.Restore(context.Background(), made.Path, path, o, nil)
	require.Error(t, err, "who was erased would come back")
	require.NoFileExists(t, path)

	o.StateDir = t.TempDir()
	restore(t, made.Path, path, o)
	b := reopen(t, path, o)
	s := signIn(t, b, 0, ownerPass)
	require.NoError(t, s.GoOn(store.GoOn{}))
	s.Close()
	require.NoError(t, b.Close())

	o.StateDir = blocked(t) // this computer remembers nothing of it
	b = reopen(t, path, o)
	require.Error(t, b.SetBackupHabits(store.BackupHabits{Dir: dir}))
	s = signIn(t, b, 0, ownerPass)
	require.True(t, s.EraseDue())
	got, err := s.EraseAgain(context.Background(), nil)
	require.NoError(t, err)
	require.Equal(t, store.ErasedAgain{Count: 1}, got)
	require.False(t, s.EraseDue())
	s.Close()
	require.NoError(t, b.Close())
	require.False(t, signIn(t, reopen(t, path, o), 0, ownerPass).EraseDue())
}

func TestWhereNoListOfTheErasedIsLeftTheBookSaysSo(t *testing.T) {
	o, path, dir, made := erasedSince(t)
	for _, where := range []string{o.StateDir, dir} {
		lists, err := filepath.Glob(filepath.Join(where, "*.erased"))
		require.NoError(t, err)
		require.Len(t, lists, 1)
		data, err := os.ReadFile(lists[0])
		require.NoError(t, err)
		for at := range data {
			data[at] ^= 1
			require.NoError(t, os.WriteFile(lists[0], data, 0o600))
			data[at] ^= 1
			require.False(t, store.LedgerWhole(lists[0]), "byte %d", at)
		}
		require.NoError(t, os.Remove(lists[0]))
	}
	restore(t, made.Path, path, o)
	s := signIn(t, reopen(t, path, o), 0, ownerPass)
	require.NoError(t, s.GoOn(store.GoOn{}))
	got, err := s.EraseAgain(context.Background(), nil)
	require.NoError(t, err)
	require.Equal(t, store.ErasedAgain{Lost: true}, got)
	require.False(t, s.EraseDue())
}

func TestABookThatGoesOnSweepsWhatItsOwnerLeftOnTheErased(t *testing.T) {
	v := newVisited(t)
	lena := addStaff(t, v.b, v.s, "Lena", store.Owner)
	require.NoError(t, lena.AddKit(store.Passphrase("Lena passphrase"), confirmedKit(t)))
	runs := v.unsaved(t, lena)
	require.NoError(t, must(v.s.Customers()).Erase(context.Background(), v.giulia, nil))
	made := must(v.b.Backup(context.Background(), t.TempDir(), store.BackupOptions{}, nil))
	path := filepath.Join(t.TempDir(), "again.counterbook")
	restore(t, made.Path, path, options(v.c))
	b := reopen(t, path, options(v.c))
	lena = signIn(t, b, 1, "Lena passphrase")
	require.NoError(t, lena.CheckAreas(context.Background()), "nothing is written before it goes on")
	require.Positive(t, shared(t, b, runs))
	require.NoError(t, lena.GoOn(store.GoOn{}))
	must(lena.EraseAgain(context.Background(), nil))
	require.Zero(t, shared(t, b, runs))
	require.NoError(t, lena.Vault().Verify())
}
