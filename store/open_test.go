package store_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"

	"counterbook/invoice"
	"counterbook/store"
)

func TestInvariant15AFileThatIsNoBookIsRefusedAndLeftAsItIs(t *testing.T) {
	b, _ := newBook(t, newClock())
	path := b.Info().Path
	require.NoError(t, b.Close())
	whole, err := os.ReadFile(path)
	require.NoError(t, err)

	foreign := filepath.Join(t.TempDir(), "foreign.db")
	db, err := bolt.Open(foreign, 0o600, nil)
	require.NoError(t, err)
	require.NoError(t, db.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("theirs")); return err }))
	require.NoError(t, db.Close())
	other, err := os.ReadFile(foreign)
	require.NoError(t, err)

	flipped := bytes.Clone(whole)
	flipped[16+48] ^= 1 // the first meta page's transaction
	second := bytes.Clone(whole)
	second[4096+16+48] ^= 1

	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"zero length":        {nil, store.ErrNotBook},
		"text":               {[]byte(strings.Repeat("no book ", 4096)), store.ErrNotBook},
		"another database":   {other, store.ErrNotBook},
		"cut in a page":      {whole[:len(whole)-100], store.ErrDamaged},
		"cut after pages":    {whole[:5*4096], store.ErrDamaged},
		"cut to two pages":   {whole[:2*4096], store.ErrDamaged},
		"first page flipped": {flipped, store.ErrDamaged},
		"second flipped":     {second, store.ErrDamaged},
		"both zeroed":        {append(make([]byte, 2*4096), whole[2*4096:]...), store.ErrDamaged},
		"first page zeroed":  {append(make([]byte, 4096), whole[4096:]...), store.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			p := filepath.Join(t.TempDir(), "x.counterbook")
			require.NoError(t, os.WriteFile(p, c.content, 0o600))
			long := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
			require.NoError(t, os.Chtimes(p, long, long))
			_, err := store.Open(p, options(newClock()))
			require.ErrorIs(t, err, c.want)
			_, err = store.Check(p)
			require.ErrorIs(t, err, c.want)
			after, err := os.ReadFile(p)
			require.NoError(t, err)
			require.True(t, bytes.Equal(c.content, after))
			st, err := os.Stat(p)
			require.NoError(t, err)
			require.True(t, st.ModTime().Equal(long))
			require.Len(t, names(t, filepath.Dir(p)), 1)
		})
	}
	t.Run("missing", func(t *testing.T) {
		p := filepath.Join(t.TempDir(), "missing.counterbook")
		_, err := store.Open(p, options(newClock()))
		require.ErrorIs(t, err, os.ErrNotExist)
		require.Empty(t, names(t, filepath.Dir(p)))
	})
	t.Run("folder", func(t *testing.T) {
		_, err := store.Open(t.TempDir(), options(newClock()))
		require.Error(t, err)
	})
}

// names lists what is in a folder.
func names(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestABookIsMadeOnlyWhereNothingIsAndOnlyWithAConfirmedKit(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "Läden & Söhne ☕.counterbook")
	k := store.NewKit()
	owner := store.NewProfile{Nickname: "Marta", Passphrase: ownerPass}
	_, err := store.Create(path, k, shop(), owner, options(newClock()))
	require.ErrorIs(t, err, store.ErrKitNotConfirmed)
	require.Empty(t, names(t, dir))
	confirm(t, k)
	require.NoError(t, os.WriteFile(path, []byte("mine"), 0o600))
	_, err = store.Create(path, k, shop(), owner, options(newClock()))
	require.ErrorIs(t, err, store.ErrExists)
	kept, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "mine", string(kept))
	require.NoError(t, os.Remove(path))
	b, err := store.Create(path, k, shop(), owner, options(newClock()))
	require.NoError(t, err)
	require.Len(t, names(t, dir), 1)
	_, err = store.Open(path, options(newClock()))
	require.ErrorIs(t, err, store.ErrBusy)
	require.NoError(t, b.Close())
}

