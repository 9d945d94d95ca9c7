// This file sets what follows the table: the totals, the reasons why something
// is not taxed, and how to pay.

package paper

import (
	"counterbook/invoice"
	"counterbook/invoice/payment"
)

// totalsLeft is where the labels of the totals begin.
const totalsLeft = 108.0

// totalRow is a row of the totals. Strong rows stand under a rule.
type totalRow struct {
	label  []string
	value  string
	strong bool
}

func (r totalRow) size() float64 {
	if r.strong {
		return 11
	}
	return bodySize
}

func (r totalRow) height() float64 {
	h := float64(len(r.label))*Leading(r.size()) + 0.9
	if r.strong {
		h += 2.2
	}
	return h
}

type totalRows []totalRow

func (rows totalRows) height() float64 {
	h := 2.5
	for _, r := range rows {
		h += r.height()
	}
	return h
}

// totals lists the rows: the sum of the lines where the document adjusts it,
// net, VAT by rate with its base, the total, and what is left to pay.
func (p *layout) totals() totalRows {
	d, l, t := p.d, p.l, p.d.Totals
	var rows totalRows
	add := func(label, value string, strong bool) {
		r := totalRow{value: value, strong: strong}
		style := Regular
		if strong {
			style = Bold
		}
		width := rightEdge - totalsLeft - Width(value, r.size(), style) - 4
		r.label = wrapMax(label, width, r.size(), style, 4)
		rows = append(rows, r)
	}
	if len(d.Adjustments) > 0 {
		add(l.Lines, l.FormatAmount(t.Lines, p.digits), false)
	}
	for _, a := range d.Adjustments {
		label := a.Reason
		if !a.Percent.IsZero() {
			label = join(" ", label, l.FormatPercent(a.Percent))
		}
		add(label, p.adjusted(a), false)
	}
	if p.taxed() {
		add(l.Net, l.FormatAmount(t.Net, p.digits), false)
		for _, s := range t.Breakdown {
			base := l.FormatAmount(s.Base, p.digits)
			label := fill(l.VATOn, "{rate}", l.FormatPercent(s.Tax.Rate), "{base}", base)
			if !rated(s.Tax) {
				label = fill(l.Untaxed, "{base}", base) + " " + p.mark(s.Tax)
			}
			add(label, l.FormatAmount(s.Amount, p.digits), false)
		}
	}
	add(l.Total, l.FormatMoney(t.Gross, d.Currency), true)
	if t.Prepaid.IsZero() && t.Rounding.IsZero() {
		return rows
	}
	if !t.Prepaid.IsZero() {
		add(l.Prepaid, l.FormatAmount(t.Prepaid.Neg(), p.digits), false)
	}
	if !t.Rounding.IsZero() {
		add(l.Rounding, l.FormatAmount(t.Rounding, p.digits), false)
	}
	add(l.AmountDue, l.FormatMoney(t.Due, d.Currency), true)
	return rows
}

// drawTotals sets the totals in one piece, or row by row where they are longer
// than a page.
func (p *layout) drawTotals(rows totalRows) {
	if rows.height() <= p.room() {
		p.keep(rows.height(), func(s *Sheet, top float64) {
			y := top + 2.5
			for _, r := range rows {
				r.draw(s, y)
				y += r.height()
			}
		})
		return
	}
	for _, r := range rows {
		p.keep(r.height(), r.draw)
	}
}

func (r totalRow) draw(s *Sheet, top float64) {
	style := Regular
	s.Ink(Grey)
	if r.strong {
		style = Bold
		s.Line(totalsLeft, top+0.8, rightEdge, top+0.8, 0.3)
		s.Ink(Ink)
		top += 2.2
	}
	baseline := top + r.size()*PointMM*1.05
	for i, line := range r.label {
		s.Text(totalsLeft, baseline+float64(i)*Leading(r.size()), r.size(), style, Left, line)
	}
	s.Ink(Ink).Text(rightEdge, baseline, r.size(), style, Right, r.value)
}

// marks are the signs that lead from a row to the reason it is not taxed.
var marks = []string{"¹", "²", "³", "⁴", "⁵"}

