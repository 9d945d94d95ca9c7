package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

// desk is what issuing needs.
func desk(t *testing.T, s *store.Session) (*store.Drafts, *store.Invoices) {
	t.Helper()
	ds, err := s.Drafts()
	require.NoError(t, err)
	is, err := s.Invoices()
	require.NoError(t, err)
	return ds, is
}

func draft() store.Draft {
	return store.Draft{Doc: invoice.Document{Buyer: giulia().Party(), Lines: []invoice.Line{frame()}}}
}

func issue(t *testing.T, s *store.Session, d store.Draft) (store.DraftID, invoice.Document, error) {
	t.Helper()
	ds, is := desk(t, s)
	d, err := ds.Save(d)
	require.NoError(t, err)
	doc, err := is.Issue(context.Background(), d.ID)
	return d.ID, doc, err
}

func TestADraftThatTakesTheIdOfSomethingIssuedIsNotIssued(t *testing.T) {
	_, s := newBook(t, newClock())
	id, _, err := issue(t, s, draft())
	require.NoError(t, err)
	_, is := desk(t, s)
	before, err := is.Get(id)
	require.NoError(t, err)
	for _, taken := range []store.ID{id, s.SeriesID(t, "2026-{#}"), s.PaperID(id)} {
		s.PutDraft(t, taken, draft())
		_, err = is.Issue(context.Background(), taken)
		require.ErrorIs(t, err, store.ErrDamaged)
	}
	after, err := is.Get(id)
	require.NoError(t, err)
	require.Equal(t, before, after)
	_, next, err := issue(t, s, draft())
	require.NoError(t, err)
	require.Equal(t, "2026-0002", next.Number)
}

func TestNoPatternGivesANumberTwice(t *testing.T) {
	_, s := newBook(t, newClock())
	b, err := s.Shop()
	require.NoError(t, err)
	pattern := func(p string) {
		sh, err := b.Get()
		require.NoError(t, err)
		sh.NumberPattern = p
		_, err = b.Save(sh)
		require.NoError(t, err)
	}
	_, doc, err := issue(t, s, draft())
	require.NoError(t, err)
	require.Equal(t, "2026-0001", doc.Number)
	pattern("{YYYY}-0{###}")
	_, _, err = issue(t, s, draft())
	require.Equal(t, []string{"NumberPattern"}, fields(err))
	pattern("{YYYY}/{####}")
	_, doc, err = issue(t, s, draft())
	require.NoError(t, err)
	require.Equal(t, "2026/0001", doc.Number)
}

func TestTheStartNumberIsThatOfTheFirstInvoiceOfAll(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	b, err := s.Shop()
	require.NoError(t, err)
	sh, err := b.Get()
	require.NoError(t, err)
	sh.NumberStart = 500
	_, err = b.Save(sh)
	require.NoError(t, err)
	_, is := desk(t, s)
	for _, want := range []string{"2026-0500", "2026-0501"} {
		next, err := is.Next(invoice.DateOf(c.at))
		require.NoError(t, err)
		require.Equal(t, want, next)
		_, doc, err := issue(t, s, draft())
		require.NoError(t, err)
		require.Equal(t, want, doc.Number)
	}
	c.at = c.at.AddDate(0, 2, 0)
	_, doc, err := issue(t, s, draft())
	require.NoError(t, err)
	require.Equal(t, "2027-0001", doc.Number)
}

func TestOnlyInvoicesOfTodayOrBeforeAreIssued(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	d := draft()
	d.Doc.Date = invoice.DateOf(c.at).AddDays(1)
	_, _, err := issue(t, s, d)
	require.Equal(t, []string{"Date"}, fields(err))
	d = draft()
	d.Doc.Kind = invoice.KindCredit
	_, _, err = issue(t, s, d)
	require.NotEmpty(t, fields(err))
	_, doc, err := issue(t, s, draft())
	require.NoError(t, err)
	require.Equal(t, "2026-0001", doc.Number)
}

func TestInvoicesAreInTheOrderInWhichTheyWereIssued(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	b, err := s.Shop()
	require.NoError(t, err)
	sh, err := b.Get()
	require.NoError(t, err)
	sh.NumberPattern = "{#}"
	_, err = b.Save(sh)
	require.NoError(t, err)
	for range 11 {
		_, _, err := issue(t, s, draft())
		require.NoError(t, err)
	}
	_, is := desk(t, s)
	rows, err := is.List("")
	require.NoError(t, err)
	for i, r := range rows {
		require.Equal(t, fmt.Sprint(11-i), r.Number)
	}
}

