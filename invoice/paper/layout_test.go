package paper_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/invoice/paper/internal/fixture"
)

func layout(t require.TestingT, d invoice.Document) []paper.Page {
	pages, err := paper.Layout(d, fixture.German(), paper.Style{})
	require.NoError(t, err)
	return pages
}

// texts are the texts of a page in the order they are drawn.
func texts(p paper.Page) []string {
	var out []string
	for _, o := range p.Ops {
		if o.Kind == paper.OpText {
			out = append(out, o.Text)
		}
	}
	return out
}

func count(p paper.Page, text string) int {
	n := 0
	for _, one := range texts(p) {
		if one == text {
			n++
		}
	}
	return n
}

func has(p paper.Page, kind paper.OpKind) bool {
	return slices.ContainsFunc(p.Ops, func(o paper.Op) bool { return o.Kind == kind })
}

func TestAnInvoiceShowsWhatTheLawAsksFor(t *testing.T) {
	pages := layout(t, fixture.Invoice())
	require.Len(t, pages, 1)
	all := texts(pages[0])
	for _, want := range []string{
		"Rechnung", "2026-0042", "22.11.2026", "06.12.2026", "= Rechnungsdatum", // Art. 226 (1), (2), (7)
		"UID ATU12345675",                                                               // (3)
		"Atelier Rossi", "Lange Gasse 8", "Giulia Conti", "Neubaugasse 12", "1070 Wien", // (5)
		"Rahmen, Nuss 40×60", "2", "58,00", "116,00", // (6), (8)
		"USt 20 % auf 228,80", "45,76", "USt 10 % auf 24,50", "2,45", // (8), (9), (10)
		"Netto", "253,30", "Gesamt", "€ 301,51",
		"AT61 1904 3002 3457 3201", "Bitte überweisen Sie € 301,51 bis 06.12.2026.", "Seite 1 von 1",
	} {
		require.Contains(t, all, want)
	}
	require.True(t, has(pages[0], paper.OpQR))
}

func TestEverythingARichDocumentHoldsIsShown(t *testing.T) {
	pages := layout(t, fixture.Rich())
	all := strings.Join(append(texts(pages[0]), texts(pages[len(pages)-1])...), "\n")
	for _, want := range []string{
		"Berichtigte Rechnung", "2026-0039 · 03.11.2026", "PO-77/2026", "DE136695976", "18.11.2026",
		"z. Hd. Dr. Anna-Lena Müller", "DEUTSCHLAND", "-10 %", "Mengenrabatt 10 % -9,07", "4,99 je 100", "-0,49", "+0,20",
		"Stammkundenrabatt 5 %", "Versand", "Zwischensumme", "ohne USt auf 142,50 ¹", "¹ Steuerfrei gemäß § 6 Abs. 1 Z 11 UStG (Unterricht)",
		"Bereits bezahlt", "-100,00", "Offener Betrag",
	} {
		require.Contains(t, all, want)
	}
}

func TestADraftHasNoNumberAndNothingToPayWith(t *testing.T) {
	d := fixture.Invoice()
	d.Number = ""
	page := layout(t, d)[0]
	require.GreaterOrEqual(t, count(page, "Entwurf"), 2, "in place of the number and across the page")
	require.Equal(t, "Entwurf", texts(page)[0], "the large one lies under everything")
	require.False(t, has(page, paper.OpQR))
	require.Equal(t, 0, count(layout(t, fixture.Invoice())[0], "Entwurf"))
}

func TestACreditNoteAsksForNoMoney(t *testing.T) {
	d := fixture.Invoice()
	d.Kind = invoice.KindCredit
	page := layout(t, d)[0]
	require.False(t, has(page, paper.OpQR))
	require.Equal(t, 1, count(page, "Rechnungskorrektur"))
	require.NotContains(t, strings.Join(texts(page), "\n"), "Bitte überweisen")
}

func TestWhereNothingIsTaxedNoRateAndNoVATIsShown(t *testing.T) {
	d := fixture.Invoice()
	for i := range d.Lines {
		d.Lines[i].Tax = invoice.Tax{Category: invoice.Exempt, Reason: "Umsatzsteuerfrei als Kleinunternehmer"}
	}
	d.Seller.VATID, d.Seller.TaxNumber = "", "12 345/6789"
	page := layout(t, fixture.Compute(d))[0]
	all := strings.Join(texts(page), "\n")
	require.NotContains(t, all, "USt")
	require.NotContains(t, all, "Netto")
	require.Equal(t, 1, count(page, "Umsatzsteuerfrei als Kleinunternehmer"))
	require.Equal(t, 1, count(page, "€ 253,30"))
}