// mark is the sign of a group that is not taxed. Where nothing is, the reasons
// speak for the whole document and need no sign.
func (p *layout) mark(t invoice.Tax) string {
	n := 0
	for _, s := range p.d.Totals.Breakdown {
		if s.Tax.Reason == "" {
			continue
		}
		if s.Tax.Category == t.Category && s.Tax.Rate.Equal(t.Rate) && n < len(marks) {
			return marks[n]
		}
		n++
	}
	return ""
}

// reasons says under the totals why something is not taxed (Art. 226 (11) and
// (11a) of Directive 2006/112/EC).
func (p *layout) reasons() {
	for _, s := range p.d.Totals.Breakdown {
		if s.Tax.Reason == "" {
			continue
		}
		text := s.Tax.Reason
		if p.taxed() {
			text = join(" ", p.mark(s.Tax), text)
		}
		p.paragraph(text)
	}
}

// codeSide is the side of the payment code, without its quiet zone.
const codeSide = 30.0

// please asks for the money by its date, in the words of the language.
func (p *layout) please() string {
	d, l := p.d, p.l
	amount := l.FormatMoney(d.Totals.Due, d.Currency)
	switch {
	case d.Due.IsZero():
		return fill(l.Pay, "{amount}", amount)
	case d.Due == d.Date:
		return fill(l.PayNow, "{amount}", amount)
	}
	return fill(l.PayBy, "{amount}", amount, "{date}", l.FormatDate(d.Due))
}

// payment sets the account and the code a banking app reads. A draft shows
// where the code will be, so that nobody pays it. Without an account the sentence
// stands alone, unless the document has terms of its own.
func (p *layout) payment() {
	d, l := p.d, p.l
	if d.Kind == invoice.KindCredit || !d.Totals.Due.IsPositive() {
		return
	}
	sentence := p.please()
	if d.Bank.IBAN == "" {
		if d.Terms == "" {
			p.paragraph(sentence)
		}
		return
	}
	code, withCode := payment.EPC(d)
	placeholder := p.draft() && d.Currency == "EUR"
	left := leftEdge
	if withCode || placeholder {
		left += codeSide + 8
	}
	holder := d.Bank.Holder
	if holder == "" {
		holder = d.Seller.Name
	}
	rows := [][2]string{
		{l.Holder, holder}, {l.IBAN, formatIBAN(d.Bank.IBAN)}, {l.BIC, d.Bank.BIC},
		{l.Bank, d.Bank.Name}, {l.Reference, p.number()},
	}
	labels := 0.0
	for _, r := range rows {
		labels = max(labels, Width(r[0], bodySize, Regular))
	}
	labels = min(labels, 40) + 4

	// The texts are wrapped first, because their height decides the page.
	head := wrapMax(sentence, rightEdge-left, bodySize, Bold, 3)
	height := float64(len(head))*Leading(bodySize) + 1.5
	values := make([][]string, len(rows))
	for i, r := range rows {
		if r[1] != "" {
			values[i] = wrapMax(r[1], rightEdge-left-labels, bodySize, Regular, 2)
			height += float64(len(values[i]))*Leading(bodySize) + 0.4
		}
	}
	if left > leftEdge {
		height = max(height, codeSide+7)
	}
	p.y += 7
	p.keep(height+3, func(s *Sheet, top float64) {
		switch {
		case withCode:
			s.QR(leftEdge, top, codeSide, code)
			s.Ink(Grey).Text(leftEdge+codeSide/2, top+codeSide+6, footSize, Regular, Center, cut(l.Scan, codeSide+6, footSize, Regular))
		case placeholder:
			s.Ink(Hairline).Frame(leftEdge, top, codeSide, codeSide, 0.3)
			s.Ink(Grey).Text(leftEdge+codeSide/2, top+codeSide/2+1, smallSize, Regular, Center, cut(l.Draft, codeSide-4, smallSize, Regular))
		}
		y := top + 3.3
		s.Ink(Ink)
		for _, line := range head {
			s.Text(left, y, bodySize, Bold, Left, line)
			y += Leading(bodySize)
		}
		y += 1.5
		for i, r := range rows {
			if r[1] == "" {
				continue
			}
			s.Ink(Grey).Text(left, y, bodySize, Regular, Left, cut(r[0], labels-2, bodySize, Regular))
			s.Ink(Ink)
			for _, line := range values[i] {
				s.Text(left+labels, y, bodySize, Regular, Left, line)
				y += Leading(bodySize)
			}
			y += 0.4
		}
	})
}
