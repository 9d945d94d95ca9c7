package invoices

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
)

func TestIssueSaysWhatIsMissingAndWhere(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft})
	d.Tap("Issue…")
	require.True(t, d.HasText("What is missing"))
	require.True(t, d.HasText("An invoice needs the customer's name."))
	require.True(t, d.HasText("An invoice needs at least one line."))
	require.Equal(t, "Bill to", d.Focused())
	require.True(t, ed.to.search.Wrong())
	require.Equal(t, "Not issued yet: 2 things are missing. Nothing was lost.", d.Said[0].Text)
	require.Len(t, drafts(d), 1, "a try to issue saves nothing")

	d.TypeOn("Big Buyer")
	d.Press(fyne.KeyReturn)
	d.Focus(next)
	d.TypeOn("A very large work")
	d.Press(fyne.KeyReturn)
	require.True(t, d.HasText("Line 1: Please fill in the price."), "the list follows what is typed")
	d.Type("Price, line 1", "9000")
	require.False(t, d.HasText("Please fill in the price."))
	require.True(t, d.HasText("The customer's street is missing."))
	d.Tap("Go there")
	require.Equal(t, "Street and number", d.Focused())
	d.TypeOn("Ring 1")
	d.Type("Town", "Wien")
	require.False(t, d.HasText("What is missing"))
	d.Tap("Issue…")
	require.True(t, d.HasText("Issue this invoice?"))
}

func TestIssuePrintsWhenAskedAndRemembersTheHabit(t *testing.T) {
	d := screentest.New(t, owner)
	openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	d.Tap("Issue…")
	d.Tap("Print after issuing")
	d.Tap("Issue")
	require.Equal(t, []string{"2026-0008"}, d.Prints)
	require.Equal(t, []store.EventKind{store.InvoicePrinted}, handed(d))
	require.Equal(t, "Invoice 2026-0008 was sent to the printer.", d.Said[1].Text)

	openDraft(d, screen.Route{Place: screen.Draft, For: customer(d, "Conti").ID})
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn)
	require.Equal(t, []string{"2026-0008", "2026-0009"}, d.Prints, "it stays ticked")
	require.Empty(t, d.Failed)
}

func TestIssueIsLeftByEscape(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	d.Tap("Issue…")
	d.Press(fyne.KeyEscape)
	require.False(t, d.HasText("Issue this invoice?"))
	require.Len(t, invoicesOf(d), 7)
	require.False(t, ed.issuing)
}

func TestIssueShowsThatItRunsAndCannotBeLeftMeanwhile(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	run := &later{}
	d.Env.Run = run
	d.Tap("Issue…")
	d.Tap("Issue")
	require.True(t, d.HasText("Issuing…"))
	require.True(t, d.Button("Issue").Disabled())
	left := false
	ed.Leave(func() { left = true })
	require.False(t, left)
	run.jobs[0]()
	require.False(t, d.HasText("Issuing…"))
	require.Equal(t, screen.Invoice, d.Went[0].Place)
	ed.Leave(func() { left = true })
	require.True(t, left)
}

func TestIssueTakesWhatWasTypedBelowTheLines(t *testing.T) {
	d := screentest.New(t, owner)
	openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	d.TypeOn("BK-01")
	d.Tap("Issue…")
	d.Tap("Issue")
	is, err := d.Env.Session.Invoices()
	require.NoError(t, err)
	inv, err := is.Get(invoicesOf(d)[0].ID)
	require.NoError(t, err)
	require.Equal(t, "Book on framing", inv.Doc.Lines[3].Name)
}

func TestDateBeforeTheLastInvoiceIsSaidAtTheDate(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	d.Type("Date", "1.10.2026")
	d.Tap("Issue…")
	require.False(t, d.HasText("Issue this invoice?"), "no number is promised that would not be given")
	require.True(t, d.HasText("Dates in a series never go back"))
	require.Equal(t, "Date", d.Focused())
	require.Equal(t, "1 Oct 2026", d.Value("Date"))
	require.True(t, ed.facts.date.Wrong())
	require.Len(t, invoicesOf(d), 7)
	d.Type("Date", "22.11.2026")
	require.False(t, d.HasText("Dates in a series never go back"))
	d.Tap("Issue…")
	d.Tap("Issue")
	require.Len(t, invoicesOf(d), 8)
}

