package store_test

// What the shop collects: what is hidden is nowhere, what is required is there, and
// what was stored before stays until it is cleared.

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
	"counterbook/store"
)

// collect decides about fields, with a purpose where one is wanted.
func collect(t require.TestingT, s *store.Session, uses map[string]store.Collect) store.Fields {
	b, err := s.Shop()
	require.NoError(t, err)
	f, err := b.Fields()
	require.NoError(t, err)
	for i, r := range f.Rules {
		if u, ok := uses[r.Name]; ok {
			f.Rules[i].Use, f.Rules[i].Purpose = u, "to say when it is ready"
		}
	}
	f, err = b.SaveFields(f)
	require.NoError(t, err)
	return f
}

// wrong are the problems of an error, as "field: rule".
func wrong(t require.TestingT, err error) (out []string) {
	var p invoice.Problems
	require.ErrorAs(t, err, &p)
	for _, q := range p {
		out = append(out, q.Field+": "+q.Rule)
	}
	return out
}

// rich is a customer with something in every field.
func rich() store.Customer {
	c := giulia()
	c.Company, c.VATID, c.Language = "Conti OG", "ATU12345675", "en"
	c.Phone2, c.Birthday = "+43 1 555 0199", store.Birthday{Month: time.May, Day: 17}
	c.Others = []store.Company{{Name: "Conti Keramik"}}
	return c
}

func TestS11ABookInWhichNothingWasDecidedCollectsWhatItAlwaysDid(t *testing.T) {
	_, s := newBook(t, newClock())
	f := must(must(s.Shop()).Fields())
	require.Zero(t, f.Version)
	require.Equal(t, store.Required, f.Rule("Name").Use)
	for _, name := range []string{"Phone", "Email", "Address", "Company", "VATID", "Others", "Language", "Tags", "Notes", "a field of later"} {
		require.Equal(t, store.Optional, f.Rule(name).Use, name)
	}
	for _, kind := range store.ShopKinds() {
		for _, name := range []string{"Phone2", "Birthday"} {
			require.False(t, f.Shown(name))
			require.False(t, store.PresetFields(kind).Shown(name), "%s %s", kind, name)
		}
		require.Equal(t, store.Required, store.PresetFields(kind).Rule("Name").Use)
	}
	c := must(must(s.Customers()).Save(store.Customer{Name: "Ada"}))
	require.Equal(t, "Ada", c.Name)
}

func TestS11TurningAHiddenFieldOnDemandsAPurpose(t *testing.T) {
	_, s := newBook(t, newClock())
	b := must(s.Shop())
	f := must(b.Fields())
	for i := range f.Rules {
		if f.Rules[i].Name == "Birthday" {
			f.Rules[i].Use, f.Rules[i].Purpose = store.Optional, "  "
		}
	}
	_, err := b.SaveFields(f)
	require.Equal(t, []string{"Birthday.Purpose: missing"}, wrong(t, err))
	f = collect(t, s, map[string]store.Collect{"Birthday": store.Optional})
	require.Equal(t, "to say when it is ready", f.Rule("Birthday").Purpose)
	require.Equal(t, "2026-11-22", f.Rule("Birthday").Since.String())
	require.Equal(t, f, must(b.Fields()))
	e := must(must(s.Activity()).Events(1))[0]
	require.Equal(t, store.FieldsChanged, e.Kind)
	require.Equal(t, []string{"Birthday"}, e.Fields)
}

func TestS11AFieldTakesOnlyWhatMakesSenseForIt(t *testing.T) {
	_, s := newBook(t, newClock())
	b := must(s.Shop())
	for name, use := range map[string]store.Collect{"Name": store.Optional, "Notes": store.Required, "Address": store.OneContact, "Company": 9} {
		f := must(b.Fields())
		for i := range f.Rules {
			if f.Rules[i].Name == name {
				f.Rules[i].Use = use
			}
		}
		_, err := b.SaveFields(f)
		require.Equal(t, []string{name + ": choice"}, wrong(t, err))
	}
	f := must(b.Fields())
	f.Kind = "bank"
	_, err := b.SaveFields(f)
	require.Equal(t, []string{"Kind: unknown value"}, wrong(t, err))
}

