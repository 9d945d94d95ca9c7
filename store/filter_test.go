package store_test

// Filters, tags and faults of the directory.

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
	"counterbook/store"
)

// search is the names that a query finds, in their order.
func search(t require.TestingT, cs *store.Customers, q store.CustomerQuery) []string {
	found, err := cs.Search(q)
	require.NoError(t, err)
	out := []string{}
	for i := range found.Len() {
		out = append(out, found.At(i).Name)
	}
	return out
}

func filtered(t require.TestingT, cs *store.Customers, f store.CustomerFilter) []string {
	return search(t, cs, store.CustomerQuery{CustomerFilter: f})
}

func TestFiltersShowWhatTheySay(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	cs := customers(t, s)
	tag := must(must(s.Tags()).Add("Frames"))
	old := must(cs.Save(store.Customer{Name: "Ada Old", Phone: "+43 664 120 3456"}))
	must(cs.Save(store.Customer{Name: "Bo Bare"}))
	c.at = c.at.AddDate(1, 1, 0)
	must(cs.Save(store.Customer{Name: "Cy New", Email: "cy@posteo.at", Tags: []store.TagID{tag.ID}}))
	today := invoice.DateOf(c.at)
	year := store.UncheckedSince(c.at)
	require.Equal(t, []string{"Bo Bare"}, filtered(t, cs, store.CustomerFilter{Incomplete: true}))
	require.Equal(t, []string{"Ada Old", "Bo Bare"}, filtered(t, cs, store.CustomerFilter{Unchecked: year}))
	require.Equal(t, []string{"Cy New"}, filtered(t, cs, store.CustomerFilter{Tag: tag.ID}))
	require.Equal(t, []string{"Bo Bare"}, filtered(t, cs, store.CustomerFilter{ToMend: true}))
	require.Equal(t, []string{"Ada Old", "Bo Bare"}, filtered(t, cs, store.CustomerFilter{Quiet: today}))
	require.Empty(t, filtered(t, cs, store.CustomerFilter{Open: true}))
	require.Empty(t, filtered(t, cs, store.CustomerFilter{Incomplete: true, Tag: tag.ID}), "all of them hold")
	require.Equal(t, []string{"Bo Bare"}, search(t, cs, store.CustomerQuery{Text: "b", CustomerFilter: store.CustomerFilter{Unchecked: year, Incomplete: true}}))

	ds, is := must(s.Drafts()), must(s.Invoices())
	d := must(ds.Save(store.Draft{Customer: old.ID, Doc: invoice.Document{Buyer: old.Party(), Lines: []invoice.Line{frame()}}}))
	require.Equal(t, []string{"Ada Old"}, filtered(t, cs, store.CustomerFilter{Open: true}), "a draft is open")
	must(is.Issue(context.Background(), d.ID))
	require.Equal(t, []string{"Ada Old"}, filtered(t, cs, store.CustomerFilter{Open: true}), "it asks for money")
	require.Equal(t, []string{"Bo Bare"}, filtered(t, cs, store.CustomerFilter{Quiet: today}))

	all := store.CustomerFilter{Incomplete: true, Unchecked: year, Quiet: today, Open: true, ToMend: true}
	counts, err := cs.Counts(all)
	require.NoError(t, err)
	require.Equal(t, store.CustomerCounts{Incomplete: 1, Unchecked: 2, Quiet: 1, Open: 1, ToMend: 1, Tags: map[store.TagID]int{tag.ID: 1}}, counts)
}

