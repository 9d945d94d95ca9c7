package invoices

// One line of the editor: entries for what is typed, the amount beside them, and
// below what is to be said about it.

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"counterbook/invoice"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// The cells of a line, in the order of Tab.
const (
	cellName = iota
	cellQuantity
	cellUnit
	cellPrice
	cellTax
	cellDiscount
	cellNet
	cellRemove
	cells

	none = -1
)

// lineWidths are the widths of the cells; the name takes what is left.
var lineWidths = [cells]float32{cellQuantity: 56, cellUnit: 48, cellPrice: 78, cellTax: 76, cellDiscount: 56, cellNet: 78, cellRemove: 26}

const (
	cellGap   = float32(6)
	lineGap   = float32(4)
	lineApart = float32(8) // more between lines of two rows
	leastName = float32(120)
)

// lineLayout places the cells of a line, or of the heads above them: beside each
// other, or where that is too narrow, the name on a row of its own. Hidden cells
// take no room.
type lineLayout struct {
	narrow *bool
	head   bool
}

func (l *lineLayout) row(objects []fyne.CanvasObject) float32 {
	h := float32(0)
	for _, o := range objects {
		h = max(h, o.MinSize().Height)
	}
	return h
}

func (l *lineLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	h := l.row(objects)
	if *l.narrow && !l.head {
		h = 2*h + lineGap + lineApart
	}
	return fyne.NewSize(2*leastName, h)
}

func (l *lineLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	h := l.row(objects)
	put := func(cell int, x, y, w float32) {
		o := objects[cell]
		height := min(h, o.MinSize().Height)
		o.Move(fyne.NewPos(x, y+(h-height)/2))
		o.Resize(fyne.NewSize(w, height))
	}
	used, n := float32(0), 0 // by the cells between name and cross
	for cell := cellQuantity; cell <= cellNet; cell++ {
		if objects[cell].Visible() {
			used += lineWidths[cell]
			n++
		}
	}
	cross := lineWidths[cellRemove]
	x, y, stretch := float32(0), float32(0), float32(1)
	switch {
	case !*l.narrow:
		x = max(leastName, s.Width-used-cross-cellGap*float32(n+1))
		put(cellName, 0, 0, x)
		x += cellGap
	case l.head:
		stretch = (s.Width - cellGap*float32(n-1)) / used
	default:
		put(cellName, 0, 0, s.Width-cross-cellGap)
		y, stretch = h+lineGap, (s.Width-cellGap*float32(n-1))/used
	}
	for cell := cellQuantity; cell <= cellNet; cell++ {
		if objects[cell].Visible() {
			put(cell, x, y, lineWidths[cell]*stretch)
			x += lineWidths[cell]*stretch + cellGap
		}
	}
	if !l.head {
		put(cellRemove, s.Width-cross, 0, cross)
	}
}

// newLineHead returns the titles above the lines, in the order of the cells.
func newLineHead(w *words.Words, narrow *bool) *fyne.Container {
	var titles []fyne.CanvasObject
	for _, key := range []string{"item", "quantity", "unit", "price", "vat", "discount", "amount"} {
		titles = append(titles, widgets.NewText(w.T("invoices.line."+key)).Sized(widgets.SizeCaption).Bold().Muted().Cut())
	}
	titles[cellNet].(*widgets.Text).Right()
	return container.New(&lineLayout{narrow: narrow, head: true}, append(titles, widgets.Spacer())...)
}

// lineRow is one line.
type lineRow struct {
	lines *lines
	line  invoice.Line // what no entry shows
	taxes []invoice.Tax

	name, quantity, unit, price, discount *widgets.Entry
	tax                                   *widgets.Select
	net                                   *widgets.Text
	remove                                *widgets.Button
	say                                   *widgets.Text
	ask                                   *widgets.Question
	asking                                int            // the cell that something is asked about; none where nothing is
	problems                              map[int]string // by cell
	pasted                                bool           // what was pasted last was cleaned
	box                                   *fyne.Container
}

