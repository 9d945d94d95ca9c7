package invoices

// What was agreed with the recipient about paying, as it stands in the notes on
// them: for who may read those, and on the screen alone.

import (
	"counterbook/store"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// agreements reads what was agreed with a customer; nothing without the right.
func (ed *editor) agreements(id store.CustomerID) []store.Note {
	if id.IsZero() || !ed.e.Can(store.ReadNotes) {
		return nil
	}
	notes, err := ed.e.Session.Notes()
	var list []store.Note
	if err == nil {
		list, err = notes.Agreements(id)
	}
	if err != nil {
		ed.e.Fail(err)
	}
	return list
}

// showAgreed shows the agreements with the customer who is chosen. They are read
// once for each.
func (b *billTo) showAgreed() {
	if b.agreements == nil || b.agreedWith == b.customer {
		return
	}
	b.agreedWith = b.customer
	b.agreed.RemoveAll()
	for _, v := range b.agreements(b.customer) {
		b.agreed.Add(widgets.Row(8, widgets.NewIcon(widgets.IconNote, widgets.ColorLook, 16),
			widgets.Grow(widgets.Caption(b.w.T("invoices.agreed", words.Data{"Amount": b.w.Money(v.Amount, b.shop.Currency), "Due": b.w.Day(v.Due), "Text": v.Text})).Wrap())))
	}
}
