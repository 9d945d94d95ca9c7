package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/internal/vault"
)

// remembering is options with a folder in which the computer remembers books.
func remembering(c *clock, dir string) *store.Options {
	o := options(c)
	o.StateDir = dir
	return o
}

// remembered makes a book that this computer remembers, with a member of staff.
func remembered(t testing.TB, c *clock, dir string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "shop.counterbook")
	b, err := store.Create(path, confirmedKit(t), shop(), store.NewProfile{Nickname: "Marta", Passphrase: ownerPass}, remembering(c, dir))
	require.NoError(t, err)
	s := signIn(t, b, 0, ownerPass)
	addStaff(t, b, s, "Luca", store.FrontDesk).Close()
	s.Close()
	require.NoError(t, b.Close())
	return path
}

func reopen(t testing.TB, path string, o *store.Options) *store.Book {
	t.Helper()
	b, err := store.Open(path, o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	return b
}

// visit signs the owner in, lets fn work, and closes the book.
func visit(t testing.TB, path string, o *store.Options, fn func(*store.Session)) {
	t.Helper()
	b, err := store.Open(path, o)
	require.NoError(t, err)
	s, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(ownerPass))
	require.NoError(t, err)
	if fn != nil {
		fn(s)
	}
	s.Close()
	require.NoError(t, b.Close())
}

func addCustomer(t testing.TB) func(*store.Session) {
	return func(s *store.Session) {
		_, err := anyway(customers(t, s), giulia())
		require.NoError(t, err)
	}
}

func TestABookThatWentBackSaysHowManyChangesAreMissing(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	path := remembered(t, c, dir)
	old, err := os.ReadFile(path)
	require.NoError(t, err)
	visit(t, path, remembering(c, dir), addCustomer(t)) // signing in is one change, the customer another
	c.at = c.at.Add(72 * time.Hour)
	require.NoError(t, os.WriteFile(path, old, 0o600))
	b := reopen(t, path, remembering(c, dir))
	var older *store.OlderError
	require.ErrorAs(t, b.Standing(), &older)
	require.ErrorIs(t, b.Standing(), store.ErrOlder)
	require.EqualValues(t, 2, older.Missing)
	require.Equal(t, newClock().at, older.Since)

	_, err = b.SignIn(b.Info().Profiles[1].ID, store.Passphrase("Luca passphrase"))
	require.ErrorIs(t, err, store.ErrOlder, "staff must not go on with it")
	s := signIn(t, b, 0, ownerPass)
	now, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, bytes.Equal(old, now), "an owner looks, and changes nothing")
	_, err = customers(t, s).List("")
	require.NoError(t, err)
	_, err = anyway(customers(t, s), giulia())
	require.ErrorIs(t, err, store.ErrOlder)
	require.ErrorIs(t, s.Desk().Put("x", 1), store.ErrOlder)
	st, err := s.Staff()
	require.NoError(t, err)
	_, err = st.Add(store.NewProfile{Nickname: "Eve", Role: store.FrontDesk, Passphrase: "Eve passphrase"})
	require.ErrorIs(t, err, store.ErrOlder)

	c.at = c.at.Add(5 * time.Minute)
	require.ErrorIs(t, s.GoOn(store.GoOn{}), store.ErrStepUp)
	require.ErrorIs(t, s.StepUp(store.Passphrase("wrong")), store.ErrWrongPassphrase)
	c.at = c.at.Add(time.Minute)
	require.NoError(t, s.StepUp(store.Passphrase(ownerPass)))
	require.NoError(t, s.GoOn(store.GoOn{}))
	require.NoError(t, b.Standing())
	_, err = anyway(customers(t, s), giulia())
	require.NoError(t, err)
	require.ErrorIs(t, s.GoOn(store.GoOn{}), store.ErrNotGoneBack)
	a, err := s.Activity()
	require.NoError(t, err)
	events, err := a.Events(3)
	require.NoError(t, err)
	require.Equal(t, []store.EventKind{store.CustomerAdded, store.SignedIn, store.WentBack},
		[]store.EventKind{events[0].Kind, events[1].Kind, events[2].Kind})
	require.Equal(t, 2, events[2].Count)
	s.Close()
	require.NoError(t, b.Close())
	require.NoError(t, reopen(t, path, remembering(c, dir)).Standing())
}

func TestABookThatWentAnotherWaySaysSo(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	path := remembered(t, c, dir)
	old, err := os.ReadFile(path)
	require.NoError(t, err)
	visit(t, path, remembering(c, dir), nil)
	require.NoError(t, os.WriteFile(path, old, 0o600))
	visit(t, path, remembering(c, t.TempDir()), addCustomer(t)) // elsewhere, where nothing was known of it
	b := reopen(t, path, remembering(c, dir))
	require.ErrorIs(t, b.Standing(), store.ErrForked)
	_, err = b.SignIn(b.Info().Profiles[1].ID, store.Passphrase("Luca passphrase"))
	require.ErrorIs(t, err, store.ErrForked)
	s := signIn(t, b, 0, ownerPass)
	require.NoError(t, s.GoOn(store.GoOn{}))
	require.NoError(t, b.Standing())
}