func TestCharacterThatCannotBePrintedIsNamedBeforeIssue(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	d.Type("Item, line 1", "Frame \U0001F600")
	d.Tap("Issue…")
	require.True(t, d.HasText("U+1F600"))
	require.True(t, ed.lines.rows[0].name.Wrong())
	require.Equal(t, "Item, line 1", d.Focused())
	require.Len(t, invoicesOf(d), 7)
}

// shaky loses the answer of what it runs; with skip it does not even run it.
type shaky struct{ skip bool }

func (s shaky) Run(work func(context.Context) error, done func(error)) {
	if !s.skip {
		_ = work(context.Background())
	}
	done(store.ErrUncertain)
}

func TestUncertainIssueIsLookedUpBeforeAnythingElse(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	d.Env.Run = shaky{skip: true}
	d.Tap("Issue…")
	d.Tap("Issue")
	require.True(t, d.HasText("The invoice was not issued"))
	require.True(t, d.HasText("no number was given, and the draft is as it was"))
	d.Tap("Close")
	require.False(t, ed.done)
	require.Empty(t, d.Went)

	d.Env.Run = shaky{}
	d.Tap("Issue…")
	d.Tap("Issue")
	require.Equal(t, screen.Route{Place: screen.Invoice, ID: ed.held.ID}, d.Went[0])
	require.Contains(t, d.Said[len(d.Said)-1].Text, "Invoice 2026-0008 was issued.")
	require.Len(t, invoicesOf(d), 8)
	require.Empty(t, d.Failed)
}

func TestIssuedInvoiceIsWhatThePreviewShowed(t *testing.T) {
	d := screentest.New(t, owner)
	ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	shown := ed.doc
	d.Tap("Issue…")
	d.Tap("Issue")
	is, err := d.Env.Session.Invoices()
	require.NoError(t, err)
	inv, err := is.Get(ed.held.ID)
	require.NoError(t, err)
	inv.Doc.Number = ""
	require.Equal(t, shown.Totals.Gross.String(), inv.Doc.Totals.Gross.String())
	require.Equal(t, shown.Seller, inv.Doc.Seller)
	require.Equal(t, shown.Lines[2].Name, inv.Doc.Lines[2].Name)
	require.Equal(t, invoice.KindInvoice, inv.Doc.Kind)
}

func TestEditorLooksRight(t *testing.T) {
	d := screentest.New(t, owner)
	openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	looks(d, "draft")
	d.Tap("Discount per line")
	d.TypeOn("10")
	d.Select("Discount or charge").Choose(int(chargeAmount))
	d.TypeOn("five")
	d.Type("Quantity, line 2", "1.234")
	d.Type("Quantity, line 3", "-1")
	editOnce(d)
	looks(d, "draft-wrong")
	d.Tap("Issue…")
	require.True(t, d.HasText("Quantity, line 2: This can be read in two ways"))
	require.True(t, d.HasText("Discount or charge: This is not a number."))
	looks(d, "draft-missing")
	d.Type("How much", "5")
	d.Type("Reason", "express")
	d.Type("Quantity, line 2", "1")
	d.Tap("Issue…")
	looks(d, "draft-issue")
	d.Press(fyne.KeyEscape)
	openDraft(d, screen.Route{Place: screen.Draft})
	looks(d, "new")
	d.Tap("Issue…")
	looks(d, "new-missing")
}

func TestSuggestionsCanBeRead(t *testing.T) {
	d := screentest.New(t, owner)
	openDraft(d, screen.Route{Place: screen.Draft})
	d.TypeOn("s")
	require.Empty(t, d.Clipped()) // they lie over other things on purpose
	require.Empty(t, d.Contrast())
	if shots != "" {
		d.Capture(shots + "/suggest-to.png")
	}
	d.Type("Bill to", "")
	d.Focus(next)
	d.TypeOn("a")
	require.Empty(t, d.Clipped())
	if shots != "" {
		d.Capture(shots + "/suggest-items.png")
	}
}

func TestTraineesEditorLooksRight(t *testing.T) {
	d := trainee(t)
	openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
	looks(d, "trainee")
}
