package invoices

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
)

const next = "Type an item or scan…"

// keys counts what a person presses.
type keys struct {
	d *screentest.Desk
	n int
}

func (k *keys) text(s string) {
	k.d.TypeOn(s)
	k.n += len([]rune(s))
}

func (k *keys) press(names ...fyne.KeyName) {
	k.d.Press(names...)
	k.n += len(names)
}

func TestKnownCustomerWithTwoItemsIsIssuedWithFewKeys(t *testing.T) {
	d := screentest.New(t, frontDesk)
	k := &keys{d: d}
	k.n = 6 // on the customers screen: five letters of the name, and the shortcut for a new invoice
	openDraft(d, screen.Route{Place: screen.Draft, For: customer(d, "Conti").ID})
	require.Equal(t, next, d.Focused())
	k.text("oak")
	k.press(fyne.KeyReturn)
	k.text("3")
	k.press(fyne.KeyReturn)
	k.text("mat")
	k.press(fyne.KeyReturn, fyne.KeyReturn) // one of it
	k.press(fyne.KeyReturn)                 // nothing more
	require.Equal(t, "Issue…", d.Focused())
	k.press(fyne.KeyReturn)
	require.True(t, d.HasText("It gets the number 2026-0008, for ever."))
	require.True(t, d.HasText("Giulia Conti"))
	require.Equal(t, "Issue", d.Focused())
	k.press(fyne.KeyReturn)

	require.LessOrEqual(t, k.n, 25)
	require.Empty(t, d.Failed)
	issued := invoicesOf(d)[0]
	require.Equal(t, "2026-0008", issued.Number)
	require.Equal(t, "178.15", issued.Total.String()) // 3 × 42.00 at 20 %, 24.50 at 10 %
	require.Equal(t, screen.Route{Place: screen.Invoice, ID: issued.ID}, d.Went[0])
	require.Equal(t, "Invoice 2026-0008 was issued.", d.Said[0].Text)
	require.Len(t, drafts(d), 1, "the one that was there before")
}

func TestNewDraftLooksForARecipientFirst(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft})
	require.Equal(t, "Bill to", d.Focused())
	d.TypeOn("ol")
	require.True(t, d.HasText("Henrik Olsen"))
	d.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyUp, fyne.KeyReturn)
	require.Equal(t, customer(d, "Olsen").ID, ed.to.customer)
	require.True(t, d.HasText("Strandgade 4, 1401 København, Denmark"))
	require.Equal(t, next, d.Focused())
	require.Empty(t, ed.doc.Buyer.Email, "contact details stay in the directory")
	require.Equal(t, fyne.Focusable(ed.lines.entry), ed.Search())
}

func TestOneOffRecipientIsWrittenOnTheDocumentAlone(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft})
	before := len(people(d))
	d.TypeOn("Passing Stranger")
	d.Press(fyne.KeyReturn) // nobody is called like this
	require.Equal(t, "Street and number", d.Focused())
	d.TypeOn("Ring 1")
	d.Press(fyne.KeyReturn, fyne.KeyReturn)
	d.TypeOn("1010")
	d.Press(fyne.KeyReturn)
	d.TypeOn("Wien")
	d.Type("VAT number", "ATU999")
	d.Press(fyne.KeyTab)
	require.True(t, d.HasText("The customer's VAT number is incomplete, or not written the way such a number is."))
	d.Type("VAT number", "ATU12345676")
	d.Press(fyne.KeyTab)
	require.True(t, d.HasText("The customer's VAT number has a typing mistake: its check digits do not match."))
	require.Equal(t, "ATU12345676", d.Value("VAT number"))
	d.Type("VAT number", "ATU999")
	require.Equal(t, "ATU999", d.Value("VAT number"))
	d.Type("VAT number", "")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("One-off"))
	require.True(t, d.HasText("Ring 1, 1010 Wien"))
	require.Equal(t, next, d.Focused())
	require.Equal(t, invoice.Party{Name: "Passing Stranger", Address: invoice.Address{Street: "Ring 1", Postcode: "1010", City: "Wien", Country: "AT"}}, ed.doc.Buyer)
	ed.Save()
	require.True(t, drafts(d)[0].Customer.IsZero())
	require.Len(t, people(d), before)
}

