package invoices

// The lines of the editor: known items and free texts, one below the other, and
// the entry below them that takes the next one.

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// lines is the panel of the lines.
type lines struct {
	w       *words.Words
	read    reader
	items   *store.Items // nil without the right to read them
	suggest *suggest
	rates   []invoice.Tax
	narrow  bool

	discounts bool // the cell for a line's discount is shown
	discount  *widgets.Button
	head      *fyne.Container

	rows   []*lineRow
	column *fyne.Container
	entry  *widgets.Entry // the next line
	say    *widgets.Text  // what is wrong with the lines as a whole
	panel  *fyne.Container

	changed  func() // told every change
	relayout func() // told when heights change
	widened  func() // told when a line needs more or less room
	finished func() // told of Enter where nothing is typed
}

func newLines(read reader, items *store.Items, s *suggest) *lines {
	ls := &lines{w: read.w, read: read, items: items, suggest: s, rates: read.shop.Rates, column: widgets.Column(lineGap)}
	ls.entry = widgets.NewEntry().With(ls.w.T("invoices.line.next"))
	ls.entry.OnChanged = func(text string) {
		ls.suggestNext(text)
		ls.changed()
	}
	ls.entry.OnSubmitted = ls.submitted
	ls.entry.OnArrow = func(step int) {
		if !s.step(ls.entry, step) && step < 0 && len(ls.rows) > 0 {
			ls.focus(len(ls.rows)-1, cellName)
		}
	}
	ls.entry.OnCleaned = func(yes bool) {
		if ls.say.Hidden = !yes; yes {
			ls.say.Set(widgets.Cleaned(), widgets.ColorLook)
		}
		ls.relayout()
	}
	ls.entry.OnEscape = func() { s.close(ls.entry) }
	ls.entry.OnLeave = func() { s.left(ls.entry) }
	ls.say = widgets.NewText("").Sized(widgets.SizeCaption).Wrap().In(widgets.ColorDangerText)
	ls.say.Hide()
	ground := widgets.NewSurface(widgets.ColorPanel)
	ground.Stroke, ground.Radius = widgets.ColorHairline, 10
	ls.head = newLineHead(ls.w, &ls.narrow)
	ls.discount = widgets.QuietButton(ls.w.T("invoices.line.discounts"), func() {
		ls.showDiscounts(true)
		if n := len(ls.rows); n > 0 {
			ls.focus(n-1, cellDiscount)
		}
	}).Small()
	ls.panel = widgets.Stack(ground, widgets.Padded(12, 12, 14, 12, widgets.Column(8,
		ls.head, ls.column, widgets.Row(10, widgets.Sized(280, 0, ls.entry), widgets.Grow(ls.say), ls.discount))))
	ls.showDiscounts(false)
	return ls
}

// showDiscounts shows the cells for a discount on a line, which few invoices
// need, or leaves their room to the names.
func (ls *lines) showDiscounts(on bool) {
	ls.discounts = on
	ls.head.Objects[cellDiscount].(*widgets.Text).Hidden = !on
	for _, r := range ls.rows {
		r.discount.Hidden = !on
	}
	ls.discount.Hidden = on || len(ls.rows) == 0
	if ls.widened != nil {
		ls.widened()
	}
}

// set shows other lines.
func (ls *lines) set(all []typedLine, next string) {
	ls.rows = nil
	ls.column.RemoveAll()
	ls.discounts = slices.ContainsFunc(all, func(t typedLine) bool { return t.Discount != "" })
	for _, t := range all {
		ls.append(t)
	}
	ls.entry.SetText(next)
	ls.suggest.close(ls.entry)
	ls.number()
}

func (ls *lines) append(t typedLine) *lineRow {
	r := newLineRow(ls, t)
	ls.rows = append(ls.rows, r)
	ls.column.Add(r.box)
	r.inquire(cellQuantity) // a draft may hold what nobody has answered
	r.caption()
	return r
}

