package store_test

// The meter of unused fields, and clearing one.

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
)

// meter is the meter of one field.
func meter(t *testing.T, s *store.Session, name string) store.FieldMeter {
	for _, m := range must(must(s.Customers()).Meter(context.Background())) {
		if m.Rule.Name == name {
			return m
		}
	}
	t.Fatal(name)
	return store.FieldMeter{}
}

func TestS13TheMeterSaysHowManyHaveAFieldAndWhenItWasLastOfUse(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	cs := must(s.Customers())
	g := must(cs.Save(giulia()))
	must(cs.Save(store.Customer{Name: "Ada", Phone: "+43 660 222 3333"}))
	m := meter(t, s, "Email")
	require.Equal(t, 1, m.Filled)
	require.Equal(t, 2, m.Of)
	require.True(t, m.Last.IsZero())
	require.Equal(t, "2026-11-22", m.From.String(), "counting begins with the first customer")

	day := func() string { return invoice.DateOf(c.at).String() }
	c.at = c.at.AddDate(0, 0, 3)
	must(cs.Reveal(g.ID, "Phone"))
	require.Equal(t, day(), meter(t, s, "Phone").Last.String(), "shown")
	require.NoError(t, cs.FoundBy(g.ID, store.CustomerQuery{Text: "posteo"}))
	require.Equal(t, day(), meter(t, s, "Email").Last.String(), "what somebody was found by")
	require.True(t, meter(t, s, "Address").Last.IsZero())

	c.at = c.at.AddDate(0, 0, 1)
	require.NoError(t, cs.FoundBy(g.ID, store.CustomerQuery{Text: "giulia"}))
	require.NotEqual(t, day(), meter(t, s, "Email").Last.String(), "found by the name alone")
	d := must(must(s.Drafts()).Save(store.Draft{Customer: g.ID, Doc: invoice.Document{Buyer: g.Party(), Lines: []invoice.Line{frame()}}}))
	must(must(s.Invoices()).Issue(context.Background(), d.ID))
	require.Equal(t, day(), meter(t, s, "Address").Last.String(), "printed on an invoice")
	require.True(t, meter(t, s, "Company").Last.IsZero())
}

func TestS13TagsAreOfUseWhenTheyFilterAndFurtherCompaniesWhenTheyAreBilled(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := must(s.Customers())
	tag := must(must(s.Tags()).Add("Regular"))
	g := giulia()
	g.Tags, g.Others = []store.TagID{tag.ID}, []store.Company{{Name: "Conti Libri"}}
	g = must(cs.Save(g))
	require.True(t, meter(t, s, "Tags").Last.IsZero())
	require.NoError(t, cs.FoundBy(g.ID, store.CustomerQuery{CustomerFilter: store.CustomerFilter{Tag: tag.ID}}))
	require.False(t, meter(t, s, "Tags").Last.IsZero())

	bill := func(to invoice.Party) {
		d := must(must(s.Drafts()).Save(store.Draft{Customer: g.ID, Doc: invoice.Document{Buyer: to, Lines: []invoice.Line{frame()}}}))
		must(must(s.Invoices()).Issue(context.Background(), d.ID))
	}
	bill(g.Party())
	require.True(t, meter(t, s, "Others").Last.IsZero(), "billed in person")
	bill(g.Parties()[1])
	require.False(t, meter(t, s, "Others").Last.IsZero())
}

func TestS13AFieldThatIsFilledAndUnusedFor90DaysIsAskedAboutAndNoSooner(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	cs := must(s.Customers())
	g := must(cs.Save(giulia()))
	first := c.at
	after := func(days int) { c.at = first.AddDate(0, 0, days) }
	after(89)
	require.False(t, meter(t, s, "Email").Unused)
	after(90)
	require.True(t, meter(t, s, "Email").Unused)
	require.False(t, meter(t, s, "Company").Unused, "nobody has one")

	require.NoError(t, cs.FoundBy(g.ID, store.CustomerQuery{Text: "posteo"}))
	require.False(t, meter(t, s, "Email").Unused)
	after(179)
	require.False(t, meter(t, s, "Email").Unused)
	after(180)
	require.True(t, meter(t, s, "Email").Unused)

	b := must(s.Shop())
	_, err := b.KeepUnused("Email", " ")
	require.Equal(t, []string{"Email.Why: missing"}, wrong(t, err))
	f := must(b.KeepUnused("Email", "For the yearly letter"))
	require.Equal(t, "For the yearly letter", f.Rule("Email").Why)
	require.False(t, meter(t, s, "Email").Unused)
	after(270)
	require.True(t, meter(t, s, "Email").Unused, "asked again after as long")
}

