package store_test

// Merging customers: what follows, what is found, and that taking it back is exact.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

// doubles is a book with one person twice, each with a note, a draft and an invoice.
type doubles struct {
	c    *clock
	b    *store.Book
	s    *store.Session
	cs   *store.Customers
	a, o store.Customer // the one to keep, and the other
}

func newDoubles(t *testing.T) *doubles {
	w := &doubles{c: newClock()}
	w.b, w.s = newBook(t, w.c)
	w.cs = customers(t, w.s)
	a := giulia()
	a.Company, a.Address.City = "Conti SNC", "Wien"
	o := store.Customer{Name: "Julia Conti", Company: "Conti Neubau", Phone: "+43 1 777 8888", Email: "julia@posteo.at",
		Address: invoice.Address{Street: "Burggasse 1", Postcode: "1070", City: "Graz", Country: "AT"}}
	w.a, w.o = w.add(t, a), w.add(t, o)
	return w
}

func (w *doubles) add(t *testing.T, c store.Customer) store.Customer {
	c, err := anyway(w.cs, c)
	require.NoError(t, err)
	must(must(w.s.Notes()).Save(store.Note{Customer: c.ID, Text: "Note on " + c.Number}))
	w.draft(t, c)
	d := w.draft(t, c)
	must(must(w.s.Invoices()).Issue(context.Background(), d.ID))
	return must(w.cs.Get(c.ID))
}

func (w *doubles) draft(t *testing.T, c store.Customer) store.Draft {
	d, err := must(w.s.Drafts()).Save(store.Draft{Customer: c.ID, Doc: invoice.Document{Buyer: c.Party(), Lines: []invoice.Line{frame()}}})
	require.NoError(t, err)
	return d
}

func (w *doubles) merge(t *testing.T, fromGone ...string) store.Customer {
	t.Helper()
	c, err := w.cs.Merge(w.a, w.o, store.MergeChoice(w.a, w.o, fromGone))
	require.NoError(t, err)
	return c
}

// holds is what there is of a customer.
func (w *doubles) holds(t *testing.T, id store.CustomerID) store.Traces {
	t.Helper()
	return must(w.cs.MergeTraces(id))
}

// only is the one customer whom a query finds exactly.
func only(t *testing.T, s *store.Session, query string) store.CustomerID {
	t.Helper()
	found, err := customers(t, s).Find(query, store.ByName, false)
	require.NoError(t, err)
	require.Equal(t, 1, found.Len(), query)
	return found.At(0).ID
}

func TestT42WhatBelongedToWhoIsMergedIsFoundWithTheSurvivor(t *testing.T) {
	w := newDoubles(t)
	tom := addStaff(t, w.b, w.s, "Tom", store.Trainee) // finds by an exact phone or number
	is := must(w.s.Invoices())
	before := must(is.Of(w.o.ID))[0]
	printed := must(is.PDF(before.ID))
	c := w.merge(t, "Email")

	require.Equal(t, w.a.ID, c.ID)
	require.Equal(t, w.a.Number, c.Number)
	require.Equal(t, w.a.Name, c.Name)
	require.Equal(t, "julia@posteo.at", c.Email)
	require.Equal(t, "Conti SNC", c.Company)
	require.Equal(t, "Conti Neubau", c.Others[len(c.Others)-1].Name, "whom the other bought for can be invoiced still")
	require.Equal(t, store.Traces{Notes: 2, Drafts: 2, Invoices: 2}, w.holds(t, c.ID))
	for _, id := range []store.ID{w.a.ID, w.o.ID} { // desks, drafts and routes may have the old id
		require.Equal(t, c, must(w.cs.Get(id)))
		require.Len(t, must(must(w.s.Notes()).Of(id)), 2)
		require.Equal(t, 2, must(is.Trade(id)).Count)
		row := must(w.cs.Find(must(w.cs.Get(id)).Number, store.ByName, false)).At(0)
		require.Equal(t, must(is.Trade(id)), must(is.TradeOfRow(row)))
	}
	require.Equal(t, 1, must(w.cs.Count()))
	for _, query := range []string{w.a.Number, w.o.Number, "+43 1 777 8888", "0660 123 4471", "Giulia", "conti neubau"} {
		require.Equal(t, c.ID, only(t, w.s, query), query)
	}
	for _, query := range []string{w.a.Number, w.o.Number, "01 777 8888", "0660 123 4471"} {
		require.Equal(t, c.ID, only(t, tom, query), query)
	}
	w.s.DropIndex(t, "contacts")
	require.Equal(t, c.ID, only(t, w.s, w.o.Number), "the index can be made of the records")

	after := must(is.Get(before.ID))
	require.Equal(t, "Conti Neubau", after.Doc.Buyer.Name, "what was issued stays as it is")
	require.Equal(t, printed, must(is.PDF(before.ID)))
	events := must(must(w.s.Activity()).Events(1))
	require.Equal(t, store.CustomersMerged, events[0].Kind)
	require.Equal(t, c.ID, events[0].Subject)
}

