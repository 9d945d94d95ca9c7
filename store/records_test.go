package store_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
	"counterbook/store"
)

func customers(t testing.TB, s *store.Session) *store.Customers {
	t.Helper()
	c, err := s.Customers()
	require.NoError(t, err)
	return c
}

func fields(err error) []string {
	var p invoice.Problems
	if !errors.As(err, &p) {
		return nil
	}
	var out []string
	for _, one := range p {
		out = append(out, one.Field)
	}
	return out
}

func TestD6ABadCustomerIsRefusedFieldByField(t *testing.T) {
	_, s := newBook(t, newClock())
	_, err := customers(t, s).Save(store.Customer{Phone: "call me", Email: "nobody", VATID: "ATU00000000",
		Address: invoice.Address{City: "Wien", Country: "Austria"}})
	require.Equal(t, []string{"Name", "Phone", "Email", "Address.Country", "VATID"}, fields(err))
	n, err := customers(t, s).Count()
	require.NoError(t, err)
	require.Zero(t, n)
}

func TestWhatSomebodyElseSavedIsNotOverwritten(t *testing.T) {
	b, s := newBook(t, newClock())
	c, err := anyway(customers(t, s), giulia())
	require.NoError(t, err)
	jonas := addStaff(t, b, s, "Jonas", store.FrontDesk)
	theirs := c
	theirs.Phone = "+43 660 9990000"
	_, err = customers(t, jonas).Save(theirs)
	require.NoError(t, err)
	c.Name = "Giulia Conti-Rossi"
	_, err = customers(t, s).Save(c)
	require.ErrorIs(t, err, store.ErrChanged)
	now, err := customers(t, s).Get(c.ID)
	require.NoError(t, err)
	require.Equal(t, "+43 660 9990000", now.Phone)
}

func TestSearchFindsWhateverTheSpelling(t *testing.T) {
	_, s := newBook(t, newClock())
	for _, name := range []string{"Łucja Sobczak", "Jürgen Weiß", "Κανέλλος Δημήτρης", "Søren Ærø", "Олена Коваль"} {
		_, err := anyway(customers(t, s), store.Customer{Name: name, Phone: "0043 (660) 12-34-567"})
		require.NoError(t, err)
	}
	for query, want := range map[string]string{
		"lucja": "Łucja Sobczak", "WEISS jurgen": "Jürgen Weiß", "κανελλοσ": "Κανέλλος Δημήτρης",
		"soren aero": "Søren Ærø", "КОВАЛЬ": "Олена Коваль", "C-00002": "Jürgen Weiß",
	} {
		got, err := customers(t, s).List(query)
		require.NoError(t, err)
		require.Len(t, got, 1, query)
		require.Equal(t, want, got[0].Name)
	}
	for _, phone := range []string{"+43 660 1234567", "0660 123 45 67", "00436601234567"} {
		got, err := customers(t, s).List(phone)
		require.NoError(t, err)
		require.Len(t, got, 5, phone)
	}
}

func TestD2WithoutBrowsingOnlyAnExactPhoneOrNumberFinds(t *testing.T) {
	b, s := newBook(t, newClock())
	c, err := anyway(customers(t, s), giulia())
	require.NoError(t, err)
	trainee := customers(t, addStaff(t, b, s, "Tom", store.Trainee))
	for query, want := range map[string]int{
		"": 0, "giulia": 0, "4471": 0, "+43 660": 0, "+43 660 123 4471": 1, "06601234471": 1, "c-00001": 1, "C-0000": 0,
	} {
		got, err := trainee.List(query)
		require.NoError(t, err)
		require.Len(t, got, want, query)
	}
	_, err = trainee.Reveal(c.ID, "Phone")
	require.ErrorIs(t, err, store.ErrNoRight)
}

