package invoices

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/widgets"
)

func openList(t testing.TB, d *screentest.Desk) *list {
	t.Helper()
	d.Resize(page)
	return d.Open(New, screen.Route{Place: screen.Invoices}).(*list)
}

func TestListShowsDraftsFirstAndTheStateOfInvoices(t *testing.T) {
	d := screentest.New(t, owner)
	openList(t, d)
	rows := d.Rows()
	require.Len(t, rows, 8)
	require.Equal(t, []string{"Draft", "22 Nov 2026", "Giulia Conti", "6 Dec 2026", "saved just now", "€ 301.51"}, sorted(rows[0]))
	require.Equal(t, []string{"2026-0007", "20 Nov 2026", "Braun Optik GmbH", "4 Dec 2026", "Issued", "€ 204.12"}, sorted(rows[1]))
	require.Contains(t, rows[3], "Overdue")
}

// sorted puts the texts of a row into the order of the columns: a badge comes
// after the texts in the tree.
func sorted(row []string) []string {
	last := row[len(row)-1]
	switch last {
	case "Draft":
		return append([]string{last}, row[:len(row)-1]...)
	case "Issued", "Overdue":
		n := len(row) - 2
		return append(append(append([]string{}, row[:n]...), last), row[n])
	}
	return row
}

func TestListOpensWhatItsRowStandsFor(t *testing.T) {
	d := screentest.New(t, owner)
	openList(t, d)
	d.Press(fyne.KeyDown, fyne.KeyReturn) // from the search box, which has the focus
	require.Equal(t, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID}, d.Went[0])
	d.Press(fyne.KeyDown, fyne.KeyReturn)
	require.Equal(t, screen.Route{Place: screen.Invoice, ID: invoicesOf(d)[0].ID}, d.Went[1])
	d.TapRow(2)
	d.TapRow(2)
	require.Equal(t, screen.Route{Place: screen.Invoice, ID: invoicesOf(d)[1].ID}, d.Went[2])
	d.Tap("New invoice")
	require.Equal(t, screen.Route{Place: screen.Draft}, d.Went[3])
}

func TestListSearchesDraftsAndInvoicesAlike(t *testing.T) {
	d := screentest.New(t, owner)
	l := openList(t, d)
	d.TypeOn("conti")
	require.Len(t, d.Rows(), 3, "one draft and two invoices")
	d.Press(fyne.KeyReturn)
	require.Equal(t, screen.Draft, d.Went[0].Place)
	l.search.SetText("2026-0003")
	require.Len(t, d.Rows(), 1)
	l.search.SetText("nobody")
	require.Empty(t, d.Rows())
	require.True(t, d.HasText("No number and no recipient matches “nobody”."))
	d.Tap("Show all")
	require.Len(t, d.Rows(), 8)
	require.Equal(t, fyne.Focusable(l.search), l.Search())
}

func TestListFiltersAndSaysWhyItIsEmpty(t *testing.T) {
	d := screentest.New(t, owner)
	openList(t, d)
	d.Tap("Drafts 1")
	require.Len(t, d.Rows(), 1)
	d.Tap("Overdue 5")
	require.Len(t, d.Rows(), 5)
	d.Tap("Issued 7")
	require.Len(t, d.Rows(), 7)
	ds, err := d.Env.Session.Drafts()
	require.NoError(t, err)
	require.NoError(t, ds.Discard(drafts(d)[0].ID))
	openList(t, d)
	d.Tap("Drafts 0")
	require.Empty(t, d.Rows())
	require.True(t, d.HasText("No draft is waiting to be issued."))
}

func TestListSortsByEveryColumn(t *testing.T) {
	d := screentest.New(t, owner)
	openList(t, d)
	first := func() string { return fmt.Sprint(sorted(d.Rows()[0])) }
	d.Tap("Total")
	require.Contains(t, first(), "€ 80.85")
	d.Tap("Total")
	require.Contains(t, first(), "€ 966.72")
	d.Tap("Recipient")
	require.Contains(t, first(), "Braun Optik")
	d.Tap("Date")
	require.Contains(t, first(), "8 Sep 2026")
	d.Tap("State")
	require.Contains(t, first(), "Overdue")
	d.Tap("Due")
	require.Contains(t, first(), "22 Sep 2026")
	d.Tap("Number")
	d.Tap("Number")
	require.Contains(t, first(), "2026-0007")
}

func TestSumsAreShownToThoseWhoMaySeeThem(t *testing.T) {
	d := screentest.New(t, owner)
	openList(t, d)
	var sum decimal.Decimal
	for _, r := range invoicesOf(d) {
		if r.Date.Month == 11 {
			sum = sum.Add(r.Total)
		}
	}
	require.True(t, d.HasText("This month: "+d.Env.Words.Money(sum, "EUR")+" in 3 invoices"))

	d = screentest.New(t, frontDesk)
	openList(t, d)
	require.Len(t, d.Rows(), 8, "the front desk sees invoices")
	require.False(t, d.HasText("This month"))
}

func TestBookkeeperSeesIssuedInvoicesOnly(t *testing.T) {
	d := screentest.New(t, bookkeeper)
	l := openList(t, d)
	require.Len(t, d.Rows(), 7)
	require.False(t, d.Has("New invoice"))
	require.False(t, d.HasText("Draft"))
	l.Create()
	require.Empty(t, d.Went)
}

func TestTraineeSeesDraftsOnly(t *testing.T) {
	d := trainee(t)
	openList(t, d)
	require.Len(t, d.Rows(), 1)
	require.False(t, d.HasText("2026-0007"))
	require.False(t, d.HasText("Overdue"))
	require.True(t, d.Has("New invoice"))
	ds, err := d.Env.Session.Drafts()
	require.NoError(t, err)
	require.NoError(t, ds.Discard(drafts(d)[0].ID))
	openList(t, d)
	require.True(t, d.HasText("No draft is waiting. What you prepare here is issued by a colleague."))
}

func TestDraftWithoutSumsIsListedAllTheSame(t *testing.T) {
	d := screentest.New(t, owner)
	ds, err := d.Env.Session.Drafts()
	require.NoError(t, err)
	huge := decimal.New(1, 40)
	_, err = ds.Save(store.Draft{Doc: invoice.Document{Lines: []invoice.Line{{Name: "x", Quantity: huge, Price: huge}}}})
	require.NoError(t, err)
	openList(t, d)
	require.Len(t, d.Rows(), 9)
	require.True(t, d.HasText("No recipient yet"))
}

func TestListLooksRight(t *testing.T) {
	d := screentest.New(t, owner)
	openList(t, d)
	looks(d, "list")
	d.TypeOn("nobody of this name")
	looks(d, "list-empty")
}

// looks checks a screen in both modes and in a small window.
func looks(d *screentest.Desk, name string) {
	d.T.Helper()
	for _, size := range []fyne.Size{page, fyne.NewSize(816, 700)} {
		d.Resize(size)
		for _, mode := range []widgets.Mode{widgets.Light, widgets.Dark} {
			d.SetMode(mode)
			d.CheckLooks()
			if shots != "" {
				d.Capture(fmt.Sprintf("%s/%s-%.0f-%d.png", shots, name, size.Width, mode))
			}
		}
	}
	d.SetMode(widgets.Light)
	d.Resize(page)
}
