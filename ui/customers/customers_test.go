package customers

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen"
)

func TestTheDirectoryLooksRightInLightDarkAndSmall(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	look(d, "table")
	d.Type("Search customers…", "zzz")
	look(d, "nothing")
	d.Press(fyne.KeyEscape)
	s.open(customer(d, "Giulia Conti"))
	look(d, "detail")
	d.TapObject(s.detail.contact.secrets[0].button)
	look(d, "shown")
	s.Create()
	look(d, "form-new")
	d.Tap("Add customer")
	look(d, "form-problem")
}

func TestContactDetailsAreMaskedInTableListAndDetail(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	for _, show := range []func(){func() {}, func() { s.open(customer(d, "Giulia Conti")) }, func() { s.detail.edit() }} {
		show()
		all := joined(d.Texts())
		require.NotContains(t, all, "660 0004471")
		require.NotContains(t, all, "giulia@")
		require.NotContains(t, all, "6600004471")
		require.Contains(t, all, "4471")
	}
}

func TestSearchFollowsEveryLetterAndSaysHowManyAreFound(t *testing.T) {
	d := as(t, owner)
	open(d)
	require.True(t, d.HasText("10"))
	d.Type("Search customers…", "braun")
	require.Equal(t, []string{"Amelie Braun"}, rowNames(d))
	require.True(t, d.HasText("1 of 10"))
	d.Press(fyne.KeyEscape)
	require.Empty(t, d.Value("Search customers…"))
	require.Len(t, rowNames(d), 10)
}

func TestD7AnEmptyListSaysWhy(t *testing.T) {
	d := as(t, owner)
	open(d)
	d.Type("Search customers…", "zzz")
	require.Empty(t, d.Rows())
	require.True(t, d.HasText("No customer matches “zzz”."))
	d.Tap("Clear search")
	require.Len(t, rowNames(d), 10)
	require.Equal(t, "Search customers…", d.Focused())
}

func TestEnterInTheSearchBoxOpensTheFirstHit(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	d.Type("Search customers…", "conti")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Giulia Conti", s.detail.c.Name)
	require.True(t, d.HasText("C-00002 · customer since 22 Nov 2026"))
}

func TestTheDirectoryIsUsedWithKeysAlone(t *testing.T) {
	d := as(t, owner)
	s := open(d)
	require.Equal(t, "Search customers…", d.Focused(), "the search box has the focus first")
	order := d.TabOrder()
	require.Equal(t, []string{"Search customers…", "New customer", "More for customers", "To mend", "Incomplete", "Not checked for a year", "No invoice since…", "Open invoice", "Tag…", "Name"}, order[:10])

	d.Focus("Search customers…")
	d.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // into the table, second row, open
	require.Equal(t, "Dimitris Kanellos", s.detail.c.Name)
	d.Press(fyne.KeyDown) // the list has the focus now
	require.Equal(t, "Giulia Conti", s.detail.c.Name)
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Edit", d.Focused())

	d.Focus("Search customers…")
	d.Press(fyne.KeyEscape)
	require.Nil(t, s.detail)
	require.Equal(t, 2, s.table.Selected(), "the table stands where one was")
}

func TestD1TheTableIsSortedByItsTitles(t *testing.T) {
	d := as(t, owner)
	open(d)
	first := func() string { return rowNames(d)[0] }
	d.Tap("Spent")
	d.Tap("Spent")
	require.Equal(t, "Amelie Braun", first())
	d.Tap("Last visit")
	d.Tap("Last visit")
	require.Equal(t, "Amelie Braun", first())
	d.Tap("Visits")
	d.Tap("Visits")
	require.Equal(t, "Amelie Braun", first())
	for range 2 { // rising and falling
		d.Tap("Company")
		require.NotContains(t, []string{"Łucja Sobczak", "Олена Коваль"}, first(), "those without a company come last")
	}
	d.Tap("Name")
	d.Tap("Name")
	require.Equal(t, "Олена Коваль", first())
}

func TestSortingLeavesTheStoresOrderAlone(t *testing.T) {
	d := as(t, owner)
	open(d)
	d.Tap("Visits")
	d.Tap("Visits")
	list, err := customers(d).List("")
	require.NoError(t, err)
	require.Equal(t, "Amelie Braun", list[0].Name)
}

func TestARouteWithACustomerOpensIt(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Henrik Olsen")
	require.Equal(t, "Henrik Olsen", s.detail.c.Name)
	require.Equal(t, s.detail.c.ID, s.Route().ID)
	d.Tap("Close this customer")
	require.True(t, s.Route().ID.IsZero())
}

func TestARouteToACustomerWhoIsGoneSaysSoAndShowsTheTable(t *testing.T) {
	d := as(t, owner)
	d.Open(New, screen.Route{Place: screen.Customers, ID: store.ID{1}})
	require.ErrorIs(t, d.Failed[0], store.ErrNotFound)
	require.Len(t, rowNames(d), 10)
}

func TestNewInvoiceLeadsToADraftForTheCustomer(t *testing.T) {
	d := as(t, frontDesk)
	s := openAt(d, "Giulia Conti")
	d.Tap("New invoice")
	require.Equal(t, []screen.Route{{Place: screen.Draft, For: s.detail.c.ID}}, d.Went)
}

func TestEnterOnAnInvoiceOpensIt(t *testing.T) {
	d := as(t, owner)
	s := openAt(d, "Giulia Conti")
	book, err := d.Env.Session.Invoices()
	require.NoError(t, err)
	rows, err := book.Of(s.detail.c.ID)
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.True(t, d.HasText("2026-0006"))
	require.True(t, d.HasText("Overdue"))
	order := d.TabOrder()
	require.Empty(t, order[len(order)-1], "the invoices come last")
	d.Canvas().FocusPrevious()
	d.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	require.Equal(t, []screen.Route{{Place: screen.Invoice, ID: rows[1].ID}}, d.Went)
}
