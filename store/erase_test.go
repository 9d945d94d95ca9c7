package store_test

// Erasing a customer: what goes, what stays, and that nothing is left of it.

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

// visited is a book with Giulia, of whom there is something everywhere, and Otto,
// of whom there is the same.
type visited struct {
	b            *store.Book
	c            *clock
	s            *store.Session
	giulia, otto store.CustomerID
	number       string // of the invoice that Giulia got
}

func newVisited(t *testing.T) *visited {
	v := &visited{c: newClock()}
	v.b, v.s = newBook(t, v.c)
	otto := giulia()
	otto.Name, otto.Email, otto.Phone = "Otto Wagner", "otto@posteo.at", "+43 660 777 1111"
	for _, c := range []store.Customer{giulia(), otto} {
		c = must(must(v.s.Customers()).Save(c))
		for range 3 {
			must(must(v.s.Notes()).Save(store.Note{Customer: c.ID, Text: "Prefers pickup after 17:00, says " + c.Name}))
		}
		made := store.Draft{Customer: c.ID, Doc: invoice.Document{Buyer: c.Party(), Lines: []invoice.Line{frame()}}}
		must(must(v.s.Drafts()).Save(made))
		d := must(must(v.s.Drafts()).Save(made))
		doc := must(must(v.s.Invoices()).Issue(context.Background(), d.ID))
		require.NoError(t, v.s.Desk().Put("work "+c.Name, map[string]any{"Change": c.ID, "Name": c.Name}))
		require.NoError(t, v.s.Desk().Put("route "+c.Name, "customers/"+c.ID.String()))
		if v.giulia.IsZero() {
			v.giulia, v.number = c.ID, doc.Number
		} else { // somebody said that he is not her
			c.NotSame = []store.CustomerID{v.giulia}
			must(must(v.s.Customers()).Save(c))
		}
		v.otto = c.ID
	}
	return v
}

// of collects the sealed values of what there is of Giulia.
func (v *visited) of(t *testing.T) (values [][]byte) {
	t.Helper()
	for key, value := range store.Stored(t, v.b, 'r') {
		area, plain := v.s.Opened(t, key)
		mentioned := bytes.Contains(plain, v.giulia[:]) || bytes.Contains(plain, []byte(v.giulia.String())) || bytes.Contains(plain, []byte("Giulia")) || key[3:] == string(v.giulia[:])
		if area != "invoices" && mentioned {
			values = append(values, value)
		}
	}
	return values
}

func TestInvariant27NothingOfAnErasedCustomerIsInTheFile(t *testing.T) {
	v := newVisited(t)
	require.Equal(t, 1+3+1+1+2+1, len(v.of(t)), "record, notes, draft, chunk of the index, desk, who is not her")
	cs := must(v.s.Customers())
	c := must(cs.Get(v.giulia))
	c.Phone = "+43 660 999 0000"
	runs := runs16(v.of(t)...)
	must(cs.Save(c)) // what was there before is in free pages now
	for r := range runs16(v.of(t)...) {
		runs[r] = true
	}
	require.Positive(t, shared(t, v.b, runs))
	require.Equal(t, store.Traces{Notes: 3, Drafts: 1, Invoices: 1}, must(cs.Traces(v.giulia)))
	told := int64(0)
	require.NoError(t, cs.Erase(context.Background(), v.giulia, func(done, total int64) { told = total - done }))
	require.Zero(t, told)
	require.Zero(t, shared(t, v.b, runs))
	require.Zero(t, len(v.of(t)))
	require.NoError(t, v.s.Vault().Verify())

	_, err := cs.Get(v.giulia)
	require.ErrorIs(t, err, store.ErrNotFound)
	require.ErrorIs(t, cs.Erase(context.Background(), v.giulia, nil), store.ErrNotFound)
	for _, b := range []*store.Session{v.s, signIn(t, v.b, 0, ownerPass)} {
		list := must(must(b.Customers()).List(""))
		require.Len(t, list, 1)
		require.Equal(t, v.otto, list[0].ID)
		require.Empty(t, must(must(b.Notes()).Of(v.giulia)))
		require.Len(t, must(must(b.Notes()).Of(v.otto)), 3)
		require.Len(t, must(must(b.Drafts()).List()), 1)
	}
	rows := must(must(v.s.Invoices()).Of(v.giulia))
	require.Len(t, rows, 1, "what was issued stays")
	require.Equal(t, v.number, rows[0].Number)
	require.Equal(t, "Giulia Conti", must(must(v.s.Invoices()).Get(rows[0].ID)).Doc.Buyer.Name)
	has := func(name string) bool { return must(v.s.Desk().Has(name)) }
	require.False(t, has("work Giulia Conti") || has("route Giulia Conti"))
	require.True(t, has("work Otto Wagner") && has("route Otto Wagner"))
	erased := must(must(v.s.Activity()).Events(2))[1] // before the second sign-in
	require.Equal(t, store.CustomerErased, erased.Kind)
	require.Equal(t, v.giulia, erased.Subject)
	require.Equal(t, "Marta", erased.ByName)
}