func TestT42TotalsOfListsCountTheInvoicesOfBoth(t *testing.T) {
	w := newDoubles(t)
	more := w.add(t, store.Customer{Name: "Zoe"})
	is := must(w.s.Invoices())
	d := w.draft(t, more)
	w.c.at = w.c.at.AddDate(0, 0, 1)
	must(is.Issue(context.Background(), d.ID)) // Zoe has two, each of the doubles one
	for range 2 {
		d := w.draft(t, w.o)
		must(is.Issue(context.Background(), d.ID))
	}
	order := func(by store.CustomerOrder) (out []store.CustomerID) {
		f := must(w.cs.Find("", by, true))
		for i := range f.Len() {
			out = append(out, f.At(i).ID)
		}
		return out
	}
	require.Equal(t, []store.ID{w.o.ID, more.ID, w.a.ID}, order(store.BySpent))
	w.merge(t)
	require.Equal(t, []store.ID{w.a.ID, more.ID}, order(store.BySpent))
	for name, f := range map[string]store.CustomerFilter{"no invoice lately": {Quiet: invoice.DateOf(w.c.at)}, "something open": {Open: true}} {
		before := must(w.cs.Search(store.CustomerQuery{CustomerFilter: f}))
		for i := range before.Len() {
			require.Equal(t, name == "something open", before.At(i).ID == w.a.ID || before.At(i).ID == more.ID, name)
		}
	}
	require.Equal(t, []store.ID{w.a.ID, more.ID}, order(store.ByLast), "of the same day, who spent first in the list")
	must(w.cs.Unmerge(w.o.ID))
	require.Equal(t, []store.ID{w.o.ID, more.ID, w.a.ID}, order(store.BySpent))
}

