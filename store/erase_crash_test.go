package store_test

// A process that is killed while it erases a customer.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/store/internal/proctest"
)

// eraseUntilKilled erases every customer, and says which the book acknowledged.
func eraseUntilKilled(path string) error {
	b, err := store.Open(path, options(newClock()))
	if err != nil {
		return err
	}
	s, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(ownerPass))
	if err != nil {
		return err
	}
	cs, err := s.Customers()
	if err != nil {
		return err
	}
	all, err := cs.List("")
	if err != nil {
		return err
	}
	for _, c := range all {
		fmt.Println("erasing", c.ID)
		if err := cs.Erase(context.Background(), c.ID, nil); err != nil {
			return err
		}
		fmt.Println("erased", c.ID)
	}
	return nil
}

func TestInvariant27AKillWhileErasingLeavesACustomerWholeOrNothingOfThem(t *testing.T) {
	rounds := 25
	if testing.Short() {
		rounds = 3
	}
	v := newVisited(t)
	v.s.Close()
	whole, err := os.ReadFile(v.b.Info().Path)
	require.NoError(t, err)
	kept, gone := 0, 0
	for round := range rounds {
		path := filepath.Join(t.TempDir(), "shop.counterbook")
		require.NoError(t, os.WriteFile(path, whole, 0o600))
		lines := 1 // then it is killed wherever it is, a little later each round
		if round == 0 {
			lines = proctest.Never
		}
		later := round * 37 % 25
		if testing.Short() {
			later = max(0, round-1) // the first is begun, the second is not
		}
		said, _ := proctest.Killed(t, proctest.Child("eraser", bookToKill+"="+path), lines, time.Duration(later)*8*time.Millisecond)
		require.NotContains(t, said, "error")

		_, err = store.Check(path)
		require.NoError(t, err)
		b, err := store.Open(path, options(newClock()))
		require.NoError(t, err)
		s := signIn(t, b, 0, ownerPass)
		require.NoError(t, s.Vault().Verify())
		marks := map[[16]byte]bool{}
		for _, m := range must(s.ErasedMarks()) {
			marks[m] = true
		}
		there := must(must(s.Customers()).List(""))
		require.Equal(t, 2, len(there)+len(marks))
		for _, id := range []store.CustomerID{v.giulia, v.otto} {
			mark := must(s.EraseMark(id))
			_, err := must(s.Customers()).Get(id)
			if err == nil {
				kept++
				require.Len(t, must(must(s.Notes()).Of(id)), 3, "a customer who is there is whole")
				require.False(t, marks[mark])
				require.NotContains(t, said, "erased "+id.String(), "what was acknowledged is done")
				continue
			}
			gone++
			require.ErrorIs(t, err, store.ErrNotFound)
			require.True(t, marks[mark])
			require.Empty(t, must(must(s.Notes()).Of(id)))
		}
		require.Len(t, must(must(s.Drafts()).List()), len(there))
		require.Equal(t, []string{filepath.Base(path)}, names(t, filepath.Dir(path)), "opening tidied up")
		s.Close()
		require.NoError(t, b.Close())
	}
	t.Logf("%d times a customer was kept whole, %d times erased", kept, gone)
	require.Positive(t, kept)
	require.Positive(t, gone)
}