// The body of every page is its table: the head is repeated, a row follows it,
// and the totals stand below a row.
func TestLongTablesRepeatTheirHeadAndKeepTheTotalsWithARow(t *testing.T) {
	for lines := 1; lines <= 70; lines++ {
		pages := layout(t, fixture.Long(lines))
		next := 1
		for i, p := range pages {
			require.Contains(t, texts(p), fmt.Sprintf("Seite %d von %d", i+1, len(pages)))
			require.Contains(t, texts(p), "Rechnung 2026-0042", "the number stands on page %d", i+1)
			rows := 0
			for _, text := range texts(p) {
				if text == fmt.Sprintf("Posten %d", next) {
					next, rows = next+1, rows+1
				}
			}
			require.LessOrEqual(t, count(p, "Leistung"), 1)
			require.Equal(t, rows > 0, count(p, "Leistung") == 1, "%d lines, page %d: a head without rows or rows without a head", lines, i+1)
			if count(p, "Gesamt") > 0 {
				require.Positive(t, rows, "%d lines: the totals stand alone on page %d", lines, i+1)
			}
		}
		require.Equal(t, lines+1, next, "every line is there once, in order")
	}
}

func TestTheAddressStandsInTheWindow(t *testing.T) {
	d := fixture.Rich()
	d.Buyer.Name = strings.Repeat("Gesellschaft zur Pflege der Rahmen ", 8)
	for _, o := range layout(t, d)[0].Ops {
		if o.Kind == paper.OpText && strings.HasPrefix(o.Text, "DEUTSCHLAND") {
			require.LessOrEqual(t, o.Y.MM(), 90.0)
			return
		}
	}
	t.Fatal("no country")
}

// Whatever is typed, nothing is drawn outside the margins of the page.
func TestNothingIsDrawnOutsideThePage(t *testing.T) {
	text := rapid.OneOf(
		rapid.StringOfN(rapid.SampledFrom([]rune("abc äöü ЖΩ-/ \n WWW")), 0, 40, -1),
		rapid.StringOfN(rapid.SampledFrom([]rune("abcdef  \nW")), 0, 900, -1),
	)
	rapid.Check(t, func(t *rapid.T) {
		d := fixture.Rich()
		for _, s := range []*string{
			&d.Seller.Name, &d.Seller.Address.Street, &d.Seller.Phone, &d.Seller.TaxNumber, &d.Bank.Name, &d.Bank.Holder,
			&d.Buyer.Name, &d.Buyer.Contact, &d.Buyer.Address.City, &d.BuyerReference, &d.Preceding.Number, &d.Terms, &d.Note,
			&d.Lines[0].Name, &d.Lines[0].Detail, &d.Lines[1].Code, &d.Lines[1].Unit, &d.Lines[2].Tax.Reason,
			&d.Lines[3].Adjustments[0].Reason, &d.Adjustments[0].Reason,
		} {
			if rapid.IntRange(0, 3).Draw(t, "change") == 0 {
				*s = text.Draw(t, "text")
			}
		}
		if rapid.Bool().Draw(t, "draft") {
			d.Number = ""
		}
		d.Lines[rapid.IntRange(0, 3).Draw(t, "line")].Price = fixture.D(rapid.SampledFrom([]string{"0", "123456789.123456", "999999999"}).Draw(t, "price"))
		d = fixture.Compute(d)
		for _, p := range layout(t, d) {
			for _, o := range p.Ops {
				x2, y2 := o.X.MM()+o.W.MM(), o.Y.MM()+o.H.MM()
				if o.Kind == paper.OpText {
					x2 = o.X.MM() + paper.Width(o.Text, o.Points(), o.Style)
				}
				require.GreaterOrEqual(t, min(o.X.MM(), x2), 10.0, "%+v", o)
				require.LessOrEqual(t, max(o.X.MM(), x2), 200.0, "%+v", o)
				require.GreaterOrEqual(t, min(o.Y.MM(), y2), 10.0, "%+v", o)
				require.LessOrEqual(t, max(o.Y.MM(), y2), 290.0, "%+v", o)
			}
		}
	})
}