func TestT42TakingAMergeBackIsExact(t *testing.T) {
	w := newDoubles(t)
	notes, ds := must(w.s.Notes()), must(w.s.Drafts())
	theirs := must(notes.Of(w.o.ID))[0]
	w.c.at = w.c.at.AddDate(0, 0, store.UnmergeDays)
	c := w.merge(t, "Name", "Email", "Phone", "Address")
	w.c.at = w.c.at.AddDate(0, 0, store.UnmergeDays)
	left := must(w.cs.Unmerge(w.o.ID))
	for _, want := range []store.Customer{w.a, w.o} {
		got := must(w.cs.Get(want.ID))
		got.Version = want.Version
		require.Equal(t, want, got)
		require.Equal(t, store.Traces{Notes: 1, Drafts: 1, Invoices: 1}, w.holds(t, want.ID))
		require.Equal(t, want.ID, only(t, w.s, want.Number))
		require.Equal(t, want.ID, only(t, w.s, want.Phone))
	}
	require.Equal(t, store.CustomersUnmerged, must(must(w.s.Activity()).Events(1))[0].Kind)
	_, err := w.cs.Unmerge(w.o.ID)
	require.ErrorIs(t, err, store.ErrNotFound)

	// What happens in between belongs to the survivor, but for what was the other's.
	w.a, w.o = must(w.cs.Get(w.a.ID)), left
	c = w.merge(t, "Name", "Email")
	must(notes.Save(reworded(theirs, "Said otherwise")))
	must(notes.Save(store.Note{Customer: w.o.ID, Text: "On the old page"}))
	d := must(ds.List())
	for _, one := range d {
		if one.Customer == w.o.ID {
			must(must(w.s.Invoices()).Issue(context.Background(), one.ID))
		}
	}
	w.draft(t, w.o)
	c.Email = "new@posteo.at"
	c.Others = append(c.Others, store.Company{Name: "New GmbH"})
	c = must(w.cs.Save(c))
	left = must(w.cs.Unmerge(w.o.ID))
	require.Equal(t, w.o.Email, left.Email)
	require.Equal(t, store.Traces{Notes: 1, Invoices: 2}, w.holds(t, w.o.ID))
	require.Equal(t, "Said otherwise", must(notes.Of(w.o.ID))[0].Text)
	require.Equal(t, store.Traces{Notes: 2, Drafts: 2, Invoices: 1}, w.holds(t, w.a.ID))
	got := must(w.cs.Get(w.a.ID))
	require.Equal(t, w.a.Name, got.Name)
	require.Equal(t, "new@posteo.at", got.Email, "that was typed since")
	require.Len(t, got.Others, len(w.a.Others)+1)
	require.Equal(t, "New GmbH", got.Others[len(got.Others)-1].Name)
	require.Empty(t, got.Merged)
}

func TestT42AMergeIsTakenBackForThirtyDaysAndThenNothingIsKeptForIt(t *testing.T) {
	w := newDoubles(t)
	w.o.Address.Street = "Nur hier 7"
	w.o = must(w.cs.Save(w.o))
	merged := w.c.at
	c := w.merge(t)
	has := func() int { return w.s.HasInContacts(t, "Nur hier 7") }
	require.Equal(t, 2, has(), "what takes it back, and the company's address")
	require.Equal(t, w.o.Number, must(w.cs.Merges(c.ID))[0].Number)
	w.c.at = merged.AddDate(0, 0, store.UnmergeDays).Add(time.Second)
	_, err := w.cs.Unmerge(w.o.ID)
	require.ErrorIs(t, err, store.ErrMergeOver)
	require.Empty(t, must(w.cs.Merges(c.ID)))
	require.NoError(t, w.s.CheckAreas(context.Background()))
	require.Equal(t, 1, has())
	_, err = w.cs.Unmerge(w.o.ID)
	require.ErrorIs(t, err, store.ErrNotFound)
	require.Equal(t, c.ID, only(t, w.s, w.o.Number), "the old number finds the survivor for ever")
}

func TestT42MergesOfOneSurvivorAreTakenBackInAnyOrder(t *testing.T) {
	for name, order := range map[string][]int{"as they were made": {0, 1}, "the last one first": {1, 0}} {
		t.Run(name, func(t *testing.T) {
			w := newDoubles(t)
			first, a := w.o, w.a
			second := w.add(t, store.Customer{Name: "J. Conti", Phone: "+43 1 999 0000", Email: "j@posteo.at", Language: "de"})
			w.a = w.merge(t, "Phone", "Email")
			w.o = second
			w.merge(t, "Phone")
			gone := []store.Customer{first, second}
			for _, i := range order {
				got := must(w.cs.Unmerge(gone[i].ID))
				got.Version = gone[i].Version
				require.Equal(t, gone[i], got)
			}
			got := must(w.cs.Get(a.ID))
			got.Version, got.Updated = a.Version, a.Updated
			require.Equal(t, a, got)
		})
	}
}

