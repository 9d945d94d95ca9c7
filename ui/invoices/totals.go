package invoices

// Totals as they were computed: the screens show them and add nothing.

import (
	"slices"

	"fyne.io/fyne/v2"
	"github.com/shopspring/decimal"

	"counterbook/invoice"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// totalLine is a line of the totals: what it is and how much.
type totalLine struct {
	label, amount string
	strong        bool
}

// totalLines are the totals of a computed document, from net to what is due.
func totalLines(w *words.Words, d invoice.Document) []totalLine {
	t := d.Totals
	var all []totalLine
	add := func(label string, v decimal.Decimal) {
		all = append(all, totalLine{label: label, amount: w.Amount(v, d.Currency)})
	}
	if !t.Allowances.IsZero() || !t.Charges.IsZero() {
		add(w.T("invoices.total.lines"), t.Lines)
		for _, a := range d.Adjustments {
			if a.Charge {
				add(a.Reason, a.Amount)
			} else {
				add(a.Reason, a.Amount.Neg())
			}
		}
	}
	add(w.T("invoices.total.net"), t.Net)
	for _, s := range t.Breakdown {
		data := words.Data{"Base": w.Amount(s.Base, d.Currency), "Rate": w.Percent(s.Tax.Rate), "Kind": taxName(w, s.Tax)}
		key := "invoices.total.untaxed"
		if s.Tax.Category == invoice.Standard {
			key = "invoices.total.vat"
		}
		add(w.T(key, data), s.Amount)
	}
	add(w.T("invoices.total", words.Data{"Currency": d.Currency}), t.Gross)
	all[len(all)-1].strong = true
	if !t.Prepaid.IsZero() || !t.Rounding.IsZero() {
		add(w.T("invoices.total.due"), t.Due)
	}
	return all
}

// totals shows the lines below each other.
type totals struct {
	shown []totalLine
	box   *fyne.Container
}

func newTotals() *totals { return &totals{box: widgets.Column(8)} }

// show shows other lines and reports whether there are more or fewer of them.
func (t *totals) show(all []totalLine) bool {
	if slices.Equal(t.shown, all) {
		return false
	}
	other := len(t.shown) != len(all)
	t.shown = all
	t.box.RemoveAll()
	for _, l := range all {
		label, amount := widgets.NewText(l.label).Muted().Cut(), widgets.NewText(l.amount).Right()
		if l.strong {
			label, amount = widgets.Strong(l.label), widgets.Strong(l.amount).Sized(widgets.SizeHeading).Right()
		}
		t.box.Add(widgets.Row(12, widgets.Grow(label), amount))
	}
	t.box.Refresh()
	return other
}