func TestShowingAContactIsCounted(t *testing.T) {
	_, s := newBook(t, newClock())
	c, err := anyway(customers(t, s), giulia())
	require.NoError(t, err)
	phone, err := customers(t, s).Reveal(c.ID, "Phone")
	require.NoError(t, err)
	require.Equal(t, "+43 660 1234471", phone)
	a, err := s.Activity()
	require.NoError(t, err)
	events, err := a.Events(1)
	require.NoError(t, err)
	require.Equal(t, store.ContactShown, events[0].Kind)
	require.Equal(t, c.ID, events[0].Subject)
	require.Equal(t, []string{"Phone"}, events[0].Fields)
}

func TestAnImportWritesAllOrSaysWhichRowIsWrong(t *testing.T) {
	_, s := newBook(t, newClock())
	list := make([]store.Customer, 6000)
	for i := range list {
		list[i].Name = fmt.Sprintf("Customer %d", i)
	}
	list[12].Email = "wrong"
	require.Equal(t, []string{"[12].Email"}, fields(customers(t, s).Import(context.Background(), list, nil)))
	n, err := customers(t, s).Count()
	require.NoError(t, err)
	require.Zero(t, n)
	list[12].Email = ""
	var steps []int
	require.NoError(t, customers(t, s).Import(context.Background(), list, func(n int) { steps = append(steps, n) }))
	require.Equal(t, []int{5000, 6000}, steps)
	c, err := anyway(customers(t, s), giulia())
	require.NoError(t, err)
	require.Equal(t, "C-06001", c.Number)
	require.NoError(t, s.Vault().Verify())
}

// reworded is a note with another text.
func reworded(v store.Note, text string) store.Note {
	v.Text = text
	return v
}

func TestN1OneEditsOnesOwnNotesAndOthersOnlyWithTheRight(t *testing.T) {
	c := newClock()
	b, s := newBook(t, c)
	jonas := addStaff(t, b, s, "Jonas", store.FrontDesk)
	his, err := jonas.Notes()
	require.NoError(t, err)
	mine, err := s.Notes()
	require.NoError(t, err)
	cust, err := anyway(customers(t, s), giulia())
	require.NoError(t, err)
	owners, err := mine.Save(store.Note{Customer: cust.ID, Text: "From the owner"})
	require.NoError(t, err)
	c.at = c.at.Add(time.Minute)
	own, err := his.Save(store.Note{Customer: cust.ID, Text: "From Jonas"})
	require.NoError(t, err)
	_, err = his.Save(reworded(owners, "changed"))
	require.ErrorIs(t, err, store.ErrNoRight)
	claimed := owners
	claimed.Author = own.Author
	_, err = his.Save(reworded(claimed, "changed"))
	require.ErrorIs(t, err, store.ErrNotFound)
	edited, err := his.Save(reworded(own, "From Jonas, better"))
	require.NoError(t, err)
	_, err = his.Save(reworded(own, "late"))
	require.ErrorIs(t, err, store.ErrChanged)
	_, err = mine.Save(reworded(edited, "By the owner"))
	require.NoError(t, err)
	list, err := his.Of(cust.ID)
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, "By the owner", list[0].Text)
	require.Equal(t, "Jonas", list[0].AuthorName)
	_, err = his.Save(store.Note{Customer: cust.ID, Text: "  "})
	require.Equal(t, []string{"Text"}, fields(err))
	_, err = his.Save(store.Note{Customer: cust.ID, Text: string(make([]rune, 5000))})
	require.Error(t, err)
}