func TestABookThatWentOnElsewhereIsTaken(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	path := remembered(t, c, dir)
	visit(t, path, remembering(c, t.TempDir()), addCustomer(t))
	b := reopen(t, path, remembering(c, dir))
	require.NoError(t, b.Standing())
	signIn(t, b, 1, "Luca passphrase")
}

func TestWhatComputersCannotRememberStopsNobody(t *testing.T) {
	sidecars := func(t *testing.T, dir string) []string {
		found, err := filepath.Glob(filepath.Join(dir, "*.seen"))
		require.NoError(t, err)
		require.Len(t, found, 1)
		return found
	}
	for name, spoil := range map[string]func(t *testing.T, dir string){
		"gone":  func(t *testing.T, dir string) { require.NoError(t, os.Remove(sidecars(t, dir)[0])) },
		"empty": func(t *testing.T, dir string) { require.NoError(t, os.Truncate(sidecars(t, dir)[0], 0)) },
		"torn": func(t *testing.T, dir string) {
			f := sidecars(t, dir)[0]
			b, err := os.ReadFile(f)
			require.NoError(t, err)
			b[30] ^= 1
			require.NoError(t, os.WriteFile(f, b, 0o600))
		},
		"a folder": func(t *testing.T, dir string) {
			f := sidecars(t, dir)[0]
			require.NoError(t, os.Remove(f))
			require.NoError(t, os.Mkdir(f, 0o700))
		},
		"in a file": func(t *testing.T, dir string) {
			require.NoError(t, os.RemoveAll(dir))
			require.NoError(t, os.WriteFile(dir, nil, 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, dir := newClock(), filepath.Join(t.TempDir(), "state")
			path := remembered(t, c, dir)
			spoil(t, dir)
			visit(t, path, remembering(c, dir), addCustomer(t))
			require.NoError(t, reopen(t, path, remembering(c, dir)).Standing())
		})
	}
}

// Two copies of one book on one computer are two ways that it went.
func TestTwoCopiesOfABookAreNoticedAndHarmNothing(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	path := remembered(t, c, dir)
	copied := filepath.Join(t.TempDir(), "copy.counterbook")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(copied, data, 0o600))
	a, b := reopen(t, path, remembering(c, dir)), reopen(t, copied, remembering(c, dir))
	sa, sb := signIn(t, a, 0, ownerPass), signIn(t, b, 0, ownerPass)
	addCustomer(t)(sa)
	addCustomer(t)(sb)
	sa.Close()
	require.NoError(t, a.Close())
	require.ErrorIs(t, reopen(t, path, remembering(c, dir)).Standing(), store.ErrForked)
}

func TestABookThatWentBackIsNotRewrittenAndARewriteIsRemembered(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	path := remembered(t, c, dir)
	old, err := os.ReadFile(path)
	require.NoError(t, err)
	visit(t, path, remembering(c, dir), func(s *store.Session) {
		require.NoError(t, s.Vault().Rewrite(t.Context(), func(tx *vault.Tx) error { tx.Event([]byte{}); return nil }, nil))
	})
	require.NoError(t, os.WriteFile(path, old, 0o600))
	b := reopen(t, path, remembering(c, dir))
	var older *store.OlderError
	require.ErrorAs(t, b.Standing(), &older)
	require.EqualValues(t, 2, older.Missing, "signing in and the rewrite")
	s := signIn(t, b, 0, ownerPass)
	require.Error(t, s.Vault().Rewrite(t.Context(), nil, nil))
	now, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, bytes.Equal(old, now))
}

func TestAComputerThatCannotRememberABookSaysSo(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	state := filepath.Join(dir, "state")
	require.NoError(t, os.WriteFile(state, nil, 0o600)) // a file where the folder would be
	path := remembered(t, c, state)
	b := reopen(t, path, remembering(c, state))
	s := signIn(t, b, 0, ownerPass)
	require.Error(t, b.Forgets())
	require.NoError(t, os.Remove(state))
	addCustomer(t)(s)
	require.NoError(t, b.Forgets(), "it is tried again with each change")
	require.FileExists(t, filepath.Join(state, stateFile(t, state)))
}

// stateFile is the one file of what was seen of a book.
func stateFile(t *testing.T, dir string) string {
	list, err := filepath.Glob(filepath.Join(dir, "*.seen"))
	require.NoError(t, err)
	require.Len(t, list, 1)
	return filepath.Base(list[0])
}
