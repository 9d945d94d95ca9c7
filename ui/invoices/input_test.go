package invoices

// Bad and strange input: what is said, where, and that what was typed stays.

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/screen/screentest"
	"counterbook/ui/uitest"
)

// amountCells are where amounts are typed in a draft, with how 12.5 is shown there.
var amountCells = map[string]string{
	"Quantity, line 1": "12.5", "Price, line 1": "12.50", "Discount in per cent, line 1": "12.5", "How much": "12.50",
}

// withAmounts shows a draft of one line in which every place for an amount is
// open.
func withAmounts(t *testing.T) (*screentest.Desk, *editor) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn)
	d.Tap("Discount per line")
	d.Select("Discount or charge").Choose(int(discountAmount))
	return d, ed
}

func TestAmountsMayBeTypedInAnyWayAndAreEchoedWhenTheFieldIsLeft(t *testing.T) {
	d, ed := withAmounts(t)
	for cell, want := range amountCells {
		for _, typed := range []string{"12,50", "12.50", " 12,5 ", "12.5"} {
			d.Type(cell, typed)
			require.Equal(t, typed, d.Value(cell), "nothing changes while it is typed")
			d.Press(fyne.KeyTab)
			require.Equal(t, want, d.Value(cell), "%q in %s", typed, cell)
		}
		for _, typed := range []string{"1.234,56", "1,234.56", "1 234,56", "1'234.56"} {
			d.Type(cell, typed)
			d.Press(fyne.KeyTab)
			require.Equal(t, "1234.56", d.Value(cell), "%q in %s", typed, cell)
		}
	}
	require.Equal(t, "1234.56", ed.doc.Lines[0].Quantity.String())
	require.Equal(t, "1234.56", ed.doc.Lines[0].Price.String())
}

func TestWhatIsNoAmountIsSaidAtItsFieldAndStaysTyped(t *testing.T) {
	d, _ := withAmounts(t)
	for cell := range amountCells {
		d.Type(cell, "abc")
		d.Press(fyne.KeyTab)
		require.Equal(t, "abc", d.Value(cell))
		require.Equal(t, 1, count(d, "This is not a number."), cell)
		d.Type(cell, "1")
		require.Zero(t, count(d, "This is not a number."), cell)
	}
}

// count says how often a text is shown.
func count(d *screentest.Desk, text string) (n int) {
	for _, s := range d.Texts() {
		if strings.Contains(s, text) {
			n++
		}
	}
	return n
}

func TestAnAmountWithTwoReadingsIsAskedAboutAtItsField(t *testing.T) {
	for cell, answers := range map[string][2]string{
		"Quantity, line 1": {"1.2340", "1234"}, "Price, line 1": {"1.2340", "1234.00"},
		"Discount in per cent, line 1": {"1.2340", "1234"}, "How much": {"1.2340", "1234.00"},
	} {
		d, ed := withAmounts(t)
		for i, want := range answers {
			d.Type(cell, "1.234")
			d.Press(fyne.KeyTab)
			require.Equal(t, 1, count(d, "“1.234” can be read in two ways. Which is meant?"), cell)
			require.Equal(t, "1.234", d.Value(cell), "it is not guessed")
			ed.Save()
			require.Len(t, drafts(d), 1, "nothing half-read is saved")
			require.Equal(t, answers[0], d.Focused(), "the answers are where the keys go")
			for range i {
				d.Press(fyne.KeyRight)
			}
			require.Equal(t, want, d.Focused())
			d.Press(fyne.KeyReturn)
			require.Equal(t, want, d.Value(cell))
			require.Zero(t, count(d, "in two ways"), cell)
		}
	}
}