func TestNumbersRunWithoutGapAndDatesNeverGoBack(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	ds, err := s.Drafts()
	require.NoError(t, err)
	is, err := s.Invoices()
	require.NoError(t, err)
	issue := func(date invoice.Date, lines ...invoice.Line) (invoice.Document, error) {
		d, err := ds.Save(store.Draft{Doc: invoice.Document{Date: date, Lines: lines,
			Buyer: invoice.Party{Name: "One-off", Address: giulia().Address}}})
		require.NoError(t, err)
		return is.Issue(context.Background(), d.ID)
	}
	today := invoice.DateOf(c.at)
	for n := 1; n <= 3; n++ {
		doc, err := issue(today, frame())
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf("2026-%04d", n), doc.Number)
	}
	_, err = issue(today.AddDays(-1), frame())
	require.Equal(t, []string{"Date"}, fields(err))
	_, err = issue(today)
	require.NotEmpty(t, fields(err), "an invoice without lines")
	doc, err := issue(today, frame())
	require.NoError(t, err)
	require.Equal(t, "2026-0004", doc.Number, "what was refused took no number")
	c.at = c.at.AddDate(0, 2, 0)
	doc, err = issue(invoice.Date{}, frame())
	require.NoError(t, err)
	require.Equal(t, "2027-0001", doc.Number)
	drafts, err := ds.List()
	require.NoError(t, err)
	require.Len(t, drafts, 2)
}

func TestAnIssuedInvoiceKeepsWhatItWasIssuedWith(t *testing.T) {
	_, s := newBook(t, newClock())
	c, err := anyway(customers(t, s), giulia())
	require.NoError(t, err)
	ds, err := s.Drafts()
	require.NoError(t, err)
	d, err := ds.Save(store.Draft{Customer: c.ID, Doc: invoice.Document{Buyer: c.Party(), Lines: []invoice.Line{frame()}}})
	require.NoError(t, err)
	is, err := s.Invoices()
	require.NoError(t, err)
	_, err = is.Issue(context.Background(), d.ID)
	require.NoError(t, err)
	before, err := is.PDF(d.ID)
	require.NoError(t, err)
	inv, err := is.Get(d.ID)
	require.NoError(t, err)
	require.Equal(t, inv.Digest, sha256.Sum256(before))

	c.Name = "Giulia Rossi"
	_, err = customers(t, s).Save(c)
	require.NoError(t, err)
	sb, err := s.Shop()
	require.NoError(t, err)
	sh, err := sb.Get()
	require.NoError(t, err)
	sh.Legal.Name, sh.Name = "Rossi & Co", "Rossi & Co"
	_, err = sb.Save(sh)
	require.NoError(t, err)
	require.Equal(t, "Rossi & Co", s.Book().Info().Shop)
	// A draft of the same id cannot be saved over it, nor issued again.
	_, err = ds.Save(d)
	require.ErrorIs(t, err, store.ErrNotFound)

	after, err := is.PDF(d.ID)
	require.NoError(t, err)
	require.Equal(t, before, after)
	again, err := is.Get(d.ID)
	require.NoError(t, err)
	require.Equal(t, inv, again)
	require.Equal(t, "Giulia Conti", again.Doc.Buyer.Name)
	require.Equal(t, "Atelier Rossi", again.Doc.Seller.Name)
}

func TestACancelledIssueChangesNothing(t *testing.T) {
	_, s := newBook(t, newClock())
	ds, err := s.Drafts()
	require.NoError(t, err)
	is, err := s.Invoices()
	require.NoError(t, err)
	d, err := ds.Save(store.Draft{Doc: invoice.Document{Lines: []invoice.Line{frame()}, Buyer: giulia().Party()}})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = is.Issue(ctx, d.ID)
	require.ErrorIs(t, err, context.Canceled)
	_, issued, err := is.Issued(d.ID)
	require.NoError(t, err)
	require.False(t, issued)
	doc, err := is.Issue(context.Background(), d.ID)
	require.NoError(t, err)
	require.Equal(t, "2026-0001", doc.Number)
}