func TestT42OfAChainTheLastMergeIsTakenBackFirst(t *testing.T) {
	w := newDoubles(t)
	b, a := w.o, w.a
	third := w.add(t, store.Customer{Name: "C. Conti"})
	ab := w.merge(t)
	w.a, w.o = third, ab
	all := w.merge(t)
	require.Equal(t, third.ID, all.ID)
	require.Len(t, all.Merged, 2)
	for _, number := range []string{a.Number, b.Number, third.Number} {
		require.Equal(t, third.ID, only(t, w.s, number))
	}
	for _, id := range []store.ID{a.ID, b.ID, third.ID} {
		require.Equal(t, store.Traces{Notes: 3, Drafts: 3, Invoices: 3}, w.holds(t, id))
	}
	_, err := w.cs.Unmerge(b.ID)
	var later *store.MergedLaterError
	require.ErrorAs(t, err, &later)
	require.Equal(t, a.ID, later.First)
	require.Equal(t, a.Number, later.Number)
	must(w.cs.Unmerge(later.First))
	require.Equal(t, store.Traces{Notes: 2, Drafts: 2, Invoices: 2}, w.holds(t, a.ID))
	must(w.cs.Unmerge(b.ID))
	for _, c := range []store.Customer{a, b, third} {
		got := must(w.cs.Get(c.ID))
		got.Version = c.Version
		require.Equal(t, c, got)
		require.Equal(t, store.Traces{Notes: 1, Drafts: 1, Invoices: 1}, w.holds(t, c.ID))
	}
}

func TestT42NothingOfEitherIsLeftOnceTheSurvivorIsErased(t *testing.T) {
	w := newDoubles(t)
	other := w.add(t, store.Customer{Name: "Otto", NotSame: []store.CustomerID{w.o.ID}})
	before := copyOf(t, w.b)
	c := w.merge(t)
	require.NoError(t, w.s.Desk().Put("old page", "customers/"+w.o.ID.String()))
	require.NoError(t, w.cs.Erase(context.Background(), w.o.ID, nil), "either id is of the one person")
	for _, id := range []store.ID{w.a.ID, w.o.ID} {
		_, err := w.cs.Get(id)
		require.ErrorIs(t, err, store.ErrNotFound)
		require.Empty(t, must(must(w.s.Notes()).Of(id)))
		require.Len(t, must(must(w.s.Invoices()).Of(id)), 1, "what was issued stays")
		for key := range store.Stored(t, w.b, 'r') {
			area, plain := w.s.Opened(t, key)
			require.False(t, area != "invoices" && (key[3:] == string(id[:]) || containsID(plain, id)), area)
		}
	}
	require.False(t, must(w.s.Desk().Has("old page")))
	require.Empty(t, must(w.cs.Get(other.ID)).NotSame)
	_, err := w.cs.Unmerge(w.o.ID)
	require.ErrorIs(t, err, store.ErrNotFound)
	_, err = w.cs.Merge(w.a, w.o, c)
	require.ErrorIs(t, err, store.ErrNotFound)

	marks := must(w.s.ErasedMarks())
	require.Len(t, marks, 2)
	back := restored(t, before, w.c)
	require.Equal(t, 2, must(back.EraseMarked(context.Background(), marks, nil)))
	require.Equal(t, 1, must(customers(t, back).Count()))
}

// A copy that was made while two were one, who were parted and of whom one was
// erased: the other is not erased when it is put back.
func TestT42OnlyWhoWasErasedIsErasedAgainInACopyInWhichTheyWereMerged(t *testing.T) {
	for _, survivor := range []bool{true, false} {
		w := newDoubles(t)
		w.merge(t, "Phone")
		before := copyOf(t, w.b)
		must(w.cs.Unmerge(w.o.ID))
		gone, stays := w.o, w.a
		if survivor {
			gone, stays = w.a, w.o
		}
		require.NoError(t, w.cs.Erase(context.Background(), gone.ID, nil))
		marks := must(w.s.ErasedMarks())
		require.Len(t, marks, 1)
		back := restored(t, before, w.c)
		require.Equal(t, 1, must(back.EraseMarked(context.Background(), marks, nil)))
		cs := customers(t, back)
		_, err := cs.Get(gone.ID)
		require.ErrorIs(t, err, store.ErrNotFound)
		got := must(cs.Get(stays.ID))
		got.Version = stays.Version
		require.Equal(t, stays, got)
		require.Len(t, must(must(back.Notes()).Of(stays.ID)), 1)
	}
}

