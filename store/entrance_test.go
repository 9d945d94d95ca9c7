package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	bolt "go.etcd.io/bbolt"

	"counterbook/store"
)

const slip = "words from the slip"

// given makes a profile with a passphrase that was given to it.
func given(t *testing.T, owner *store.Session, name string, r store.Role) store.Profile {
	t.Helper()
	p, err := must(owner.Staff()).Add(store.NewProfile{Nickname: name, Role: r, Passphrase: slip})
	require.NoError(t, err)
	return p
}

// opensNothing tries every right and every call.
func opensNothing(t *testing.T, s *store.Session) {
	t.Helper()
	for _, r := range store.Rights() {
		require.False(t, s.Can(r), r)
	}
	for _, c := range calls {
		require.ErrorIs(t, c.do(s), store.ErrNoRight, c.name)
	}
}

func TestAFirstPassphraseOpensNothingUntilItWasChanged(t *testing.T) {
	c := newClock()
	b, owner := newBook(t, c)
	jonas := given(t, owner, "Jonas", store.FrontDesk)
	require.True(t, jonas.First)
	s, err := b.SignIn(jonas.ID, store.Passphrase(slip))
	require.NoError(t, err)
	require.True(t, s.MustChange())
	opensNothing(t, s)
	for _, same := range []string{slip, " Words  FROM the slip "} {
		require.ErrorIs(t, s.ChangePassphrase(slip, same), store.ErrSamePassphrase)
	}
	require.ErrorIs(t, s.ChangePassphrase("not the slip", "my own words here"), store.ErrWrongPassphrase)
	c.at = c.at.Add(time.Second)
	opensNothing(t, s)
	s.Close()

	s, err = b.SignIn(jonas.ID, store.Passphrase(slip))
	require.NoError(t, err, "who left without can come again")
	require.True(t, s.MustChange())
	require.NoError(t, s.ChangePassphrase(slip, "my own words here"))
	require.False(t, s.MustChange())
	require.True(t, s.Can(store.ReadNotes))
	require.False(t, s.Can(store.ManageStaff))
	s.Close()
	_, err = b.SignIn(jonas.ID, store.Passphrase(slip))
	require.ErrorIs(t, err, store.ErrWrongPassphrase, "the slip is worth nothing any more")
	c.at = c.at.Add(time.Minute)
	s, err = b.SignIn(jonas.ID, store.Passphrase("my own words here"))
	require.NoError(t, err)
	defer s.Close()
	require.False(t, s.MustChange())
	require.NoError(t, owner.Vault().Verify())
}

func TestAResetPassphraseIsAFirstOneAgain(t *testing.T) {
	b, owner := newBook(t, newClock())
	jonas := addStaff(t, b, owner, "Jonas", store.FrontDesk)
	require.False(t, jonas.MustChange())
	id := jonas.Profile().ID
	st := must(owner.Staff())
	require.NoError(t, st.ResetPassphrase(id, slip))
	require.True(t, jonas.Ended(), "the running session is of no use")
	opensNothing(t, jonas)
	list, err := st.List()
	require.NoError(t, err)
	require.True(t, list[1].First)
	s, err := b.SignIn(id, store.Passphrase(slip))
	require.NoError(t, err)
	defer s.Close()
	opensNothing(t, s)
	require.NoError(t, s.ChangePassphrase(slip, "my own words here"))
	require.True(t, s.Can(store.ReadNotes))
	list, err = st.List()
	require.NoError(t, err)
	require.False(t, list[1].First)
}

// stored is what the file keeps of what opens a profile.
func stored(t *testing.T, b *store.Book, id store.ProfileID) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy")
	data, err := os.ReadFile(b.Info().Path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, data, 0o600))
	db, err := bolt.Open(path, 0o600, nil)
	require.NoError(t, err)
	defer db.Close()
	var out []byte
	require.NoError(t, db.View(func(tx *bolt.Tx) error {
		out = bytes.Clone(tx.Bucket([]byte("book")).Get(append([]byte("p"), id[:]...)))
		return nil
	}))
	require.NotEmpty(t, out)
	return out
}

func TestTheFileDoesNotSayWhoHasAFirstPassphrase(t *testing.T) {
	b, owner := newBook(t, newClock())
	first := given(t, owner, "Tom", store.Workshop)
	own := addStaff(t, b, owner, "Pia", store.Workshop).Profile()
	require.Len(t, stored(t, b, own.ID), len(stored(t, b, first.ID)))
}

