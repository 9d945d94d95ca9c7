package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/internal/proctest"
)

// bookToKill is the path of the book that a process works with until it is killed.
const bookToKill = "COUNTERBOOK_TEST_BOOK"

func init() {
	proctest.Role("writer", func() error { return writeUntilKilled(os.Getenv(bookToKill)) })
	proctest.Role("eraser", func() error { return eraseUntilKilled(os.Getenv(bookToKill)) })
}

func TestMain(m *testing.M) { os.Exit(proctest.Main(m)) }

// writeUntilKilled adds customers and issues invoices, and says each one that
// the book acknowledged.
func writeUntilKilled(path string) error {
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
	ds, err := s.Drafts()
	if err != nil {
		return err
	}
	is, err := s.Invoices()
	if err != nil {
		return err
	}
	for {
		c, err := anyway(cs, giulia())
		if err != nil {
			return err
		}
		fmt.Println("customer", c.ID)
		d, err := ds.Save(store.Draft{Customer: c.ID, Doc: invoice.Document{Buyer: c.Party(), Lines: []invoice.Line{frame()}}})
		if err != nil {
			return err
		}
		doc, err := is.Issue(context.Background(), d.ID)
		if err != nil {
			return err
		}
		fmt.Println("invoice", d.ID, doc.Number)
	}
}

func TestWhatWasAcknowledgedSurvivesAKill(t *testing.T) {
	rounds := 100
	if testing.Short() {
		rounds = 5
	}
	b, s := newBook(t, newClock())
	s.Close()
	path := b.Info().Path
	require.NoError(t, b.Close())
	customers, numbers := map[string]bool{}, map[string]string{}
	for round := range rounds {
		// Let it acknowledge a few, then kill it wherever it is: a little later
		// each round, to meet every moment of a transaction.
		said, _ := proctest.Killed(t, proctest.Child("writer", bookToKill+"="+path), 5, time.Duration(round*37%1700)*time.Microsecond)
		for line := range strings.Lines(said) {
			f := strings.Fields(line)
			require.NotEqual(t, "error", f[0], line)
			switch f[0] {
			case "customer":
				customers[f[1]] = true
			case "invoice":
				require.Empty(t, numbers[f[2]], "number given twice")
				numbers[f[2]] = f[1]
			}
		}
	}
	t.Logf("%d customers and %d invoices acknowledged in %d rounds", len(customers), len(numbers), rounds)

	_, err := store.Check(path)
	require.NoError(t, err)
	b, err = store.Open(path, options(newClock()))
	require.NoError(t, err)
	defer b.Close()
	s = signIn(t, b, 0, ownerPass)
	require.NoError(t, s.Vault().Verify())
	cs, err := s.Customers()
	require.NoError(t, err)
	for id := range customers {
		parsed, err := store.ParseID(id)
		require.NoError(t, err)
		_, err = cs.Get(parsed)
		require.NoError(t, err)
	}
	is, err := s.Invoices()
	require.NoError(t, err)
	rows, err := is.List("")
	require.NoError(t, err)
	// Numbers run from 1 to n, each once; some more may be there than were
	// acknowledged, at most one a round.
	seen := map[string]string{}
	for _, r := range rows {
		require.Empty(t, seen[r.Number], "number twice")
		seen[r.Number] = r.ID.String()
	}
	for n := 1; n <= len(rows); n++ {
		require.Contains(t, seen, fmt.Sprintf("2026-%04d", n))
	}
	for number, id := range numbers {
		require.Equal(t, id, seen[number])
	}
	require.LessOrEqual(t, len(rows), len(numbers)+rounds)
	require.Equal(t, []string{filepath.Base(path)}, names(t, filepath.Dir(path)))
}