func TestAQuestionIsReachedWithReturnTabAndTheMouseAndLeftWithEscape(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn)
	d.Type("Price, line 1", "1.234")
	d.Press(fyne.KeyReturn)
	require.Equal(t, "1.2340", d.Focused())
	d.Press(fyne.KeyEscape)
	require.Equal(t, "Price, line 1", d.Focused())
	require.Equal(t, "1.234", d.Value("Price, line 1"))
	d.Press(fyne.KeyReturn, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft, fyne.KeyReturn)
	require.Equal(t, "1234.00", d.Value("Price, line 1"))
	require.Equal(t, next, d.Focused(), "on to the next line, as after any price")
	d.Type("Price, line 1", "1.234")
	d.Press(fyne.KeyTab)
	require.Contains(t, d.TabOrder(), "1.2340")
	d.Focus("Price, line 1") // a click takes the focus from where it was typed
	d.Tap("1.2340")
	require.Equal(t, "1.234", ed.doc.Lines[0].Price.String())
	d.Type("Price, line 1", "1.234")
	d.Press(fyne.KeyTab)
	d.Type("Price, line 1", "1.23")
	require.Zero(t, count(d, "in two ways"), "typing on answers it, too")
}

func TestANegativeQuantityIsAskedAboutBeforeIssue(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn)
	d.TypeOn("GL-M")
	d.Press(fyne.KeyReturn)
	d.Type("Quantity, line 1", "-2")
	require.Zero(t, count(d, "bring something back"), "not while it is typed")
	d.Press(fyne.KeyReturn)
	require.Equal(t, 1, count(d, "The quantity is negative. Does the customer bring something back?"))
	require.Equal(t, "Yes, a return", d.Focused())

	d.Tap("Issue…")
	require.True(t, d.HasText("Line 1: The quantity is negative. Say whether something comes back; if not, take the minus away."))
	require.False(t, d.HasText("Issue this invoice?"))
	require.Equal(t, "Yes, a return", d.Focused())
	require.Equal(t, "-2", d.Value("Quantity, line 1"))
	d.Press(fyne.KeyRight, fyne.KeyReturn)
	require.Equal(t, "2", d.Value("Quantity, line 1"), "no makes it positive")
	require.Equal(t, "2", ed.doc.Lines[0].Quantity.String())

	d.Type("Quantity, line 1", "-2")
	d.Press(fyne.KeyReturn, fyne.KeyReturn)
	require.Equal(t, "-2", d.Value("Quantity, line 1"), "yes keeps it")
	require.True(t, d.HasText("Return: the amount is taken off."))
	require.True(t, d.HasText("-116.00"))
	require.True(t, ed.doc.Lines[0].Return)
	require.Equal(t, next, d.Focused())
	require.Contains(t, strings.Join(pageTexts(ed), " "), "Rückgabe", "and the page says so")
	looks(d, "draft-return")

	d.Type("Quantity, line 1", "3")
	require.False(t, ed.doc.Lines[0].Return)
	require.NotContains(t, strings.Join(pageTexts(ed), " "), "Rückgabe")
	d.Type("Quantity, line 1", "-3")
	d.Press(fyne.KeyTab)
	require.True(t, d.HasText("bring something back"), "it is asked anew")
}

func TestAReturnStaysOneAndWhatNobodyAnsweredIsAskedAgain(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn)
	d.Type("Quantity, line 1", "-1")
	ed.Save()
	again := openDraft(d, ed.Route())
	require.True(t, d.HasText("bring something back"))
	d.Tap("Yes, a return")
	again.Save()
	last := openDraft(d, ed.Route())
	require.False(t, d.HasText("bring something back"))
	require.True(t, d.HasText("Return: the amount is taken off."))
	require.False(t, last.unsaved())
	d.Select("Language").Choose(1)
	require.Contains(t, strings.Join(pageTexts(last), " "), "Return", "in the language of the document")
	require.NotContains(t, strings.Join(pageTexts(last), " "), "Rückgabe")
}

