package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

// guarded is what wants the secret again, each as an owner may do it.
func guarded(t *testing.T, other store.ProfileID) map[string]func(*store.Session) error {
	name := 0
	staff := func(do func(*store.Staff) error) func(*store.Session) error {
		return func(s *store.Session) error { return do(must(s.Staff())) }
	}
	return map[string]func(*store.Session) error{
		"export": func(s *store.Session) error { _, err := s.Export(); return err },
		"add": staff(func(st *store.Staff) error {
			name++
			_, err := st.Add(store.NewProfile{Nickname: "Tim " + string(rune('a'+name)), Role: store.Trainee, Passphrase: "words"})
			return err
		}),
		"change":  staff(func(st *store.Staff) error { return st.Change(other, "Jonas", store.FrontDesk, nil) }),
		"disable": staff(func(st *store.Staff) error { return st.Disable(other) }),
		"reset":   staff(func(st *store.Staff) error { return st.ResetPassphrase(other, "words") }),
	}
}

func TestWhatAnOpenScreenMustNotGiveAwayWantsTheSecretAgain(t *testing.T) {
	for name, do := range guarded(t, store.ID{}) {
		c := newClock()
		b, owner := newBook(t, c)
		jonas := addStaff(t, b, owner, "Jonas", store.FrontDesk).Profile().ID
		do = guarded(t, jonas)[name]
		c.at = c.at.Add(5 * time.Minute)
		before := len(must(must(owner.Activity()).Events(1000)))
		require.ErrorIs(t, do(owner), store.ErrStepUp, name)
		require.Len(t, must(must(owner.Activity()).Events(1000)), before, name)
		require.NoError(t, owner.StepUp(store.Passphrase(ownerPass)))
		c.at = c.at.Add(5*time.Minute - time.Second)
		require.NoError(t, do(owner), name)
	}
}

func TestASecretIsGoodForFiveMinutesOfAClockThatGoesForward(t *testing.T) {
	c := newClock()
	b, k := newBookWithKit(t, c)
	s := signIn(t, b, 0, ownerPass)
	may := func() bool { _, err := s.Export(); return err == nil }
	require.True(t, may(), "who signed in with a passphrase has just given it")
	c.at = c.at.Add(-time.Second)
	require.False(t, may(), "a clock that is set back ends it")
	require.NoError(t, s.StepUp(k), "the kit is a secret as well")
	require.True(t, may())
	c.at = c.at.Add(5 * time.Minute)
	require.False(t, may())
	_, err := b.SignInWithKit(k)
	require.NoError(t, err)
	require.False(t, may(), "each session asks for itself")
}

func TestGuessingAtAnOpenScreenIsSlowedDownAndLogged(t *testing.T) {
	c := newClock()
	b, s := newBook(t, c)
	c.at = c.at.Add(time.Hour)
	wrong := func() error { return s.StepUp(store.Passphrase("not it")) }
	require.ErrorIs(t, wrong(), store.ErrWrongPassphrase)
	var soon *store.TooSoonError
	require.ErrorAs(t, s.StepUp(store.Passphrase(ownerPass)), &soon, "the right one waits, too")
	c.at = c.at.Add(time.Second)
	require.ErrorIs(t, wrong(), store.ErrWrongPassphrase)
	require.ErrorAs(t, wrong(), &soon)
	require.Equal(t, 2*time.Second, soon.Wait)
	_, err := b.SignIn(s.Profile().ID, store.Passphrase(ownerPass))
	require.ErrorAs(t, err, &soon, "the tries are those of the sign-in")
	c.at = c.at.Add(2 * time.Second)
	require.NoError(t, s.StepUp(store.Passphrase(ownerPass)))
	e := must(must(s.Activity()).Events(1))[0]
	require.Equal(t, store.AskedAgain, e.Kind)
	require.Equal(t, 2, e.Count)
	require.NoError(t, s.StepUp(store.Passphrase(ownerPass)))
	require.Equal(t, e, must(must(s.Activity()).Events(1))[0], "the usual case fills no log")
	s.Close()
	require.ErrorIs(t, s.StepUp(store.Passphrase(ownerPass)), store.ErrClosed)
}

func TestAnotherPersonsSecretIsNoStepUp(t *testing.T) {
	c := newClock()
	b, owner := newBook(t, c)
	jonas := addStaff(t, b, owner, "Jonas", store.FrontDesk)
	require.ErrorIs(t, jonas.StepUp(store.Passphrase(ownerPass)), store.ErrWrongPassphrase)
	require.ErrorIs(t, owner.StepUp(store.Passphrase("Jonas passphrase")), store.ErrWrongPassphrase)
}
