package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

func TestT41WhatIsToBeMendedIsSeen(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := customers(t, s)
	good := store.Customer{Name: "Giulia Conti", Phone: "+43 660 123 4471"}
	with := func(change func(*store.Customer)) store.Customer {
		c := good
		change(&c)
		return c
	}
	for name, of := range map[string]struct {
		c    store.Customer
		want store.Faults
	}{
		"nothing":           {good, 0},
		"short capitals":    {with(func(c *store.Customer) { c.Name = "IKEA" }), 0},
		"capitals":          {with(func(c *store.Customer) { c.Name = "ŁUCJA SOBCZAK" }), store.AllCapitals},
		"other scripts":     {with(func(c *store.Customer) { c.Name = "山田" }), 0},
		"test":              {with(func(c *store.Customer) { c.Name = "Test" }), store.PlaceholderName},
		"xxx":               {with(func(c *store.Customer) { c.Name = "xxx" }), store.PlaceholderName},
		"two names":         {with(func(c *store.Customer) { c.Name = "Testa Anna" }), 0},
		"zeros":             {with(func(c *store.Customer) { c.Phone = "0000000000" }), store.PlaceholderPhone},
		"counted":           {with(func(c *store.Customer) { c.Phone = "123 456 789" }), store.PlaceholderPhone},
		"test@test":         {with(func(c *store.Customer) { c.Email = "test@test.com" }), store.PlaceholderEmail},
		"test host":         {with(func(c *store.Customer) { c.Email = "anna@test.at" }), store.PlaceholderEmail},
		"xxx@":              {with(func(c *store.Customer) { c.Email = "xxx@gmx.at" }), store.PlaceholderEmail},
		"good address":      {with(func(c *store.Customer) { c.Email = "contest@gmx.at" }), 0},
		"nothing to reach":  {with(func(c *store.Customer) { c.Phone = "" }), store.Incomplete},
		"what is no longer": {with(func(c *store.Customer) { c.VATID = "ATU1" }), store.Malformed},
	} {
		got, err := cs.Faults(of.c)
		require.NoError(t, err)
		require.Equal(t, of.want, got, "%s: %s", name, got)
	}
}

func TestT41AReportLandsInTheListOfWhatIsToBeMended(t *testing.T) {
	c := newClock()
	b, owner := newBook(t, c)
	g := must(anyway(customers(t, owner), giulia()))
	jonas := addStaff(t, b, owner, "Jonas", store.FrontDesk)
	cs := customers(t, jonas)
	require.NoError(t, cs.Report(g.ID, store.WrongPhone))
	require.NoError(t, cs.Report(g.ID, store.Twice))
	theirs := must(customers(t, owner).Reports(g.ID))
	require.Len(t, theirs, 1, "one person, one report")
	require.Equal(t, "Jonas", theirs[0].ByName)
	require.Equal(t, store.WrongPhone|store.Twice, theirs[0].Faults)
	require.Equal(t, []string{g.Name}, filtered(t, customers(t, owner), store.CustomerFilter{ToMend: true}))
	require.Equal(t, store.WrongPhone|store.Twice, must(customers(t, owner).Search(store.CustomerQuery{CustomerFilter: store.CustomerFilter{ToMend: true}})).At(0).Faults)
	require.NoError(t, customers(t, owner).Settle(g.ID))
	require.Empty(t, filtered(t, cs, store.CustomerFilter{ToMend: true}))

	require.Error(t, cs.Report(g.ID, 0))
	require.Error(t, cs.Report(g.ID, store.AllCapitals), "what the program sees itself needs no report")
	require.ErrorIs(t, cs.Report(store.ID{9}, store.Twice), store.ErrNotFound)
	events := must(must(owner.Activity()).Events(2))
	require.Equal(t, store.ReportsSettled, events[0].Kind)
	require.Equal(t, g.ID, events[0].Subject)
}