func confirm(t testing.TB, k *store.Kit) {
	t.Helper()
	ask, groups := k.Ask(), k.Groups()
	require.NoError(t, k.Confirm(groups[ask[0]], groups[ask[1]]))
}

func TestAWrongPassphraseCostsGrowingTime(t *testing.T) {
	c := newClock()
	b, s := newBook(t, c)
	s.Close()
	me := b.Info().Profiles[0].ID
	wait := time.Duration(0)
	for range 4 {
		_, err := b.SignIn(me, store.Passphrase("wrong"))
		require.ErrorIs(t, err, store.ErrWrongPassphrase)
		_, err = b.SignIn(me, store.Passphrase(ownerPass))
		var soon *store.TooSoonError
		require.ErrorAs(t, err, &soon)
		require.Greater(t, soon.Wait, wait)
		wait = soon.Wait
		c.at = c.at.Add(wait)
	}
	s, err := b.SignIn(me, store.Passphrase(ownerPass))
	require.NoError(t, err)
	a, err := s.Activity()
	require.NoError(t, err)
	events, err := a.Events(1)
	require.NoError(t, err)
	require.Equal(t, 4, events[0].Count)
	s.Close()

	// A clock set back does not lock anybody out.
	_, err = b.SignIn(me, store.Passphrase("wrong"))
	require.ErrorIs(t, err, store.ErrWrongPassphrase)
	c.at = c.at.AddDate(-1, 0, 0)
	_ = signIn(t, b, 0, ownerPass)
}

func TestThePassphraseIsTheSameHoweverItsLettersAreWritten(t *testing.T) {
	b, s := newBook(t, newClock())
	require.NoError(t, s.ChangePassphrase(ownerPass, "Café à Zürich 2026")) // composed
	s.Close()
	_ = signIn(t, b, 0, "Cafe\u0301 a\u0300 Zu\u0308rich 2026") // decomposed
}

func TestInvariant26AUsedKitWantsANewPassphraseAndIsReplaced(t *testing.T) {
	c := newClock()
	k := store.NewKit()
	confirm(t, k)
	b, err := store.Create(filepath.Join(t.TempDir(), "shop.counterbook"), k, shop(),
		store.NewProfile{Nickname: "Marta", Passphrase: ownerPass}, options(c))
	require.NoError(t, err)
	defer b.Close()
	typed, err := store.ParseKit(strings.ToLower(strings.Join(k.Groups(), " - ")))
	require.NoError(t, err)
	s, err := b.SignInWithKit(typed)
	require.NoError(t, err)
	opensNothing(t, s)
	require.True(t, s.MustChange())
	fresh := confirmedKit(t)
	require.ErrorIs(t, s.AddKit(typed, fresh), store.ErrNoRight, "the passphrase comes first")
	require.NoError(t, s.NewPassphrase(typed, "a new passphrase"))
	require.True(t, s.NeedsKit() && !s.MustChange())
	opensNothing(t, s)
	s.Close()

	s = signIn(t, b, 0, "a new passphrase")
	require.True(t, s.NeedsKit(), "who left is asked again")
	opensNothing(t, s)
	require.NoError(t, s.ChangePassphrase("a new passphrase", "and one more passphrase"))
	require.True(t, s.NeedsKit())
	used := runs16(store.Slots(t, b, s.Profile().ID)...)
	require.NoError(t, s.AddKit(store.Passphrase("and one more passphrase"), fresh))
	require.True(t, s.Can(store.ManageStaff))
	_, err = b.SignInWithKit(typed)
	require.ErrorIs(t, err, store.ErrWrongKit, "a used kit is not used again")
	for r := range runs16(store.Slots(t, b, s.Profile().ID)...) {
		delete(used, r)
	}
	require.NotEmpty(t, used)
	require.Zero(t, shared(t, b, used), "nor is it in what was freed")
	c.at = c.at.Add(time.Minute) // a wrong kit lets the next try wait
	s, err = b.SignInWithKit(fresh)
	require.NoError(t, err)
	opensNothing(t, s)
	_, err = b.SignInWithKit(store.NewKit())
	require.ErrorIs(t, err, store.ErrWrongKit)
}

