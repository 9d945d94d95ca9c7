package invoices

// Issuing: the moment at which a draft gets its number, for ever.

import (
	"context"
	"errors"

	"counterbook/invoice"
	"counterbook/invoice/paper"
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// printHabit is where the desk keeps whether somebody prints what they issue.
const printHabit = "invoices.print"

// Issue implements [screen.Issuer].
func (ed *editor) Issue() {
	if ed.lost == nil && ed.invoices != nil {
		ed.issue()
	}
}

// Print implements [screen.Printer]: it is issued first, and the tick for the
// printer is set.
func (ed *editor) Print() {
	ed.printing = true
	ed.Issue()
	ed.printing = false
}

// issue asks whether to issue, or says what is missing for it.
func (ed *editor) issue() {
	if ed.issuing || ed.done {
		return
	}
	ed.lines.keep()
	ed.asked = true
	ed.changed() // marks what is missing
	if len(ed.missing.shown) > 0 {
		ed.focusOn(ed.missing.shown[0].field)
		ed.e.Say(widgets.Toast{Tone: widgets.Look, Text: ed.w.N("invoices.missing.count", len(ed.missing.shown))})
		return
	}
	number, err := ed.invoices.Next(ed.doc.Date)
	if err != nil {
		ed.notIssued(err, false)
		return
	}
	ed.ask(number)
}

// ask is the dialog before issuing.
func (ed *editor) ask(number string) {
	w := ed.w
	body := widgets.Column(10,
		widgets.Row(12, widgets.Grow(widgets.Strong(ed.doc.Buyer.Name).Wrap()), widgets.Strong(w.Money(ed.doc.Totals.Gross, ed.doc.Currency)).Sized(widgets.SizeHeading)))
	var print *widgets.Check
	if ed.e.Can(store.PrintInvoices) {
		print = widgets.NewCheck(w.T("invoices.issue.print"), nil)
		print.SetTicked(ed.printing || ed.prints())
		body.Add(print)
	}
	d := &widgets.Dialog{Title: w.T("invoices.issue"), Text: w.T("invoices.issue.text", words.Data{"Number": number}),
		Content: body, Confirm: w.T("invoices.issue.verb"), Cancel: w.T("common.cancel")}
	d.OnConfirm = func() bool {
		if ed.issuing {
			return false
		}
		wanted := print != nil && print.Ticked()
		if print != nil && wanted != ed.prints() {
			if err := ed.e.Session.Desk().Put(printHabit, wanted); err != nil {
				ed.e.Fail(err)
			}
		}
		progress := widgets.NewProgress(w.T("invoices.issuing"), "", nil)
		progress.Set(0.5, "")
		body.Add(progress)
		d.Button().SetEnabled(false)
		d.Refresh()
		ed.run(func() { d.Close() }, wanted)
		return false // it closes when the invoice is there
	}
	d.ShowOn(ed.e.Canvas)
	if b := d.Button(); b != nil {
		ed.e.Canvas.Focus(b) // Enter issues
	}
}

func (ed *editor) prints() bool {
	var on bool
	known, err := ed.e.Session.Desk().Get(printHabit, &on)
	return err == nil && known && on
}

// run saves the draft and issues it beside the screen; close takes the dialog
// away.
func (ed *editor) run(close func(), print bool) {
	ed.issuing = true
	if err := ed.put(); err != nil {
		close() // before anything else is shown: what lies over it goes with it
		ed.notStored(err, func() {})
		ed.issuing = false
		return
	}
	id, invoices := ed.held.ID, ed.invoices
	var doc invoice.Document
	ed.e.Run.Run(func(ctx context.Context) (err error) {
		doc, err = invoices.Issue(ctx, id)
		return err
	}, func(err error) {
		close()
		if err != nil {
			ed.notIssued(err, print)
			ed.issuing = false
			return
		}
		ed.issuing = false
		ed.issued(id, doc, ed.w.T("invoices.issued", words.Data{"Number": doc.Number}), print)
	})
}

// issued leads to the invoice, and prints it when that was asked for.
func (ed *editor) issued(id store.InvoiceID, doc invoice.Document, text string, print bool) {
	ed.done = true
	ed.e.Say(widgets.Toast{Tone: widgets.Good, Text: text})
	ed.e.Go(screen.Route{Place: screen.Invoice, ID: id})
	if print {
		(&hand{e: ed.e, w: ed.w, invoices: ed.invoices, id: id, number: doc.Number}).print()
	}
}

// notIssued says why there is no invoice, and what is known when that is not
// certain.
func (ed *editor) notIssued(err error, print bool) {
	var problems invoice.Problems
	var glyph *paper.GlyphError
	switch {
	case errors.Is(err, store.ErrUncertain):
		ed.uncertain(print)
	case errors.As(err, &problems):
		var all []found
		for _, p := range problems {
			all = append(all, said(ed.w, p))
		}
		ed.mark(all)
		ed.focusOn(all[0].field)
	case errors.As(err, &glyph):
		all := []found{{field: glyph.Field, text: ed.w.Error(err)}}
		ed.mark(all)
		ed.focusOn(glyph.Field)
	case errors.Is(err, store.ErrChanged), errors.Is(err, store.ErrNotFound):
		ed.resolve(err, func() {})
	case ofDisk(err):
		ed.tell(err)
	default:
		ed.e.Fail(err)
	}
}

// uncertain asks the book whether a draft was issued before anything else is
// done, so that nobody issues it twice.
func (ed *editor) uncertain(print bool) {
	w := ed.w
	doc, issued, err := ed.invoices.Issued(ed.held.ID)
	switch {
	case err != nil:
		widgets.Tell(ed.e.Canvas, w.T("invoices.uncertain"), w.T("invoices.uncertain.text"), w.T("common.close"))
	case issued:
		ed.issued(ed.held.ID, doc, w.T("invoices.uncertain.issued", words.Data{"Number": doc.Number}), print)
	default:
		widgets.Tell(ed.e.Canvas, w.T("invoices.uncertain.not"), w.T("invoices.uncertain.not.text"), w.T("common.close"))
	}
}