func TestS11WhatIsNotCollectedCannotBeSetByAnybodyAndInNoWay(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := must(s.Customers())
	hidden := map[string]store.Collect{}
	var want []string
	for field, at := range map[string]string{"Phone": "Phone", "Email": "Email", "Address": "Address.Street", "Company": "Company", "VATID": "VATID",
		"Others": "Others", "Language": "Language", "Phone2": "Phone2", "Birthday": "Birthday"} {
		hidden[field] = store.Hidden
		want = append(want, at+": not collected")
	}
	collect(t, s, hidden)
	_, err := cs.Save(rich())
	require.ElementsMatch(t, want, wrong(t, err))
	err = cs.Import(context.Background(), []store.Customer{{Name: "Ada"}, rich()}, nil)
	for i := range want {
		want[i] = "[1]." + want[i]
	}
	require.ElementsMatch(t, want, wrong(t, err))
	n, err := cs.Count()
	require.NoError(t, err)
	require.Zero(t, n)
	c := store.Customer{Name: "Ada"}
	c.Address.Country = "AT" // as a form proposes it
	c = must(cs.Save(c))
	require.Zero(t, c.Address)
}

func TestS11WhatWasStoredBeforeAFieldWasHiddenStaysUnseen(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := must(s.Customers())
	collect(t, s, map[string]store.Collect{"Phone2": store.Optional, "Birthday": store.Optional})
	c := must(cs.Save(rich()))
	f := collect(t, s, map[string]store.Collect{"Phone": store.Hidden, "Address": store.Hidden, "Company": store.Hidden, "VATID": store.Hidden, "Birthday": store.Hidden})

	seen := f.Visible(c)
	require.Empty(t, seen.Phone)
	require.Zero(t, seen.Address)
	require.Zero(t, seen.Birthday)
	require.Equal(t, invoice.Party{Name: "Giulia Conti", Email: c.Email}, seen.Party())
	row := must(cs.Find("Giulia", store.ByName, false)).At(0)
	require.Equal(t, store.CustomerRow{ID: c.ID, Number: c.Number, Name: c.Name, Email: store.MaskEmail(c.Email)}, row)
	_, err := cs.Reveal(c.ID, "Phone")
	require.ErrorIs(t, err, store.ErrNotFound)
	x := must(s.Export())
	require.NoError(t, x.Begin())
	require.NoError(t, x.Customers(func(c store.Customer, _ int) error {
		require.Equal(t, f.Visible(c), c)
		require.Equal(t, "Giulia Conti", c.Name)
		return nil
	}))

	seen.Email = "g@posteo.it" // a screen that shows nothing of it saves
	after := must(cs.Save(seen))
	require.Equal(t, "g@posteo.it", after.Email)
	require.Equal(t, c.Phone, after.Phone)
	require.Equal(t, c.Address, after.Address)
	require.Equal(t, c.Birthday, after.Birthday)
	after.Phone = "+43 660 111 1111"
	_, err = cs.Save(after)
	require.Equal(t, []string{"Phone: not collected"}, wrong(t, err))
	require.Equal(t, c.Phone, must(cs.Get(c.ID)).Phone)
}