func TestACharacterThatCannotBePrintedIsNamedWithItsField(t *testing.T) {
	for field, spoil := range map[string]func(*invoice.Document){
		"Lines[1].Name":                  func(d *invoice.Document) { d.Lines[1].Name = "Rahmen 🖼" },
		"Buyer.Address.City":             func(d *invoice.Document) { d.Buyer.Address.City = "東京 🖼"[6:] },
		"Lines[0].Adjustments[0].Reason": func(d *invoice.Document) { d.Lines[0].Adjustments[0].Reason = "🖼" },
		"Terms":                          func(d *invoice.Document) { d.Terms = "🖼" },
	} {
		d := fixture.Rich()
		spoil(&d)
		_, err := paper.Layout(d, fixture.German(), paper.Style{})
		require.Equal(t, &paper.GlyphError{Rune: '🖼', Field: field}, err)
	}
	l := fixture.German()
	l.Total = "合計"
	_, err := paper.Layout(fixture.Invoice(), l, paper.Style{})
	require.Equal(t, &paper.GlyphError{Rune: '合', Field: "Labels.Total"}, err)
}

func TestNumbersTooWideForThePageAreRefused(t *testing.T) {
	d := fixture.Rich()
	wide := fixture.D("999999999999.123456789012")
	d.Lines[0].Quantity, d.Lines[0].Price, d.Lines[0].PriceBase = wide, wide, wide.Sub(fixture.D("1"))
	_, err := paper.Layout(fixture.Compute(d), fixture.German(), paper.Style{})
	require.ErrorIs(t, err, paper.ErrTooWide)
}

func TestLayoutLeavesTheDocumentAlone(t *testing.T) {
	d := fixture.Rich()
	d.Lines[0].Name = "a\tb"
	layout(t, d)
	require.Equal(t, "a\tb", d.Lines[0].Name)
}

func TestTheSameDocumentGivesTheSamePages(t *testing.T) {
	require.Equal(t, layout(t, fixture.Rich()), layout(t, fixture.Rich()))
}

func TestAStoredPageIsSmallAndComesBackTheSame(t *testing.T) {
	page := layout(t, fixture.Invoice())[0]
	enc, err := cbor.CoreDetEncOptions().EncMode()
	require.NoError(t, err)
	data, err := enc.Marshal(page)
	require.NoError(t, err)
	require.Less(t, len(data), 4096)
	var back paper.Page
	require.NoError(t, cbor.Unmarshal(data, &back))
	require.Equal(t, page, back)
}

func TestSheetsSetByHandKeepTheirFirstError(t *testing.T) {
	s := paper.NewSheet()
	s.Text(20, 20, 12, paper.Bold, paper.Left, "Recovery kit")
	y := s.Paragraph(20, 30, 40, 9, paper.Regular, "A text that is longer than one line of forty millimetres.")
	require.Greater(t, y, 36.0)
	s.Frame(20, 50, 40, 20, 0.3)
	s.Rect(20, 80, 10, 10)
	s.QR(20, 100, 30, "1234")
	page, err := s.Page()
	require.NoError(t, err)
	require.Greater(t, len(page.Ops), 8)

	s.Text(20, 20, 12, paper.Bold, paper.Left, "🖼")
	s.Image(0, 0, 10, 10, nil)
	_, err = s.Page()
	require.Equal(t, &paper.GlyphError{Rune: '🖼'}, err)
}

func TestRightAlignedTextEndsAtItsPlace(t *testing.T) {
	s := paper.NewSheet()
	s.Text(190, 20, 9, paper.Regular, paper.Right, "1.234,56")
	s.Text(100, 20, 9, paper.Regular, paper.Center, "1.234,56")
	page, err := s.Page()
	require.NoError(t, err)
	w := paper.Width("1.234,56", 9, paper.Regular)
	require.InDelta(t, 190, page.Ops[0].X.MM()+w, 0.01)
	require.InDelta(t, 100, page.Ops[1].X.MM()+w/2, 0.01)
}

func BenchmarkLayout(b *testing.B) {
	for _, lines := range []int{3, 40} {
		d := fixture.Long(lines)
		b.Run(fmt.Sprintf("%d lines", lines), func(b *testing.B) {
			for b.Loop() {
				layout(b, d)
			}
		})
	}
}