func TestS13AFieldThatWasTurnedOnLatelyIsNotCalledUnused(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	cs := must(s.Customers())
	must(cs.Save(giulia()))
	c.at = c.at.AddDate(0, 0, 200)
	require.NoError(t, s.StepUp(store.Passphrase(ownerPass)))
	collect(t, s, map[string]store.Collect{"Birthday": store.Optional})
	g := store.Customer{Name: "Ada", Birthday: store.Birthday{Month: 5, Day: 17}}
	must(cs.Save(g))
	require.False(t, meter(t, s, "Birthday").Unused)
	c.at = c.at.AddDate(0, 0, 90)
	require.True(t, meter(t, s, "Birthday").Unused)
}

func TestS13UseIsWrittenOnceADayForEachFieldAndNeverByThoseWhoWriteNoCustomers(t *testing.T) {
	c := newClock()
	b, s := newBook(t, c)
	cs := must(s.Customers())
	g := must(cs.Save(giulia()))
	require.NoError(t, cs.FoundBy(g.ID, store.CustomerQuery{Text: "posteo"}))
	at := b.Newest()
	for range 5 {
		require.NoError(t, cs.FoundBy(g.ID, store.CustomerQuery{Text: "posteo"}))
		require.NoError(t, cs.FoundBy(g.ID, store.CustomerQuery{Text: "giu"}))
		require.NoError(t, cs.FoundBy(g.ID, store.CustomerQuery{Text: " "}))
	}
	require.Equal(t, at, b.Newest())
	workshop := addStaff(t, b, s, "Wim", store.Workshop)
	at = b.Newest()
	require.NoError(t, must(workshop.Customers()).FoundBy(g.ID, store.CustomerQuery{Text: "neubaugasse"}))
	require.Equal(t, at, b.Newest())
	require.True(t, meter(t, s, "Address").Last.IsZero())
	for _, e := range must(must(s.Activity()).Events(20)) {
		if e.Kind == store.FieldsUsed {
			require.Equal(t, []string{"Email"}, e.Fields)
			require.Zero(t, e.Subject, "nobody is named")
		}
	}
}

func TestS13ClearingAFieldTakesItOfEverybodyAndLeavesNothingInTheFile(t *testing.T) {
	b, s := newBook(t, newClock())
	cs := must(s.Customers())
	var ids []store.CustomerID
	list := make([]store.Customer, 300)
	for i := range list {
		list[i] = giulia()
		list[i].Name, list[i].Email = fmt.Sprintf("Customer %03d", i), ""
		if i%2 == 0 {
			list[i].Email = fmt.Sprintf("cleared%03d@posteo.at", i)
		}
	}
	require.NoError(t, cs.Import(context.Background(), list, nil))
	for _, c := range list {
		ids = append(ids, c.ID)
	}
	changed := must(cs.Get(ids[0]))
	changed.Email, changed.Company = "later@posteo.at", "Conti OG"
	must(cs.Save(changed))
	before := store.Stored(t, b, 'r')
	var values [][]byte
	for key, value := range before {
		if area, plain := s.Opened(t, key); area == "contacts" && len(plain) > 0 {
			values = append(values, value)
		}
	}
	runs := runs16(values...)
	require.Positive(t, shared(t, b, runs))
	n, err := cs.Clear(context.Background(), "Email", nil)
	require.NoError(t, err)
	require.Equal(t, 150, n)
	for i, id := range ids {
		c := must(cs.Get(id))
		require.Empty(t, c.Email)
		require.Equal(t, list[i].Phone, c.Phone)
	}
	require.Empty(t, must(cs.List("cleared000")))
	require.Len(t, must(cs.List("neubaugasse")), 300)
	e := must(must(s.Activity()).Events(1))[0]
	require.Equal(t, store.FieldCleared, e.Kind)
	require.Equal(t, 150, e.Count)
	require.Equal(t, []string{"Email"}, e.Fields)
	require.Zero(t, meter(t, s, "Email").Filled)
	history := must(cs.History(ids[0]))
	require.Len(t, history, 1)
	require.Equal(t, []string{"Company"}, history[0].Fields, "nor is it in what was there before")
	require.Empty(t, history[0].Was.Email)
	require.NoError(t, s.Vault().Verify())
	gone := 0
	now := store.Stored(t, b, 'r')
	for key := range before {
		if _, there := now[key]; !there || string(now[key]) != string(before[key]) {
			gone++
		}
	}
	require.Positive(t, gone)
	for key, value := range before {
		if string(now[key]) != string(value) {
			require.Zero(t, shared(t, b, runs16(value)), "an old value is in the file")
			break
		}
	}
}