func TestS12WhatIsRequiredIsThereOrNothingIsSavedAndEveryReasonIsSaid(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := must(s.Customers())
	before := must(cs.Save(store.Customer{Name: "From before"}))
	collect(t, s, map[string]store.Collect{"Phone": store.Required, "Address": store.Required, "Company": store.Required, "Birthday": store.Required, "Phone2": store.Optional})
	_, err := cs.Save(store.Customer{Name: "Ada", Email: "ada at home"})
	require.ElementsMatch(t, []string{"Email: email", "Phone: missing", "Address.Street: missing", "Company: missing", "Birthday: missing"}, wrong(t, err))
	err = cs.Import(context.Background(), []store.Customer{{Name: "Ada"}}, nil)
	require.Contains(t, wrong(t, err), "[0].Phone: missing")

	other := must(anyway(cs, rich()))
	before.NotSame = []store.CustomerID{other.ID}
	before = must(cs.Save(before)) // to say that somebody is another asks for nothing
	before.Email = "b@posteo.it"
	_, err = cs.Save(before)
	require.ElementsMatch(t, []string{"Phone: missing", "Address.Street: missing", "Company: missing", "Birthday: missing"}, wrong(t, err))
}

func TestS12WhoIsForInvoicesOnlyNeedsNoContact(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := must(s.Customers())
	collect(t, s, map[string]store.Collect{"Phone": store.Required, "Email": store.Required})
	c := store.Customer{Name: "Ada"}
	_, err := cs.Save(c)
	require.ElementsMatch(t, []string{"Phone: missing", "Email: missing"}, wrong(t, err))
	c.InvoiceOnly = true
	c = must(cs.Save(c))
	require.True(t, must(cs.Get(c.ID)).InvoiceOnly)

	collect(t, s, map[string]store.Collect{"Phone": store.OneContact, "Email": store.OneContact})
	_, err = cs.Save(store.Customer{Name: "Bo"})
	require.Equal(t, []string{"Phone: one contact"}, wrong(t, err))
	must(cs.Save(store.Customer{Name: "Bo", InvoiceOnly: true}))
	must(cs.Save(store.Customer{Name: "Cy", Email: "cy@posteo.at"}))
	must(cs.Save(store.Customer{Name: "Di", Phone: "+43 660 222 2222"}))
}

func TestS12ABirthdayIsADayWithoutAYearUnlessTheOwnerWantsIt(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := must(s.Customers())
	f := collect(t, s, map[string]store.Collect{"Birthday": store.Optional})
	save := func(b store.Birthday) error {
		c := giulia()
		c.Birthday = b
		_, err := anyway(cs, c)
		return err
	}
	require.NoError(t, save(store.Birthday{Month: time.February, Day: 29}))
	for _, b := range []store.Birthday{{Month: 13, Day: 1}, {Month: 2, Day: 30}, {Month: 4, Day: 31}, {Day: 3}, {Month: 3}, {Year: 1990}, {Month: -1, Day: 1}} {
		require.Contains(t, wrong(t, save(b)), "Birthday: birthday", "%v", b)
	}
	require.Equal(t, []string{"Birthday: no year"}, wrong(t, save(store.Birthday{Month: 5, Day: 17, Year: 1980})))
	f.BirthYear = true
	must(must(s.Shop()).SaveFields(f))
	require.NoError(t, save(store.Birthday{Month: 5, Day: 17, Year: 1980}))
	for _, b := range []store.Birthday{{Month: 2, Day: 29, Year: 2023}, {Month: 11, Day: 23, Year: 2026}, {Month: 1, Day: 1, Year: 1899}} {
		require.Contains(t, wrong(t, save(b)), "Birthday: birthday", "%v", b)
	}
	require.Equal(t, "--05-17", store.Birthday{Month: 5, Day: 17}.String())
	require.Equal(t, "1980-05-17", store.Birthday{Month: 5, Day: 17, Year: 1980}.String())
	require.Empty(t, store.Birthday{}.String())
}