func newLineRow(ls *lines, t typedLine) *lineRow {
	r := &lineRow{lines: ls, line: t.Line, problems: map[int]string{}, asking: none}
	entry := func(cell int, text string) *widgets.Entry {
		e := widgets.NewEntry()
		e.SetText(text)
		e.OnChanged = func(string) { r.changed(cell) }
		e.OnLeave = func() { r.left(cell) }
		e.OnArrow = func(step int) { ls.arrow(r, cell, step) }
		e.OnCleaned = func(yes bool) { r.pasted = yes; r.caption() }
		e.OnShortcut = func(s fyne.Shortcut) bool {
			c, ok := s.(*desktop.CustomShortcut)
			if !ok || c.KeyName != fyne.KeyDelete || c.Modifier != fyne.KeyModifierShortcutDefault {
				return false
			}
			ls.remove(r)
			return true
		}
		e.OnSubmitted = func(string) { ls.entered(r, cell) }
		return e
	}
	r.name, r.quantity, r.unit = entry(cellName, t.Name), entry(cellQuantity, t.Quantity), entry(cellUnit, t.Unit)
	r.price, r.discount = entry(cellPrice, t.Price), entry(cellDiscount, t.Discount)
	r.name.OnEscape = func() { ls.suggest.close(r.name) }
	r.tax = widgets.NewSelect(nil, func(i int) { r.line.Tax = r.taxes[i]; r.changed(cellTax) })
	r.setTax(t.Line.Tax)
	r.net = widgets.NewText("").Right()
	r.remove = widgets.IconButton(widgets.IconClose, "", func() { ls.remove(r) }).As(widgets.Quiet).Small()
	r.say = widgets.NewText("").Sized(widgets.SizeCaption).Wrap()
	r.say.Hide()
	r.discount.Hidden = !ls.discounts
	row := container.New(&lineLayout{narrow: &ls.narrow}, r.name, r.quantity, r.unit, r.price, r.tax, r.discount, r.net, r.remove)
	r.ask = widgets.NewQuestion()
	r.ask.OnEscape = func() { ls.focusCell(r, r.asking) }
	r.box = widgets.Column(3, row, r.say, r.ask)
	return r
}

// setTax offers the shop's rates, and the line's own where it is another.
func (r *lineRow) setTax(t invoice.Tax) {
	r.line.Tax = t
	r.taxes = slices.Clone(r.lines.rates)
	at := slices.IndexFunc(r.taxes, func(o invoice.Tax) bool { return sameTax(o, t) })
	if at < 0 && t.Category != "" {
		r.taxes = append(r.taxes, t)
		at = len(r.taxes) - 1
	}
	options := make([]string, len(r.taxes))
	for i, o := range r.taxes {
		options[i] = taxName(r.lines.w, o)
	}
	r.tax.SetOptions(options)
	r.tax.SetIndex(at)
}

func sameTax(a, b invoice.Tax) bool {
	return a.Category == b.Category && a.Rate.Equal(b.Rate) && a.Reason == b.Reason
}

// taxName names a rate where it is chosen.
func taxName(w *words.Words, t invoice.Tax) string {
	if t.Category == invoice.Standard || t.Category == invoice.ZeroRated {
		return w.Percent(t.Rate)
	}
	return w.T("invoices.tax." + string(t.Category))
}

// called gives the controls their names; n counts from 1.
func (r *lineRow) called(n int) {
	w, data := r.lines.w, words.Data{"N": n}
	r.name.SetLabel(w.T("invoices.line.item.n", data))
	r.quantity.SetLabel(w.T("invoices.line.quantity.n", data))
	r.unit.SetLabel(w.T("invoices.line.unit.n", data))
	r.price.SetLabel(w.T("invoices.line.price.n", data))
	r.tax.SetLabel(w.T("invoices.line.vat.n", data))
	r.discount.SetLabel(w.T("invoices.line.discount.n", data))
	r.remove.Name = w.T("invoices.line.remove.n", data)
}

func (r *lineRow) typed() typedLine {
	return typedLine{Line: r.line, Name: r.name.Text, Quantity: r.quantity.Text, Unit: r.unit.Text, Price: r.price.Text, Discount: r.discount.Text}
}

// cell returns a cell that can be typed into or chosen in.
func (r *lineRow) cell(i int) fyne.Focusable {
	return [...]fyne.Focusable{r.name, r.quantity, r.unit, r.price, r.tax, r.discount}[min(max(i, cellName), cellDiscount)]
}

func (r *lineRow) text(cell int) string {
	switch cell {
	case cellQuantity:
		return r.quantity.Text
	case cellPrice:
		return r.price.Text
	case cellDiscount:
		return r.discount.Text
	}
	return ""
}

// wrong says what is wrong with a number, "" for nothing.
func (r *lineRow) wrong(cell int) string {
	_, wrong := r.lines.read.read(r.text(cell))
	return wrong
}

