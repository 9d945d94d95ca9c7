package invoices

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
)

func newFor(t *testing.T, name string) (*screentest.Desk, *editor) {
	t.Helper()
	d := screentest.New(t, owner)
	return d, openDraft(d, screen.Route{Place: screen.Draft, For: customer(d, name).ID})
}

func TestScannedCodesAddItemsAndWaitForTheNext(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("fr-4060")
	d.Press(fyne.KeyReturn)
	require.Equal(t, next, d.Focused())
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn)
	d.TypeOn("GL-M")
	d.Press(fyne.KeyReturn)
	require.Equal(t, next, d.Focused())
	require.Len(t, ed.doc.Lines, 2, "the same code twice in a row is two of it")
	require.Equal(t, "2", d.Value("Quantity, line 1"))
	require.Equal(t, "Museum glass, cut to size", d.Value("Item, line 2"))
	require.Equal(t, "252", ed.doc.Totals.Gross.String()) // (2 × 58 + 94) at 20 %
	require.Empty(t, d.Value(next))
}

func TestSuggestionIsTakenOrTheTextAsItIs(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("frame")
	require.True(t, d.HasText("“frame” as it is"))
	d.Press(fyne.KeyDown, fyne.KeyReturn)
	require.Equal(t, "Frame, walnut 40×60", d.Value("Item, line 1"))
	require.Equal(t, "Quantity, line 1", d.Focused())
	d.TypeOn("4")
	require.Equal(t, "4", d.Value("Quantity, line 1"), "the one that stood there is typed over")
	d.Press(fyne.KeyReturn)
	d.TypeOn("frame")
	d.Press(fyne.KeyUp, fyne.KeyReturn) // up from the first is the last
	require.Equal(t, "frame", d.Value("Item, line 2"))
	require.Len(t, ed.doc.Lines, 2)
}

func TestFreeTextGoesOnToItsPrice(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("Repair of an old frame, by agreement")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Quantity, line 1", d.Focused())
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Price, line 1", d.Focused())
	d.TypeOn("45,5")
	d.Press(fyne.KeyReturn)
	require.Equal(t, next, d.Focused())
	require.Equal(t, "54.6", ed.doc.Totals.Gross.String(), "at the shop's usual rate")
}

func TestSuggestionsAreTakenWithAClick(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("oak")
	row := d.Control("Frame, oak 30×40").(*suggestionRow)
	row.MouseDown(nil) // the entry loses the focus between the press …
	d.Canvas().Unfocus()
	row.MouseUp(nil) // … and the release
	require.True(t, d.Has("Frame, oak 30×40"))
	d.TapObject(row)
	require.Equal(t, "Frame, oak 30×40", ed.doc.Lines[0].Name)
	require.False(t, ed.suggest.isOpen(ed.lines.entry))
	d.Focus(next)
	d.TypeOn("oak")
	d.Press(fyne.KeyTab)
	require.False(t, ed.suggest.isOpen(ed.lines.entry), "leaving closes the list")
	d.Focus(next)
	d.TypeOn("x")
	d.Press(fyne.KeyBackspace)
	require.True(t, ed.suggest.isOpen(ed.lines.entry))
	d.Press(fyne.KeyEscape)
	require.False(t, ed.suggest.isOpen(ed.lines.entry))
	require.Equal(t, "oak", d.Value(next))
}

func TestWrongNumbersStayTypedAndAreSaidAtTheLine(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn)
	d.Type("Quantity, line 1", "two")
	require.False(t, d.HasText("This is not a number."), "not while it is typed")
	d.Press(fyne.KeyTab)
	require.True(t, d.HasText("This is not a number."))
	require.Equal(t, "two", d.Value("Quantity, line 1"))
	require.Equal(t, "–", ed.lines.rows[0].net.Text())
	require.True(t, ed.lines.rows[0].quantity.Wrong())
	ed.Save()
	require.Len(t, drafts(d), 1, "nothing half-read is saved")
	require.Equal(t, "Quantity, line 1", d.Focused())
	require.Contains(t, d.Said[0].Text, "Not saved yet")
	d.TypeOn("2") // over the word, which is marked
	require.False(t, ed.lines.rows[0].quantity.Wrong())
	require.False(t, d.HasText("This is not a number."))
	d.Type("Price, line 1", "1.234")
	d.Press(fyne.KeyTab)
	require.True(t, d.HasText("“1.234” can be read in two ways. Which is meant?"))
	d.Type("Price, line 1", "1234")
	require.Equal(t, "2961.6", ed.doc.Totals.Gross.String())
}

func TestLineIsRemovedWithCtrlDelete(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	require.Len(t, ed.doc.Lines, 3)
	d.Focus("Quantity, line 2")
	d.Shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDelete, Modifier: fyne.KeyModifierShortcutDefault})
	require.Len(t, ed.doc.Lines, 2)
	require.Equal(t, "Print, matte", ed.doc.Lines[1].Name)
}

func TestLineIsRemovedByItsCrossAndByEnterInItsEmptyName(t *testing.T) {
	d, ed := newFor(t, "Conti")
	for _, code := range []string{"FR-4060", "GL-M", "PR-M"} {
		d.TypeOn(code)
		d.Press(fyne.KeyReturn)
	}
	d.Tap("Remove line 2")
	require.Equal(t, next, d.Focused())
	require.Equal(t, "Print, matte", d.Value("Item, line 2"))
	d.Type("Item, line 1", "")
	d.Press(fyne.KeyReturn)
	require.Len(t, ed.doc.Lines, 1)
	require.Equal(t, "Print, matte", ed.doc.Lines[0].Name)
}

