package store_test

import (
	"context"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

// seen is when each profile was here last, by nickname.
func seen(t *testing.T, owner *store.Session) map[string]time.Time {
	t.Helper()
	list, err := must(owner.Staff()).List()
	require.NoError(t, err)
	out := map[string]time.Time{}
	for _, p := range list {
		out[p.Nickname] = p.LastIn
	}
	return out
}

func TestLastInIsTheLastSignInAlsoAfterAReset(t *testing.T) {
	c := newClock()
	b, owner := newBook(t, c)
	start := c.at
	given(t, owner, "Tom", store.Trainee)
	c.at = start.Add(time.Hour)
	require.NoError(t, owner.StepUp(store.Passphrase(ownerPass)))
	jonas := addStaff(t, b, owner, "Jonas", store.FrontDesk)
	want := map[string]time.Time{"Marta": start, "Tom": {}, "Jonas": c.at}
	require.Equal(t, want, seen(t, owner))

	c.at = start.Add(2 * time.Hour)
	require.NoError(t, jonas.Desk().Put("work", "half a name"))
	require.NoError(t, owner.Desk().Put("work", "half a name"))
	require.Equal(t, want, seen(t, owner), "what is left on a desk has no time of its own")
	_, err := b.SignIn(jonas.Profile().ID, store.Passphrase("wrong"))
	require.ErrorIs(t, err, store.ErrWrongPassphrase)
	require.Equal(t, want, seen(t, owner))
	_, err = anyway(customers(t, jonas), giulia())
	require.NoError(t, err)

	c.at = start.Add(30 * time.Hour)
	require.NoError(t, owner.StepUp(store.Passphrase(ownerPass)))
	require.NoError(t, must(owner.Staff()).ResetPassphrase(jonas.Profile().ID, slip))
	require.Equal(t, want, seen(t, owner), "a reset is no visit, and the visit before it is not forgotten")
	s, err := b.SignIn(jonas.Profile().ID, store.Passphrase(slip))
	require.NoError(t, err)
	defer s.Close()
	want["Jonas"] = c.at
	require.Equal(t, want, seen(t, owner))
	c.at = c.at.Add(time.Minute)
	require.NoError(t, must(owner.Staff()).Disable(jonas.Profile().ID))
	require.Equal(t, want, seen(t, owner), "nor is it forgotten with who is gone")
}

func TestASignInWithTheKitIsAVisitToo(t *testing.T) {
	c := newClock()
	b, kit := newBookWithKit(t, c)
	c.at = c.at.Add(time.Hour)
	s, err := b.SignInWithKit(kit)
	require.NoError(t, err)
	defer s.Close()
	require.NoError(t, s.NewPassphrase(kit, "a new passphrase"))
	require.NoError(t, s.AddKit(kit, confirmedKit(t)))
	require.Equal(t, c.at, seen(t, s)["Marta"])
}

// TestLastInDoesNotReadTheWholeLog compares the work on a long log and on a
// short one: a profile that was never here made List read everything.
func TestLastInDoesNotReadTheWholeLog(t *testing.T) {
	_, owner := newBook(t, newClock())
	for _, name := range []string{"Tom", "Pia", "Lena"} {
		given(t, owner, name, store.Trainee)
	}
	cost := func() int {
		st := must(owner.Staff())
		return int(testing.AllocsPerRun(3, func() {
			_, err := st.List()
			require.NoError(t, err)
		}))
	}
	before := cost()
	for range 400 {
		require.NoError(t, owner.LogSomething())
	}
	require.InDelta(t, before, cost(), float64(before)/2)
}

func TestAClockThatWasSetBackIsNoticedAndNothingIsLost(t *testing.T) {
	c := newClock()
	b, owner := newBook(t, c)
	noted := c.at
	_, back := owner.ClockBack()
	require.False(t, back)
	_, err := anyway(customers(t, owner), giulia())
	require.NoError(t, err)

	c.at = noted.Add(-20 * time.Hour)
	_, back = signIn(t, b, 0, ownerPass).ClockBack()
	require.False(t, back, "less than a day is a journey")

	c.at = noted.AddDate(-1, 0, 0)
	_, back = owner.ClockBack()
	require.True(t, back, "also while somebody is signed in")
	s := signIn(t, b, 0, ownerPass)
	last, back := s.ClockBack()
	require.True(t, back)
	require.Equal(t, noted, last)
	found, err := customers(t, s).List("giulia")
	require.NoError(t, err)
	require.Len(t, found, 1)
	_, err = customers(t, s).Save(store.Customer{Name: "Written a year ago"})
	require.NoError(t, err)
	jonas := addStaff(t, b, s, "Jonas", store.FrontDesk)
	_, back = jonas.ClockBack()
	require.False(t, back, "who was never here saw no other time")
	require.NoError(t, s.Vault().Verify())

	last, back = signIn(t, b, 0, ownerPass).ClockBack()
	require.True(t, back, "until somebody says that it is right")
	require.Equal(t, noted, last)
	require.NoError(t, s.TrustClock())
	_, back = s.ClockBack()
	require.False(t, back)
	_, back = signIn(t, b, 0, ownerPass).ClockBack()
	require.False(t, back)
	require.Equal(t, c.at, seen(t, s)["Marta"])
}

func TestAClockIsTrustedOnlyOnceThatIsWritten(t *testing.T) {
	c := newClock()
	b, _ := newBook(t, c)
	c.at = c.at.AddDate(0, 0, -10)
	s := signIn(t, b, 0, ownerPass)
	mended := store.FailCommits(t, syscall.ENOSPC, false)
	require.ErrorIs(t, s.TrustClock(), store.ErrFull)
	_, back := s.ClockBack()
	require.True(t, back)
	mended()
	require.NoError(t, s.TrustClock())
	_, back = s.ClockBack()
	require.False(t, back)
}

func TestAnOwnerLetsInvoicesGoOnAfterOneThatWasDatedYearsAhead(t *testing.T) {
	c := newClock()
	b, owner := newBook(t, c)
	jonas := addStaff(t, b, owner, "Jonas", store.FrontDesk)
	require.True(t, jonas.Can(store.IssueInvoices))
	right := c.at
	numbers := map[string]bool{}
	issued := func(want string) {
		t.Helper()
		_, doc, err := issue(t, owner, draft())
		require.NoError(t, err)
		require.Equal(t, want, doc.Number)
		require.False(t, numbers[doc.Number])
		numbers[doc.Number] = true
	}
	refused := func(s *store.Session) {
		t.Helper()
		_, _, err := issue(t, s, draft())
		require.Equal(t, invoice.Problems{{Field: "Date", Rule: "R-CLOCK", Args: []string{"2026-11-22", "2035-11-22"}}}, err)
	}
	issued("2026-0001")
	c.at = right.AddDate(9, 0, 0)
	issued("2035-0001")
	c.at = right

	refused(jonas)
	_, back := jonas.ClockBack()
	require.False(t, back, "it is not for him to confirm")
	require.NoError(t, jonas.TrustClock())
	refused(jonas)

	owner = signIn(t, b, 0, ownerPass)
	require.NoError(t, owner.CheckAreas(context.Background()))
	last, back := owner.ClockBack()
	require.True(t, back, "the notice is there after the sign-in")
	require.Equal(t, "2035-11-22", invoice.DateOf(last).String())
	refused(owner)
	mended := store.FailCommits(t, syscall.ENOSPC, false)
	require.ErrorIs(t, owner.TrustClock(), store.ErrFull)
	mended()
	refused(owner)
	require.NoError(t, owner.TrustClock())
	_, back = owner.ClockBack()
	require.False(t, back)
	again := signIn(t, b, 0, ownerPass)
	require.NoError(t, again.CheckAreas(context.Background()))
	_, back = again.ClockBack()
	require.False(t, back)
	require.Equal(t, store.ClockTrusted, must(must(owner.Activity()).Events(2))[1].Kind, "it is in the log, before that sign-in")

	issued("2026-0002")
	issued("2026-0003")
	c.at = right.AddDate(0, 0, -2)
	_, _, err := issue(t, owner, draft())
	require.Error(t, err, "the clock is watched as before")
	c.at = right.AddDate(9, 0, 0)
	issued("2035-0002")
	require.NoError(t, owner.Vault().Verify())
}
