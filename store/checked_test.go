package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

func TestS62ACheckOfAFieldSaysWhenByWhomAndHow(t *testing.T) {
	c := newClock()
	b, owner := newBook(t, c)
	g := giulia()
	g.VATID = "ATU12345675"
	g = must(customers(t, owner).Save(g))
	me := owner.Profile().ID
	require.Equal(t, store.FieldCheck{Field: "Phone", At: c.at, By: me}, g.Checked("Phone"), "typed, and not more")
	require.False(t, g.Checked("Phone").Made())
	require.Equal(t, store.FormatValid, g.Checked("VATID").How)
	g.VATID = "CZ395601439" // a birth number without a check digit
	g = must(customers(t, owner).Save(g))
	require.Equal(t, store.Typed, g.Checked("VATID").How)
	require.False(t, g.Checked("VATID").Made(), "right check digits do not say that a number is in force")

	ana := addStaff(t, b, owner, "Ana", store.FrontDesk)
	c.at = c.at.Add(time.Hour)
	updated := g.Updated
	g = must(customers(t, ana).Check(g.ID, []string{"Phone", "Email"}, store.ReadBack))
	want := store.FieldCheck{Field: "Phone", At: c.at, By: ana.Profile().ID, How: store.ReadBack}
	require.Equal(t, want, g.Checked("Phone"))
	require.True(t, g.Checked("Phone").Made())
	require.Equal(t, updated, g.Updated, "nothing that the record says was changed")
	require.Equal(t, g, must(customers(t, ana).Get(g.ID)), "in the book as it was returned")
	e := must(must(owner.Activity()).Events(1))[0]
	require.Equal(t, store.DetailsChecked, e.Kind)
	require.Equal(t, []string{"Phone", "Email"}, e.Fields)

	c.at = c.at.Add(time.Hour)
	g.Email = "other@posteo.it"
	g.Checks = []store.FieldCheck{{Field: "Email", How: store.OnDocument}} // nobody saves a check
	g = must(customers(t, ana).Save(g))
	require.Equal(t, want, g.Checked("Phone"))
	require.Equal(t, store.FieldCheck{Field: "Email", At: c.at, By: ana.Profile().ID}, g.Checked("Email"), "a changed field loses its check")
	g.Phone = ""
	g = must(customers(t, ana).Save(g))
	require.False(t, g.Checked("Phone").Made())

	for _, fields := range [][]string{{"Phone"}, {"Name"}, {}, {"Email", "Nothing"}} {
		_, err := customers(t, ana).Check(g.ID, fields, store.ReadBack)
		require.ErrorIs(t, err, store.ErrNotFound, "%v", fields)
	}
	for _, how := range []store.How{store.Typed, store.FormatValid, 9} {
		_, err := customers(t, ana).Check(g.ID, []string{"Email"}, how)
		require.ErrorIs(t, err, store.ErrNotFound, how.String())
	}
	require.Equal(t, g, must(customers(t, ana).Get(g.ID)))
}

func TestS43AFieldIsStaleWhenNobodyMadeSureOfItForAYear(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	sh := must(must(s.Shop()).Get())
	require.Equal(t, 12, sh.StaleMonths)
	g := must(customers(t, s).Save(giulia()))
	stale := func(months int) []string { return g.Stale(store.CheckedFields(), months, c.at) }
	c.at = c.at.AddDate(1, 0, 0)
	require.Empty(t, stale(12), "a year to the day")
	c.at = c.at.Add(time.Second)
	require.Equal(t, []string{"Phone", "Email", "Address"}, stale(12), "an empty field is not stale")
	require.Equal(t, []string{"Address"}, g.Stale(store.BillingFields(), 12, c.at))
	require.Empty(t, stale(0), "never, where the shop says so")
	require.Empty(t, stale(13))
	g = must(customers(t, s).Check(g.ID, []string{"Phone"}, store.Confirmed))
	require.Equal(t, []string{"Email", "Address"}, stale(12))
	g.Address.City = "Graz"
	g = must(customers(t, s).Save(g))
	require.Equal(t, []string{"Email"}, stale(12), "what was just typed is fresh, and makes nothing else so")
	g.Name = "Giulia Conti-Neri"
	g = must(customers(t, s).Save(g))
	require.Equal(t, []string{"Email"}, stale(12))
}

func TestS43ACustomerFromBeforeChecksWereKeptIsAsOldAsItsLastChange(t *testing.T) {
	at := newClock().at
	g := store.Customer{Name: "Ada", Phone: "+43 660 1", Updated: at.AddDate(-2, 0, 0)}
	require.Equal(t, []string{"Phone"}, g.Stale(store.CheckedFields(), 12, at))
	g.Updated = at.AddDate(0, -11, 0)
	require.Empty(t, g.Stale(store.CheckedFields(), 12, at))
}

func TestTheShopSaysWhatIsStaleAndWhenToAsk(t *testing.T) {
	_, s := newBook(t, newClock())
	b := must(s.Shop())
	sh := must(b.Get())
	require.Equal(t, store.AskUnsure, sh.AskWho)
	sh.StaleMonths, sh.AskWho = 0, store.AskNever
	sh = must(b.Save(sh))
	require.Equal(t, sh, must(b.Get()))
	sh.StaleMonths, sh.AskWho = 121, 4
	_, err := b.Save(sh)
	require.Equal(t, []string{"StaleMonths", "AskWho"}, fields(err))
	sh.StaleMonths = -1
	_, err = b.Save(sh)
	require.ErrorAs(t, err, &invoice.Problems{})
}