func TestT42WhatWasSavedMeanwhileIsNotMergedAway(t *testing.T) {
	w := newDoubles(t)
	w.o.Email = "later@posteo.at"
	now := must(w.cs.Save(w.o))
	w.o.Version = now.Version - 1
	_, err := w.cs.Merge(w.a, w.o, w.a)
	require.ErrorIs(t, err, store.ErrChanged)
	w.o = now
	_, err = w.cs.Merge(w.a, w.a, w.a)
	require.ErrorIs(t, err, store.ErrNotFound)
	bad := w.a
	bad.Email = "nobody"
	_, err = w.cs.Merge(w.a, w.o, bad)
	require.Equal(t, []string{"Email"}, fields(err))
	require.Equal(t, 2, must(w.cs.Count()))
	w.merge(t)
	_, err = w.cs.Merge(w.a, w.o, w.a)
	require.ErrorIs(t, err, store.ErrChanged)
	w.o.Name = "From an old form"
	_, err = w.cs.Save(w.o)
	require.ErrorIs(t, err, store.ErrChanged)
}

func TestT42WhoMayNotMergeOrEditDoesNot(t *testing.T) {
	w := newDoubles(t)
	for _, without := range []store.Right{store.MergeCustomers, store.EditCustomers} {
		cs := customers(t, addStaff(t, w.b, w.s, "Max without "+without.String(), store.Manager, without))
		_, err := cs.Merge(w.a, w.o, w.a)
		require.ErrorIs(t, err, store.ErrNoRight)
		_, err = cs.Unmerge(w.o.ID)
		require.ErrorIs(t, err, store.ErrNoRight)
		_, err = cs.Merges(w.a.ID)
		require.ErrorIs(t, err, store.ErrNoRight)
		_, err = cs.MergeTraces(w.a.ID)
		require.ErrorIs(t, err, store.ErrNoRight)
	}
	c := customers(t, addStaff(t, w.b, w.s, "Max", store.Manager))
	_, err := c.Merge(w.a, w.o, w.a)
	require.NoError(t, err)
	require.False(t, errors.Is(must2(c.Unmerge(w.o.ID)), store.ErrNoRight))
}

func must2[T any](_ T, err error) error { return err }

func containsID(plain []byte, id store.ID) bool {
	return bytes.Contains(plain, id[:]) || bytes.Contains(plain, []byte(id.String()))
}

// copyOf is a book's file as it is now.
func copyOf(t *testing.T, b *store.Book) []byte {
	t.Helper()
	raw, err := os.ReadFile(b.Info().Path)
	require.NoError(t, err)
	return raw
}

// restored opens a copy as a book of its own, and signs its owner in.
func restored(t *testing.T, raw []byte, c *clock) *store.Session {
	t.Helper()
	path := filepath.Join(t.TempDir(), "before.counterbook")
	require.NoError(t, os.WriteFile(path, raw, 0o600))
	b, err := store.Open(path, options(c))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	return signIn(t, b, 0, ownerPass)
}