func TestT41OnePersonMendsRecords(t *testing.T) {
	b, owner := newBook(t, newClock())
	ana, jonas, wim := addStaff(t, b, owner, "Ana", store.FrontDesk), addStaff(t, b, owner, "Jonas", store.FrontDesk), addStaff(t, b, owner, "Wim", store.Workshop)
	mends := func() []bool { return []bool{owner.MendsData(), ana.MendsData(), jonas.MendsData(), wim.MendsData()} }
	require.Equal(t, []bool{true, false, false, false}, mends(), "owners, while nobody is named")
	shop := must(owner.Shop())
	name := func(id store.ProfileID) error {
		sh := must(shop.Get())
		sh.DataOwner = id
		_, err := shop.Save(sh)
		return err
	}
	require.NoError(t, name(ana.Profile().ID))
	require.Equal(t, []bool{false, true, false, false}, mends())
	require.Equal(t, []string{"DataOwner"}, fields(name(wim.Profile().ID)), "who changes nothing mends nothing")
	require.Equal(t, []string{"DataOwner"}, fields(name(store.ID{5})))
	require.Len(t, must(shop.Menders()), 3)
	require.NoError(t, must(owner.Staff()).Disable(ana.Profile().ID))
	require.Equal(t, []bool{true, false, false, false}, []bool{owner.MendsData(), false, jonas.MendsData(), wim.MendsData()}, "owners again")
	require.NoError(t, name(ana.Profile().ID), "the rest of the shop's record can still be saved")
	_, err := must(jonas.Shop()).Menders()
	require.ErrorIs(t, err, store.ErrNoRight)
}

func TestReportsGoWithTheCustomer(t *testing.T) {
	v := newVisited(t)
	cs := must(v.s.Customers())
	require.NoError(t, cs.Report(v.giulia, store.WrongPhone))
	require.NoError(t, cs.Report(v.otto, store.WrongEmail))
	require.NotEmpty(t, v.of(t))
	require.NoError(t, cs.Erase(context.Background(), v.giulia, nil))
	require.Empty(t, v.of(t))
	require.Empty(t, must(cs.Reports(v.giulia)))
	require.Len(t, must(cs.Reports(v.otto)), 1)
}

func TestReportsAreOfTheOneWhoGoesOnAfterAMerge(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := customers(t, s)
	keep, gone := must(cs.Save(giulia())), must(cs.Save(store.Customer{Name: "Otto Brandt", Phone: "+43 660 1112222"}))
	require.NoError(t, cs.Report(keep.ID, store.Twice))
	require.NoError(t, cs.Report(gone.ID, store.Twice|store.WrongPhone))
	made := must(cs.Merge(keep, gone, store.MergeChoice(keep, gone, nil)))
	require.Equal(t, []string{keep.Name}, filtered(t, cs, store.CustomerFilter{ToMend: true}))
	require.Equal(t, store.WrongPhone, must(cs.Search(store.CustomerQuery{CustomerFilter: store.CustomerFilter{ToMend: true}})).At(0).Faults, "they are there once now")
	require.Equal(t, store.WrongPhone, must(cs.Faults(made)))
	require.Len(t, must(cs.Reports(keep.ID)), 1)
	require.NoError(t, cs.Report(gone.ID, store.WrongName))
	require.Equal(t, store.WrongPhone|store.WrongName, must(cs.Faults(made)))

	must(cs.Unmerge(gone.ID))
	require.Equal(t, store.WrongPhone, must(cs.Faults(must(cs.Get(gone.ID)))), "what was reported of one is theirs again")
	must(cs.Merge(must(cs.Get(keep.ID)), must(cs.Get(gone.ID)), made))
	require.NoError(t, cs.Settle(keep.ID))
	require.Empty(t, filtered(t, cs, store.CustomerFilter{ToMend: true}))
	require.Empty(t, must(cs.Reports(gone.ID)))
}
