package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

// twins are two customers of one name, and Ada, who has hers alone.
func twins(t *testing.T, s *store.Session) (a, b, ada store.Customer) {
	a = must(customers(t, s).Save(giulia()))
	b = store.Customer{Name: "CONTI Giúlia", Phone: "+43 1 555 66 77", Address: invoice.Address{City: "Graz", Country: "AT"}, NotSame: []store.CustomerID{a.ID}}
	b = must(customers(t, s).Save(b))
	ada = must(customers(t, s).Save(store.Customer{Name: "Ada Weiß"}))
	return a, b, ada
}

func TestS41NamesakesAreFlaggedWithWhatTellsThemApart(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	a, b, ada := twins(t, s)
	cs := customers(t, s)
	require.Equal(t, store.Identity{Namesakes: 1, Differs: "City", Ask: true, Phone: true}, must(cs.Identity(a.ID)))
	require.Equal(t, store.Identity{Namesakes: 1, Differs: "City", Ask: true, Phone: true}, must(cs.Identity(b.ID)))
	require.Equal(t, store.Identity{}, must(cs.Identity(ada.ID)), "nobody else has the name, and there is no phone to ask for")
	b.Address = a.Address
	b.Company = "Conti OG"
	b = must(cs.Save(b))
	require.Equal(t, "Company", must(cs.Identity(b.ID)).Differs)
	require.Equal(t, "Number", must(cs.Identity(a.ID)).Differs, "an empty field tells nobody apart")
}

func TestS41TheShopSaysWhenToAsk(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	a, _, ada := twins(t, s)
	ada.Email = "ada@weiss.at"
	ada = must(customers(t, s).Save(ada))
	ask := func(who store.AskWho) [2]bool {
		sh := must(must(s.Shop()).Get())
		sh.AskWho = who
		must(must(s.Shop()).Save(sh))
		return [2]bool{must(customers(t, s).Identity(a.ID)).Ask, must(customers(t, s).Identity(ada.ID)).Ask}
	}
	require.Equal(t, [2]bool{true, false}, ask(store.AskUnsure))
	require.Equal(t, [2]bool{true, true}, ask(store.AskAlways))
	c.at = c.at.AddDate(2, 0, 0)
	require.Equal(t, [2]bool{true, true}, ask(store.AskUnsure), "her e-mail is stale")
	require.Equal(t, [2]bool{true, false}, ask(store.AskNamesakes))
	require.Equal(t, [2]bool{false, false}, ask(store.AskNever))
	require.Equal(t, []string{"Email"}, must(customers(t, s).Identity(ada.ID)).Stale)
}

func TestS41WhoFoundByAnExactPhoneHasIdentified(t *testing.T) {
	b, owner := newBook(t, newClock())
	a, _, _ := twins(t, owner)
	sh := must(must(owner.Shop()).Get())
	sh.AskWho = store.AskAlways
	must(must(owner.Shop()).Save(sh))
	id := must(customers(t, addStaff(t, b, owner, "Tom", store.Trainee)).Identity(a.ID))
	require.False(t, id.Ask)
	require.Zero(t, id.Namesakes, "who may not browse is not told who else there is")
}

func TestS41TheLastThreeDigitsOfThePhoneIdentify(t *testing.T) {
	_, s := newBook(t, newClock())
	a, _, ada := twins(t, s)
	for typed, want := range map[string]bool{"471": true, " 4 7-1": true, "47": false, "4471": false, "472": false, "": false} {
		require.Equal(t, want, must(customers(t, s).Identified(a.ID, typed)), typed)
		require.False(t, must(customers(t, s).Identified(ada.ID, typed)), typed)
	}
	before := len(must(must(s.Activity()).Events(1000)))
	require.NoError(t, customers(t, s).SkipIdentity(a.ID))
	events := must(must(s.Activity()).Events(1000))
	require.Len(t, events, before+1, "only skipping is kept")
	require.Equal(t, store.IdentitySkipped, events[0].Kind)
	require.Equal(t, a.ID, events[0].Subject)
	require.ErrorIs(t, customers(t, s).SkipIdentity(store.ID{1}), store.ErrNotFound)
}

func TestS11WhatIsHiddenTellsNobodyApart(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	a, b, _ := twins(t, s)
	cs := customers(t, s)
	b.Company = "Conti OG"
	b = must(cs.Save(b))
	c.at = c.at.AddDate(2, 0, 0)
	collect(t, s, map[string]store.Collect{"Phone": store.Hidden, "Company": store.Hidden, "Address": store.Hidden})
	require.Equal(t, store.Identity{Namesakes: 1, Differs: "Number", Ask: true}, must(cs.Identity(b.ID)))
	require.Equal(t, []string{"Email"}, must(cs.Identity(a.ID)).Stale)
	require.False(t, must(cs.Identified(a.ID, "471")), "nobody is asked for a phone that is hidden")
}