func TestOwnersPassphrasesCostAnOwnersDerivation(t *testing.T) {
	o := options(newClock())
	o.KDF = nil // the real costs
	b, err := store.Create(filepath.Join(t.TempDir(), "shop.counterbook"), confirmedKit(t), shop(),
		store.NewProfile{Nickname: "Marta", Passphrase: "grape lantern oboe quilt"}, o)
	require.NoError(t, err)
	defer b.Close()
	owner := signIn(t, b, 0, "grape lantern oboe quilt")
	st := must(owner.Staff())
	const first, own = "swan pebble tonic ridge", "cobalt fern harvest jug"
	staff, dear := cbor64MiB, cbor256MiB
	for _, p := range []struct {
		nickname string
		role     store.Role
		cost     []byte
	}{{"Lena", store.Owner, dear}, {"Jonas", store.Manager, staff}} {
		made, err := st.Add(store.NewProfile{Nickname: p.nickname, Role: p.role, Passphrase: first})
		require.NoError(t, err)
		require.True(t, bytes.Contains(stored(t, b, made.ID), p.cost), p.nickname)
	}
	jonas := signIn(t, b, 2, first)
	require.NoError(t, st.Change(jonas.Profile().ID, "Jonas", store.Owner, nil))
	require.NoError(t, jonas.ChangePassphrase(first, own))
	kept := stored(t, b, jonas.Profile().ID)
	require.True(t, bytes.Contains(kept, dear))
	require.False(t, bytes.Contains(kept, staff))
}

// Numbers of KiB as CBOR writes them, RFC 8949 §3.
var cbor64MiB, cbor256MiB = []byte{0x1a, 0, 1, 0, 0}, []byte{0x1a, 0, 4, 0, 0}

func TestGuessingTheSecretThatIsToBeReplacedIsSlowedDown(t *testing.T) {
	for name, try := range map[string]func(s *store.Session, wrong bool, k, fresh *store.Kit) error{
		"passphrase": func(s *store.Session, wrong bool, _, _ *store.Kit) error {
			return s.ChangePassphrase(either(wrong, "a guess", ownerPass), "another passphrase")
		},
		"kit": func(s *store.Session, wrong bool, _, fresh *store.Kit) error {
			return s.AddKit(store.Passphrase(either(wrong, "a guess", ownerPass)), fresh)
		},
		"passphrase by the kit": func(s *store.Session, wrong bool, k, fresh *store.Kit) error {
			return s.NewPassphrase(either(wrong, fresh, k), "another passphrase")
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClock()
			b, k := newBookWithKit(t, c)
			s, fresh := signIn(t, b, 0, ownerPass), confirmedKit(t)
			var soon *store.TooSoonError
			for _, wait := range []time.Duration{time.Second, 2 * time.Second} {
				require.Error(t, try(s, true, k, fresh))
				require.ErrorAs(t, try(s, false, k, fresh), &soon, "the right one waits, too")
				require.Equal(t, wait, soon.Wait)
				_, err := b.SignIn(s.Profile().ID, store.Passphrase(ownerPass))
				require.ErrorAs(t, err, &soon, "the tries are those of the sign-in")
				c.at = c.at.Add(wait)
			}
			require.NoError(t, try(s, false, k, fresh))
		})
	}
}

func either[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}

func TestANewOwnerGetsNowhereWithoutAKitOfTheirOwn(t *testing.T) {
	c := newClock()
	b, first := newBookWithKit(t, c)
	owner := signIn(t, b, 0, ownerPass)
	lena := given(t, owner, "Lena", store.Owner)
	require.True(t, lena.NoKit)
	s, err := b.SignIn(lena.ID, store.Passphrase(slip))
	require.NoError(t, err)
	defer s.Close()
	require.True(t, s.NeedsKit())
	kit := confirmedKit(t)
	require.ErrorIs(t, s.AddKit(store.Passphrase(slip), kit), store.ErrNoRight, "the passphrase comes first")
	require.NoError(t, s.ChangePassphrase(slip, "my own words here"))
	opensNothing(t, s)
	require.ErrorIs(t, s.AddKit(store.Passphrase("my own words here"), store.NewKit()), store.ErrKitNotConfirmed)
	require.ErrorIs(t, s.AddKit(store.Passphrase("not mine"), kit), store.ErrWrongPassphrase)
	c.at = c.at.Add(time.Second)
	opensNothing(t, s)
	require.NoError(t, s.AddKit(store.Passphrase("my own words here"), kit))
	require.False(t, s.NeedsKit())
	require.True(t, s.Can(store.ManageStaff))

	for k, want := range map[*store.Kit]string{first: "Marta", kit: "Lena"} {
		in, err := b.SignInWithKit(k)
		require.NoError(t, err, "each owner's kit opens, and the other one counts no wrong try")
		require.Equal(t, want, in.Profile().Nickname)
		in.Close()
	}
	_, err = b.SignInWithKit(confirmedKit(t))
	require.ErrorIs(t, err, store.ErrWrongKit)
	require.NoError(t, owner.Vault().Verify())
}

