package customers

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen/screentest"
)

// doublet puts Giulia into the book a second time, with a note and a draft.
func doublet(d *screentest.Desk) store.Customer {
	d.T.Helper()
	g := customer(d, "Giulia Conti")
	c := store.Customer{Name: "Giulia Conti-Rossi", Phone: g.Phone, Email: "g.rossi@example.com", Company: "Rossi Papier",
		Address: g.Address, NotSame: nil}
	c.Address.Street = "Burggasse 12"
	list := []store.Customer{c}
	require.NoError(d.T, customers(d).Import(d.T.Context(), list, nil))
	notes, err := d.Env.Session.Notes()
	require.NoError(d.T, err)
	_, err = notes.Save(store.Note{Customer: list[0].ID, Text: "Pays by bank transfer."})
	require.NoError(d.T, err)
	drafts, err := d.Env.Session.Drafts()
	require.NoError(d.T, err)
	_, err = drafts.Save(store.Draft{Customer: list[0].ID})
	require.NoError(d.T, err)
	return list[0]
}

func TestT42TwoAreMergedSideBySideWithKeysAlone(t *testing.T) {
	d := as(t, owner)
	other := doublet(d)
	g := customer(d, "Giulia Conti-Rossi")
	require.Equal(t, other.ID, g.ID)
	list, err := customers(d).List("C-00002")
	require.NoError(t, err)
	g = list[0]
	s := open(d)
	s.openID(g.ID)
	notes, trade := len(notesOf(d, g)), len(s.detail.issued)
	d.Focus("More")
	d.Press(fyne.KeySpace)
	d.TypeOn("m")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Merge Giulia Conti with whom?"))
	require.Equal(t, "Search customers…", d.Focused())
	look(d, "merge-with")
	d.Press(fyne.KeyDown, fyne.KeyReturn) // who is like her comes first
	require.True(t, d.HasText("Make one customer of two"))
	require.NotContains(t, joined(d.Texts()), "g.rossi@example.com", "contact details stay masked")
	require.True(t, d.HasText("1 note"))
	require.True(t, d.HasText("1 invoice that is not issued yet"))
	look(d, "merge")
	d.Focus("Burggasse 12, 1070 Wien")
	d.Press(fyne.KeySpace)
	require.True(t, d.HasText("How it will be"))
	d.Press(fyne.KeyEscape)
	require.Equal(t, 11, s.rows.Len(), "nothing was merged")

	d.Focus("More")
	d.Press(fyne.KeySpace)
	d.TypeOn("m")
	d.Press(fyne.KeyReturn)
	d.TypeOn("rossi")
	d.Press(fyne.KeyReturn)
	d.Focus("Burggasse 12, 1070 Wien")
	d.Press(fyne.KeySpace)
	d.Focus("Giulia Conti-Rossi")
	d.Press(fyne.KeySpace)
	d.Tap("Merge into Giulia Conti-Rossi")
	require.Empty(t, d.Failed)
	c := s.detail.c
	require.Equal(t, g.ID, c.ID)
	require.Equal(t, "Giulia Conti-Rossi", c.Name)
	require.Equal(t, "Burggasse 12", c.Address.Street)
	require.Equal(t, g.Email, c.Email)
	require.Len(t, notesOf(d, c), notes+1)
	require.Len(t, s.detail.issued, trade)
	require.Equal(t, 10, s.rows.Len())
	toast := d.Said[len(d.Said)-1]
	require.Equal(t, other.Number+" is now part of Giulia Conti-Rossi.", toast.Text)
	require.True(t, d.HasText("Made one with "+other.Number+" on 22 Nov 2026."))
	look(d, "merged")

	toast.Do()
	require.Equal(t, "Giulia Conti", s.detail.c.Name)
	require.Equal(t, 11, s.rows.Len())
	require.Len(t, notesOf(d, other), 1)
	require.False(t, d.Has("Undo the merge with "+other.Number))
}

func TestT42TheOtherOneCanGoOn(t *testing.T) {
	d := as(t, owner)
	other := doublet(d)
	g := must(t, customers(d), "C-00002")
	s := open(d)
	s.openMerge(g.ID, other.ID, nil, nil)
	d.Tap("Go on with " + other.Number + " instead")
	require.True(t, d.Has("Merge into Giulia Conti"), "what was ticked stays ticked")
	d.Tap("Merge into Giulia Conti")
	require.Equal(t, other.ID, s.detail.c.ID)
	require.Equal(t, g.Phone, s.detail.c.Phone)
	require.Equal(t, g.Email, s.detail.c.Email)
	d.Tap("Undo the merge with " + g.Number)
	require.Equal(t, "Giulia Conti-Rossi", s.detail.c.Name)
	require.Equal(t, "g.rossi@example.com", s.detail.c.Email)
}

func must(t *testing.T, cs *store.Customers, query string) store.Customer {
	t.Helper()
	list, err := cs.List(query)
	require.NoError(t, err)
	require.Len(t, list, 1)
	return list[0]
}

func TestT42WhatIsChangedMeanwhileIsLookedAtAgain(t *testing.T) {
	d := as(t, owner)
	other := doublet(d)
	g := must(t, customers(d), "C-00002")
	s := open(d)
	s.openMerge(g.ID, other.ID, nil, nil)
	c := must(t, customers(d), other.Number)
	c.Address.Street = "Zieglergasse 3"
	_, err := customers(d).Save(c)
	require.NoError(t, err)
	d.Tap("Merge into Giulia Conti")
	require.True(t, d.HasText("One of the two was changed meanwhile. This is how they are now: look again before you merge."))
	require.True(t, d.Has("Zieglergasse 3, 1070 Wien"))
	d.Tap("Merge into Giulia Conti")
	require.Equal(t, g.ID, s.detail.c.ID)
	require.Len(t, s.detail.c.Merged, 1)
}