func TestInvariant26AMistypedKitSaysInWhichGroup(t *testing.T) {
	const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	k := store.NewKit()
	groups := k.Groups()
	require.Len(t, groups, 8)
	for g := range groups {
		for at := range groups[g] {
			for _, wrong := range symbols {
				if byte(wrong) == groups[g][at] {
					continue
				}
				bad := append([]string(nil), groups...)
				bad[g] = groups[g][:at] + string(wrong) + groups[g][at+1:]
				_, err := store.ParseKit(strings.Join(bad, " "))
				var ke *store.KitError
				require.ErrorAs(t, err, &ke)
				require.Equal(t, g+1, ke.Group)
			}
			if at > 0 && groups[g][at] != groups[g][at-1] {
				bad := append([]string(nil), groups...)
				bad[g] = groups[g][:at-1] + groups[g][at:at+1] + groups[g][at-1:at] + groups[g][at+1:]
				_, err := store.ParseKit(strings.Join(bad, ""))
				require.Equal(t, &store.KitError{Group: g + 1}, err)
			}
		}
	}
	_, err := store.ParseKit("short")
	require.Equal(t, &store.KitError{}, err)
	require.Error(t, k.Confirm("AAAAA", "BBBBB"))
}

func TestInvariant19AReplacedFileIsNotWrittenTo(t *testing.T) {
	b, s := newBook(t, newClock())
	path := b.Info().Path
	cs, err := s.Customers()
	require.NoError(t, err)
	_, err = anyway(cs, giulia())
	require.NoError(t, err)
	if err := os.Rename(path, path+".old"); err != nil {
		// Windows keeps the open file's name in its place, which is as good.
		require.FileExists(t, path)
		return
	}
	require.NoError(t, os.WriteFile(path, []byte("from elsewhere"), 0o600))
	_, err = cs.Save(store.Customer{Name: "Lost"})
	require.ErrorIs(t, err, store.ErrMoved)
	now, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "from elsewhere", string(now))
}

func TestACompactedBookIsSmallerAndTheSame(t *testing.T) {
	b, s := newBook(t, newClock())
	for i := range 300 {
		_, err := customers(t, s).Save(store.Customer{Name: fmt.Sprintf("Customer %03d", i)})
		require.NoError(t, err)
	}
	ds, err := s.Drafts()
	require.NoError(t, err)
	for range 20 { // two megabytes that are given up again
		d, err := ds.Save(store.Draft{Doc: invoice.Document{Lines: slices.Repeat([]invoice.Line{frame()}, 500)}})
		require.NoError(t, err)
		require.NoError(t, ds.Discard(d.ID))
	}
	want, err := customers(t, s).List("")
	require.NoError(t, err)
	path := b.Info().Path
	require.ErrorIs(t, store.Compact(path), store.ErrBusy, "it is open")
	s.Close()
	require.NoError(t, b.Close())
	before, err := store.Check(path)
	require.NoError(t, err)
	require.NoError(t, store.Compact(path))
	after, err := store.Check(path)
	require.NoError(t, err)
	require.Less(t, after.Size, before.Size)
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, left, 1, "nothing is left beside it")

	b, err = store.Open(path, options(newClock()))
	require.NoError(t, err)
	defer b.Close()
	s = signIn(t, b, 0, ownerPass)
	got, err := customers(t, s).List("")
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.NoError(t, s.CheckAreas(context.Background()))
	_, err = customers(t, s).Save(store.Customer{Name: "One more"})
	require.NoError(t, err)

	broken := filepath.Join(t.TempDir(), "broken.counterbook")
	require.NoError(t, os.WriteFile(broken, []byte("no book"), 0o600))
	require.ErrorIs(t, store.Compact(broken), store.ErrNotBook)
}
