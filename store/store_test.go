package store_test

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/store/internal/booktest"
)

// clock is a clock that tests set.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func newClock() *clock { return &clock{booktest.Today} }

func options(c *clock) *store.Options { return booktest.Options(c.now) }

func shop() store.Shop { return booktest.Shop() }

const ownerPass = booktest.OwnerPass

// newBook makes a book and signs its owner in.
func newBook(t testing.TB, c *clock) (*store.Book, *store.Session) {
	t.Helper()
	b, _ := newBookWithKit(t, c)
	return b, signIn(t, b, 0, ownerPass)
}

// newBookWithKit makes a book and leaves it locked.
func newBookWithKit(t testing.TB, c *clock) (*store.Book, *store.Kit) {
	t.Helper()
	k := confirmedKit(t)
	b, err := booktest.Create(filepath.Join(t.TempDir(), "shop.counterbook"), k, options(c))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	return b, k
}

// confirmedKit is a kit whose groups were typed back.
func confirmedKit(t require.TestingT) *store.Kit {
	k, err := booktest.Kit()
	require.NoError(t, err)
	return k
}

func signIn(t testing.TB, b *store.Book, profile int, pass string) *store.Session {
	t.Helper()
	s, err := b.SignIn(b.Info().Profiles[profile].ID, store.Passphrase(pass))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s
}

func addStaff(t testing.TB, b *store.Book, owner *store.Session, name string, r store.Role, without ...store.Right) *store.Session {
	t.Helper()
	st, err := owner.Staff()
	require.NoError(t, err)
	_, err = st.Add(store.NewProfile{Nickname: name, Role: r, Without: without, Passphrase: name + " passphrase", Chosen: true})
	require.NoError(t, err)
	return signIn(t, b, len(b.Info().Profiles)-1, name+" passphrase")
}

func giulia() store.Customer { return booktest.Customer("Giulia Conti") }

func frame() invoice.Line { return booktest.Frame() }

func TestTheMainJobFromABookToAnInvoice(t *testing.T) {
	b, s := newBook(t, newClock())
	cs, err := s.Customers()
	require.NoError(t, err)
	c, err := anyway(cs, giulia())
	require.NoError(t, err)
	require.Equal(t, "C-00001", c.Number)
	found, err := cs.List("conti neubau")
	require.NoError(t, err)
	require.Len(t, found, 1)
	found, err = cs.List("1234471")
	require.NoError(t, err)
	require.Len(t, found, 1)

	ns, err := s.Notes()
	require.NoError(t, err)
	_, err = ns.Save(store.Note{Customer: c.ID, Text: "Prefers pickup after 17:00"})
	require.NoError(t, err)
	list, err := ns.Of(c.ID)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, "Marta", list[0].AuthorName)

	ds, err := s.Drafts()
	require.NoError(t, err)
	d, err := ds.Save(store.Draft{Customer: c.ID, Doc: invoice.Document{Buyer: c.Party(), Lines: []invoice.Line{frame()}}})
	require.NoError(t, err)
	is, err := s.Invoices()
	require.NoError(t, err)
	_, issued, err := is.Issued(d.ID)
	require.NoError(t, err)
	require.False(t, issued)
	doc, err := is.Issue(context.Background(), d.ID)
	require.NoError(t, err)
	require.Equal(t, "2026-0001", doc.Number)
	require.Equal(t, "139.2", doc.Totals.Gross.String())
	_, err = is.Issue(context.Background(), d.ID)
	require.ErrorIs(t, err, store.ErrNotFound)
	again, issued, err := is.Issued(d.ID)
	require.NoError(t, err)
	require.True(t, issued)
	require.Equal(t, doc.Number, again.Number)
	file, err := is.PDF(d.ID)
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(file, []byte("%PDF")))
	rows, err := is.List("conti")
	require.NoError(t, err)
	require.Len(t, rows, 1)

	a, err := s.Activity()
	require.NoError(t, err)
	events, err := a.Events(100)
	require.NoError(t, err)
	require.Equal(t, store.InvoiceIssued, events[0].Kind)
	require.Equal(t, store.BookCreated, events[len(events)-1].Kind)

	path := b.Info().Path
	s.Close()
	require.NoError(t, b.Close())
	_, err = store.Check(path)
	require.NoError(t, err)
	b, err = store.Open(path, options(newClock()))
	require.NoError(t, err)
	defer b.Close()
	s = signIn(t, b, 0, ownerPass)
	cs, err = s.Customers()
	require.NoError(t, err)
	got, err := cs.Get(c.ID)
	require.NoError(t, err)
	require.Equal(t, c, got)
}