func people(d *screentest.Desk) []store.Customer {
	cs, err := d.Env.Session.Customers()
	require.NoError(d.T, err)
	all, err := cs.List("")
	require.NoError(d.T, err)
	return all
}

func TestS62ACustomersDataAreNotTypedOver(t *testing.T) {
	d := screentest.New(t, owner)
	c := customer(d, "Conti")
	ed := openDraft(d, screen.Route{Place: screen.Draft, For: c.ID})
	d.Tap("Edit")
	require.True(t, d.HasText("Giulia Conti is in the book"))
	require.Equal(t, "Open the record", d.Focused())
	looks(d, "recipient-stored")
	d.Press(fyne.KeyEscape)
	require.False(t, d.Has("Street and number"), "there is nothing to type into")
	d.Tap("Edit")
	d.Press(fyne.KeyReturn)
	require.Equal(t, screen.Route{Place: screen.Customers, ID: c.ID}, d.Went[0])
	require.Equal(t, c.ID, ed.to.customer)

	editOnce(d)
	d.Type("Street and number", "Other Street 5")
	d.Tap("Done")
	require.True(t, d.HasText("One-off"))
	ed.Save()
	saved := drafts(d)[0]
	require.Zero(t, saved.Customer)
	require.Equal(t, "Other Street 5", saved.Doc.Buyer.Address.Street)
	require.Equal(t, c, customer(d, "Conti"))

	d.Tap("Choose another")
	require.Equal(t, "Bill to", d.Focused())
	require.Equal(t, invoice.Party{}, ed.doc.Buyer)
}

func TestADraftFromBeforeTheRecordWasChangedTakesWhatItSaysNow(t *testing.T) {
	d := screentest.New(t, owner)
	c := customer(d, "Conti")
	ed := openDraft(d, screen.Route{Place: screen.Draft, For: c.ID})
	ed.Save()
	require.False(t, d.Has("As in the record"))
	c.Address.City = "Graz"
	cs, err := d.Env.Session.Customers()
	require.NoError(t, err)
	_, err = cs.Save(c)
	require.NoError(t, err)
	ed = openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	require.True(t, d.HasText("Not as in the record"))
	looks(d, "recipient-differs")
	d.Tap("As in the record")
	require.Equal(t, "Graz", ed.doc.Buyer.Address.City)
	require.False(t, d.HasText("Not as in the record"))
	require.False(t, d.Has("As in the record"))
}

func TestTraineeFindsACustomerByExactNumberOnly(t *testing.T) {
	d := trainee(t)
	ed := openDraft(d, screen.Route{Place: screen.Draft})
	d.TypeOn("Conti")
	require.False(t, d.HasText("Giulia Conti"))
	d.Type("Bill to", "C-00002")
	require.True(t, d.HasText("Giulia Conti"))
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Giulia Conti", ed.doc.Buyer.Name)
}

func TestDueDateMovesWithTheDateUntilItIsTyped(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft})
	d.Type("Date", "1.12.2026")
	require.Equal(t, "15 Dec 2026", d.Value("Due"))
	d.Type("Due", "20.12.2026")
	d.Type("Date", "2.12.2026")
	d.Press(fyne.KeyTab)
	require.Equal(t, "20 Dec 2026", d.Value("Due"))
	require.Equal(t, "2026-12-02", ed.doc.Date.String())
	d.Type("Date", "32.12.2026")
	d.Press(fyne.KeyTab)
	require.Equal(t, "32.12.2026", d.Value("Date"))
	require.True(t, d.HasText("There is no such day in the calendar."))
	d.Type("Date", "3.12.2026")
	require.False(t, d.HasText("There is no such day in the calendar."))
}