func (ls *lines) number() {
	for i, r := range ls.rows {
		r.called(i + 1)
	}
	ls.column.Hidden = len(ls.rows) == 0
	ls.showDiscounts(ls.discounts)
}

func (ls *lines) typed() []typedLine {
	var all []typedLine
	for _, r := range ls.rows {
		all = append(all, r.typed())
	}
	return all
}

// setNarrow puts the cells into two rows or one.
func (ls *lines) setNarrow(on bool) {
	if ls.narrow != on {
		ls.narrow = on
		ls.head.Objects[cellName].(*widgets.Text).Hidden = on
		ls.relayout()
	}
}

// matching are the items that match a text, as suggestions.
func (ls *lines) matching(text string, pick func(store.Item)) []suggestion {
	if ls.items == nil || strings.TrimSpace(text) == "" {
		return nil
	}
	list, err := ls.items.List(text)
	if err != nil {
		return nil
	}
	var out []suggestion
	for _, item := range list[:min(len(list), mostSuggestions-1)] {
		out = append(out, suggestion{title: item.Name, sub: item.Code, right: ls.w.Amount(item.Price, ls.read.shop.Currency), pick: func() { pick(item) }})
	}
	return out
}

// suggestNext offers items for the next line, and last the text as it is.
func (ls *lines) suggestNext(text string) {
	offers := ls.matching(text, ls.add)
	if text = strings.TrimSpace(text); len(offers) > 0 {
		offers = append(offers, suggestion{title: ls.w.T("invoices.line.asTyped", words.Data{"Text": text}), pick: func() { ls.own(text) }})
	}
	ls.suggest.open(ls.entry, offers)
}

// exact is the item with exactly that code, as a scanner types it.
func (ls *lines) exact(text string) (store.Item, bool) {
	text = strings.TrimSpace(text)
	if ls.items == nil || text == "" {
		return store.Item{}, false
	}
	list, err := ls.items.List(text)
	if err != nil || len(list) == 0 || !strings.EqualFold(list[0].Code, text) {
		return store.Item{}, false
	}
	return list[0], true
}

// submitted takes what is typed in the entry below the lines. A code adds its
// item and waits for the next; a suggestion goes on with the quantity; any other
// text becomes a line of its own.
func (ls *lines) submitted(text string) {
	text = strings.TrimSpace(text)
	item, scanned := ls.exact(text)
	switch {
	case text == "":
		ls.finished()
	case scanned && !(ls.suggest.isOpen(ls.entry) && ls.suggest.active > 0):
		ls.scanned(item)
	case ls.suggest.take(ls.entry):
	default:
		ls.own(text)
	}
}

// own adds a line with a text of its own and goes to its quantity.
func (ls *lines) own(text string) {
	ls.free(text)
	ls.focus(len(ls.rows)-1, cellQuantity)
}

// keep makes a line of what is typed and was not added yet, so that nothing
// typed is lost.
func (ls *lines) keep() {
	text := strings.TrimSpace(ls.entry.Text)
	if item, ok := ls.exact(text); ok {
		ls.scanned(item)
	} else if text != "" {
		ls.free(text)
	}
}

// scanned adds an item, or one more of it when it was the last one added.
func (ls *lines) scanned(item store.Item) {
	if n := len(ls.rows); n > 0 {
		last := ls.rows[n-1]
		q, wrong := ls.read.read(last.quantity.Text)
		price, _ := ls.read.read(last.price.Text)
		if last.line.Code == item.Code && last.name.Text == item.Name && wrong == "" && q.IsPositive() && price.Equal(item.Price) {
			last.quantity.SetText(ls.read.number(q.Add(item.Line().Quantity), 0))
			ls.clear()
			return
		}
	}
	ls.put(ls.read.line(item.Line()))
}

// add adds a suggested item and goes to its quantity.
func (ls *lines) add(item store.Item) {
	ls.put(ls.read.line(item.Line()))
	ls.focus(len(ls.rows)-1, cellQuantity)
}

