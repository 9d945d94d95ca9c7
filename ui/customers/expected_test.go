package customers

// What users of a directory of customers expect of it, row by row of docs/care.md.

import (
	"testing"

	"github.com/stretchr/testify/require"

	"counterbook/store"
)

func TestD1TheListComesFirstWithItsColumnsAndIsSortedByThem(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	require.Nil(t, s.detail, "nobody is open")
	require.Len(t, rowNames(d), 10)
	collect(d, map[string]store.Collect{"Tags": store.Optional})
	b, err := d.Env.Session.Tags()
	require.NoError(t, err)
	tag, err := b.Add("Regular")
	require.NoError(t, err)
	c := customer(d, "Giulia Conti")
	c.Tags = []store.TagID{tag.ID}
	_, err = customers(d).Save(c)
	require.NoError(t, err)
	open(d)
	for _, title := range []string{"Name", "Phone", "E-mail", "Company", "Tags", "Last visit", "Spent", "Visits"} {
		require.True(t, d.HasText(title), title)
	}
	for _, title := range []string{"Name", "Company", "Last visit", "Spent", "Visits"} {
		d.Tap(title)
		once := rowNames(d)
		d.Tap(title)
		require.ElementsMatch(t, once, rowNames(d))
		require.NotEqual(t, once, rowNames(d), title)
	}
}

func TestD2TheSearchComesFirstAndFindsByNamePhoneEmailCompanyAndNumber(t *testing.T) {
	d := as(t, owner)
	open(d)
	require.Equal(t, "Search customers…", d.Focused())
	c := customer(d, "Giulia Conti")
	for _, query := range []string{"giulia", "conti", c.Phone, "0004471", "giulia@conti", c.Number} {
		d.Type("Search customers…", query)
		require.Contains(t, rowNames(d), "Giulia Conti", query)
		require.Less(t, len(rowNames(d)), 10, query)
	}
	braun := customer(d, "Amelie Braun")
	require.NotEmpty(t, braun.Company)
	d.Type("Search customers…", braun.Company)
	require.Equal(t, []string{"Amelie Braun"}, rowNames(d))
}

func TestD3WhoIsAddedWasSearchedForFirst(t *testing.T) {
	d := as(t, frontDesk)
	s := open(d)
	c := customer(d, "Giulia Conti")
	s.Create()
	d.Type("Name", "Somebody Else")
	d.Type("Phone", c.Phone)
	d.Type("E-mail", "somebody@example.com")
	s.form.near.look()
	require.True(t, d.Has("Open Giulia Conti"), "found by the phone")
	d.Tap("Add customer")
	require.NotNil(t, s.form)
	d.Tap("Giulia Conti is somebody else")
	d.Tap("Add customer")
	require.Equal(t, "Somebody Else", s.detail.c.Name)
}

func TestD4DetailsNotesAndActivityAreAreasOfTheirOwn(t *testing.T) {
	d := as(t, owner)
	openAt(d, "Giulia Conti")
	for _, area := range []string{"Contact", "Notes", "Invoices"} {
		require.True(t, d.HasText(area), area)
	}
	require.True(t, d.Has("New customer"))
	require.True(t, d.Has("Edit"))

	d = asNew(t, store.Workshop)
	s := openAt(d, "Giulia Conti")
	require.False(t, d.Has("New customer"))
	require.False(t, d.Has("Edit"))
	s.Create()
	require.Nil(t, s.form, "nor by its key")
}

func TestD5ACustomerHasEveryFieldThatTheShopCollects(t *testing.T) {
	d := as(t, owner)
	uses := map[string]store.Collect{}
	labels := map[string]string{"Phone": "Phone", "Phone2": "Second phone", "Email": "E-mail", "Birthday": "Birthday", "Company": "Company",
		"VATID": "VAT ID", "Address": "Street", "Tags": "Tags"}
	for name := range labels {
		uses[name] = store.Optional
	}
	collect(d, uses)
	b, err := d.Env.Session.Tags()
	require.NoError(t, err)
	_, err = b.Add("Regular")
	require.NoError(t, err)
	s := open(d)
	s.Create()
	d.Tap("Buys for a company")
	d.Tap("Add an address")
	require.True(t, d.Has("Name"))
	for _, label := range labels {
		require.True(t, d.HasText(label), label)
	}
	s = openAt(d, "Giulia Conti")
	require.NotNil(t, s.detail.notes)
}

func TestD9TheOwnerSaysWhatARecordHasAtLeastAndWhoMendsWhatLacksIt(t *testing.T) {
	d := as(t, owner)
	lacking := func() (list []string) {
		d.Tap("Incomplete")
		list = rowNames(d)
		d.Tap("Incomplete, on")
		return list
	}
	open(d)
	before := lacking()
	collect(d, map[string]store.Collect{"Company": store.Required})
	open(d)
	after := lacking()
	require.Greater(t, len(after), len(before))
	require.Contains(t, after, "Łucja Sobczak", "she has no company")
	require.True(t, d.Has("To mend"), "the owner mends where nobody else was named")
	d = asNew(t, store.FrontDesk)
	open(d)
	require.False(t, d.Has("To mend"))
}

func TestN1NotesBelongToACustomerAndSayWhoReadsThemAndWhatTheyAreFor(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	writeNote(d, "Prefers matt glass.")
	s.Save()
	require.True(t, d.HasText("read by Owner, Manager, Front desk, Workshop"), "they are for the shop")
	openAt(d, "Henrik Olsen")
	require.False(t, d.HasText("Prefers matt glass."))
	require.Equal(t, []string{"Prefers matt glass."}, texts(notesOf(d, customer(d, "Giulia Conti")))[:1])
	d.Tap("Delivery")
	require.True(t, d.HasText("Good: Deliver to the kitchen door before ten."), "a kind says what it is for")
}
