package store_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"image"
	"image/png"
	"math/rand"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
)

// logoOf makes a logo as large as one may be, of a picture nobody else has.
func logoOf(t testing.TB, seed int64) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 900, 300))
	r := rand.New(rand.NewSource(seed))
	for i := range img.Pix {
		img.Pix[i] = uint8(r.Intn(256))
	}
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	logo, err := paper.Logo(b.Bytes())
	require.NoError(t, err)
	require.Greater(t, len(logo), paper.MaxLogoBytes*3/4)
	return logo
}

// issueOne issues an invoice of one line.
func issueOne(t testing.TB, s *store.Session) store.InvoiceID {
	t.Helper()
	ds, err := s.Drafts()
	require.NoError(t, err)
	is, err := s.Invoices()
	require.NoError(t, err)
	d, err := ds.Save(store.Draft{Doc: invoice.Document{Buyer: invoice.Party{Name: "Giulia Conti"}, Lines: []invoice.Line{frame()}}})
	require.NoError(t, err)
	_, err = is.Issue(context.Background(), d.ID)
	require.NoError(t, err)
	return d.ID
}

func setLogo(t testing.TB, s *store.Session, logo []byte) {
	t.Helper()
	b, err := s.Shop()
	require.NoError(t, err)
	sh, err := b.Get()
	require.NoError(t, err)
	sh.Logo = logo
	_, err = b.Save(sh)
	require.NoError(t, err)
	now, err := b.Get()
	require.NoError(t, err)
	require.True(t, bytes.Equal(logo, now.Logo))
}

func TestAnIssuedInvoiceKeepsItsLogoWhenTheShopsChanges(t *testing.T) {
	_, s := newBook(t, newClock())
	is, err := s.Invoices()
	require.NoError(t, err)
	var ids []store.InvoiceID
	var before [][]byte
	first, second := logoOf(t, 1), logoOf(t, 2)
	for _, logo := range [][]byte{nil, first, second} {
		setLogo(t, s, logo)
		for range 2 {
			ids = append(ids, issueOne(t, s))
			pdf, err := is.PDF(ids[len(ids)-1])
			require.NoError(t, err)
			before = append(before, pdf)
		}
	}
	setLogo(t, s, nil)
	for i, id := range ids {
		pdf, err := is.PDF(id)
		require.NoError(t, err)
		require.True(t, bytes.Equal(before[i], pdf))
		pages, err := is.Pages(id)
		require.NoError(t, err)
		switch n := len(pages[0].Ops); i / 2 {
		case 0:
			require.Equal(t, 1, n)
		case 1:
			require.True(t, bytes.Equal(first, pages[0].Ops[1].Data))
		case 2:
			require.True(t, bytes.Equal(second, pages[0].Ops[1].Data))
		}
	}
	rows, err := is.List("")
	require.NoError(t, err)
	require.Len(t, rows, len(ids), "pictures are no rows of the list")
}

func TestALogoIsKeptOnceHoweverManyInvoicesShowIt(t *testing.T) {
	grew := func(logo []byte) int64 {
		b, s := newBook(t, newClock())
		setLogo(t, s, logo)
		issueOne(t, s) // and the logo with it
		size := func() int64 {
			info, err := os.Stat(b.Info().Path)
			require.NoError(t, err)
			return info.Size()
		}
		before := size()
		for range 40 {
			issueOne(t, s)
		}
		return size() - before
	}
	without, with := grew(nil), grew(logoOf(t, 3))
	t.Logf("40 invoices take %d KB without a logo, %d KB with one of the largest", without>>10, with>>10)
	require.Less(t, with-without, int64(paper.MaxLogoBytes*4), "not one logo for each of the 40")
}

func TestAShopsLogoIsOneThatWasPrepared(t *testing.T) {
	_, s := newBook(t, newClock())
	b, err := s.Shop()
	require.NoError(t, err)
	sh, err := b.Get()
	require.NoError(t, err)
	sh.Logo, sh.LogoWidth = []byte("no picture"), 500
	_, err = b.Save(sh)
	require.Equal(t, []string{"Logo", "LogoWidth"}, fields(err))
}

func TestNoInvoiceGetsANumberWithAPictureThatCannotBeShown(t *testing.T) {
	_, s := newBook(t, newClock())
	logo := logoOf(t, 1)
	setLogo(t, s, logo)
	s.PutPicture(t, sha256.Sum256(logo), []byte("another picture"))
	id, _, err := issue(t, s, draft())
	var damaged *store.DamagedError
	require.ErrorAs(t, err, &damaged)
	require.Equal(t, "picture", damaged.Where)
	ds, is := desk(t, s)
	_, err = ds.Get(id)
	require.NoError(t, err, "the draft is as it was")
	setLogo(t, s, logoOf(t, 2))
	doc, err := is.Issue(context.Background(), id)
	require.NoError(t, err)
	require.Equal(t, "2026-0001", doc.Number, "no number is lost")
	_, err = is.PDF(id)
	require.NoError(t, err)
}