func TestAnImpossibleDateIsSaidAtItsFieldAndStaysTyped(t *testing.T) {
	const noDay, noDate = "There is no such day in the calendar. What you typed is kept.", "This is not a date. Write it like 22 Nov 2026 or 22.11.2026."
	d, ed := newFor(t, "Conti")
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn)
	for _, field := range []string{"Date", "Due", "Supply date"} {
		for typed, want := range map[string]string{"31.2.": noDay, "31.2.2026": noDay, "31.2.26": noDay, "29.2.27": noDay, "0.1.2026": noDay, "5.13.2026": noDay,
			"soon": noDate, "5.1.": noDate, "1.1.0026": noDate, "20261": noDate} {
			d.Type(field, typed)
			d.Press(fyne.KeyTab)
			require.Equal(t, 1, count(d, want), "%s: %s", field, typed)
			require.Equal(t, typed, d.Value(field))
			ed.Save()
			require.Len(t, drafts(d), 1, "nothing half-read is saved")
			require.Equal(t, field, d.Focused())
		}
		d.Type(field, "1.12.26")
		d.Press(fyne.KeyTab)
		require.Equal(t, "1 Dec 2026", d.Value(field), "two digits are a year of this century, and are shown as four")
		require.Zero(t, count(d, noDay)+count(d, noDate))
	}
}

func TestAClockThatStandsWrongIsNamedWhenIssuing(t *testing.T) {
	d := screentest.New(t, owner)
	d.At = screentest.Today.AddDate(-1, 0, 0)
	ed := openDraft(d, screen.Route{Place: screen.Draft, For: customer(d, "Conti").ID})
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn)
	last := invoicesOf(d)[0]
	d.Tap("Issue…")
	require.False(t, d.HasText("Issue this invoice?"), "no number is promised that would not be given")
	require.Equal(t, 2, count(d, fmt.Sprintf("The computer's date is 22 Nov 2025, but the last invoice is dated %s. No number was taken and nothing was lost. If that date is wrong, set it right and issue again. If it is right, an owner can confirm it at the top of their screen.", d.Env.Words.Day(last.Date))))
	require.Equal(t, "Date", d.Focused())
	require.Len(t, ed.doc.Lines, 1)
	require.Equal(t, last, invoicesOf(d)[0])
	d.At = screentest.Today
	d.Type("Date", "22.11.2026")
	d.Tap("Issue…")
	d.Tap("Issue")
	require.Equal(t, "2026-0008", invoicesOf(d)[0].Number)
}

func TestWhatCannotBePrintedIsNamedWithItsPlaceBeforeIssue(t *testing.T) {
	for field, c := range map[string]struct{ place, said string }{
		"Item, line 1":        {"Item, line 1", "what is sold"},
		"Unit, line 1":        {"Unit, line 1", "the unit"},
		"Note on the invoice": {"Note on the invoice", "the note"},
		"Terms of payment":    {"Terms of payment", "the text on payment"},
		"Name or company":     {"Name or company", "the customer's name"},
		"Town":                {"Town", "the customer's town"},
		"Attention of":        {"Attention of", "who it is for the attention of"},
	} {
		d := screentest.New(t, owner)
		ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
		editOnce(d)
		for typed, letter := range map[string]string{"x 😀": "“😀” (U+1F600)", "ורד": "“ו” (U+05D5)", "山田": "“山” (U+5C71)", "a\ufffdb": "“\ufffd” (U+FFFD)"} {
			d.Type(field, typed)
			d.Tap("Issue…")
			require.True(t, d.HasText("The character "+letter+" cannot be printed. Take it out of "+c.said+"; everything else is kept."), "%s: %q", field, d.Texts())
			require.Equal(t, c.place, d.Focused())
			require.Equal(t, typed, d.Value(field))
			require.False(t, d.HasText("Issue this invoice?"))
		}
		require.Len(t, invoicesOf(d), 7)
		require.NotEmpty(t, ed.missing.shown)
	}
}