func TestLanguageChangesThePage(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	require.Contains(t, pageTexts(ed), "Rechnung")
	d.Select("Language").Choose(1)
	require.Contains(t, pageTexts(ed), "Invoice")
	require.Equal(t, "en", ed.doc.Language)
}

// pageTexts are the texts on the page that is shown.
func pageTexts(ed *editor) []string {
	var all []string
	for _, op := range ed.preview.sheet.page.Ops {
		if op.Text != "" {
			all = append(all, op.Text)
		}
	}
	return all
}

func TestPreviewFollowsTypingAndKeepsTheLastGoodPage(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	d.Type("Note on the invoice", "Thank you")
	require.Contains(t, pageTexts(ed), "Thank you")
	d.Type("Note on the invoice", "Thank you \U0001F600")
	require.True(t, d.HasText("The page below is the last one that worked."))
	require.True(t, d.HasText("cannot be printed"))
	require.Contains(t, pageTexts(ed), "Thank you")
	d.Type("Note on the invoice", "Thanks")
	require.False(t, d.HasText("last one that worked"))
	require.Contains(t, pageTexts(ed), "Thanks")
}

func TestPreviewTurnsPages(t *testing.T) {
	d := screentest.New(t, owner)
	draft := drafts(d)[0]
	for range 40 {
		draft.Doc.Lines = append(draft.Doc.Lines, draft.Doc.Lines[0])
	}
	ds, err := d.Env.Session.Drafts()
	require.NoError(t, err)
	draft, err = ds.Save(draft)
	require.NoError(t, err)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: draft.ID})
	require.True(t, d.HasText("Page 1 of 3"))
	require.True(t, d.Button("Page before").Disabled())
	d.Tap("Next page")
	d.Tap("Next page")
	require.True(t, d.HasText("Page 3 of 3"))
	require.True(t, d.Button("Next page").Disabled())
	require.Contains(t, pageTexts(ed), "Gesamt")
}

func TestProfileThatMayNotIssueSavesAndIsToldWhoMay(t *testing.T) {
	d := trainee(t)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	require.False(t, d.Has("Issue…"))
	require.True(t, d.HasText("A saved draft waits for somebody who may issue it: Owner, Manager, Front desk, Invoicing."))
	d.Type("Note on the invoice", "ready")
	d.Focus(next)
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Save draft", d.Focused())
	d.Press(fyne.KeyReturn)
	require.Equal(t, "Draft saved", d.Said[0].Text)
	require.Equal(t, "ready", drafts(d)[0].Doc.Note)
	require.False(t, ed.unsaved())
}

func TestDraftsAreForThoseWhoMayWriteThem(t *testing.T) {
	d := screentest.New(t, workshop)
	openDraft(d, screen.Route{Place: screen.Draft})
	require.ErrorIs(t, d.Failed[0], store.ErrNoRight)
	require.False(t, d.Has("Save draft"))
}

func TestDraftThatIsNotThereIsSaid(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: store.ID{9}})
	require.ErrorIs(t, d.Failed[0], store.ErrNotFound)
	require.Nil(t, ed.Search())
	left := false
	ed.Leave(func() { left = true })
	require.True(t, left)
	d.Tap("To the invoices")
	require.Equal(t, screen.Invoices, d.Went[0].Place)
}

func TestTabGoesThroughTheFormInReadingOrder(t *testing.T) {
	d := screentest.New(t, owner)
	openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	order := d.TabOrder()
	require.Equal(t, []string{"Discard", "Save draft", "Issue…", "Edit", "Choose another", "Date", "Due", "Supply date", "Language Deutsch",
		"Item, line 1", "Quantity, line 1", "Unit, line 1", "Price, line 1", "VAT, line 1 20 %", "Remove line 1", "Item, line 2"}, order[:16])
	require.Equal(t, []string{next, "Discount per line", "Discount or charge None", "Terms of payment", "Note on the invoice"}, order[len(order)-5:])
}
