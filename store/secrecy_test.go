package store_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf16"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

// markers makes texts that stand nowhere else, and remembers them.
type markers struct{ all []string }

func (m *markers) next() string {
	s := fmt.Sprintf("mk%06dzq", len(m.all)*7919+100003)
	m.all = append(m.all, s)
	return s
}

// digits makes a marker of digits only, for phones.
func (m *markers) digits() string {
	s := fmt.Sprintf("66%09d", len(m.all)*104729+700000001)
	m.all = append(m.all, s)
	return "+43 " + s
}

// fillAll writes markers into every kind of field, a thousand and more.
func fillAll(t *testing.T, b *store.Book, s *store.Session, m *markers) {
	cs, err := s.Customers()
	require.NoError(t, err)
	ns, err := s.Notes()
	require.NoError(t, err)
	items, err := s.Items()
	require.NoError(t, err)
	ds, err := s.Drafts()
	require.NoError(t, err)
	is, err := s.Invoices()
	require.NoError(t, err)
	address := func() invoice.Address {
		return invoice.Address{Street: m.next(), Street2: m.next(), Postcode: m.next(), City: m.next(), Region: m.next(), Country: "AT"}
	}
	for range 50 {
		c, err := cs.Save(store.Customer{Name: m.next(), Company: m.next(), Phone: m.digits(), Email: m.next() + "@example.com",
			Address: address(), Language: m.next()})
		require.NoError(t, err)
		_, err = ns.Save(store.Note{Customer: c.ID, Text: "A note that mentions " + m.next() + " at some length."})
		require.NoError(t, err)
		i, err := items.Save(store.Item{Code: m.next(), Name: m.next(), Unit: m.next(), Price: decimal.NewFromInt(3), Tax: frame().Tax})
		require.NoError(t, err)
		doc := invoice.Document{Buyer: c.Party(), BuyerReference: m.next(), Terms: m.next(), Note: m.next(), Lines: []invoice.Line{i.Line()}}
		doc.Buyer.Contact = m.next()
		doc.Lines[0].Detail = m.next()
		doc.Lines[0].Adjustments = []invoice.Adjustment{{Reason: m.next(), Percent: decimal.NewFromInt(10)}}
		doc.Adjustments = []invoice.Adjustment{{Reason: m.next(), Amount: decimal.NewFromInt(1), Tax: frame().Tax}}
		d, err := ds.Save(store.Draft{Customer: c.ID, Doc: doc})
		require.NoError(t, err)
		_, err = is.Issue(context.Background(), d.ID)
		require.NoError(t, err)
		_, err = ds.Save(store.Draft{Doc: invoice.Document{Buyer: invoice.Party{Name: m.next(), Address: address()}}})
		require.NoError(t, err)
	}
	sb, err := s.Shop()
	require.NoError(t, err)
	sh, err := sb.Get()
	require.NoError(t, err)
	sh.Legal = invoice.Party{Name: m.next(), Contact: m.next(), Address: address(), TaxNumber: m.next(), Email: m.next() + "@example.com", Phone: m.digits()}
	sh.Bank = invoice.Bank{Holder: m.next(), Name: m.next(), IBAN: "AT611904300234573201"}
	m.all = append(m.all, "AT611904300234573201", "1904300234573201")
	sh.Terms, sh.Footer, sh.NumberPattern = m.next(), m.next(), m.next()+"{####}"
	_, err = sb.Save(sh)
	require.NoError(t, err)
	require.NoError(t, s.Desk().Put(m.next(), m.next()))
	jonas := addStaff(t, b, s, "Jonas", store.FrontDesk)
	require.NoError(t, jonas.Desk().Put("work", map[string]string{"note": m.next()}))
	fresh := m.next() + " passphrase"
	require.NoError(t, jonas.ChangePassphrase("Jonas passphrase", fresh))
	m.all = append(m.all, ownerPass, "Jonas passphrase")
}

// found lists the markers in data: as they are, in UTF-16, and in what zlib
// streams in it inflate to.
func found(data []byte, all []string) []string {
	var out []string
	for _, m := range all {
		u := utf16.Encode([]rune(m))
		le, be := make([]byte, 0, 2*len(u)), make([]byte, 0, 2*len(u))
		for _, c := range u {
			le, be = append(le, byte(c), byte(c>>8)), append(be, byte(c>>8), byte(c))
		}
		if bytes.Contains(data, []byte(m)) || bytes.Contains(data, le) || bytes.Contains(data, be) {
			out = append(out, m)
		}
	}
	for i := 0; i+2 < len(data); i++ {
		if data[i] != 0x78 || (int(data[i])<<8|int(data[i+1]))%31 != 0 {
			continue
		}
		z, err := zlib.NewReader(bytes.NewReader(data[i:]))
		if err != nil {
			continue
		}
		plain, _ := io.ReadAll(io.LimitReader(z, 1<<20))
		if len(plain) > 8 {
			out = append(out, found(plain, all)...)
		}
	}
	return out
}

func TestTheSearchForMarkersFindsThem(t *testing.T) {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	fmt.Fprint(w, "some text and mk1zq in a stream")
	require.NoError(t, w.Close())
	require.Len(t, found([]byte("xx mk1zq"), []string{"mk1zq"}), 1)
	require.Len(t, found([]byte("x\x00m\x00k\x001\x00z\x00q\x00"), []string{"mk1zq"}), 1)
	require.Len(t, found(append([]byte("head"), z.Bytes()...), []string{"mk1zq"}), 1)
}

func TestInvariant01NothingOfCustomersStaffOrItemsStandsInClearInTheBookOrBesideIt(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TEMP", temp)
	t.Setenv("TMP", temp)
	b, s := newBook(t, newClock())
	m := &markers{}
	fillAll(t, b, s, m)
	require.Greater(t, len(m.all), 1000)
	path := b.Info().Path
	look := func(when string) {
		t.Helper()
		require.Equal(t, []string{filepath.Base(path)}, names(t, filepath.Dir(path)), when)
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Empty(t, found(data, m.all), when)
		require.Equal(t, []string{"Atelier Rossi"}, found(data, []string{"Atelier Rossi"}), "what is chosen to stand in clear does")
		for _, n := range names(t, temp) {
			require.NotContains(t, n, "counterbook", when)
		}
	}
	look("while open")
	s.Close()
	look("after signing out")
	require.NoError(t, b.Close())
	look("after closing")
}