func TestFiltersNeedWhatTheyTell(t *testing.T) {
	b, owner := newBook(t, newClock())
	must(anyway(customers(t, owner), giulia()))
	today := invoice.Date{Year: 2026, Month: 11, Day: 22}
	workshop := customers(t, addStaff(t, b, owner, "Wim", store.Workshop))
	for _, f := range []store.CustomerFilter{{Open: true}, {Quiet: today}} {
		_, err := workshop.Search(store.CustomerQuery{CustomerFilter: f})
		require.ErrorIs(t, err, store.ErrNoRight, "what comes from invoices is for who reads them")
		_, err = workshop.Counts(f)
		require.ErrorIs(t, err, store.ErrNoRight)
	}
	_, err := workshop.Search(store.CustomerQuery{By: store.ByVisits})
	require.ErrorIs(t, err, store.ErrNoRight)
	trainee := customers(t, addStaff(t, b, owner, "Tim", store.Trainee))
	_, err = trainee.Search(store.CustomerQuery{Text: "C-00001", CustomerFilter: store.CustomerFilter{Incomplete: true}})
	require.ErrorIs(t, err, store.ErrNoRight, "a filter would list")
	_, err = trainee.Counts(store.CustomerFilter{})
	require.ErrorIs(t, err, store.ErrNoRight)
	_, err = trainee.Reports(store.ID{1})
	require.ErrorIs(t, err, store.ErrNoRight)
}

// unchecked reports whether something in a record was last checked before a day.
func unchecked(c store.Customer, day invoice.Date) bool {
	old, any := false, false
	for field, filled := range map[string]bool{"Phone": c.Phone != "", "Email": c.Email != ""} {
		any = any || filled
		old = old || filled && invoice.DateOf(c.Checked(field).At).Before(day)
	}
	return old || !any && invoice.DateOf(c.Updated).Before(day)
}

// TestAFilterShowsTheSameAsLookingAtEachRecord compares filters with the records,
// after any changes, and after signing in anew.
func TestAFilterShowsTheSameAsLookingAtEachRecord(t *testing.T) {
	c := newClock()
	b, s := newBook(t, c)
	var tags []store.TagID
	for i := range 3 {
		tags = append(tags, must(must(s.Tags()).Add(fmt.Sprint("tag ", i))).ID)
	}
	rapid.Check(t, func(t *rapid.T) {
		cs, err := s.Customers()
		require.NoError(t, err)
		list, err := cs.List("")
		require.NoError(t, err)
		v := store.Customer{Name: rapid.SampledFrom([]string{"Ada Weiss", "ADA WEISS", "test", "Bo"}).Draw(t, "name")}
		if len(list) > 0 && list[0].Phone != "" && rapid.Bool().Draw(t, "check") {
			_, err = cs.Check(list[0].ID, []string{"Phone"}, store.Confirmed)
			require.NoError(t, err)
			list, err = cs.List("")
			require.NoError(t, err)
		}
		if len(list) > 0 && rapid.Bool().Draw(t, "change") {
			v = list[rapid.IntRange(0, len(list)-1).Draw(t, "which")]
		}
		v.Phone = rapid.SampledFrom([]string{"", "+43 664 120 3456", "0000000000"}).Draw(t, "phone")
		v.Email = rapid.SampledFrom([]string{"", "ada@weiss.at", "test@test.at"}).Draw(t, "email")
		v.Tags = rapid.SliceOfDistinct(rapid.SampledFrom(tags), rapid.ID).Draw(t, "tags")
		c.at = c.at.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "days")) * 24 * time.Hour)
		_, err = anyway(cs, v)
		require.NoError(t, err)
		anew := cs
		if len(list)%10 == 0 {
			read, err := b.SignIn(b.Info().Profiles[0].ID, store.Passphrase(ownerPass))
			require.NoError(t, err)
			defer read.Close()
			anew, err = read.Customers()
			require.NoError(t, err)
		}
		since, tag := store.UncheckedSince(c.at), rapid.SampledFrom(tags).Draw(t, "tag")
		list, err = cs.List("")
		require.NoError(t, err)
		for name, f := range map[string]struct {
			filter store.CustomerFilter
			is     func(store.Customer) bool
		}{
			"incomplete": {store.CustomerFilter{Incomplete: true}, func(c store.Customer) bool { return c.Phone == "" && c.Email == "" }},
			"unchecked":  {store.CustomerFilter{Unchecked: since}, func(c store.Customer) bool { return unchecked(c, since) }},
			"to mend":    {store.CustomerFilter{ToMend: true}, func(c store.Customer) bool { f, err := cs.Faults(c); return err == nil && f != 0 }},
			"tag": {store.CustomerFilter{Tag: tag}, func(c store.Customer) bool {
				for _, x := range c.Tags {
					if x == tag {
						return true
					}
				}
				return false
			}},
		} {
			want := []string{}
			for _, c := range list {
				if f.is(c) {
					want = append(want, c.Name)
				}
			}
			require.Equal(t, want, filtered(t, cs, f.filter), name)
			require.Equal(t, want, filtered(t, anew, f.filter), name)
		}
	})
}