func TestS11WhatIsHiddenChangesNoMoreWhateverIsSaved(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	cs := must(s.Customers())
	collect(t, s, map[string]store.Collect{"Phone2": store.Optional, "Birthday": store.Optional})
	stored := must(cs.Save(rich()))
	names := []string{"Phone", "Email", "Phone2", "Address", "Company", "VATID", "Others", "Birthday", "Language"}
	rapid.Check(t, func(rt *rapid.T) {
		uses := map[string]store.Collect{}
		for _, name := range names {
			uses[name] = rapid.SampledFrom([]store.Collect{store.Optional, store.Hidden}).Draw(rt, name)
		}
		f := collect(rt, s, uses)
		v := stored
		for _, name := range names {
			switch rapid.IntRange(0, 2).Draw(rt, "change "+name) {
			case 0:
				v = store.Without(v, name)
			case 1:
				v = store.Put(v, rich2(), name)
			}
		}
		v, err := cs.Save(v)
		now, bad := cs.Get(stored.ID)
		require.NoError(rt, bad)
		if err != nil {
			require.Equal(rt, stored, now)
			return
		}
		for _, name := range names {
			if uses[name] == store.Hidden {
				require.Equal(rt, store.Part(stored, name), store.Part(now, name), name)
			}
		}
		require.Equal(rt, f.Visible(v), f.Visible(now))
		stored = now
	})
}

// rich2 is another one than rich in every field.
func rich2() store.Customer {
	c := rich()
	c.Phone, c.Email, c.Company, c.VATID, c.Language, c.Phone2 = "+43 1 2345678", "x@posteo.at", "Other GmbH", "DE136695976", "de", "+43 1 8765432"
	c.Birthday, c.Address.Street, c.Others = store.Birthday{Month: 1, Day: 2}, "Seilergasse 1", []store.Company{{Name: "Third KG"}}
	return c
}

func TestS11NoNotesAreWrittenWhereTheShopKeepsNone(t *testing.T) {
	_, s := newBook(t, newClock())
	c := must(must(s.Customers()).Save(giulia()))
	ns := must(s.Notes())
	must(ns.Save(store.Note{Customer: c.ID, Text: "from before"}))
	collect(t, s, map[string]store.Collect{"Notes": store.Hidden})
	_, err := ns.Save(store.Note{Customer: c.ID, Text: "new"})
	require.Equal(t, []string{"Notes: not collected"}, wrong(t, err))
	err = ns.Import(context.Background(), []store.Note{{Customer: c.ID, Text: "new"}}, nil)
	require.Equal(t, []string{"Notes: not collected"}, wrong(t, err))
	require.Len(t, must(ns.Of(c.ID)), 1)
}

func TestASecondPhoneFindsItsCustomerToo(t *testing.T) {
	b, s := newBook(t, newClock())
	cs := must(s.Customers())
	collect(t, s, map[string]store.Collect{"Phone2": store.Optional, "Birthday": store.Optional})
	c := must(cs.Save(rich()))
	require.Len(t, must(cs.List("555 0199")), 1)
	trainee := addStaff(t, b, s, "Tim", store.Trainee)
	for _, phone := range []string{"+43 1 555 0199", "0660 123 4471"} {
		found := must(must(trainee.Customers()).Find(phone, store.ByName, false))
		require.Equal(t, 1, found.Len(), phone)
		require.Equal(t, c.ID, found.At(0).ID)
	}
	other := store.Customer{Name: "Somebody Else", Phone: "01 555 0199"}
	require.True(t, must(cs.Near(other))[0].Like.Has(store.SamePhone))
	other = store.Customer{Name: "Somebody Else", Phone2: "0660 123 4471"}
	require.True(t, must(cs.Near(other))[0].Like.Has(store.SamePhone))
	require.Equal(t, "+43 1 5550199", must(cs.Reveal(c.ID, "Phone2")))
}

func TestS11AHiddenPhoneFromBeforeAMergeLeavesInNoExport(t *testing.T) {
	_, s := newBook(t, newClock())
	collect(t, s, map[string]store.Collect{"Phone2": store.Optional})
	cs := must(s.Customers())
	keep, gone := must(cs.Save(giulia())), must(cs.Save(store.Customer{Name: "Otto Brandt", Phone: "+43 660 1112222", Phone2: "+43 1 5550199"}))
	c := must(cs.Merge(keep, gone, store.MergeChoice(keep, gone, nil)))
	collect(t, s, map[string]store.Collect{"Phone": store.Hidden, "Phone2": store.Hidden})
	x := must(s.Export())
	require.NoError(t, x.Begin())
	require.NoError(t, x.Customers(func(c store.Customer, _ int) error {
		require.Len(t, c.Merged, 1)
		require.Equal(t, gone.Number, c.Merged[0].Number)
		require.Empty(t, c.Merged[0].Phone+c.Merged[0].Phone2)
		require.NotEmpty(t, c.Checks)
		for _, k := range c.Checks {
			require.NotEqual(t, "Phone", k.Field)
		}
		return nil
	}))
	require.Equal(t, c, must(cs.Get(c.ID)), "in the book it stays")
}

