package store_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/store"
)

const goodPIN = "739154"

// awakeClock is a computer that can sleep.
type awakeClock struct {
	clock
	awake time.Duration
}

func (c *awakeClock) pass(d time.Duration)  { c.at, c.awake = c.at.Add(d), c.awake+d }
func (c *awakeClock) sleep(d time.Duration) { c.at = c.at.Add(d) }

// pausedBook is a book to which Marta can come back with goodPIN.
func pausedBook(t *testing.T) (*awakeClock, *store.Book, store.ProfileID) {
	t.Helper()
	c := &awakeClock{clock: *newClock()}
	b, _ := newBookWithKit(t, &c.clock)
	path := b.Info().Path
	require.NoError(t, b.Close())
	o := options(&c.clock)
	o.Awake = func() time.Duration { return c.awake }
	b, err := store.Open(path, o)
	require.NoError(t, err)
	t.Cleanup(func() { b.Close() })
	s := signIn(t, b, 0, ownerPass)
	require.NoError(t, s.SetPIN(goodPIN))
	require.True(t, b.Pause(s))
	require.True(t, s.Ended())
	return c, b, b.Info().Profiles[0].ID
}

func TestAPINLeadsBackToTheSessionAndAgainAndAgain(t *testing.T) {
	c, b, marta := pausedBook(t)
	for range 3 {
		require.Equal(t, []store.ProfileID{marta}, b.Resumable())
		c.pass(time.Hour)
		s, err := b.Resume(marta, goodPIN)
		require.NoError(t, err)
		require.Empty(t, b.Resumable())
		require.True(t, s.Can(store.ManageStaff))
		_, err = anyway(customers(t, s), giulia())
		require.NoError(t, err)
		e := must(must(s.Activity()).Events(2))[1]
		require.Equal(t, store.Resumed, e.Kind)
		require.True(t, b.Pause(s), "the PIN stays the session's")
	}
}

func TestAPINIsNoStepUp(t *testing.T) {
	_, b, marta := pausedBook(t)
	s, err := b.Resume(marta, goodPIN)
	require.NoError(t, err)
	defer s.Close()
	_, err = s.Export()
	require.ErrorIs(t, err, store.ErrStepUp)
	require.ErrorIs(t, s.SetPIN("918273"), store.ErrStepUp, "nor does it make another PIN")
	require.NoError(t, s.StepUp(store.Passphrase(ownerPass)))
	_, err = s.Export()
	require.NoError(t, err)
}

func TestInvariant07FiveWrongPINsEndIt(t *testing.T) {
	c, b, marta := pausedBook(t)
	for n := range 4 {
		_, err := b.Resume(marta, "102938")
		var wrong *store.WrongPINError
		require.ErrorAs(t, err, &wrong)
		require.Equal(t, 4-n, wrong.Left)
		var soon *store.TooSoonError
		_, err = b.Resume(marta, goodPIN)
		require.ErrorAs(t, err, &soon)
		require.Equal(t, time.Second<<n, soon.Wait)
		c.pass(soon.Wait)
	}
	_, err := b.Resume(marta, "102938")
	require.ErrorIs(t, err, store.ErrPINGone)
	require.Empty(t, b.Resumable())
	_, err = b.Resume(marta, goodPIN)
	require.ErrorIs(t, err, store.ErrPINGone)
	s := signIn(t, b, 0, ownerPass)
	require.False(t, s.HasPIN())
	require.False(t, b.Pause(s), "without a PIN there is nothing to come back to")
}

func TestWrongPINsBeforeTheRightOneAreLogged(t *testing.T) {
	c, b, marta := pausedBook(t)
	for range 2 {
		_, err := b.Resume(marta, "102938")
		require.ErrorIs(t, err, store.ErrWrongPIN)
		c.pass(time.Minute)
	}
	s, err := b.Resume(marta, goodPIN)
	require.NoError(t, err)
	defer s.Close()
	e := must(must(s.Activity()).Events(1))[0]
	require.Equal(t, store.Resumed, e.Kind)
	require.Equal(t, 2, e.Count)
}