func TestD1TheDirectoryIsSortedByCompanyAndVisits(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := customers(t, s)
	for _, c := range []store.Customer{{Name: "Ada", Company: "Zed"}, {Name: "Bo"}, {Name: "Cy", Company: "Émile"}} {
		c = must(cs.Save(c))
		for range map[string]int{"Bo": 2, "Cy": 1}[c.Name] {
			d := must(must(s.Drafts()).Save(store.Draft{Customer: c.ID, Doc: invoice.Document{Buyer: giulia().Party(), Lines: []invoice.Line{frame()}}}))
			must(must(s.Invoices()).Issue(context.Background(), d.ID))
		}
	}
	require.Equal(t, []string{"Cy", "Ada", "Bo"}, search(t, cs, store.CustomerQuery{By: store.ByCompany}))
	require.Equal(t, []string{"Ada", "Cy", "Bo"}, search(t, cs, store.CustomerQuery{By: store.ByCompany, Falling: true}), "who has none comes last")
	require.Equal(t, []string{"Bo", "Cy", "Ada"}, search(t, cs, store.CustomerQuery{By: store.ByVisits, Falling: true}))
}

func TestS11WhoIsIncompleteIsWhatTheShopRequires(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := customers(t, s)
	for _, c := range []store.Customer{
		{Name: "Ada Bare"},
		{Name: "Bo Only", InvoiceOnly: true},
		{Name: "Cy Phone", Phone: "+43 660 1234471"},
		{Name: "Di Mail", Email: "di@posteo.example"},
		{Name: "Ed Town", Phone: "+43 660 1234472", Address: invoice.Address{Street2: "Top 5", Country: "AT"}},
	} {
		must(anyway(cs, c))
	}
	incomplete := func() []string { return filtered(t, cs, store.CustomerFilter{Incomplete: true}) }
	require.Equal(t, []string{"Ada Bare"}, incomplete(), "nothing was decided: somebody can be reached")

	collect(t, s, map[string]store.Collect{"Phone": store.Optional, "Email": store.Optional})
	require.Empty(t, incomplete(), "nothing is required")
	collect(t, s, map[string]store.Collect{"Phone": store.OneContact, "Email": store.OneContact})
	require.Equal(t, []string{"Ada Bare"}, incomplete(), "phone or e-mail, but not of who gives neither")
	collect(t, s, map[string]store.Collect{"Phone": store.Required, "Email": store.Optional})
	require.Equal(t, []string{"Ada Bare", "Di Mail"}, incomplete())
	collect(t, s, map[string]store.Collect{"Phone": store.Optional, "Address": store.Required})
	require.Equal(t, []string{"Ada Bare", "Bo Only", "Cy Phone", "Di Mail"}, incomplete(), "an address any part of which is there is one")
	require.Equal(t, 4, must(cs.Counts(store.CustomerFilter{Incomplete: true})).Incomplete)

	collect(t, s, map[string]store.Collect{"Address": store.Optional, "Birthday": store.Optional, "Phone2": store.Optional})
	must(anyway(cs, store.Customer{Name: "Flo Full", Phone2: "+43 660 1234473", Birthday: store.Birthday{Month: time.May, Day: 17}}))
	collect(t, s, map[string]store.Collect{"Birthday": store.Required, "Phone": store.OneContact})
	require.NotContains(t, incomplete(), "Flo Full", "a second phone reaches them too")
	require.Len(t, incomplete(), 5)
	collect(t, s, map[string]store.Collect{"Birthday": store.Optional, "Phone2": store.Required})
	require.NotContains(t, incomplete(), "Flo Full")
	require.NotContains(t, incomplete(), "Bo Only")
	require.Len(t, incomplete(), 4)
	ada := must(cs.List("ada"))[0]
	require.Equal(t, store.Incomplete, must(cs.Faults(ada)))
}
