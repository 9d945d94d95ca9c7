package invoices

// What an invoice bears of a customer comes from their record. Typing over it here
// would leave the record wrong for the next time: it is changed there, or the
// recipient is written on this document alone.

import (
	"counterbook/store"
	"counterbook/ui/screen"
	"counterbook/ui/widgets"
	"counterbook/ui/words"
)

// quietInset is the room a quiet button has before its word.
const quietInset float32 = 10

// keepsRecord asks where the data of a customer are to be changed.
func (ed *editor) keepsRecord() {
	w, to := ed.w, ed.to
	d := &widgets.Dialog{Title: w.T("invoices.to.stored", words.Data{"Name": to.party.Name}), Text: w.T("invoices.to.storedText"), Width: 500,
		Cancel: w.T("common.cancel"), Reading: true}
	once := func() {
		d.Close()
		to.detach()
	}
	if !ed.mayEditCustomer() {
		d.Confirm, d.OnConfirm = w.T("invoices.to.asOnce"), func() bool { once(); return false }
		d.ShowOn(ed.e.Canvas)
		return
	}
	d.Confirm = w.T("invoices.to.record")
	d.OnConfirm = func() bool {
		d.Close()
		ed.e.Go(screen.Route{Place: screen.Customers, ID: to.customer})
		return false
	}
	d.Content = widgets.Padded(0, 0, 0, -quietInset, widgets.Row(0, widgets.QuietButton(w.T("invoices.to.asOnce"), once), widgets.Spacer()))
	d.ShowOn(ed.e.Canvas)
}

// mayEditCustomer reports whether the recipient's record is there and can be changed.
func (ed *editor) mayEditCustomer() bool {
	if ed.to.customers == nil || !ed.e.Can(store.EditCustomers) {
		return false
	}
	_, err := ed.to.customers.Get(ed.to.customer)
	return err == nil
}

// detach makes a customer a recipient of this document alone, who is then changed.
func (b *billTo) detach() {
	b.customer = store.CustomerID{}
	b.edit()
	b.changed()
}

// renew takes what the record says now.
func (b *billTo) renew() {
	if len(b.ways) > 0 {
		b.party = b.ways[0]
		b.show()
		b.changed()
		b.next()
	}
}