func TestArrowsMoveBetweenLines(t *testing.T) {
	d, _ := newFor(t, "Conti")
	for _, code := range []string{"FR-4060", "GL-M"} {
		d.TypeOn(code)
		d.Press(fyne.KeyReturn)
	}
	d.Focus("Price, line 2")
	d.Press(fyne.KeyUp)
	require.Equal(t, "Price, line 1", d.Focused())
	d.Press(fyne.KeyUp)
	require.Equal(t, "Price, line 1", d.Focused())
	d.Press(fyne.KeyDown, fyne.KeyDown)
	require.Equal(t, next, d.Focused())
	d.Press(fyne.KeyUp)
	require.Equal(t, "Item, line 2", d.Focused())
}

func TestNameOfALineSuggestsItemsToo(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn)
	d.Type("Quantity, line 1", "3")
	d.Type("Item, line 1", "glass")
	d.Press(fyne.KeyReturn)
	l := ed.doc.Lines[0]
	require.Equal(t, []string{"GL-M", "m²", "94", "3"}, []string{l.Code, l.Unit, l.Price.String(), l.Quantity.String()})
	require.Equal(t, "Quantity, line 1", d.Focused())
}

func TestTotalsAreThoseTheBookComputes(t *testing.T) {
	d, ed := newFor(t, "Conti")
	for _, code := range []string{"FR-4060", "GL-M", "PR-M"} {
		d.TypeOn(code)
		d.Press(fyne.KeyReturn)
	}
	d.Type("Quantity, line 1", "3")
	d.Tap("Discount per line")
	require.Equal(t, "Discount in per cent, line 3", d.Focused())
	d.TypeOn("12.5")
	d.Select("Discount or charge").Choose(int(discountAmount))
	require.Equal(t, "How much", d.Focused())
	d.TypeOn("7")
	d.Select("VAT, line 2").Choose(2)

	computed, _, err := ed.drafts.Prepare(invoice.Document{
		Lines: []invoice.Line{
			{Quantity: dec("3"), Price: dec("58"), Tax: invoice.Tax{Category: invoice.Standard, Rate: dec("20")}},
			{Quantity: dec("1"), Price: dec("94"), Tax: invoice.Tax{Category: invoice.Standard, Rate: dec("10")}},
			{Quantity: dec("1"), Price: dec("24.50"), Tax: invoice.Tax{Category: invoice.Standard, Rate: dec("10")}, Adjustments: []invoice.Adjustment{{Percent: dec("12.5"), Reason: "x"}}},
		},
		Adjustments: []invoice.Adjustment{{Amount: dec("7"), Reason: "x"}},
	})
	require.NoError(t, err)
	require.True(t, d.HasText(d.Env.Words.Amount(computed.Totals.Gross, "EUR")))
	require.Equal(t, computed.Totals.Gross.String(), ed.doc.Totals.Gross.String())
	require.True(t, d.HasText("21.44"), "24.50 less 12.5 %")
	require.True(t, d.HasText("Rabatt"))
	require.True(t, d.HasText("VAT 20 % on "+d.Env.Words.Amount(computed.Totals.Breakdown[0].Base, "EUR")))
}

func TestDiscountOutOfRangeIsSaidBeforeIssue(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn)
	d.Tap("Discount per line")
	d.TypeOn("150")
	d.Tap("Issue…")
	require.True(t, d.HasText("Line 1: A discount is 100 % at most."))
	require.Equal(t, "Discount in per cent, line 1", d.Focused())
	require.True(t, ed.lines.rows[0].discount.Wrong())
}

func TestRateThatTheShopNoLongerHasStays(t *testing.T) {
	d := screentest.New(t, owner)
	ds, err := d.Env.Session.Drafts()
	require.NoError(t, err)
	draft := drafts(d)[0]
	draft.Doc.Lines[0].Tax = invoice.Tax{Category: invoice.Exempt, Reason: "education"}
	draft, err = ds.Save(draft)
	require.NoError(t, err)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: draft.ID})
	require.Equal(t, "Exempt", d.Select("VAT, line 1").Selected())
	require.Equal(t, "education", ed.doc.Lines[0].Tax.Reason)
	require.True(t, d.HasText("Exempt on 116.00"))
}

func TestNumbersTooLargeToAddAreSaidAndKept(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn)
	d.Type("Quantity, line 1", "99999999999999999")
	d.Type("Price, line 1", "99999999999999999")
	require.True(t, d.HasText("The page below is the last one that worked."))
	require.Equal(t, "99999999999999999", d.Value("Price, line 1"))
	d.Type("Quantity, line 1", "1")
	d.Type("Price, line 1", "2")
	require.False(t, d.HasText("last one that worked"))
	require.Equal(t, "2.4", ed.doc.Totals.Gross.String())
}

func TestItemsAreTypedWhereTheListMayNotBeRead(t *testing.T) {
	d := screentest.New(t, owner)
	st, err := d.Env.Session.Staff()
	require.NoError(t, err)
	require.NoError(t, st.Change(d.Book.Info().Profiles[frontDesk].ID, "Jonas", store.FrontDesk, []store.Right{store.ReadItems}))
	s, err := d.Book.SignIn(d.Book.Info().Profiles[frontDesk].ID, store.Passphrase("look around freely"))
	require.NoError(t, err)
	defer s.Close()
	d.Env.Session = s
	ed := openDraft(d, screen.Route{Place: screen.Draft, For: customer(d, "Conti").ID})
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "FR-4060", ed.doc.Lines[0].Name)
	require.Empty(t, d.Failed)
}
