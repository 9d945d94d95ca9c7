// This file sets the table of lines and how it runs over pages.

package paper

import (
	"errors"

	"github.com/shopspring/decimal"

	"counterbook/invoice"
)

// ErrTooWide is a table whose numbers leave no room for the item.
var ErrTooWide = errors.New("paper: the numbers of the table are too wide for the page")

// The columns of the table. The unit has no head: it belongs to the quantity.
const (
	colItem = iota
	colQuantity
	colUnit
	colPrice
	colDiscount
	colVAT
	colAmount
	columns
)

// table is the lines of a document as texts, measured.
type table struct {
	size  float64
	heads [columns]string
	rows  []tableRow
	right [columns]float64 // right edge of each column
	item  float64          // width of the first
}

// tableRow is one line: its item, wrapped, and a text or more for each other
// column.
type tableRow struct {
	item  []itemLine
	cells [columns][]string
}

// itemLine is a line of the first column; detail is set smaller, in grey.
type itemLine struct {
	text   string
	detail bool
}

const (
	columnGap  = 4.0
	unitGap    = 1.2
	rowPadding = 1.7
	maxPiece   = 12 // lines of an item that stay together
	minItem    = 42.0
	maxUnit    = 22.0
)

// table sets the lines and, with the last of them, the totals.
func (p *layout) table() error {
	t, err := p.measureTable()
	if err != nil {
		return err
	}
	totals := p.totals()
	pieces := t.pieces()
	if len(pieces) > 0 && !p.fits(t.headHeight()+pieces[0].height(t)) {
		p.next()
	}
	p.tableHead(t)
	for i, piece := range pieces {
		need := piece.height(t)
		if i == len(pieces)-1 {
			// The totals take the last line with them, unless both are longer
			// than a page.
			if whole := need + totals.height(); t.headHeight()+whole <= p.room() {
				need = whole
			}
		}
		if i > 0 && !p.fits(need) {
			p.next()
			p.tableHead(t)
		}
		piece.draw(p.sheet(), t, p.y)
		p.y += piece.height(t)
		if piece.last {
			p.sheet().Ink(Hairline).Line(leftEdge, p.y, rightEdge, p.y, 0.2)
			p.sheet().Ink(Ink)
		}
	}
	p.drawTotals(totals)
	return nil
}

// measureTable makes the texts of the table and finds the widths of its
// columns, in smaller type when the numbers are long.
func (p *layout) measureTable() (*table, error) {
	t := &table{heads: [columns]string{
		colItem: p.l.Item, colQuantity: p.l.Quantity, colPrice: p.l.Price, colAmount: p.l.Amount,
	}}
	for _, l := range p.d.Lines {
		if len(l.Adjustments) > 0 {
			t.heads[colDiscount] = p.l.Discount
		}
	}
	if p.taxed() {
		t.heads[colVAT] = p.l.VAT
	}
	for _, l := range p.d.Lines {
		t.rows = append(t.rows, p.cells(l))
	}
	for t.size = bodySize; t.size >= 6; t.size-- {
		if t.widths(); t.item >= minItem {
			for i := range t.rows {
				t.rows[i].item = t.wrapItem(p.d.Lines[i], p.adjustmentTexts(p.d.Lines[i]))
			}
			return t, nil
		}
	}
	return nil, ErrTooWide
}

// widths gives each column the width of its widest text, and the item what is
// left.
func (t *table) widths() {
	x := rightEdge
	for c := colAmount; c > colItem; c-- {
		w := Width(t.heads[c], t.size, Bold)
		for _, r := range t.rows {
			for _, text := range r.cells[c] {
				w = max(w, Width(text, t.size, Regular))
			}
		}
		t.right[c] = x
		if w > 0 {
			gap := columnGap
			if c == colUnit {
				gap = unitGap
			}
			x -= w + gap
		}
	}
	t.right[colItem] = x
	t.item = x - leftEdge
}

// taxed reports whether a rate is shown: where nothing is taxed, no rate and
// no VAT may stand on the document.
func (p *layout) taxed() bool {
	for _, s := range p.d.Totals.Breakdown {
		if rated(s.Tax) {
			return true
		}
	}
	return false
}

// rated reports whether a category shows its rate.
func rated(t invoice.Tax) bool {
	return t.Category == invoice.Standard || t.Category == invoice.ZeroRated
}