// changed is called with every key. What was said to be wrong is said no longer
// once it is right; what becomes wrong is said when the cell is left.
func (r *lineRow) changed(cell int) {
	if r.problems[cell] != "" {
		r.setProblem(cell, r.wrong(cell))
	}
	if cell == cellQuantity && !r.negative() {
		r.line.Return = false
	}
	if cell == r.asking {
		r.inquire(cell)
	}
	if cell == cellName {
		r.lines.suggestFor(r)
	}
	r.caption()
	r.lines.changed()
}

// left is called when a cell is left. A number is written as it was understood.
func (r *lineRow) left(cell int) {
	r.lines.suggest.left(r.name)
	if r.text(cell) == "" {
		return
	}
	if e := r.cell(cell).(*widgets.Entry); r.wrong(cell) == "" {
		if text := r.lines.read.echo(e.Text, r.least(cell)); text != e.Text {
			e.SetText(text)
		}
	}
	r.setProblem(cell, r.wrong(cell))
	r.inquire(cell)
}

// least is how many decimals a cell shows at least.
func (r *lineRow) least(cell int) int32 {
	if cell == cellPrice {
		return r.lines.read.digits()
	}
	return 0
}

// negative reports whether the quantity takes something off.
func (r *lineRow) negative() bool {
	q, wrong := r.lines.read.read(r.quantity.Text)
	return wrong == "" && q.IsNegative()
}

// inquire asks what is meant by a cell that can be meant in two ways, and drops
// the question once it cannot.
func (r *lineRow) inquire(cell int) {
	w, typed := r.lines.w, r.text(cell)
	a, b, two := r.lines.read.readings(typed, r.least(cell))
	answer := func(text string) widgets.Answer {
		return widgets.Answer{Text: text, Do: func() { r.answered(cell, text) }}
	}
	switch {
	case two:
		r.asking = cell
		r.ask.Ask(w.T("number.two", words.Data{"Typed": typed}), answer(a), answer(b))
	case cell == cellQuantity && r.negative() && !r.line.Return:
		r.asking = cell
		q, _ := r.lines.read.read(typed)
		positive := r.lines.read.number(q.Neg(), 0)
		r.ask.Ask(w.T("invoices.line.return.ask"),
			widgets.Answer{Text: w.T("invoices.line.return.yes"), Do: func() {
				r.line.Return = true
				r.answered(cell, typed)
			}},
			widgets.Answer{Text: w.T("invoices.line.return.no", words.Data{"Quantity": positive}), Do: func() { r.answered(cell, positive) }})
	case r.asking == cell:
		r.asking = none
		r.ask.Drop()
		for other := range cells { // what else is open
			if _, _, two := r.lines.read.readings(r.text(other), 0); two && r.asking == none {
				r.inquire(other)
			}
		}
	default:
		return
	}
	r.caption()
	r.lines.relayout()
}

// answered takes an answer over into its cell and goes on as Enter would there.
func (r *lineRow) answered(cell int, text string) {
	if e := r.cell(cell).(*widgets.Entry); e.Text != text {
		e.SetText(text)
	} else {
		r.changed(cell)
	}
	r.setProblem(cell, r.wrong(cell))
	r.inquire(cell) // a negative number may be left of it
	r.lines.entered(r, cell)
}

// setProblem says what is wrong with a cell, "" for nothing.
func (r *lineRow) setProblem(cell int, text string) {
	if r.problems[cell] == text {
		return
	}
	if text == "" {
		delete(r.problems, cell)
	} else {
		r.problems[cell] = text
	}
	if w, ok := r.cell(cell).(interface{ SetWrong(bool) }); ok {
		w.SetWrong(text != "")
	}
	r.caption()
}

// caption says below the line what is wrong with it, or that it is a return.
func (r *lineRow) caption() {
	var all []string
	for cell := range cells {
		if p := r.problems[cell]; p != "" && cell != r.asking && !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	text, colour := strings.Join(all, " "), widgets.ColorDangerText
	switch {
	case text != "":
	case r.pasted:
		text, colour = widgets.Cleaned(), widgets.ColorLook
	case r.line.Return && r.negative():
		text, colour = r.lines.w.T("invoices.line.return"), widgets.ColorLook
	}
	if r.say.Text() == text {
		return
	}
	r.say.Set(text, colour)
	r.say.Hidden = text == ""
	r.lines.relayout()
}