func TestT42AnAddressGoesAlongWhereTheOtherRecordHasNoMoreThanACountry(t *testing.T) {
	has := store.Customer{Name: "Giulia Conti", Address: invoice.Address{Street: "Neubaugasse 12", Postcode: "1070", City: "Wien", Country: "AT"}}
	bare := store.Customer{Name: "Giulia Conti", Address: invoice.Address{Country: "AT"}}
	for _, pair := range [][2]store.Customer{{has, bare}, {bare, has}} {
		require.Equal(t, has.Address, store.MergeChoice(pair[0], pair[1], nil).Address)
		for _, f := range store.MergeFields(pair[0], pair[1]) {
			require.False(t, f.Differ, f.Name)
		}
	}
	require.Equal(t, bare.Address, store.MergeChoice(bare, bare, nil).Address)
}

// TestT42WhatTheOtherHadIsNotInTheHistoryAfterAMergeWasTakenBack: who is erased then
// leaves nothing in the record they had been one with.
func TestT42WhatTheOtherHadIsNotInTheHistoryAfterAMergeWasTakenBack(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := must(s.Customers())
	keep := must(cs.Save(giulia()))
	gone := must(anyway(cs, store.Customer{Name: "Giulia Conti", Phone: "+43 1 5556677", Email: "other@posteo.at"}))
	c := must(cs.Merge(keep, gone, store.MergeChoice(keep, gone, []string{"Phone", "Email"})))
	require.Equal(t, gone.Phone, c.Phone)
	c.Phone, c.Email = "+43 660 7654321", "new@posteo.at"
	c = must(cs.Save(c))
	require.Positive(t, s.HasInContacts(t, "other@posteo.at"))
	must(cs.Unmerge(gone.ID))
	h := must(cs.History(keep.ID))
	require.Equal(t, keep.Email, h[0].Was.Email, "what it had been before the merge")
	require.NoError(t, cs.Erase(context.Background(), gone.ID, nil))
	for _, text := range []string{"5556677", "other@posteo.at"} {
		require.Zero(t, s.HasInContacts(t, text), text)
	}
}

// TestT42WhoIsMergedIsFoundByTheirSecondPhone: that phone stays with the survivor as
// the first one does, until the field is cleared.
func TestT42WhoIsMergedIsFoundByTheirSecondPhone(t *testing.T) {
	_, s := newBook(t, newClock())
	collect(t, s, map[string]store.Collect{"Phone2": store.Optional})
	cs := must(s.Customers())
	g := giulia()
	g.Phone2 = "+43 1 555 0199"
	keep := must(cs.Save(g))
	gone := must(anyway(cs, store.Customer{Name: "Julia Conti", Phone: "+43 1 777 8888", Phone2: "+43 1 444 3322"}))
	c := must(cs.Merge(keep, gone, store.MergeChoice(keep, gone, nil)))
	require.Equal(t, "+43 1 5550199", c.Phone2)
	for _, phone := range []string{"01 555 0199", "01 777 8888", "01 444 3322"} {
		require.Equal(t, c.ID, only(t, s, phone), phone)
	}
	s.DropIndex(t, "contacts")
	require.Equal(t, c.ID, only(t, s, "01 444 3322"))

	require.NoError(t, s.StepUp(store.Passphrase(ownerPass)))
	must(cs.Clear(context.Background(), "Phone2", nil))
	require.Zero(t, must(cs.Find("01 444 3322", store.ByName, false)).Len())
	require.Zero(t, s.HasInContacts(t, "4443322"))
	require.Equal(t, c.ID, only(t, s, "01 777 8888"))
}

func TestT42WhoCanBeReachedIsNotOnlyForInvoices(t *testing.T) {
	with := store.Customer{Name: "Ada Weiß", Phone2: "+43 1 555 0199"}
	only := store.Customer{Name: "Ada Weiß", InvoiceOnly: true}
	both := with
	both.InvoiceOnly = true
	none := store.Customer{Name: "Ada Weiß"}
	for i, c := range []struct {
		keep, gone store.Customer
		is         bool
	}{{with, only, false}, {only, with, false}, {both, with, false}, {both, only, true}, {none, only, true}, {only, none, true}, {none, none, false}} {
		require.Equal(t, c.is, store.MergeChoice(c.keep, c.gone, nil).InvoiceOnly, i)
	}
}