// cells makes the texts of a line but for the item.
func (p *layout) cells(l invoice.Line) tableRow {
	var r tableRow
	r.cells[colQuantity] = []string{p.l.FormatNumber(l.Quantity)}
	if l.Unit != "" {
		r.cells[colUnit] = wrapMax(l.Unit, maxUnit, bodySize, Regular, 3)
	}
	price := p.l.FormatPrice(l.Price, p.digits)
	if one := decimal.NewFromInt(1); !l.PriceBase.IsZero() && !l.PriceBase.Equal(one) {
		price = fill(p.l.PriceBase, "{price}", price, "{base}", p.l.FormatNumber(l.PriceBase))
	}
	r.cells[colPrice] = []string{price}
	for _, a := range l.Adjustments {
		r.cells[colDiscount] = append(r.cells[colDiscount], p.effect(a))
	}
	if p.taxed() {
		if rated(l.Tax) {
			r.cells[colVAT] = []string{p.l.FormatPercent(l.Tax.Rate)}
		} else {
			r.cells[colVAT] = []string{"– " + p.mark(l.Tax)}
		}
	}
	r.cells[colAmount] = []string{p.l.FormatAmount(l.Net, p.digits)}
	return r
}

// effect writes what an adjustment does to a line, with its sign: as a
// percentage if it is one.
func (p *layout) effect(a invoice.Adjustment) string {
	text := p.adjusted(a)
	if !a.Percent.IsZero() {
		v := a.Percent
		if !a.Charge {
			v = v.Neg()
		}
		text = p.l.FormatPercent(v)
	}
	if a.Charge {
		text = "+" + text
	}
	return text
}

// adjusted writes the amount of an adjustment, allowances as negative.
func (p *layout) adjusted(a invoice.Adjustment) string {
	v := a.Amount
	if !a.Charge {
		v = v.Neg()
	}
	return p.l.FormatAmount(v, p.digits)
}

// adjustmentTexts says why a line is adjusted, and by how much.
func (p *layout) adjustmentTexts(l invoice.Line) []string {
	var out []string
	for _, a := range l.Adjustments {
		out = append(out, join(" ", a.Reason, p.adjusted(a)))
	}
	return out
}

// wrapItem sets the first column: the name, and under it in small the code
// and the detail, and the adjustments.
func (t *table) wrapItem(l invoice.Line, adjustments []string) []itemLine {
	var out []itemLine
	for _, text := range Wrap(l.Name, t.item, t.size, Regular) {
		out = append(out, itemLine{text, false})
	}
	for _, text := range append([]string{join(" · ", l.Code, l.Detail)}, adjustments...) {
		if text == "" {
			continue
		}
		for _, line := range Wrap(text, t.item, t.size-1, Regular) {
			out = append(out, itemLine{line, true})
		}
	}
	return out
}

// piece is a part of a row that stays on one page: all of it, unless its
// detail is long. The numbers stand on the first piece.
type piece struct {
	row         *tableRow
	items       []itemLine
	first, last bool
}

func (t *table) pieces() []piece {
	var out []piece
	for i := range t.rows {
		r := &t.rows[i]
		for from := 0; ; from += maxPiece {
			to := from + maxPiece
			if len(r.item)-to < 3 { // no piece of a line or two
				to = len(r.item)
			}
			last := to == len(r.item)
			out = append(out, piece{row: r, items: r.item[from:to], first: from == 0, last: last})
			if last {
				break
			}
		}
	}
	return out
}

func (p piece) height(t *table) float64 {
	h := 0.0
	for _, line := range p.items {
		h += Leading(t.lineSize(line))
	}
	if p.first {
		h += rowPadding
		for _, cell := range p.row.cells {
			h = max(h, rowPadding+float64(len(cell))*Leading(t.size))
		}
	}
	if p.last {
		h += rowPadding
	}
	return h
}

func (t *table) lineSize(line itemLine) float64 {
	if line.detail {
		return t.size - 1
	}
	return t.size
}

func (p piece) draw(s *Sheet, t *table, top float64) {
	if p.first {
		top += rowPadding
	}
	y := top
	for _, line := range p.items {
		size := t.lineSize(line)
		if line.detail {
			s.Ink(Grey)
		}
		s.Text(leftEdge, y+size*PointMM*1.05, size, Regular, Left, line.text)
		s.Ink(Ink)
		y += Leading(size)
	}
	if p.first {
		baseline := top + t.size*PointMM*1.05
		for c := colQuantity; c < columns; c++ {
			for i, text := range p.row.cells[c] {
				at := baseline + float64(i)*Leading(t.size)
				if c == colUnit {
					s.Text(t.right[colQuantity]+unitGap, at, t.size, Regular, Left, text)
				} else {
					s.Text(t.right[c], at, t.size, Regular, Right, text)
				}
			}
		}
	}
}

func (t *table) headHeight() float64 { return Leading(t.size) + 2.6 }

// tableHead sets the heads of the columns.
func (p *layout) tableHead(t *table) {
	s := p.sheet()
	s.Ink(Grey)
	y := p.y + t.size*PointMM*1.05
	s.Text(leftEdge, y, t.size, Bold, Left, t.heads[colItem])
	for c := colQuantity; c < columns; c++ {
		s.Text(t.right[c], y, t.size, Bold, Right, t.heads[c])
	}
	p.y += t.headHeight()
	s.Line(leftEdge, p.y, rightEdge, p.y, 0.3)
	s.Ink(Ink)
}
