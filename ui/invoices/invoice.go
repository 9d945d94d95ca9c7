package invoices

// One issued invoice: its pages as they were issued, what it says in short, and
// the ways in which it can leave the book.

import (
	"errors"

	"fyne.io/fyne/v2"

	"counterbook/invoice"
	"counterbook/invoice/ident"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// issued is the screen of an invoice.
type issued struct {
	e       *screen.Env
	w       *words.Words
	inv     store.Invoice
	pages   []paper.Page
	hand    *hand
	buttons []*widgets.Button
	first   fyne.Focusable
	content fyne.CanvasObject
	err     error
}

const (
	factsWidth = float32(324)
	factLabel  = float32(78)
	pageAtMost = float32(860)
)

// NewInvoice is the screen of the issued invoice Route.ID.
func NewInvoice(e *screen.Env, r screen.Route) screen.Screen {
	s := &issued{e: e, w: e.Words}
	invoices, err := e.Session.Invoices()
	if err == nil {
		s.inv, err = invoices.Get(r.ID)
	}
	if err == nil {
		s.pages, err = invoices.Pages(r.ID)
	}
	if s.err = err; err != nil {
		back := widgets.Empty(widgets.IconReceipt, s.w.T("invoices.invoice.none"), s.w.T("invoices.back"), func() { e.Go(screen.Route{Place: screen.Invoices}) })
		s.content = widgets.Border(widgets.NewPageHeader(s.w.T("invoices.invoice.title"), ""), nil, nil, nil, widgets.Centre(back))
		return s
	}
	s.hand = &hand{e: e, w: s.w, invoices: invoices, id: r.ID, number: s.inv.Doc.Number, busy: s.busy}
	s.build()
	return s
}

func (s *issued) build() {
	w, d := s.w, s.inv.Doc
	var actions []fyne.CanvasObject
	if s.e.Can(store.PrintInvoices) {
		save := widgets.NewButton(w.T("invoices.save"), s.hand.save).WithIcon(widgets.IconDownload)
		open := widgets.NewButton(w.T("invoices.open"), s.hand.open).WithIcon(widgets.IconExternal)
		print := widgets.PrimaryButton(w.T("common.print"), s.hand.print).WithIcon(widgets.IconPrinter).WithHint(w.T("invoices.print.key"))
		s.buttons = []*widgets.Button{save, open, print}
		actions, s.first = []fyne.CanvasObject{save, open, print}, print
	}
	title := w.T("invoices.invoice.number", words.Data{"Number": d.Number})
	if d.Kind == invoice.KindCredit {
		title = w.T("invoices.credit.number", words.Data{"Number": d.Number})
	}
	header := widgets.NewPageHeader(title, "", actions...)
	tone, state := widgets.Good, w.T("invoices.state.issued")
	if s.overdue() {
		tone, state = widgets.Look, w.T("invoices.state.overdue")
	}
	header.SetBadges(widgets.NewBadge(tone, state))

	sheets := widgets.Column(18)
	for i, p := range s.pages {
		sheets.Add(newSheet(w.T("invoices.page.of", words.Data{"Page": i + 1, "Pages": len(s.pages)}), p))
	}
	desk := widgets.On(widgets.ColorDesk, widgets.NewScroll(widgets.Padded(deskMargin, deskMargin, deskMargin, deskMargin, widgets.Narrow(pageAtMost, sheets))))
	edge := widgets.NewSurface(widgets.ColorHairline)
	edge.Least = fyne.NewSize(1, 1)
	side := widgets.Sized(factsWidth, 0, widgets.Border(nil, nil, edge, nil, widgets.NewScroll(
		widgets.Padded(20, 20, 20, 20, widgets.Column(14, s.facts(), s.totals(), s.origin())))))
	s.content = widgets.Border(header, nil, nil, side, desk)
}

func (s *issued) overdue() bool {
	d := s.inv.Doc
	row := store.InvoiceRow{Due: d.Due, Payable: d.Totals.Due, Kind: d.Kind}
	return row.Overdue(invoice.DateOf(s.e.Now()))
}

// fact is a label with a text beside it.
func fact(label, text string) fyne.CanvasObject {
	return widgets.RowTop(10, widgets.Sized(factLabel, 0, widgets.NewText(label).Muted()), widgets.Grow(widgets.NewText(text).Wrap()))
}

func (s *issued) facts() fyne.CanvasObject {
	w, d := s.w, s.inv.Doc
	rows := widgets.Column(8, fact(w.T("invoices.number"), d.Number), fact(w.T("invoices.date"), w.Day(d.Date)))
	if !d.Due.IsZero() {
		rows.Add(fact(w.T("invoices.due"), w.Day(d.Due)))
	}
	if !d.Supply.IsZero() && d.Supply != d.Date {
		rows.Add(fact(w.T("invoices.supply"), w.Day(d.Supply)))
	}
	if d.Preceding.Number != "" {
		rows.Add(fact(w.T("invoices.preceding"), d.Preceding.Number))
	}
	b := d.Buyer
	country := ""
	if b.Address.Country != d.Seller.Address.Country {
		country = w.Country(b.Address.Country)
	}
	address := join("\n", b.Name, b.Contact, b.Address.Street, b.Address.Street2, join(" ", b.Address.Postcode, b.Address.City), country, ident.FormatVAT(b.VATID))
	rows.Add(fact(w.T("invoices.for"), address))
	panel := widgets.Panel(rows)
	switch {
	case s.inv.Customer.IsZero() || !s.e.Can(store.BrowseCustomers) && !s.e.Can(store.FindCustomers):
	case s.erased():
		rows.Add(widgets.Caption(w.T("invoices.customerErased")).Wrap())
	default:
		rows.Add(widgets.Row(0, widgets.NewButton(w.T("invoices.customer"), func() {
			s.e.Go(screen.Route{Place: screen.Customers, ID: s.inv.Customer})
		}).WithIcon(widgets.IconPerson).Small(), widgets.Spacer()))
	}
	return panel
}

// erased reports whether the customer is not in the book any more.
func (s *issued) erased() bool {
	cs, err := s.e.Session.Customers()
	if err == nil {
		_, err = cs.Get(s.inv.Customer)
	}
	return errors.Is(err, store.ErrNotFound)
}

func (s *issued) totals() fyne.CanvasObject {
	t := newTotals()
	t.show(totalLines(s.w, s.inv.Doc))
	return widgets.Panel(t.box)
}

// origin says who issued it and when, and that it stays as it is.
func (s *issued) origin() fyne.CanvasObject {
	by := s.w.T("invoices.issued.by", words.Data{"Name": s.inv.ByName, "Moment": s.w.Moment(s.inv.Issued)})
	return widgets.Panel(widgets.NewText(by).Wrap(),
		widgets.RowTop(8, widgets.NewIcon(widgets.IconLock, widgets.ColorMuted, 16), widgets.Grow(widgets.Caption(s.w.T("invoices.never")).Wrap())))
}

// busy keeps the buttons from being used twice while something runs.
func (s *issued) busy(on bool) {
	for _, b := range s.buttons {
		b.SetEnabled(!on)
	}
}

// Content implements [screen.Screen].
func (s *issued) Content() fyne.CanvasObject { return s.content }

// Shown implements [screen.Screen].
func (s *issued) Shown() {
	if s.err != nil {
		s.e.Fail(s.err)
		return
	}
	if s.first != nil {
		widgets.Focus(s.first)
	}
}

// Print implements [screen.Printer].
func (s *issued) Print() {
	if s.err == nil && s.e.Can(store.PrintInvoices) {
		s.hand.print()
	}
}

// Create implements [screen.Creator]: a new draft.
func (s *issued) Create() {
	if s.e.Can(store.WriteDrafts) {
		s.e.Go(screen.Route{Place: screen.Draft})
	}
}