func TestStaffHaveNoKit(t *testing.T) {
	b, owner := newBook(t, newClock())
	s := addStaff(t, b, owner, "Jonas", store.Manager)
	require.False(t, s.NeedsKit())
	require.ErrorIs(t, s.AddKit(store.Passphrase("Jonas passphrase"), confirmedKit(t)), store.ErrNoRight)
}

func TestWhoBecomesAnOwnerChoosesAnotherPassphraseAndMakesAKit(t *testing.T) {
	b, owner := newBook(t, newClock())
	s := addStaff(t, b, owner, "Lena", store.Manager)
	st := must(owner.Staff())
	require.NoError(t, st.Change(s.Profile().ID, "Lena", store.Owner, nil))
	require.False(t, s.Ended())
	require.True(t, s.MustChange() && s.NeedsKit())
	opensNothing(t, s)
	require.ErrorIs(t, s.ChangePassphrase("Lena passphrase", "Lena passphrase"), store.ErrSamePassphrase)
	require.NoError(t, s.ChangePassphrase("Lena passphrase", "my own words here"))
	kit := confirmedKit(t)
	require.NoError(t, s.AddKit(store.Passphrase("my own words here"), kit))
	require.True(t, s.Can(store.ManageStaff))

	require.NoError(t, st.Change(s.Profile().ID, "Lena", store.Manager, nil))
	require.True(t, s.Can(store.ReadNotes))
	_, err := b.SignInWithKit(kit)
	require.ErrorIs(t, err, store.ErrWrongKit, "the sheet of who is no owner any more opens nothing")
}

func TestAnOwnersForgottenPassphraseIsResetByAnotherOwner(t *testing.T) {
	b, firstKit := newBookWithKit(t, newClock())
	owner := signIn(t, b, 0, ownerPass)
	lena := addStaff(t, b, owner, "Lena", store.Owner)
	require.NoError(t, lena.AddKit(store.Passphrase("Lena passphrase"), confirmedKit(t)))
	hers := must(lena.Staff())
	marta := owner.Profile().ID
	require.NoError(t, hers.ResetPassphrase(marta, slip))
	require.True(t, owner.Ended())
	_, err := b.SignInWithKit(firstKit)
	require.ErrorIs(t, err, store.ErrWrongKit, "the kit went with the passphrase")
	require.ErrorIs(t, hers.ResetPassphrase(lena.Profile().ID, slip), store.ErrLastOwner)
	require.ErrorIs(t, hers.Disable(lena.Profile().ID), store.ErrLastOwner)

	s, err := b.SignIn(marta, store.Passphrase(slip))
	require.NoError(t, err)
	defer s.Close()
	require.True(t, s.MustChange() && s.NeedsKit())
	require.NoError(t, s.ChangePassphrase(slip, "my own words here"))
	require.NoError(t, s.AddKit(store.Passphrase("my own words here"), confirmedKit(t)))
	require.True(t, s.Can(store.ManageStaff))
	require.NoError(t, hers.Disable(lena.Profile().ID))
}

func TestEverybodyKnowsWhomToAsk(t *testing.T) {
	b, owner := newBook(t, newClock())
	jonas := addStaff(t, b, owner, "Jonas", store.Trainee)
	lena := addStaff(t, b, owner, "Lena", store.Owner)
	all, err := jonas.Owners()
	require.NoError(t, err)
	require.Equal(t, []store.ProfileInfo{{ID: owner.Profile().ID, Nickname: "Marta"}, {ID: lena.Profile().ID, Nickname: "Lena"}}, all)
	require.NoError(t, must(owner.Staff()).Disable(lena.Profile().ID))
	all, err = jonas.Owners()
	require.NoError(t, err)
	require.Len(t, all, 1)
}

func TestAChangeOfRightsIsToldAtOnceAndOtherChangesAreNot(t *testing.T) {
	b, owner := newBook(t, newClock())
	jonas := addStaff(t, b, owner, "Jonas", store.FrontDesk)
	told := 0
	b.OnRights(func() {
		told++
		require.False(t, jonas.Can(store.AddNotes), "it holds already, and the session can be asked")
	})
	require.NoError(t, must(owner.Staff()).Change(jonas.Profile().ID, "Jonas", store.FrontDesk, []store.Right{store.AddNotes}))
	require.Equal(t, 1, told)
	_, err := anyway(customers(t, owner), giulia())
	require.NoError(t, err)
	require.Equal(t, 1, told)
	b.OnRights(nil)
	require.NoError(t, must(owner.Staff()).Change(jonas.Profile().ID, "Jonas", store.FrontDesk, nil))
	require.Equal(t, 1, told)
}