// free adds a line with a text of its own, at the shop's usual rate.
func (ls *lines) free(text string) {
	t := typedLine{Name: text, Quantity: "1"}
	if len(ls.rates) > 0 {
		t.Line.Tax = ls.rates[0]
	}
	ls.put(t)
}

func (ls *lines) put(t typedLine) {
	ls.append(t)
	ls.clear()
	ls.number()
	ls.changed()
	widgets.Focus(ls.entry)
}

func (ls *lines) clear() {
	ls.entry.SetText("")
	ls.suggest.close(ls.entry)
}

// suggestFor offers items for the name of a line.
func (ls *lines) suggestFor(r *lineRow) {
	ls.suggest.open(r.name, ls.matching(r.name.Text, func(item store.Item) { ls.replace(r, item) }))
}

// replace makes a line one of an item; the quantity stays.
func (ls *lines) replace(r *lineRow, item store.Item) {
	t := ls.read.line(item.Line())
	r.line = t.Line
	r.setTax(item.Tax)
	r.name.SetText(t.Name)
	r.unit.SetText(t.Unit)
	r.price.SetText(t.Price)
	ls.suggest.close(r.name)
	ls.changed()
	ls.focusCell(r, cellQuantity)
}

func (ls *lines) remove(r *lineRow) {
	for i, o := range ls.rows {
		if o == r {
			ls.suggest.close(r.name)
			ls.rows = append(ls.rows[:i], ls.rows[i+1:]...)
			ls.column.Remove(r.box)
			ls.number()
			ls.changed()
			widgets.Focus(ls.entry)
			return
		}
	}
}

// entered is Enter in a cell: on to what is still needed, and then to the next
// line. Enter in an emptied name takes the line away.
func (ls *lines) entered(r *lineRow, cell int) {
	if cell != cellName {
		r.left(cell)
	}
	switch {
	case r.asking == cell && r.ask.Focus():
	case cell == cellName && ls.suggest.take(r.name):
	case cell == cellName && strings.TrimSpace(r.name.Text) == "":
		ls.remove(r)
	case cell == cellName:
		ls.focusCell(r, cellQuantity)
	case cell < cellPrice && r.price.Text == "":
		ls.focusCell(r, cellPrice)
	default:
		widgets.Focus(ls.entry)
	}
}

// arrow is Up or Down in a cell: to the same cell of the line above or below.
func (ls *lines) arrow(r *lineRow, cell, step int) {
	if cell == cellName && ls.suggest.step(r.name, step) {
		return
	}
	for i, o := range ls.rows {
		if o == r && i+step >= 0 {
			ls.focus(i+step, cell)
			return
		}
	}
}

// focus goes to a cell of a line, below the last one to the next line's entry.
func (ls *lines) focus(row, cell int) {
	if row >= len(ls.rows) {
		widgets.Focus(ls.entry)
		return
	}
	ls.focusCell(ls.rows[row], cell)
}

// focusCell goes to a cell and marks what stands in it, to be typed over.
func (ls *lines) focusCell(r *lineRow, cell int) {
	f := r.cell(cell)
	widgets.Focus(f)
	if e, ok := f.(*widgets.Entry); ok && cell != cellName {
		selectAll(e)
	}
}

func selectAll(e *widgets.Entry) {
	if e.Text != "" {
		e.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// setProblem says what is wrong with the lines as a whole.
func (ls *lines) setProblem(text string) {
	if ls.say.Text() != text {
		ls.say.Set(text, widgets.ColorDangerText)
		ls.say.Hidden = text == ""
		ls.entry.SetWrong(text != "")
		ls.relayout()
	}
}

// show shows the amounts of the computed lines; none where they are not known,
// because a number cannot be read or the numbers cannot be added up.
func (ls *lines) show(computed []invoice.Line, currency string) {
	for i, r := range ls.rows {
		text := "–"
		if i < len(computed) && r.wrong(cellQuantity)+r.wrong(cellPrice)+r.wrong(cellDiscount) == "" {
			text = ls.w.Amount(computed[i].Net, currency)
		}
		r.net.SetText(text)
	}
}