func TestWhatCouldNotBeReadAgainIsNotStored(t *testing.T) {
	_, s := newBook(t, newClock())
	ds, is := desk(t, s)
	for name, spoil := range map[string]func(*invoice.Document){
		"no day":        func(d *invoice.Document) { d.Date = invoice.Date{Year: 2026, Month: 2, Day: 31} },
		"no text":       func(d *invoice.Document) { d.Preceding.Number = "M\xfcller" },
		"no text below": func(d *invoice.Document) { d.Lines[0].Tax.Reason = "M\xfcller" },
	} {
		d := draft()
		spoil(&d.Doc)
		_, err := ds.Save(d)
		require.ErrorIs(t, err, store.ErrUnfit, name)
	}
	d := draft()
	d.Doc.Date, d.Doc.Due = invoice.Date{Year: 2026, Month: 1, Day: 2}, invoice.Date{Year: 9999, Month: 12, Day: 31}
	_, _, err := issue(t, s, d)
	require.NoError(t, err)
	_, err = is.List("")
	require.NoError(t, err)
	_, err = ds.List()
	require.NoError(t, err)
	_, err = customers(t, s).Save(store.Customer{Name: "M\xfcller"})
	require.Equal(t, []string{"Name"}, fields(err))
}

func TestWhatIsTakenAwayIsGoneAlsoFromWhatWasOpenedBefore(t *testing.T) {
	b, owner := newBook(t, newClock())
	_, err := anyway(customers(t, owner), giulia())
	require.NoError(t, err)
	s := addStaff(t, b, owner, "Jonas", store.Manager)
	type opened struct {
		name string
		call func() error
	}
	cs, is := customers(t, s), must(s.Items())
	found, err := cs.List("")
	require.NoError(t, err)
	ns, ds, iv := must(s.Notes()), must(s.Drafts()), must(s.Invoices())
	all := []opened{
		{"customers", func() error { _, err := cs.List(""); return err }},
		{"a customer", func() error { _, err := cs.Get(found[0].ID); return err }},
		{"how many", func() error { _, err := cs.Count(); return err }},
		{"a phone", func() error { _, err := cs.Reveal(found[0].ID, "Phone"); return err }},
		{"items", func() error { _, err := is.List(""); return err }},
		{"notes", func() error { _, err := ns.Of(found[0].ID); return err }},
		{"drafts", func() error { _, err := ds.List(); return err }},
		{"invoices", func() error { _, err := iv.List(""); return err }},
	}
	for _, o := range all {
		require.NoError(t, o.call(), o.name)
	}
	require.NoError(t, must(owner.Staff()).Disable(s.Profile().ID))
	for _, o := range all {
		require.ErrorIs(t, o.call(), store.ErrNoRight, o.name)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestWhatOthersCommitWhileASaveWaitsIsInTheListAfterwards(t *testing.T) {
	b, s := newBook(t, newClock())
	other := addStaff(t, b, s, "Jonas", store.FrontDesk)
	_, err := anyway(customers(t, s), giulia())
	require.NoError(t, err)
	_, err = customers(t, s).List("")
	require.NoError(t, err)

	mine := customers(t, s)
	held, release, done := make(chan bool), make(chan bool), make(chan error, 2)
	go func() { done <- other.CommitHeld(store.Customer{Name: "Imported"}, held, release) }()
	<-held
	go func() {
		_, err := mine.Save(store.Customer{Name: "Saved"})
		done <- err
	}()
	time.Sleep(50 * time.Millisecond) // until the save most likely waits; later is right as well
	close(release)
	require.NoError(t, <-done)
	require.NoError(t, <-done)
	list, err := customers(t, s).List("")
	require.NoError(t, err)
	require.Len(t, list, 3)
}

func TestWhatKeepsARightIsSaidAsItIsForTheProfile(t *testing.T) {
	desk := store.Profile{Role: store.FrontDesk}
	require.Equal(t, store.ByKey, desk.Keeper(store.ReadNotes))
	desk.Without = []store.Right{store.ReadInvoices}
	require.Equal(t, store.ByProgram, desk.Keeper(store.ReadInvoices), "issuing still needs the key")
	desk.Without = []store.Right{store.EditCustomers}
	require.Equal(t, store.ByProgram, desk.Keeper(store.EditCustomers), "adding still signs")
	desk.Without = []store.Right{store.EditCustomers, store.CreateCustomers}
	require.Equal(t, store.BySignature, desk.Keeper(store.EditCustomers))
	desk.Without = []store.Right{store.ReadNotes, store.AddNotes, store.EditOwnNotes}
	require.Equal(t, store.ByKey, desk.Keeper(store.ReadNotes))
}