func TestT42PossibleDuplicatesAreMergedOrSaidNotToBeTheSame(t *testing.T) {
	d := as(t, owner)
	other := doublet(d)
	family := []store.Customer{{Name: "Anna Braun", Phone: customer(d, "Amelie Braun").Phone}}
	require.NoError(t, customers(d).Import(t.Context(), family, nil))
	s := open(d)
	d.Focus("More for customers")
	d.Press(fyne.KeySpace)
	d.TypeOn("p")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Possible duplicates"))
	require.True(t, d.HasText("2 pairs, the likest first"))
	require.NotContains(t, joined(d.Texts()), "g.rossi@example.com", "contact details stay masked")
	look(d, "duplicates")
	d.Tap("C-00001 and " + family[0].Number + " are not the same person")
	require.True(t, d.HasText("1 pair, the likest first"))
	require.Equal(t, "Merge C-00002 and "+other.Number+"…", d.Focused())
	d.Press(fyne.KeySpace)
	require.True(t, d.HasText("Make one customer of two"))
	d.Press(fyne.KeyEscape)
	require.True(t, d.HasText("1 pair, the likest first"))
	d.Tap("Merge C-00002 and " + other.Number + "…")
	d.Tap("Merge into Giulia Conti")
	require.True(t, d.HasText("Nobody seems to be in the book twice."))
	look(d, "duplicates-none")
	d.Press(fyne.KeyEscape)
	require.Equal(t, 11, s.rows.Len())
	require.Nil(t, s.detail)
	d.Said[len(d.Said)-1].Do()
	require.Equal(t, 12, s.rows.Len())
	pairs, err := customers(d).Duplicates(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, pairs, 1, "who is not the same is not asked about again")
}

func TestT42MergingIsOfferedToWhoMayOnly(t *testing.T) {
	for role, offered := range map[store.Role]bool{store.Manager: true, store.FrontDesk: false, store.Trainee: false} {
		d := asNew(t, role)
		open(d)
		require.Equal(t, offered, d.Has("More for customers"), role)
	}
	d := asNew(t, store.Manager, store.MergeCustomers, store.DeleteCustomers)
	openAt(d, "Giulia Conti")
	require.False(t, inMenu(d, "Merge with…"))
}

func TestS11TheMergeShowsNothingHiddenAndLeavesItAsItIs(t *testing.T) {
	d := as(t, owner)
	other := doublet(d)
	g := customer(d, "Henrik Olsen")
	g.Company = "Olsen Glas"
	g, err := customers(d).Save(g)
	require.NoError(t, err)
	collect(d, map[string]store.Collect{"Company": store.Hidden, "Address": store.Hidden, "Others": store.Hidden})
	s := open(d)
	s.openMerge(g.ID, other.ID, nil, nil)
	require.True(t, d.HasText("Make one customer of two"))
	for _, text := range []string{"Company", "Rossi Papier", "Olsen Glas", "Address", "Burggasse"} {
		require.NotContains(t, joined(append(d.Texts(), d.Controls()...)), text)
	}
	d.Tap("Merge into " + g.Name)
	require.Empty(t, d.Failed)
	c := customer(d, g.Name)
	require.Len(t, c.Merged, 1)
	require.Equal(t, "Olsen Glas", c.Company)
	require.Equal(t, g.Address, c.Address)
}

func TestT42EveryFieldThatAMergeJoinsIsInTheDialog(t *testing.T) {
	var full store.Customer
	for i, v := 0, reflect.ValueOf(&full).Elem(); i < v.NumField(); i++ {
		switch f := v.Field(i); f.Kind() {
		case reflect.String:
			f.SetString("x")
		case reflect.Bool:
			f.SetBool(true)
		case reflect.Slice:
			f.Set(reflect.MakeSlice(f.Type(), 1, 1))
		case reflect.Struct:
			if f.Field(0).CanInt() {
				f.Field(0).SetInt(1)
			} else if f.Field(0).Kind() == reflect.String {
				f.Field(0).SetString("x")
			}
		}
	}
	for _, m := range store.MergeFields(full, full) {
		require.True(t, slices.ContainsFunc(mergeFields, func(f mergeField) bool { return f.name == m.Name }), m.Name)
	}
	require.Len(t, store.MergeFields(full, full), len(mergeFields))
}

func TestT42SecondPhoneAndBirthdayAreChosen(t *testing.T) {
	d := as(t, owner)
	collect(d, map[string]store.Collect{"Phone2": store.Optional, "Birthday": store.Optional})
	g := customer(d, "Giulia Conti")
	other := doublet(d)
	other, err := customers(d).Get(other.ID)
	require.NoError(t, err)
	g.Phone2, g.Birthday = "+43 1 555 0199", store.Birthday{Day: 17, Month: time.May}
	other.Phone2, other.Birthday = "+43 1 444 3322", store.Birthday{Day: 3, Month: time.June}
	for _, c := range []store.Customer{g, other} {
		_, err := customers(d).Save(c)
		require.NoError(t, err)
	}
	s := open(d)
	s.openMerge(g.ID, other.ID, nil, nil)
	look(d, "merge-all-fields")
	d.Tap("3 June")
	d.Tap("+43 ••• ••• 3322")
	d.Tap("Merge into Giulia Conti")
	c := customer(d, "Giulia Conti")
	require.Equal(t, other.Birthday, c.Birthday)
	require.Equal(t, "+43 1 4443322", c.Phone2)
	require.Empty(t, d.Failed)
}
