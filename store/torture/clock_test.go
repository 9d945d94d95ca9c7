//go:build unix

package torture

// Clocks that stand wrong.

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

func TestInvariant24AClockAYearBackOrTenYearsAheadLosesReordersAndLocksNothing(t *testing.T) {
	dir, before := bookToKill(t)
	path := filepath.Join(dir, bookName)
	now := today
	o := options()
	o.Now = func() time.Time { return now }
	names := []string{"Now", "A year ago", "In ten years", "Now again"}
	for i, at := range []time.Time{today, today.AddDate(-1, 0, 0), today.AddDate(10, 0, 0), today} {
		now = at
		b, err := store.Open(path, o)
		require.NoError(t, err)
		// A wrong secret locks nobody out until a time that is not to come.
		_, err = b.SignIn(b.Info().Profiles[0].ID, store.Passphrase("wrong"))
		require.ErrorIs(t, err, store.ErrWrongPassphrase)
		now = now.AddDate(-1, 0, 0)
		s, err := signIn(b, ownerPass)
		require.NoError(t, err, names[i])
		now = at
		_, err = s.prepare(names[i])
		require.NoError(t, err, names[i])
		s.Close()
		require.NoError(t, b.Close())
	}
	now = today
	require.NoError(t, reopened(path, o, func(s till) error {
		all, err := s.cs.List("")
		require.NoError(t, err)
		require.Len(t, all, before.Customers+len(names))
		drafts, err := s.ds.List()
		require.NoError(t, err)
		require.Len(t, drafts, before.Drafts+len(names))
		a, err := s.Activity()
		require.NoError(t, err)
		events, err := a.Events(1000)
		require.NoError(t, err)
		var order []time.Time // of drafts that were saved, newest first
		for _, e := range events {
			if e.Kind == store.DraftSaved {
				order = append(order, e.At)
			}
		}
		for i, at := range []time.Time{today, today.AddDate(10, 0, 0), today.AddDate(-1, 0, 0), today} {
			require.True(t, order[i].Equal(at), "in the order in which it happened")
		}
		// Numbers go on, and dates do not go back, once an owner says that the clock is right.
		_, back := s.ClockBack()
		require.True(t, back)
		require.NoError(t, s.TrustClock())
		return s.serve("Afterwards")
	}))
	require.NoError(t, verified(path, ownerPass))
}