func TestS13ClearingAFieldTakesItOfWhatWouldTakeAMergeBack(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := must(s.Customers())
	keep := must(cs.Save(giulia()))
	gone := must(anyway(cs, store.Customer{Name: "Giulia Conti", Phone: "+43 1 5556677", Email: "other@posteo.at"}))
	must(cs.Merge(keep, gone, keep))
	for _, name := range []string{"Phone", "Email"} {
		_, err := cs.Clear(context.Background(), name, nil)
		require.NoError(t, err)
	}
	for _, text := range []string{"5556677", "other@posteo.at", keep.Email} {
		require.Zero(t, s.HasInContacts(t, text), text)
	}
	back := must(cs.Unmerge(gone.ID))
	require.Empty(t, back.Phone+back.Email+must(cs.Get(gone.ID)).Phone+must(cs.Get(keep.ID)).Email)
}

func TestS13ClearingAFieldLeavesTheOtherChangesInTheirOrder(t *testing.T) {
	_, s := newBook(t, newClock())
	cs := must(s.Customers())
	c := must(cs.Save(giulia()))
	for _, company := range []string{"A KG", "B KG", "C KG"} {
		c.Company, c.Email = company, company[:1]+"@posteo.at"
		c = must(cs.Save(c))
	}
	c.Company = "D KG"
	must(cs.Save(c))
	_, err := cs.Clear(context.Background(), "Email", nil)
	require.NoError(t, err)
	var said []string
	for _, v := range must(cs.History(c.ID)) {
		said = append(said, v.Was.Company)
	}
	require.Equal(t, []string{"C KG", "B KG", "A KG", ""}, said)
}

func TestS13ClearingWantsTheSecretAgainAndSparesWhatIsRequired(t *testing.T) {
	c := newClock()
	_, s := newBook(t, c)
	cs := must(s.Customers())
	g := must(cs.Save(giulia()))
	for _, name := range []string{"Name", "Notes", "nothing"} {
		_, err := cs.Clear(context.Background(), name, nil)
		require.Equal(t, []string{name + ": not clearable"}, wrong(t, err))
	}
	collect(t, s, map[string]store.Collect{"Phone": store.Required})
	_, err := cs.Clear(context.Background(), "Phone", nil)
	require.Equal(t, []string{"Phone: not clearable"}, wrong(t, err))
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err = cs.Clear(ctx, "Email", nil)
	require.ErrorIs(t, err, context.Canceled)
	require.NotEmpty(t, must(cs.Get(g.ID)).Email)
	c.at = c.at.Add(time.Hour)
	_, err = cs.Clear(context.Background(), "Email", nil)
	require.ErrorIs(t, err, store.ErrStepUp)
	require.NoError(t, s.StepUp(store.Passphrase(ownerPass)))
	collect(t, s, map[string]store.Collect{"Email": store.Hidden})
	n, err := cs.Clear(context.Background(), "Email", nil)
	require.NoError(t, err)
	require.Equal(t, 1, n, "what is hidden can be cleared above all")
	require.Empty(t, must(cs.Get(g.ID)).Email)
}