// TestT42ListsThatAreTooLongTogetherAreCutAfterTheChosenOne: what has no room is
// named, and never keeps a merge from being made.
func TestT42ListsThatAreTooLongTogetherAreCutAfterTheChosenOne(t *testing.T) {
	_, s := newBook(t, newClock())
	tags := must(s.Tags())
	keep, gone := giulia(), store.Customer{Name: "Julia Conti", Phone: "+43 1 777 8888", Company: "Conti Neubau"}
	for i := range 12 {
		keep.Tags = append(keep.Tags, must(tags.Add(fmt.Sprint("Keep ", i))).ID)
		gone.Tags = append(gone.Tags, must(tags.Add(fmt.Sprint("Gone ", i))).ID)
		keep.Others = append(keep.Others, store.Company{Name: fmt.Sprint("Keep ", i)})
		gone.Others = append(gone.Others, store.Company{Name: fmt.Sprint("Gone ", i)})
	}
	keep.Company = "Conti SNC"
	cs := must(s.Customers())
	keep, gone = must(cs.Save(keep)), must(anyway(cs, gone))
	for _, f := range store.MergeFields(keep, gone) {
		if f.Name == "Tags" || f.Name == "Others" {
			require.True(t, f.Differ, f.Name)
		}
	}
	c := store.MergeChoice(keep, gone, nil)
	require.Equal(t, keep.Tags, c.Tags[:12])
	leftTags, leftOthers := store.MergeLeavesOut(keep, gone, nil)
	require.Equal(t, gone.Tags[8:], leftTags)
	require.Contains(t, c.Others, store.Company{Name: "Conti Neubau"})
	require.Len(t, leftOthers, len(keep.Others)+len(gone.Others)+1-len(c.Others))
	require.Subset(t, gone.Others, leftOthers)
	c = store.MergeChoice(keep, gone, []string{"Tags"})
	require.Equal(t, gone.Tags, c.Tags[:12])
	made := must(cs.Merge(keep, gone, c))
	require.ElementsMatch(t, c.Tags, made.Tags)
	must(cs.Unmerge(gone.ID))
	require.Equal(t, keep.Tags, must(cs.Get(keep.ID)).Tags)
}

// TestT42WhatAChoiceOverwroteIsInTheHistory: also when the merge cannot be taken back
// any more. It goes where it is taken back, and is not what Undo puts back.
func TestT42WhatAChoiceOverwroteIsInTheHistory(t *testing.T) {
	w := newDoubles(t)
	c := w.merge(t, "Phone", "Email")
	h := must(w.cs.History(c.ID))
	require.Len(t, h, 1)
	require.Equal(t, []string{"Phone", "Email", "Others"}, h[0].Fields)
	require.Equal(t, w.a.Phone, h[0].Was.Phone)
	require.Equal(t, w.a.Email, h[0].Was.Email)
	_, err := w.cs.Undoable(c.ID)
	require.ErrorIs(t, err, store.ErrNoUndo)
	must(w.cs.Unmerge(w.o.ID))
	require.Empty(t, must(w.cs.History(w.a.ID)))
	require.Empty(t, must(w.cs.History(w.o.ID)))

	w.a, w.o = must(w.cs.Get(w.a.ID)), must(w.cs.Get(w.o.ID))
	w.merge(t, "Phone")
	w.c.at = w.c.at.AddDate(0, 0, store.UnmergeDays+1)
	w.s.Close()
	w.s = must(w.b.SignIn(w.b.Info().Profiles[0].ID, store.Passphrase(ownerPass)))
	cs := must(w.s.Customers())
	c = must(cs.Restore(w.a.ID, must(cs.History(w.a.ID))[0].ID, must(cs.Get(w.a.ID)).Version))
	require.Equal(t, w.a.Phone, c.Phone)
}