func TestInvariant27AnErasedCustomerIsErasedAgainInACopyOfBefore(t *testing.T) {
	v := newVisited(t)
	raw, err := os.ReadFile(v.b.Info().Path)
	require.NoError(t, err)
	require.NoError(t, must(v.s.Customers()).Erase(context.Background(), v.giulia, nil))
	marks := must(v.s.ErasedMarks())
	require.Len(t, marks, 1)
	require.NotContains(t, string(marks[0][:]), string(v.giulia[:8]))

	path := filepath.Join(t.TempDir(), "before.counterbook")
	require.NoError(t, os.WriteFile(path, raw, 0o600))
	v.b, err = store.Open(path, options(v.c))
	require.NoError(t, err)
	defer v.b.Close()
	v.s = signIn(t, v.b, 0, ownerPass)
	runs := runs16(v.of(t)...)
	n, err := v.s.EraseMarked(context.Background(), append(marks, [16]byte{1}), nil)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	require.Zero(t, shared(t, v.b, runs))
	require.ElementsMatch(t, append(marks, [16]byte{1}), must(v.s.ErasedMarks()))
	require.Len(t, must(must(v.s.Customers()).List("")), 1)
	require.Equal(t, 1, must(must(v.s.Activity()).Events(1))[0].Count)
	n, err = v.s.EraseMarked(context.Background(), append(marks, [16]byte{2}), nil)
	require.NoError(t, err)
	require.Zero(t, n)
	require.Len(t, must(v.s.ErasedMarks()), 3)
	require.NoError(t, v.s.Vault().Verify())
}

func TestOnlyWhoOpensEverythingOfACustomerErasesThem(t *testing.T) {
	v := newVisited(t)
	erase := func(s *store.Session) error {
		return must(s.Customers()).Erase(context.Background(), v.giulia, nil)
	}
	var right *store.NoRightError
	require.ErrorAs(t, erase(addStaff(t, v.b, v.s, "Anna", store.FrontDesk)), &right)
	require.Equal(t, store.DeleteCustomers, right.Right)
	require.ErrorAs(t, erase(addStaff(t, v.b, v.s, "Max", store.Manager, store.ReadNotes, store.AddNotes, store.EditNotes)), &right)
	require.Equal(t, store.ReadNotes, right.Right)
	max := addStaff(t, v.b, v.s, "Eva", store.Manager)
	v.c.at = v.c.at.Add(6 * time.Minute)
	require.ErrorIs(t, erase(max), store.ErrStepUp)
	require.NoError(t, max.StepUp(store.Passphrase("Eva passphrase")))
	require.NoError(t, erase(max))
}