func TestTextsThatDoNotFitAreSaidAtTheirFieldsAndStayTyped(t *testing.T) {
	long := strings.Repeat("ä", 10_000)
	for field, want := range map[string]string{
		"Item, line 1":        "Line 1: What is sold is too long; 500 characters fit.",
		"Unit, line 1":        "Line 1: The unit is too long; 20 characters fit.",
		"Note on the invoice": "The note is too long; 2000 characters fit.",
		"Terms of payment":    "The text on payment is too long; 2000 characters fit.",
		"Name or company":     "The customer's name is too long; 200 characters fit.",
		"Town":                "The customer's town is too long; 100 characters fit.",
	} {
		d := screentest.New(t, owner)
		ed := openDraft(d, screen.Route{Place: screen.Draft, ID: drafts(d)[0].ID})
		editOnce(d)
		uitest.Entry(d.Control(field)).SetText(long)
		ed.Save()
		require.True(t, d.HasText(want), "%s: %q", field, short(d.Texts()))
		require.Equal(t, field, d.Focused())
		require.Equal(t, long, d.Value(field))
		uitest.Entry(d.Control(field)).SetText("a\u202eb")
		ed.Save()
		require.True(t, d.HasText("holds a character that cannot be seen (U+202E)"), field)
		require.Equal(t, field, d.Focused())
		require.False(t, drafts(d)[0].Version != ed.held.Version, "nothing is half-saved")
	}
}

// short leaves long texts out.
func short(texts []string) (out []string) {
	for _, s := range texts {
		if len(s) < 200 {
			out = append(out, s)
		}
	}
	return out
}

func TestAnEmptyLineIsNamedBeforeIssueAndTakenAwayWithEnter(t *testing.T) {
	d, ed := newFor(t, "Conti")
	d.TypeOn("FR-4060")
	d.Press(fyne.KeyReturn)
	d.TypeOn("GL-M")
	d.Press(fyne.KeyReturn)
	for _, cell := range []string{"Item, line 2", "Quantity, line 2", "Price, line 2"} {
		d.Type(cell, "")
	}
	d.Press(fyne.KeyTab)
	d.Tap("Issue…")
	for _, want := range []string{"Line 2: Say what is sold.", "Line 2: The quantity is missing.", "Line 2: Please fill in the price."} {
		require.True(t, d.HasText(want), "%s: %q", want, d.Texts())
	}
	require.Contains(t, []string{"Item, line 2", "Price, line 2"}, d.Focused())
	d.Focus("Item, line 2")
	d.Press(fyne.KeyReturn)
	require.Len(t, ed.doc.Lines, 1)
	require.False(t, d.HasText("What is missing"))
	d.Tap("Issue…")
	require.True(t, d.HasText("Issue this invoice?"))
}

func TestWhatIsPastedIntoALineIsCleanedAndSaysSo(t *testing.T) {
	const said = "What was pasted was cleaned: it held line breaks or characters that cannot be seen. Please read it through."
	d, ed := newFor(t, "Conti")
	d.Paste("Frame\u202e,\noak")
	require.Equal(t, "Frame, oak", d.Value(next))
	require.True(t, d.HasText(said))
	d.Press(fyne.KeyReturn)
	d.Focus("Item, line 1")
	d.Paste("new\nold ")
	require.Contains(t, d.Value("Item, line 1"), "new old ")
	require.True(t, d.HasText(said))
	require.Equal(t, 1, len(ed.lines.rows))
}

func TestListsOfInvoicesStandStrangeNames(t *testing.T) {
	d := screentest.New(t, owner)
	ds, err := d.Env.Session.Drafts()
	require.NoError(t, err)
	for _, name := range []string{strings.Repeat("W", 200), "Blumen 🌷 & Söhne 👩‍👩‍👧", "ורד כהן", "Café بيت القهوة", "<b>{{.Name}}</b>"} {
		draft := drafts(d)[0]
		draft.ID, draft.Version, draft.Customer = store.ID{}, 0, store.ID{}
		draft.Doc.Buyer.Name = name
		draft.Doc.Lines[0].Name = name
		_, err := ds.Save(draft)
		require.NoError(t, err)
	}
	for _, size := range []fyne.Size{page, fyne.NewSize(816, 700)} {
		d.Resize(size)
		d.Open(New, screen.Route{Place: screen.Invoices})
		require.Empty(t, d.Clipped())
		require.Empty(t, d.Contrast())
		for _, draft := range drafts(d) {
			openDraft(d, screen.Route{Place: screen.Draft, ID: draft.ID})
			require.Empty(t, d.Clipped(), draft.Doc.Buyer.Name)
		}
	}
}