func TestInvariant07APINEndsWithTheDayWithSleepAndWithTheProcess(t *testing.T) {
	for name, end := range map[string]func(*awakeClock, *store.Book){
		"twelve hours":               func(c *awakeClock, _ *store.Book) { c.pass(12 * time.Hour) },
		"sleep":                      func(c *awakeClock, _ *store.Book) { c.sleep(time.Minute) },
		"a clock set forward":        func(c *awakeClock, _ *store.Book) { c.sleep(time.Hour) },
		"a clock set back":           func(c *awakeClock, _ *store.Book) { c.sleep(-time.Minute) },
		"a clock set back to before": func(c *awakeClock, _ *store.Book) { c.pass(time.Hour); c.sleep(-2 * time.Hour) },
		"lock":                       func(_ *awakeClock, b *store.Book) { b.DropPaused() },
		"the end":                    func(_ *awakeClock, b *store.Book) { b.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			c, b, marta := pausedBook(t)
			end(c, b)
			require.Empty(t, b.Resumable())
			_, err := b.Resume(marta, goodPIN)
			require.ErrorIs(t, err, store.ErrPINGone)
		})
	}
	c, b, marta := pausedBook(t)
	c.pass(12*time.Hour - time.Second)
	c.sleep(20 * time.Second) // the time service set the clock right
	c.pass(-20 * time.Second)
	s, err := b.Resume(marta, goodPIN)
	require.NoError(t, err)
	require.True(t, b.Pause(s))
	c.pass(2 * time.Second)
	require.Empty(t, b.Resumable(), "coming back does not make the day longer")
}

func TestAPINEndsWithTheRightsOfTheProfile(t *testing.T) {
	for name, do := range map[string]func(*store.Staff, store.ProfileID) error{
		"disabled": func(st *store.Staff, id store.ProfileID) error { return st.Disable(id) },
		"reset":    func(st *store.Staff, id store.ProfileID) error { return st.ResetPassphrase(id, "words of the slip") },
		"owes": func(st *store.Staff, id store.ProfileID) error {
			return st.Change(id, "Jonas", store.Owner, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			b, owner := newBook(t, newClock())
			jonas := addStaff(t, b, owner, "Jonas", store.FrontDesk)
			id := jonas.Profile().ID
			require.NoError(t, jonas.SetPIN(goodPIN))
			require.True(t, b.Pause(jonas))
			require.NoError(t, do(must(owner.Staff()), id))
			_, err := b.Resume(id, goodPIN)
			require.ErrorIs(t, err, store.ErrPINGone)
			require.Empty(t, b.Resumable())
		})
	}
	b, owner := newBook(t, newClock())
	jonas := addStaff(t, b, owner, "Jonas", store.FrontDesk)
	id := jonas.Profile().ID
	require.NoError(t, jonas.SetPIN(goodPIN))
	require.True(t, b.Pause(jonas))
	require.NoError(t, must(owner.Staff()).Change(id, "Jonas", store.Workshop, nil))
	s, err := b.Resume(id, goodPIN)
	require.NoError(t, err)
	defer s.Close()
	require.False(t, s.Can(store.IssueInvoices), "who comes back has the rights of now")
}

func TestAFullSignInEndsWhatThePINHeld(t *testing.T) {
	_, b, marta := pausedBook(t)
	s := signIn(t, b, 0, ownerPass)
	require.Empty(t, b.Resumable())
	_, err := b.Resume(marta, goodPIN)
	require.ErrorIs(t, err, store.ErrPINGone)
	require.True(t, s.Can(store.ReadShop))
}

func TestWhatAnybodyTriesFirstIsNoPIN(t *testing.T) {
	for _, p := range []string{"", "123", "1234567", "12a4", "１２３４", "12 34", "-123"} {
		require.ErrorIs(t, store.CheckPIN(p), store.ErrPINForm, p)
	}
	for _, p := range []string{"0000", "1111", "999999", "1234", "123456", "4321", "987654", "7890", "1212", "123123", "121212", "1984", "2026", "2580"} {
		require.ErrorIs(t, store.CheckPIN(p), store.ErrPINWeak, p)
	}
	_, s := newBook(t, newClock())
	require.ErrorIs(t, s.SetPIN("0000"), store.ErrPINWeak)
	require.False(t, s.HasPIN())
	refused := 0
	for n := range 10_000 {
		if store.CheckPIN(string([]byte{byte('0' + n/1000), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})) != nil {
			refused++
		}
	}
	require.Less(t, refused, 400, "what is left is enough to choose from")
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.StringMatching(`[0-9]{4,6}`).Draw(t, "pin")
		require.NotErrorIs(t, store.CheckPIN(p), store.ErrPINForm)
	})
}

func TestAPausedSessionThatDoesNothingLeavesTheBookAsItWas(t *testing.T) {
	c := newClock()
	b, s := newBook(t, c)
	before, err := os.ReadFile(b.Info().Path)
	require.NoError(t, err)
	require.NoError(t, s.SetPIN(goodPIN))
	require.True(t, b.Pause(s))
	for range 3 {
		_, err := b.Resume(b.Info().Profiles[0].ID, "102938")
		require.ErrorIs(t, err, store.ErrWrongPIN)
		c.at = c.at.Add(time.Minute)
	}
	after, err := os.ReadFile(b.Info().Path)
	require.NoError(t, err)
	require.Equal(t, before, after)
}