func TestUnsavedWorkOfOthersOnAnErasedCustomerGoesAtTheirNextSignIn(t *testing.T) {
	v := newVisited(t)
	anna := addStaff(t, v.b, v.s, "Anna", store.FrontDesk)
	require.NoError(t, anna.Desk().Put("work", map[string]any{"Change": v.giulia, "Name": "Giulia"}))
	require.NoError(t, anna.Desk().Put("route", "customers/"+v.giulia.String()))
	require.NoError(t, anna.Desk().Put("other", map[string]any{"Change": v.otto}))
	require.NoError(t, must(v.s.Customers()).Erase(context.Background(), v.giulia, nil))
	anna.Close()
	anna = signIn(t, v.b, 1, "Anna passphrase")
	require.NoError(t, anna.CheckAreas(context.Background()))
	for name, want := range map[string]bool{"work": false, "route": false, "other": true} {
		require.Equal(t, want, must(anna.Desk().Has(name)), name)
	}
}

// unsaved has somebody leave work on Giulia unsaved, and is what it is in the file.
func (v *visited) unsaved(t *testing.T, s *store.Session) map[[16]byte]bool {
	t.Helper()
	before := store.Stored(t, v.b, 'r')
	require.NoError(t, s.Desk().Put("work", map[string]any{"Change": v.giulia, "Name": "Giulia"}))
	var fresh [][]byte
	for k, sealed := range store.Stored(t, v.b, 'r') {
		if before[k] == nil {
			fresh = append(fresh, sealed)
		}
	}
	require.Len(t, fresh, 1)
	return runs16(fresh...)
}

func TestNothingUnsavedOfTheErasedIsInTheFileAfterTheNextSignIn(t *testing.T) {
	v := newVisited(t)
	anna := addStaff(t, v.b, v.s, "Anna", store.FrontDesk)
	runs := v.unsaved(t, anna)
	require.NoError(t, must(v.s.Customers()).Erase(context.Background(), v.giulia, nil))
	require.Positive(t, shared(t, v.b, runs), "nobody else opens it")
	anna.Close()
	anna = signIn(t, v.b, 1, "Anna passphrase")
	require.NoError(t, anna.CheckAreas(context.Background()))
	require.Zero(t, shared(t, v.b, runs))
	require.NoError(t, v.s.Vault().Verify())
}

func TestADeskThatNobodyOpensAnyMoreIsEmptied(t *testing.T) {
	for name, end := range map[string]func(*store.Staff, store.ProfileID) error{
		"disabled": func(st *store.Staff, id store.ProfileID) error { return st.Disable(id) },
		"reset":    func(st *store.Staff, id store.ProfileID) error { return st.ResetPassphrase(id, slip) },
		"both": func(st *store.Staff, id store.ProfileID) error {
			require.NoError(t, st.Disable(id))
			return st.ResetPassphrase(id, slip)
		},
	} {
		t.Run(name, func(t *testing.T) {
			v := newVisited(t)
			anna := addStaff(t, v.b, v.s, "Anna", store.FrontDesk)
			runs := v.unsaved(t, anna)
			require.NoError(t, end(must(v.s.Staff()), anna.Profile().ID))
			require.Zero(t, shared(t, v.b, runs))
			require.NoError(t, v.s.Vault().Verify())
			require.NoError(t, signIn(t, v.b, 0, ownerPass).Vault().Verify())
			if name != "disabled" {
				anna = signIn(t, v.b, 1, slip)
				require.NoError(t, anna.Vault().Verify())
				require.NoError(t, anna.Desk().Put("work", "anew"))
			}
		})
	}
}

func TestAnErasureThatWasGivenUpOrFailedErasesNothing(t *testing.T) {
	v := newVisited(t)
	before := len(v.of(t))
	ctx, cancel := context.WithCancel(context.Background())
	require.ErrorIs(t, must(v.s.Customers()).Erase(ctx, v.giulia, func(int64, int64) { cancel() }), context.Canceled)
	mended := store.FailCommits(t, os.ErrDeadlineExceeded, false)
	require.Error(t, must(v.s.Customers()).Erase(context.Background(), v.giulia, nil))
	mended()
	require.Equal(t, before, len(v.of(t)))
	require.Empty(t, must(v.s.ErasedMarks()))
	require.Equal(t, []string{filepath.Base(v.b.Info().Path)}, names(t, filepath.Dir(v.b.Info().Path)))
	require.NoError(t, must(v.s.Customers()).Erase(context.Background(), v.giulia, nil))
	require.Zero(t, len(v.of(t)))
}