func TestS11NothingIsOrderedByWhatIsHidden(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := must(s.Customers())
	for name, of := range map[string]string{"Ada": "Z", "Bo": "Y", "Cy": "X"} {
		c := store.Customer{Name: name, Company: of}
		c.Address.City, c.Address.Country = of, "AT"
		must(cs.Save(c))
	}
	orders := []store.CustomerOrder{store.ByCompany, store.ByCity}
	for _, by := range orders {
		require.Equal(t, []string{"Cy", "Bo", "Ada"}, search(t, cs, store.CustomerQuery{By: by}))
	}
	collect(t, s, map[string]store.Collect{"Company": store.Hidden, "Address": store.Hidden})
	for _, by := range orders {
		require.Equal(t, []string{"Ada", "Bo", "Cy"}, search(t, cs, store.CustomerQuery{By: by}))
	}
}

func TestS11WhatIsHiddenIsNeitherToBeMendedNorChecked(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	cs := must(s.Customers())
	mend, name := store.CustomerFilter{ToMend: true}, giulia().Name
	g := giulia()
	g.Phone, g.Email = "12345", "test@test.com"
	g = must(cs.Save(g))
	require.NoError(t, cs.Report(g.ID, store.WrongPhone|store.WrongEmail|store.WrongAddress))
	year := func() store.CustomerFilter { return store.CustomerFilter{Unchecked: store.UncheckedSince(c.at)} }
	c.at = c.at.AddDate(1, 1, 0)
	must(cs.Check(g.ID, []string{"Email", "Address"}, store.Confirmed))
	require.Equal(t, []string{name}, filtered(t, cs, year()))
	all := store.PlaceholderPhone | store.PlaceholderEmail | store.WrongPhone | store.WrongEmail | store.WrongAddress
	require.Equal(t, all, must(cs.Faults(must(cs.Get(g.ID)))))

	f := collect(t, s, map[string]store.Collect{"Phone": store.Hidden})
	require.Empty(t, filtered(t, cs, year()), "the phone is hidden, and the others were confirmed")
	require.Zero(t, must(cs.Counts(year())).Unchecked)
	require.NotContains(t, f.Reportable(), store.WrongPhone)
	require.Equal(t, store.PlaceholderEmail|store.WrongEmail|store.WrongAddress, must(cs.Search(store.CustomerQuery{CustomerFilter: mend})).At(0).Faults)
	collect(t, s, map[string]store.Collect{"Email": store.Hidden, "Address": store.Hidden})
	require.Empty(t, filtered(t, cs, mend))
	require.Zero(t, must(cs.Faults(must(cs.Get(g.ID)))))
	c.at = c.at.AddDate(2, 0, 0)
	require.Equal(t, []string{name}, filtered(t, cs, year()), "nobody looked at the record for a year")
}

func TestS11AMalformedHiddenFieldIsNotToBeMended(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := must(s.Customers())
	store.PutUnchecked(t, s, store.Customer{Name: "Ada", Phone: "+43 660 1112222", VATID: "ATU1"})
	mend := store.CustomerFilter{ToMend: true}
	require.Equal(t, []string{"Ada"}, filtered(t, cs, mend))
	collect(t, s, map[string]store.Collect{"VATID": store.Hidden})
	require.Empty(t, filtered(t, cs, mend))
	require.Zero(t, must(cs.Counts(mend)).ToMend)
}
