package store_test

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
)

// clock is a clock that tests set.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func newClock() *clock { return &clock{time.Date(2026, 11, 22, 10, 42, 0, 0, time.UTC)} }

func options(c *clock) *store.Options {
	return &store.Options{Now: c.now, KDF: &store.CheapKDF, Typeset: typeset}
}

// typeset puts number and total on one page, and the logo of a shop that has one.
func typeset(d invoice.Document, sh store.Shop) ([]paper.Page, error) {
	s := paper.NewSheet()
	s.Text(20, 40, 12, paper.Regular, paper.Left, d.Number+" "+d.Totals.Gross.String())
	if len(sh.Logo) > 0 {
		s.Image(20, 10, 40, 20, sh.Logo)
	}
	p, err := s.Page()
	return []paper.Page{p}, err
}

func shop() store.Shop {
	s := store.DefaultShop("AT")
	s.Name = "Atelier Rossi"
	s.Legal = invoice.Party{Name: "Atelier Rossi", VATID: "ATU12345675",
		Address: invoice.Address{Street: "Lange Gasse 8", Postcode: "1080", City: "Wien", Country: "AT"}}
	s.Bank = invoice.Bank{IBAN: "AT61 1904 3002 3457 3201"}
	return s
}

const ownerPass = "owner passphrase"

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
	b, err := store.Create(filepath.Join(t.TempDir(), "shop.counterbook"), k, shop(),
		store.NewProfile{Nickname: "Marta", Passphrase: ownerPass}, options(c))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	return b, k
}

// confirmedKit is a kit whose groups were typed back.
func confirmedKit(t require.TestingT) *store.Kit {
	k := store.NewKit()
	ask, groups := k.Ask(), k.Groups()
	require.NoError(t, k.Confirm(groups[ask[0]], groups[ask[1]]))
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

func giulia() store.Customer {
	return store.Customer{Name: "Giulia Conti", Phone: "+43 660 123 4471", Email: "giulia@posteo.it",
		Address: invoice.Address{Street: "Neubaugasse 12", Postcode: "1070", City: "Wien", Country: "AT"}}
}

func frame() invoice.Line {
	return invoice.Line{Name: "Frame, walnut 40×60", Quantity: decimal.NewFromInt(2), Price: decimal.RequireFromString("58.00"),
		Tax: invoice.Tax{Category: invoice.Standard, Rate: decimal.NewFromInt(20)}}
}

func TestTheMainJobFromABookToAnInvoice(t *testing.T) {
	b, s := newBook(t, newClock())
	cs, err := s.Customers()
	require.NoError(t, err)
	c, err := cs.Save(giulia())
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
	_, err = ns.Add(c.ID, "Prefers pickup after 17:00")
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