func TestANumberPatternGivesDifferentNumbers(t *testing.T) {
	day := invoice.Date{Year: 2026, Month: 11, Day: 22}
	for pattern, want := range map[string]string{
		"{YYYY}-{####}": "2026-0007", "AR{YY}{MM}/{###}": "AR2611/007", "STORNO {#}": "STORNO 7", "{######}": "000007",
	} {
		got, ok := store.NextNumber(pattern, day, 7)
		require.True(t, ok, pattern)
		require.Equal(t, want, got)
	}
	for _, bad := range []string{"", "2026", "{YYYY}", "{####}{##}", "{###", "####}", "{DD}-{##}", "{MM}-{##}", "{}", "{##########}"} {
		_, ok := store.NextNumber(bad, day, 7)
		require.False(t, ok, bad)
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.IntRange(1, 99999).Draw(t, "a"), rapid.IntRange(1, 99999).Draw(t, "b")
		x, _ := store.NextNumber("{YYYY}-{####}", day, a)
		y, _ := store.NextNumber("{YYYY}-{####}", day, b)
		require.Equal(t, a == b, x == y)
	})
}

func TestTheDeskIsItsOwnersAlone(t *testing.T) {
	b, s := newBook(t, newClock())
	jonas := addStaff(t, b, s, "Jonas", store.FrontDesk)
	require.NoError(t, jonas.Desk().Put("work", "half a note"))
	jonas.Close()
	jonas = signIn(t, b, 1, "Jonas passphrase")
	var got string
	ok, err := jonas.Desk().Get("work", &got)
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "half a note", got)
	ok, err = s.Desk().Get("work", &got)
	require.NoError(t, err)
	require.False(t, ok)
	require.NoError(t, jonas.Desk().Clear("work"))
	require.NoError(t, jonas.Desk().Clear("work"))
	ok, err = jonas.Desk().Has("work")
	require.NoError(t, err)
	require.False(t, ok)
}

func TestItemsAreCheckedFoundAndDeleted(t *testing.T) {
	_, s := newBook(t, newClock())
	is, err := s.Items()
	require.NoError(t, err)
	_, err = is.Save(store.Item{Price: decimal.NewFromInt(-1), Tax: invoice.Tax{Category: invoice.Exempt, Rate: decimal.NewFromInt(20)}})
	require.Equal(t, []string{"Name", "Price", "Tax"}, fields(err))
	a, err := is.Save(store.Item{Code: "4012345678901", Name: "Frame", Price: decimal.RequireFromString("58"), Tax: frame().Tax})
	require.NoError(t, err)
	_, err = is.Save(store.Item{Code: "B", Name: "Another frame 4012345678901", Price: decimal.RequireFromString("5"), Tax: frame().Tax})
	require.NoError(t, err)
	found, err := is.List("4012345678901")
	require.NoError(t, err)
	require.Equal(t, a.ID, found[0].ID, "an exact code comes first")
	require.NoError(t, is.Delete(a.ID))
	require.ErrorIs(t, is.Delete(a.ID), store.ErrNotFound)
	_, err = is.Save(a)
	require.ErrorIs(t, err, store.ErrNotFound)
}

func TestTheShopIsCheckedFieldByField(t *testing.T) {
	_, s := newBook(t, newClock())
	b, err := s.Shop()
	require.NoError(t, err)
	sh, err := b.Get()
	require.NoError(t, err)
	require.Equal(t, "AT611904300234573201", sh.Bank.IBAN)
	sh.Name, sh.Bank.IBAN, sh.NumberPattern, sh.PaymentDays, sh.Rates, sh.Legal.VATID = "", "AT00", "{YYYY}", -1, nil, "ATU1"
	_, err = b.Save(sh)
	require.Equal(t, []string{"Name", "Legal.VATID", "Bank.IBAN", "Rates", "NumberPattern", "PaymentDays"}, fields(err))
}

// anyway adds a customer whoever is like them.
func anyway(cs *store.Customers, c store.Customer) (store.Customer, error) {
	for {
		got, err := cs.Save(c)
		var like *store.NearError
		if !errors.As(err, &like) {
			return got, err
		}
		for _, n := range like.Near {
			c.NotSame = append(c.NotSame, n.Row.ID)
		}
	}
}
