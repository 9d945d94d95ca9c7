// The customer that is open: who it is, what can be done, and the panels.

package customers

import (
	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// Widths in pixels below which things go below each other.
const (
	panelsLeast = 560
	headLeast   = 520
	labelWidth  = 82
)

type detail struct {
	d       *directory
	c       store.Customer
	contact *contact
	notes   *notes             // nil for who may not read notes
	issued  []store.InvoiceRow // to the customer, the newest first
	err     error              // why they cannot be seen
	actions []*widgets.Button
	page    *widgets.Scroll
}

func newDetail(d *directory, c store.Customer) *detail {
	t := &detail{d: d, c: d.fields.Visible(c)}
	t.load()
	t.contact = newContact(t)
	parts := []fyne.CanvasObject{t.head()}
	if m := t.mend(); m != nil {
		parts = append(parts, m)
	}
	if merged := t.merges(); merged != nil {
		parts = append(parts, merged)
	}
	parts = append(parts, t.panels())
	if d.e.Can(store.ReadNotes) && d.fields.Shown("Notes") {
		t.notes = newNotes(t)
		parts = append(parts, t.notes.panel)
	}
	if d.e.Can(store.ReadInvoices) {
		parts = append(parts, t.invoices())
	}
	t.page = widgets.Page(parts...)
	return t
}

// load reads what was issued to the customer.
func (t *detail) load() {
	if !t.d.e.Can(store.ReadInvoices) {
		return
	}
	book, err := t.d.e.Session.Invoices()
	if err == nil {
		t.issued, err = book.Of(t.c.ID)
	}
	if t.err = err; err != nil {
		t.d.e.Fail(err)
	}
}

func (t *detail) head() fyne.CanvasObject {
	w, e := t.d.e.Words, t.d.e
	number := t.c.Number
	for _, m := range t.c.Merged {
		number += ", " + m.Number
	}
	since := w.T("customers.since", words.Data{"Number": number, "Date": w.Date(t.c.Created)})
	who := widgets.Row(14, widgets.NewAvatar(t.c.Name, 46),
		widgets.Grow(widgets.Column(1, widgets.Title(t.c.Name).Cut(), widgets.NewText(since).Muted().Wrap())))
	if e.Can(store.EditCustomers) {
		t.actions = append(t.actions, widgets.NewButton(w.T("common.edit"), t.edit))
	}
	if e.Can(store.WriteDrafts) {
		t.actions = append(t.actions, widgets.NewButton(w.T("customers.newInvoice"), t.d.Bill).
			As(widgets.Outlined).WithHint(w.T("customers.invoiceKey")))
	}
	if more := t.more(); more != nil {
		t.actions = append(t.actions, more)
	}
	t.actions = append(t.actions, widgets.IconButton(widgets.IconClose, w.T("customers.back"), t.d.close))
	does := widgets.Row(8)
	for _, b := range t.actions {
		does.Add(b)
	}
	return beside(headLeast, widgets.Row(14).Layout, widgets.Column(10).Layout, widgets.Grow(who), does)
}

// focus gives the focus to the first thing that can be done.
func (t *detail) focus() { widgets.Focus(t.actions[0]) }

// edit opens the form, once it is known who the customer is.
func (t *detail) edit() {
	t.d.identify(t.c.ID, false, func(c store.Customer) { t.d.openForm(c, c) })
}

func (t *detail) panels() fyne.CanvasObject {
	if !t.d.e.Can(store.ReadInvoices) {
		return t.contact.panel
	}
	return beside(panelsLeast, widgets.Grid(2, panelGap).Layout, widgets.Column(panelGap).Layout, t.contact.panel, t.summary())
}

// summary says in short what the customer bought.
func (t *detail) summary() fyne.CanvasObject {
	w, s := t.d.e.Words, store.TradeOf(t.issued)
	head := widgets.Row(8, widgets.Heading(w.T("customers.summary")), widgets.Spacer())
	if s.Count == 0 {
		return widgets.Panel(head, widgets.Paragraph(w.T("customers.noInvoice")))
	}
	facts := []fyne.CanvasObject{head, fact(w.T("customers.invoices"), w.Number(s.Count))}
	if t.d.e.Can(store.SeeTotals) {
		facts = append(facts, fact(w.T("customers.spent"), t.d.spent(s)))
	}
	facts = append(facts, fact(w.T("customers.last"), w.T("customers.dayAgo", words.Data{"Day": w.Day(s.Last), "Ago": t.d.ago(s.Last)})))
	overdue := 0
	for _, r := range t.issued {
		if r.Overdue(t.d.today()) {
			overdue++
		}
	}
	if overdue > 0 {
		head.Add(widgets.NewBadge(widgets.Look, w.N("customers.overdueCount", overdue)))
	}
	return widgets.Panel(facts...)
}

// fact is a line with a label, a text and what can be done with it.
func fact(label, text string, more ...fyne.CanvasObject) fyne.CanvasObject {
	return factOf(label, widgets.NewText(text).Wrap(), more...)
}

func factOf(label string, text fyne.CanvasObject, more ...fyne.CanvasObject) fyne.CanvasObject {
	row := widgets.Row(12, widgets.Sized(labelWidth, 0, widgets.NewText(label).Muted()), widgets.Grow(text))
	for _, o := range more {
		row.Add(o)
	}
	return row
}

// mostInvoices is how many invoices are shown until all are asked for.
const mostInvoices = 12

// invoices is the panel of what was issued to the customer.
func (t *detail) invoices() fyne.CanvasObject {
	w, e, rows := t.d.e.Words, t.d.e, t.issued
	head := widgets.Row(8, widgets.Heading(w.T("customers.invoices")))
	if t.err != nil {
		return widgets.Panel(head, widgets.Caption(w.Error(t.err)).Wrap())
	}
	if len(rows) == 0 {
		return widgets.Panel(head, widgets.Paragraph(w.T("customers.noInvoice")))
	}
	head.Add(widgets.NewBadge(widgets.Neutral, w.Number(len(rows))))
	table := widgets.NewTable(
		widgets.TableColumn{Title: w.T("customers.number")}, widgets.TableColumn{Title: w.T("customers.date")},
		widgets.TableColumn{Title: w.T("customers.state")}, widgets.TableColumn{Title: w.T("customers.amount"), Width: 110, Right: true}).Whole()
	table.OnOpen = func(row int) { e.Go(screen.Route{Place: screen.Invoice, ID: rows[row].ID}) }
	show := func(n int) {
		table.ShowRows(n, func(i int) []widgets.Cell { return t.invoiceCells(rows[i]) })
	}
	show(min(len(rows), mostInvoices))
	panel := widgets.Column(4, widgets.Padded(14, 18, 0, 18, head), table)
	if len(rows) > mostInvoices {
		var all *widgets.Button
		all = widgets.QuietButton(w.N("customers.allInvoices", len(rows)), func() {
			all.Hide()
			show(len(rows))
			panel.Refresh()
			table.Focus()
		})
		panel.Add(widgets.Padded(0, 8, 8, 8, widgets.Row(0, all)))
	}
	return widgets.PanelFlush(panel)
}

func (t *detail) invoiceCells(r store.InvoiceRow) []widgets.Cell {
	w := t.d.e.Words
	state := widgets.CellBadge{Tone: widgets.Good, Text: w.T("customers.issued")}
	switch {
	case r.Kind == invoice.KindCredit:
		state = widgets.CellBadge{Tone: widgets.Neutral, Text: w.T("customers.credit")}
	case r.Overdue(t.d.today()):
		state = widgets.CellBadge{Tone: widgets.Look, Text: w.T("customers.overdue")}
	}
	return []widgets.Cell{{Text: r.Number}, {Text: w.Day(r.Date)}, {Badges: []widgets.CellBadge{state}}, {Text: w.Money(r.Signed(), r.Currency)}}
}
