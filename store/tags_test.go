package store_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

func TestOneWordMeansOneTag(t *testing.T) {
	_, s := newBook(t, newClock())
	tags := must(s.Tags())
	vip := must(tags.Add(" Regular "))
	require.Equal(t, "Regular", must(tags.List())[0].Name)
	vip.Name, vip.Synonyms = "Regular", []string{"VIP", "vip ", "regular", ""}
	require.NoError(t, tags.Change(vip))
	require.Equal(t, []string{"VIP"}, must(tags.List())[0].Synonyms)
	for _, word := range []string{"regular", "Vip", "VÍP"} {
		_, err := tags.Add(word)
		var p invoice.Problems
		require.ErrorAs(t, err, &p, word)
		require.Equal(t, "taken", p[0].Rule)
		found, ok := tags.Named(word)
		require.True(t, ok)
		require.Equal(t, vip.ID, found.ID)
	}
	_, ok := tags.Named("")
	require.False(t, ok)
	_, err := tags.Add(" ")
	require.Equal(t, []string{"Name"}, fields(err))
}

func TestARenamedTagIsRenamedEverywhere(t *testing.T) {
	_, s := newBook(t, newClock())
	tags, cs := must(s.Tags()), customers(t, s)
	tag := must(tags.Add("Fremes"))
	c := must(cs.Save(store.Customer{Name: "Ada", Tags: []store.TagID{tag.ID}}))
	tag.Name = "Frames"
	require.NoError(t, tags.Change(tag))
	require.Equal(t, []string{"Frames"}, must(cs.Search(store.CustomerQuery{})).At(0).Tags)
	require.Equal(t, c, must(cs.Get(c.ID)), "and no record was written for it")
}

func TestARemovedTagBecomesAnotherOrGoes(t *testing.T) {
	b, s := newBook(t, newClock())
	tags, cs := must(s.Tags()), customers(t, s)
	a, z, other := must(tags.Add("Frames")), must(tags.Add("Framing")), must(tags.Add("Prints"))
	c := must(cs.Save(store.Customer{Name: "Ada", Tags: []store.TagID{z.ID, other.ID}}))
	require.NoError(t, tags.Remove(z.ID, a.ID))
	require.Equal(t, []store.TagID{a.ID, other.ID}, must(cs.Get(c.ID)).Tags)
	require.Equal(t, []string{"Ada"}, filtered(t, cs, store.CustomerFilter{Tag: a.ID}))
	found, ok := tags.Named("framing")
	require.True(t, ok, "its word is another word for the one that took it over")
	require.Equal(t, a.ID, found.ID)
	require.NoError(t, tags.Remove(a.ID, other.ID))
	require.Equal(t, []store.TagID{other.ID}, must(cs.Get(c.ID)).Tags, "over two steps, and once only")
	c = must(cs.Get(c.ID))
	c.Phone = "+43 664 1203456"
	must(cs.Save(c))
	require.Equal(t, []store.TagID{other.ID}, must(cs.Check(c.ID, []string{"Phone"}, store.Confirmed)).Tags, "whoever makes sure of a detail, too")
	require.NoError(t, tags.Remove(other.ID, 0))
	require.Empty(t, must(cs.Get(c.ID)).Tags)
	require.Empty(t, filtered(t, cs, store.CustomerFilter{Tag: other.ID}))
	require.Greater(t, must(tags.Add("Frames")).ID, other.ID, "no number is given twice")
	require.ErrorIs(t, tags.Remove(99, 0), store.ErrNotFound)
	require.ErrorIs(t, tags.Remove(4, 4), store.ErrNotFound)

	read := signIn(t, b, 0, ownerPass)
	require.Empty(t, must(customers(t, read).Get(c.ID)).Tags)
}

func TestACustomerHasOnlyTagsOfTheList(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := customers(t, s)
	tag := must(must(s.Tags()).Add("Frames"))
	c := must(cs.Save(store.Customer{Name: "Ada", Tags: []store.TagID{tag.ID, 77, tag.ID}}))
	require.Equal(t, []store.TagID{tag.ID}, must(cs.Get(c.ID)).Tags)
}

// TestWhoCannotReadTheListOfTagsLeavesThemAlone: saving a customer must not take off
// what somebody cannot see.
func TestWhoCannotReadTheListOfTagsLeavesThemAlone(t *testing.T) {
	b, owner := newBook(t, newClock())
	tag := must(must(owner.Tags()).Add("Frames"))
	c := must(customers(t, owner).Save(store.Customer{Name: "Ada", Tags: []store.TagID{tag.ID}}))
	blind := addStaff(t, b, owner, "Bo", store.FrontDesk, store.ReadShop)
	cs := customers(t, blind)
	theirs := must(cs.Get(c.ID))
	theirs.Company = "Weiss KG"
	must(cs.Save(theirs))
	require.Equal(t, []store.TagID{tag.ID}, must(customers(t, owner).Get(c.ID)).Tags)
	require.Empty(t, must(cs.Search(store.CustomerQuery{})).At(0).Tags)
}

func TestOnlyWhoKeepsTheShopKeepsTheTags(t *testing.T) {
	b, owner := newBook(t, newClock())
	tag := must(must(owner.Tags()).Add("Frames"))
	s := addStaff(t, b, owner, "Bo", store.Manager)
	tags := must(s.Tags())
	require.Len(t, must(tags.List()), 1)
	_, err := tags.Add("Prints")
	for _, err := range []error{err, tags.Change(tag), tags.Remove(tag.ID, 0)} {
		require.True(t, errors.Is(err, store.ErrNoRight))
	}
}
